/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/fir16.h
 * \brief FIR filters of samples and coefficients of 24 bits and more, by products of 16 bits.
 *
 * Both are kept in two parts. With F, the fine bits, 3 to 14:
 *
 *   sample      x = upper + lower / 2^F   in units of 2^16 of a Q1.31; lower is 0 to 2^F - 1
 *   coefficient c = coarse + fine / 2^F   in units of 2^-14; fine is about -2^(F-1) to 2^(F-1)
 *   output      y = sum upper coarse + sum (upper fine + lower coarse) / 2^F
 *
 * that is 16 + F bits of a sample and 14 + F of a coefficient; lower times fine is far below both
 * and left out. Both sums are taken modulo 2^32: coefficients must be such that
 * 2^15 sum |coarse| and 2^15 sum |fine| + 2^F sum |coarse| stay below 2^31.
 *
 * A row of coefficients goes with the oldest sample first, in groups: FIR16_GROUP coarse parts, then
 * as many fine ones, and so on.
 *
 * Any mode; arguments only. This project's own; a header of plain C (GNU vectors) that a module can
 * take along to the board.
 */
#ifndef MODULE_AUDIO_FIR16_H
#define MODULE_AUDIO_FIR16_H

#include <module/audio/madd16.h>
#include <sof/audio/format.h>
#include <stdbool.h>
#include <stddef.h>

/** Coefficients that are multiplied at a time; taps are a multiple of it. */
#define FIR16_GROUP 8

static inline int16_t fir16_upper(int32_t x)
{
	return (int16_t)(x >> 16);
}

static inline int16_t fir16_lower(int32_t x, unsigned int fine_bits)
{
	return (int16_t)((uint32_t)(x & 0xffff) >> (16 - fine_bits));
}

/** Q1.31 of the two sums, rounded and saturated. */
static inline int32_t fir16_output(uint32_t coarse, uint32_t mixed, unsigned int fine_bits)
{
	/* 2^-14 times 2^16 is 2^2, of which the finer sum has as many bits less */
	const unsigned int shift = fine_bits - 2;
	const int64_t sum = (int64_t)(int32_t)coarse * (1 << fine_bits) + (int32_t)mixed;

	return sat_int32((sum + (1 << (shift - 1))) >> shift);
}

/**
 * One output of one channel, or of two.
 *
 * \param x upper parts of the oldest sample and what follows; lower parts are \p lower behind, and
 *          those of the second channel \p next
 * \param both there is a second channel
 * \param upper_only lower parts are 0 and not looked at
 * \param[out] y output of the first channel and, \p stride behind, of the second
 *
 * Constants for \p both and \p upper_only make a loop of its own for every use.
 */
static inline __attribute__((always_inline)) void
fir16_outputs(const int16_t *coefs, unsigned int taps, const int16_t *x, size_t lower, size_t next,
	      unsigned int fine_bits, bool both, bool upper_only, int32_t *y, size_t stride)
{
	madd16_sums coarse0 = { 0 }, mixed0 = { 0 }, coarse1 = { 0 }, mixed1 = { 0 }, sums;

	for (unsigned int i = 0; i < taps; i += FIR16_GROUP, coefs += 2 * FIR16_GROUP) {
		const madd16_samples coarse = madd16_load(coefs);
		const madd16_samples fine = madd16_load(coefs + FIR16_GROUP);
		const madd16_samples x0 = madd16_load(x + i);

		coarse0 += madd16(x0, coarse);
		mixed0 += madd16(x0, fine);
		if (!upper_only)
			mixed0 += madd16(madd16_load(x + i + lower), coarse);
		if (both) {
			const madd16_samples x1 = madd16_load(x + i + next);

			coarse1 += madd16(x1, coarse);
			mixed1 += madd16(x1, fine);
			if (!upper_only)
				mixed1 += madd16(madd16_load(x + i + next + lower), coarse);
		}
	}
	sums = madd16_total(coarse0, mixed0, coarse1, mixed1);
	y[0] = fir16_output(sums[0], sums[1], fine_bits);
	if (both)
		y[stride] = fir16_output(sums[2], sums[3], fine_bits);
}

#endif /* MODULE_AUDIO_FIR16_H */
