/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file bands.h
 * \brief Emphasis, split into bands, a compressor for each, sum, inverse emphasis. Algorithm and
 *        arithmetic are SOF's, generic C, bit for bit. Any mode; touches its arguments only.
 */
#ifndef BANDS_H
#define BANDS_H

#include "../xover/lr4_bank.h"
#include "../drc/compressor.h"
#include "mb_drc_user.h"

#include <ipc/stream.h>
#include <sof/platform.h>

#define BANDS_EMPHASIS_COEFS (SOF_EMP_DEEMP_BIQUADS * SOF_EQ_IIR_NBIQUAD)
#define BANDS_EMPHASIS_LINE  (SOF_EMP_DEEMP_BIQUADS * IIR_DF1_NUM_STATE)

struct bands_channel {
	struct lr4_lines lines;
	int32_t emphasis[BANDS_EMPHASIS_LINE];
	int32_t deemphasis[BANDS_EMPHASIS_LINE];
};

struct bands {
	unsigned int count;
	unsigned int channels;
	enum sof_ipc_frame fmt;
	bool has_emphasis;
	bool lanes; /* can emphasis be done two channels at once? */
	int32_t emphasis[BANDS_EMPHASIS_COEFS];
	int32_t deemphasis[BANDS_EMPHASIS_COEFS];
	struct lr4_bank bank;
	struct compressor compressor[SOF_MULTIBAND_DRC_MAX_BANDS];
	struct bands_channel channel[PLATFORM_MAX_CHANNELS];
};

/** Bytes of delay that one band of so many channels needs. */
size_t bands_bytes(enum sof_ipc_frame fmt, unsigned int channels);

/** Begin with silence, by a configuration that is valid; \p delay has bands_bytes() bytes for each
 * band. The configuration is copied. */
void bands_start(struct bands *b, const struct sof_multiband_drc_config *config,
		 void *const delay[SOF_MULTIBAND_DRC_MAX_BANDS], enum sof_ipc_frame fmt,
		 unsigned int channels, uint32_t rate);

/** \p frames frames of interleaved samples. */
void bands_run(struct bands *b, void *y, const void *x, size_t frames);

#endif /* BANDS_H */
