/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file saturation.h
 * \brief Audio at both ends of the range, and what a module that saturates must make of it.
 *
 * The test computes the output in double precision, full scale 1, without the last limit.
 * saturation_check() rounds and limits it to the format. Include check.h first.
 */
#ifndef TESTS_MODULES_SATURATION_H
#define TESTS_MODULES_SATURATION_H

#include "random.h"

#include <math.h>
#include <sof/common.h>

static const enum sof_ipc_frame saturation_formats[] = { SOF_IPC_FRAME_S16_LE,
							 SOF_IPC_FRAME_S24_4LE,
							 SOF_IPC_FRAME_S32_LE };

static inline int format_bits(enum sof_ipc_frame fmt)
{
	return fmt == SOF_IPC_FRAME_S16_LE ? 16 : fmt == SOF_IPC_FRAME_S24_4LE ? 24 : 32;
}

/** A sample as a number, full scale 1. */
static inline double sample_value(enum sof_ipc_frame fmt, const void *data, size_t i)
{
	return ldexp(sample_at(fmt, data, i), 1 - format_bits(fmt));
}

/** Limited to Q1.31. */
static inline double full_scale(double y)
{
	return fmax(-1, fmin(1 - ldexp(1, -31), y));
}

/**
 * Eight frames at the upper end, eight at the lower, then eight each at a sixteenth of that;
 * channels begin at different places. 32 bits reach the upper end of 24, so that a module that
 * takes INT32_MAX for something special does not.
 */
static inline void saturation_audio(enum sof_ipc_frame fmt, void *data, size_t frames,
				    unsigned int channels)
{
	static const double levels[] = { 1, -1, 0.0625, -0.0625 };
	const int bits = format_bits(fmt);
	const double top = 1 - ldexp(1, 1 - MIN(bits, 24));

	for (size_t i = 0; i < frames * channels; i++) {
		const size_t at = i / channels / 8 + i % channels;
		const double level = fmin(levels[at % ARRAY_SIZE(levels)], top);
		const int32_t x = (int32_t)ldexp(level, bits - 1);

		if (fmt == SOF_IPC_FRAME_S16_LE)
			((int16_t *)data)[i] = (int16_t)x;
		else
			((int32_t *)data)[i] = x;
	}
}

/**
 * Compare each sample with \p ideal. Where that is beyond full scale by more than \p tolerance the
 * sample is the format's highest or lowest number exactly. Fails unless both occur.
 */
static inline void saturation_check(enum sof_ipc_frame fmt, const void *out, const double *ideal,
				    size_t samples, double tolerance)
{
	const int32_t top = (int32_t)(INT32_MAX >> (32 - format_bits(fmt)));
	unsigned int highest = 0, lowest = 0;

	for (size_t i = 0; i < samples; i++) {
		const int32_t y = sample_at(fmt, out, i);

		if (ideal[i] > 1 + tolerance || ideal[i] < -1 - tolerance) {
			const int32_t end = ideal[i] > 0 ? top : -top - 1;

			if (y != end)
				fail_msg("%d bits, sample %zu: %d instead of %d", format_bits(fmt),
					 i, y, end);
			highest += ideal[i] > 0;
			lowest += ideal[i] < 0;
		} else if (fabs(sample_value(fmt, out, i) - ideal[i]) >
			   tolerance + ldexp(1, 1 - format_bits(fmt))) {
			fail_msg("%d bits, sample %zu: %g instead of %g", format_bits(fmt), i,
				 sample_value(fmt, out, i), ideal[i]);
		}
	}
	assert_true(highest > 0 && lowest > 0);
}

#endif /* TESTS_MODULES_SATURATION_H */
