/* SPDX-License-Identifier: BSD-3-Clause */
/* Find the coefficients for a pair of channel counts. */
#include "profiles.h"

#include <errno.h>
#include <string.h>

int profiles_read(struct profiles *profiles, const void *data, size_t size)
{
	const size_t count = size / sizeof(profiles->profile[0]);

	if (count == 0 || count > PROFILES_MAX || size % sizeof(profiles->profile[0]))
		return -EINVAL;
	memcpy(profiles->profile, data, size);
	profiles->count = (unsigned int)count;
	return 0;
}

static const struct ipc4_selector_coeffs_config *find(const struct profiles *profiles,
						      unsigned int inputs, unsigned int outputs)
{
	for (unsigned int i = 0; i < profiles->count; i++) {
		if (profiles->profile[i].source_channels_count == inputs &&
		    profiles->profile[i].sink_channels_count == outputs)
			return &profiles->profile[i];
	}
	return NULL;
}

int profiles_choose(const struct profiles *profiles, struct matrix *matrix)
{
	const struct ipc4_selector_coeffs_config *chosen = &profiles->profile[0];

	if (profiles->count == 0) {
		memset(matrix->coeffs, 0, sizeof(matrix->coeffs));
		for (unsigned int i = 0; i < MATRIX_CHANNELS_MAX; i++)
			matrix->coeffs[i][i] = MATRIX_ONE;
		return 0;
	}
	if (profiles->count > 1) {
		chosen = find(profiles, matrix->inputs, matrix->outputs);
		if (!chosen && matrix->inputs == matrix->outputs)
			chosen = find(profiles, MATRIX_CHANNELS_MAX, MATRIX_CHANNELS_MAX);
	}
	if (!chosen)
		return -EINVAL;
	memcpy(matrix->coeffs, chosen->coeffs, sizeof(matrix->coeffs));
	return 0;
}
