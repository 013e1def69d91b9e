/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file profiles.h
 * \brief The selector's configuration: mixing coefficients, for one or several pairs of channel
 *        counts. Touches its arguments only.
 */
#ifndef PROFILES_H
#define PROFILES_H

#include "matrix.h"

/** large_param_id of the configuration. */
#define IPC4_SELECTOR_COEFFS_CONFIG_ID 0

#define PROFILES_MAX 8

/** One profile, as it comes from the host. */
struct ipc4_selector_coeffs_config {
	uint8_t source_channels_count; /**< which counts it is for, when there are several */
	uint8_t sink_channels_count;
	uint8_t source_channel_config; /**< enum ipc4_channel_config; not looked at */
	uint8_t sink_channel_config;
	int16_t coeffs[MATRIX_CHANNELS_MAX][MATRIX_CHANNELS_MAX]; /**< Q6.10 [output][input] */
};

struct profiles {
	struct ipc4_selector_coeffs_config profile[PROFILES_MAX];
	unsigned int count; /**< 0: none were given, every channel passes */
};

/** -EINVAL: not 1 to PROFILES_MAX whole profiles. */
int profiles_read(struct profiles *profiles, const void *data, size_t size);

/**
 * Take the coefficients for matrix->inputs and matrix->outputs. A single profile is for any counts.
 * Of several, the first for just these; where both are the same and there is none, the one for
 * 8 and 8.
 * \return 0; -EINVAL: there is none; \p matrix is as it was.
 */
int profiles_choose(const struct profiles *profiles, struct matrix *matrix);

#endif /* PROFILES_H */
