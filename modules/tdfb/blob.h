/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file blob.h
 * \brief The beamformer's blob: check it, find one's way in it. Any mode.
 */
#ifndef TDFB_BLOB_H
#define TDFB_BLOB_H

#include "tdfb_user.h"

#include <stddef.h>
#include <stdint.h>
#include <user/fir.h>

struct comp_dev;

/** Where things are in a blob that is valid. */
struct tdfb_blob {
	struct sof_tdfb_config *config;
	const int16_t *input_select;
	const int16_t *output_mix;
	const int16_t *output_mix_off; /**< with the beam off; NULL: there is none */
	const struct sof_tdfb_angle *angles;
	const struct sof_tdfb_mic_location *mics;
};

/**
 * Check a blob that may say anything, and find its parts.
 *
 * \param source_channels, sink_channels of the streams it is for; 0: not known
 * \return 0; -EINVAL for a size that is not what the blob says or what its parts need; no or too
 *         many filters, channels, angles or microphones; a step of 0 degrees; a filter that
 *         fir_delay_size() refuses; an angle whose filters are not there; another number of
 *         channels than the streams have.
 */
int tdfb_blob_read(struct comp_dev *dev, void *data, size_t size, unsigned int source_channels,
		   unsigned int sink_channels, struct tdfb_blob *blob);

/** A blob's filter number \p index, counted through all angles. */
struct sof_fir_coef_data *tdfb_blob_filter(const struct tdfb_blob *blob, unsigned int index);

/** First of the filters for an azimuth control's value: those of the angle next to it. */
unsigned int tdfb_blob_filters_for(const struct tdfb_blob *blob, int azimuth);

#endif /* TDFB_BLOB_H */
