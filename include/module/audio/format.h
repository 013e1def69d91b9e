/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/format.h
 * \brief Sizes of sample formats. Any mode.
 */
#ifndef MODULE_AUDIO_FORMAT_H
#define MODULE_AUDIO_FORMAT_H

#include <module/ipc/stream.h>
#include <stdint.h>

/** Bytes of one sample in memory; 4 for formats that are not known. */
static inline uint32_t get_sample_bytes(enum sof_ipc_frame fmt)
{
	if (fmt == SOF_IPC_FRAME_S16_LE)
		return 2;
	if (fmt == SOF_IPC_FRAME_S24_3LE)
		return 3;
	if (fmt == SOF_IPC_FRAME_U8 || fmt == SOF_IPC_FRAME_A_LAW || fmt == SOF_IPC_FRAME_MU_LAW)
		return 1;
	return 4;
}

/** Bits of one sample that carry signal; 32 for formats that are not known. */
static inline uint32_t get_sample_bitdepth(enum sof_ipc_frame fmt)
{
	if (fmt == SOF_IPC_FRAME_S24_4LE)
		return 24;
	return get_sample_bytes(fmt) * 8;
}

/** Bytes of one sample of every channel. */
static inline uint32_t get_frame_bytes(enum sof_ipc_frame fmt, uint32_t channels)
{
	return channels * get_sample_bytes(fmt);
}

#endif /* MODULE_AUDIO_FORMAT_H */
