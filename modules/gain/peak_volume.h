/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file peak_volume.h
 * \brief Configuration of the gain module, as IPC4 lays it out.
 */
#ifndef PEAK_VOLUME_H
#define PEAK_VOLUME_H

#include <module/ipc4/base-config.h>
#include <stdint.h>

/** Parameter ids. */
enum ipc4_peak_volume_param {
	IPC4_VOLUME = 0,	      /**< one struct ipc4_peak_volume_config or several */
	IPC4_SET_ATTENUATION,	      /**< one word, 0 to 31: of the board's peak meter */
	IPC4_VOLUME_TRANSITION_DELAY, /**< not supported, neither by SOF */
};

/** How a gain gets from one value to another. */
enum ipc4_curve_type {
	IPC4_AUDIO_CURVE_TYPE_NONE = 0,	    /**< at once */
	IPC4_AUDIO_CURVE_TYPE_WINDOWS_FADE, /**< power of 1.75 of the time */
	IPC4_AUDIO_CURVE_TYPE_LINEAR,
	IPC4_AUDIO_CURVE_TYPE_LOG,
	IPC4_AUDIO_CURVE_TYPE_LINEAR_ZC,
	IPC4_AUDIO_CURVE_TYPE_LOG_ZC,
};

#define IPC4_ALL_CHANNELS_MASK 0xffffffffu

struct ipc4_peak_volume_config {
	uint32_t channel_id;	/**< or IPC4_ALL_CHANNELS_MASK */
	uint32_t target_volume; /**< Q1.31, 0 to 0x7fffffff (0 dB) */
	uint32_t curve_type;	/**< enum ipc4_curve_type */
	uint32_t reserved;
	uint64_t curve_duration; /**< in units of 100 ns */
} __attribute__((packed, aligned(8)));

/** Payload of the message that makes an instance: one config for all channels, or one each. */
struct ipc4_peak_volume_module_cfg {
	struct ipc4_base_module_cfg base_cfg;
	struct ipc4_peak_volume_config config[];
} __attribute__((packed, aligned(8)));

#endif /* PEAK_VOLUME_H */
