/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file asrc.h
 * \brief Messages of the asynchronous converter.
 */
#ifndef MODULES_ASRC_H
#define MODULES_ASRC_H

#include <module/ipc4/base-config.h>
#include <stdint.h>

/** Bits of asrc_mode. Without PUSH it is pull. */
enum ipc4_asrc_features {
	IPC4_MOD_ASRC_PUSH_MODE = 0,
	IPC4_MOD_ASRC_PULL_MODE = 1,
	IPC4_MOD_ASRC_DISABLE_JITTER_BUFFER = 4, /**< there is none here */
};

/** The init message's whole payload; the input's rate is that of base.audio_fmt. */
struct ipc4_asrc_module_cfg {
	struct ipc4_base_module_cfg base;
	enum ipc4_sampling_frequency out_freq;
	uint32_t asrc_mode;
} __attribute__((packed, aligned(4)));

/** Parameters; messages carry the lower 8 bits. */
enum ipc4_asrc_module_params {
	IPC4_MOD_ASRC_SAMPLE_DRIFT = 0x3001,
};

/**
 * Parameter IPC4_MOD_ASRC_SAMPLE_DRIFT: how far the device's clock and the reference clock are. In
 * push mode the device is at the output, in pull mode at the input. Counts wrap.
 */
struct asrc_timestamp {
	uint32_t frames;     /**< of the device */
	uint32_t ticks;	     /**< of the reference clock, at the same moment */
	uint32_t ticks_rate; /**< Hz */
};

#endif /* MODULES_ASRC_H */
