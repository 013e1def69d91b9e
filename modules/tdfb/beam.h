/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file beam.h
 * \brief Filter and sum: each filter takes a channel and is added to some. Arithmetic of SOF's
 *        generic C, bit for bit. Any mode; touches its arguments only.
 */
#ifndef TDFB_BEAM_H
#define TDFB_BEAM_H

#include "blob.h"

#include <ipc/stream.h>
#include <sof/math/fir_generic.h>
#include <stdbool.h>

/** Frames beam_run() takes at most. */
#define BEAM_BLOCK 48
/** Words of delay that the filters need at most. */
#define BEAM_DELAY_WORDS (SOF_TDFB_FIR_MAX_COUNT * (SOF_FIR_MAX_LENGTH + 4))

struct beam {
	unsigned int filters;
	unsigned int inputs;
	unsigned int outputs;
	enum sof_ipc_frame fmt;
	struct fir_state_32x16 fir[SOF_TDFB_FIR_MAX_COUNT];
	int16_t select[SOF_TDFB_FIR_MAX_COUNT];
	int16_t mix[SOF_TDFB_FIR_MAX_COUNT];
	int32_t *delay; /**< BEAM_DELAY_WORDS; not owned */
	size_t cleared; /**< bytes of it that have been set to silence since the start */
};

/** Begin anew, with silence. */
void beam_start(struct beam *beam, enum sof_ipc_frame fmt, unsigned int inputs,
		unsigned int outputs, int32_t *delay);

/**
 * Point it to an azimuth control's value, or take the filters for beam off where there are some.
 * Coefficients are used in place. What the delays hold stays in them, whoever's it was, unless the
 * filters need more of it than any before: so it is on the board.
 */
void beam_aim(struct beam *beam, const struct tdfb_blob *blob, int azimuth, bool on);

/** Up to BEAM_BLOCK frames, inputs as rows of Q1.31. */
void beam_run(struct beam *beam, void *y, int32_t x[][BEAM_BLOCK], size_t frames);

/** The same without filters: the last one's input that goes to a channel is the channel's; one
 * that none goes to is silent. */
void beam_pass(const struct beam *beam, void *y, const void *x, size_t frames);

#endif /* TDFB_BEAM_H */
