/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file filter.h
 * \brief FIR filters that work on blocks: the same numbers as fir_32x16() of SOF's generic C, several
 *        times as fast.
 *
 * An output is the exact sum of products of Q1.31 samples and Q1.15 coefficients, shifted right by
 * 15 + shift, rounding towards minus infinity, and saturated to Q1.31. How it is made exact with
 * multiplications of 16 bits, which processors do eight and more at a time:
 *
 *   x = 2^16 high + low + 2^15, high and low of 16 bits with sign
 *   sum(c x) = 2^16 sum(c high) + sum(c low) + 2^15 sum(c)
 *
 * The two sums are taken over as many coefficients at a time as have magnitudes that add up to less
 * than 2^16: so long they fit into 32 bits, whatever the samples. Most filters are one such piece.
 *
 * Plain C; the compiler makes vectors of it. Touches its arguments only.
 */
#ifndef FILTER_H
#define FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FILTER_TAPS_MAX 256
/** Frames of a block at most. */
#define FILTER_BLOCK 64

/** One response; several channels may share it. */
struct filter_response {
	int16_t coeffs[FILTER_TAPS_MAX]; /**< the last one first */
	size_t taps;			 /**< a multiple of 16: zeros in front fill it up */
	size_t piece;	/**< taps whose sum fits into 32 bits: a power of two, or taps */
	int64_t offset; /**< 2^15 times the sum of the coefficients */
	int shift;	/**< to the right, of the whole sum: 0 to 63 */
};

/** Halves of the samples before the block, and of the block. */
struct filter_line {
	int16_t high[FILTER_TAPS_MAX + FILTER_BLOCK];
	int16_t low[FILTER_TAPS_MAX + FILTER_BLOCK];
};

/** \p count coefficients (at most FILTER_TAPS_MAX), the first for the newest sample. \p out_shift:
 * -15 to 48. */
void filter_response_set(struct filter_response *response, const int16_t *coeffs, size_t count,
			 int out_shift);

/** All samples before are silence. */
void filter_line_clear(struct filter_line *line);

/**
 * Filter \p count samples (at most FILTER_BLOCK), \p step apart, from \p x to \p y. _s16: Q1.15, the
 * output rounded half up; S24: Q1.23, the input's top byte says nothing, the output rounded
 * likewise; _s32: Q1.31. A line is used with samples of one format.
 */
void filter_s16(const struct filter_response *response, struct filter_line *line, int16_t *y,
		const int16_t *x, size_t count, size_t step);
void filter_s24(const struct filter_response *response, struct filter_line *line, int32_t *y,
		const int32_t *x, size_t count, size_t step);
void filter_s32(const struct filter_response *response, struct filter_line *line, int32_t *y,
		const int32_t *x, size_t count, size_t step);

#endif /* FILTER_H */
