/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/ipc-config.h
 * \brief What a creation message says, free of IPC versions.
 */
#ifndef SOF_AUDIO_IPC_CONFIG_H
#define SOF_AUDIO_IPC_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

struct ipc_config_host {
	uint32_t direction; /**< SOF_IPC_STREAM_* */
	uint32_t no_irq;
	uint32_t dmac_config;
	uint32_t dma_buffer_size;
	uint32_t feature_mask;
};

struct ipc_config_volume {
	uint32_t channels;
	uint32_t min_value;
	uint32_t max_value;
	uint32_t ramp;	       /**< SOF_VOLUME_* */
	uint32_t initial_ramp; /**< ms */
};

struct ipc_config_src {
	uint32_t source_rate; /**< 0: variable */
	uint32_t sink_rate;   /**< 0: variable */
	uint32_t rate_mask;
};

struct ipc_config_asrc {
	uint32_t source_rate;
	uint32_t sink_rate;
	uint32_t asynchronous_mode;
	uint32_t operation_mode; /**< 0: push, 1: pull */
};

struct ipc_config_tone {
	int32_t sample_rate;
	int32_t frequency;
	int32_t amplitude;
	int32_t freq_mult;
	int32_t ampl_mult;
	int32_t length;
	int32_t period;
	int32_t repeats;
	int32_t ramp_step;
};

/** Processing modules: the message's payload. */
struct ipc_config_process {
	uint32_t size; /**< bytes of data */
	uint32_t type;
	const unsigned char *data;
};

#endif /* SOF_AUDIO_IPC_CONFIG_H */
