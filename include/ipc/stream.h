/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc/stream.h
 * \brief What a stream is made of: rates, layout, direction, parameters.
 */
#ifndef IPC_STREAM_H
#define IPC_STREAM_H

#include <ipc/header.h>
#include <module/ipc/stream.h>
#include <stdint.h>

/* Rates as a mask, for a component's list of what it supports; Hz in the name. */
#define SOF_RATE_8000	    (1u << 0)
#define SOF_RATE_11025	    (1u << 1)
#define SOF_RATE_12000	    (1u << 2)
#define SOF_RATE_16000	    (1u << 3)
#define SOF_RATE_22050	    (1u << 4)
#define SOF_RATE_24000	    (1u << 5)
#define SOF_RATE_32000	    (1u << 6)
#define SOF_RATE_44100	    (1u << 7)
#define SOF_RATE_48000	    (1u << 8)
#define SOF_RATE_64000	    (1u << 9)
#define SOF_RATE_88200	    (1u << 10)
#define SOF_RATE_96000	    (1u << 11)
#define SOF_RATE_176400	    (1u << 12)
#define SOF_RATE_192000	    (1u << 13)
#define SOF_RATE_CONTINUOUS (1u << 30)
#define SOF_RATE_KNOT	    (1u << 31)

enum sof_ipc_buffer_format {
	SOF_IPC_BUFFER_INTERLEAVED,
	SOF_IPC_BUFFER_NONINTERLEAVED,
};

enum sof_ipc_stream_direction {
	SOF_IPC_STREAM_PLAYBACK = 0,
	SOF_IPC_STREAM_CAPTURE,
};

struct sof_ipc_host_buffer {
	struct sof_ipc_hdr hdr;
	uint32_t phy_addr;
	uint32_t pages;
	uint32_t size;
	uint32_t reserved[3];
} __attribute__((packed, aligned(4)));

struct sof_ipc_stream_params {
	struct sof_ipc_hdr hdr;
	struct sof_ipc_host_buffer buffer;
	uint32_t direction;  /**< enum sof_ipc_stream_direction */
	uint32_t frame_fmt;  /**< enum sof_ipc_frame */
	uint32_t buffer_fmt; /**< enum sof_ipc_buffer_format */
	uint32_t rate;	     /**< Hz */
	uint16_t stream_tag;
	uint16_t channels;
	uint16_t sample_valid_bytes;
	uint16_t sample_container_bytes;
	uint32_t host_period_bytes;
	uint16_t no_stream_position;
	uint8_t cont_update_posn;
	uint8_t reserved0;
	uint16_t ext_data_length; /**< bytes of data[] */
	uint8_t reserved[2];
	uint16_t chmap[SOF_IPC_MAX_CHANNELS]; /**< enum sof_ipc_chmap */
	int8_t data[];
} __attribute__((packed, aligned(4)));

/** Stream position. A time or position counts only when its SOF_TIME_*_VALID flag is set. */
#define SOF_TIME_HOST_VALID  (1 << 8)
#define SOF_TIME_DAI_VALID   (1 << 9)
#define SOF_TIME_WALL_VALID  (1 << 10)
#define SOF_TIME_STAMP_VALID (1 << 11)

struct sof_ipc_stream_posn {
	struct sof_ipc_reply rhdr;
	uint32_t comp_id;
	uint32_t flags; /**< SOF_TIME_* */
	uint32_t wallclock_hz;
	uint32_t timestamp_ns; /**< what one unit of timestamp is */
	uint64_t host_posn;    /**< bytes */
	uint64_t dai_posn;     /**< bytes */
	uint64_t comp_posn;    /**< bytes */
	uint64_t wallclock;
	uint64_t timestamp;
	uint32_t xrun_comp_id;
	int32_t xrun_size; /**< bytes */
} __attribute__((packed, aligned(4)));

#endif /* IPC_STREAM_H */
