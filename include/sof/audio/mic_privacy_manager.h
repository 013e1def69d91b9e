/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/mic_privacy_manager.h
 * \brief The switch that cuts microphones off: types of those who hear of it. The host has none.
 *
 * Its settings are the data of event NOTIFIER_ID_MIC_PRIVACY_STATE_CHANGE (sof/lib/notifier.h).
 */
#ifndef SOF_AUDIO_MIC_PRIVACY_MANAGER_H
#define SOF_AUDIO_MIC_PRIVACY_MANAGER_H

#include <ipc4/base-config.h>
#include <sof/lib/notifier.h>
#include <stdbool.h>
#include <stdint.h>
#include <zephyr/drivers/mic_privacy/intel/mic_privacy.h>

#define ADSP_RTC_FREQUENCY 32768

enum mic_privacy_state {
	MIC_PRIV_UNMUTED,
	MIC_PRIV_FADE_IN,
	MIC_PRIV_FADE_OUT,
	MIC_PRIV_MUTED,
};

struct mic_privacy_settings {
	enum mic_privacy_policy mic_privacy_mode;
	uint32_t mic_privacy_state; /**< 1: cut off */
	uint32_t max_ramp_time;	    /**< ms */
	union mic_privacy_mask privacy_mask_bits;
};

struct privacy_capabilities {
	uint32_t privacy_version;
	uint32_t capabilities_length;
	uint32_t capabilities[1];
};

/* What a gateway keeps of it ends with the copier's gain, which is the copier's own header's. */
#if __has_include("copier_gain.h")
#include "copier_gain.h"

struct mic_privacy_data {
	enum ipc4_sampling_frequency audio_freq;
	uint32_t mic_privacy_state; /**< enum mic_privacy_state */
	bool dma_data_zeroing;
	uint32_t fade_in_out_bytes;
	uint32_t max_ramp_time_in_ms;
	struct copier_gain_params mic_priv_gain_params;
};
#endif

#endif /* SOF_AUDIO_MIC_PRIVACY_MANAGER_H */
