/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ipc/topology.h
 * \brief Components, buffers and pipelines as the IPC describes them.
 *
 * IPC4 builds pipelines with messages of its own; these structures live on inside the firmware,
 * which describes a component by them whatever the IPC version.
 */
#ifndef IPC_TOPOLOGY_H
#define IPC_TOPOLOGY_H

#include <ipc/header.h>
#include <rtos/bit.h>
#include <stdint.h>

enum sof_comp_type {
	SOF_COMP_NONE = 0,
	SOF_COMP_HOST,
	SOF_COMP_DAI,
	SOF_COMP_SG_HOST,
	SOF_COMP_SG_DAI,
	SOF_COMP_VOLUME,
	SOF_COMP_MIXER,
	SOF_COMP_MUX,
	SOF_COMP_SRC,
	SOF_COMP_DEPRECATED0,
	SOF_COMP_TONE,
	SOF_COMP_DEPRECATED1,
	SOF_COMP_BUFFER,
	SOF_COMP_EQ_IIR,
	SOF_COMP_EQ_FIR,
	SOF_COMP_KEYWORD_DETECT,
	SOF_COMP_KPB,
	SOF_COMP_SELECTOR,
	SOF_COMP_DEMUX,
	SOF_COMP_ASRC,
	SOF_COMP_DCBLOCK,
	SOF_COMP_SMART_AMP,
	SOF_COMP_MODULE_ADAPTER, /**< what every module is under IPC4 */
	SOF_COMP_FILEREAD = 10000,
	SOF_COMP_FILEWRITE = 10001,
};

/* What to do on an underrun or overrun. */
#define SOF_XRUN_STOP	    1
#define SOF_XRUN_UNDER_ZERO 2
#define SOF_XRUN_OVER_NULL  4

struct sof_ipc_comp {
	struct sof_ipc_cmd_hdr hdr;
	uint32_t id;
	uint32_t type; /**< enum sof_comp_type */
	uint32_t pipeline_id;
	uint32_t core;
	uint32_t ext_data_length;
} __attribute__((packed, aligned(4)));

/* A buffer's memory. */
#define SOF_MEM_CAPS_RAM	    BIT(0)
#define SOF_MEM_CAPS_ROM	    BIT(1)
#define SOF_MEM_CAPS_EXT	    BIT(2)
#define SOF_MEM_CAPS_LP		    BIT(3)
#define SOF_MEM_CAPS_HP		    BIT(4)
#define SOF_MEM_CAPS_DMA	    BIT(5)
#define SOF_MEM_CAPS_CACHE	    BIT(6)
#define SOF_MEM_CAPS_EXEC	    BIT(7)
#define SOF_MEM_CAPS_L3		    BIT(8)
#define SOF_MEM_CAPS_LOWEST_INVALID BIT(9)

/** A full buffer loses its oldest data instead of refusing more. */
#define SOF_BUF_OVERRUN_PERMITTED BIT(0)
/** An empty buffer gives zeros instead of nothing. */
#define SOF_BUF_UNDERRUN_PERMITTED BIT(1)

#define SOF_UUID_SIZE 16

struct sof_ipc_buffer {
	struct sof_ipc_comp comp;
	uint32_t size;	/**< bytes */
	uint32_t caps;	/**< SOF_MEM_CAPS_* */
	uint32_t flags; /**< SOF_BUF_* */
	uint32_t reserved;
} __attribute__((packed, aligned(4)));

struct sof_ipc_comp_config {
	struct sof_ipc_cmd_hdr hdr;
	uint32_t periods_sink; /**< 0: varies */
	uint32_t periods_source;
	uint32_t reserved1;
	uint32_t frame_fmt; /**< enum sof_ipc_frame */
	uint32_t xrun_action;
	uint32_t reserved[2];
} __attribute__((packed, aligned(4)));

/** How a gain moves from one value to the next. The numbers are part of the IPC. */
enum sof_volume_ramp {
	SOF_VOLUME_LINEAR = 0,
	SOF_VOLUME_LOG,
	SOF_VOLUME_LINEAR_ZC, /**< linear, steps at zero crossings */
	SOF_VOLUME_LOG_ZC,
	SOF_VOLUME_WINDOWS_FADE, /**< power of 1.75 */
	SOF_VOLUME_WINDOWS_NO_FADE,
};

struct sof_ipc_comp_process {
	struct sof_ipc_comp comp;
	struct sof_ipc_comp_config config;
	uint32_t size; /**< bytes of data[] */
	uint32_t type;
	uint32_t reserved[7];
	unsigned char data[];
} __attribute__((packed, aligned(4)));

/** What wakes a pipeline. */
enum sof_ipc_pipe_sched_time_domain {
	SOF_TIME_DOMAIN_DMA = 0,
	SOF_TIME_DOMAIN_TIMER,
};

struct sof_ipc_pipe_new {
	struct sof_ipc_cmd_hdr hdr;
	uint32_t comp_id;
	uint32_t pipeline_id;
	uint32_t sched_id;
	uint32_t core;
	uint32_t period;   /**< us */
	uint32_t priority; /**< 0 lowest to 10 */
	uint32_t period_mips;
	uint32_t frames_per_sched;
	uint32_t xrun_limit_usecs;
	uint32_t time_domain; /**< enum sof_ipc_pipe_sched_time_domain */
} __attribute__((packed, aligned(4)));

struct sof_ipc_comp_ext {
	uint8_t uuid[SOF_UUID_SIZE];
} __attribute__((packed, aligned(4)));

#endif /* IPC_TOPOLOGY_H */
