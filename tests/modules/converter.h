/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file converter.h
 * \brief Put a rate converter through its paces, and measure what comes out.
 *
 * THD+N: a sine goes in; after the converter has settled, the sine of the same frequency that fits
 * best (least squares over amplitude and phase) is taken from what comes out; what is left, relative
 * to the sine, all of it up to half the output's rate, is the figure. That is stricter than the
 * usual 20 Hz to 20 kHz. Frequency response: amplitude of the fitted sine relative to what went in.
 * Delay: its phase.
 */
#ifndef TESTS_MODULES_CONVERTER_H
#define TESTS_MODULES_CONVERTER_H

#include "harness.h"

struct converter {
	const struct sof_man_module_manifest *manifest;
	const void *init_data; /* behind the base configuration */
	size_t init_size;
	enum sof_ipc_frame fmt;
	unsigned int channels, in, out; /* Hz */
};

/**
 * Convert \p frames frames from \p x, in blocks of \p block (0: 1 to 500, at random), into \p y, which
 * has room for \p room.
 *
 * \param buffer_bytes of source and sink each; 0: ample
 * \return frames that came. Whatever fails, fails the test.
 */
size_t converter_run(const struct converter *c, const void *x, size_t frames, void *y, size_t room,
		     size_t block, size_t buffer_bytes);

/** Frames that are enough for what comes of \p frames. */
size_t converter_room(const struct converter *c, size_t frames);

/**
 * A square wave at full scale, whose overshoot saturates, in \p c's format. Expected is what a
 * 32-bit run at a sixteenth of the level makes, sixteen times as much.
 */
void converter_saturates(const struct converter *c);

struct tone {
	double level_db; /* of the sine, relative to what went in */
	double thd_n_db; /* relative to the sine that came out */
	double delay;	 /* frames of the input, less whole periods of the tone */
};

/** \p seconds of a sine of \p hz and \p amplitude (1: full scale) in every channel, each with a
 * phase of its own; the worst channel. The first \p settle seconds of the output don't count. */
struct tone converter_tone(const struct converter *c, double hz, double amplitude, double seconds,
			   double settle);

#endif /* TESTS_MODULES_CONVERTER_H */
