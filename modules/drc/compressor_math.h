/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file compressor_math.h
 * \brief Functions of a compressor in fixed point: polynomials on a mantissa. Bit-exact with SOF's
 *        generic C; what overflows wraps. Any mode.
 */
#ifndef COMPRESSOR_MATH_H
#define COMPRESSOR_MATH_H

#include <sof/audio/format.h>
#include <stdint.h>

/** 20 log10(x), x in Q6.26: Q11.21; -1000 for what is not above 0. Error below 1.1e-5. */
int32_t compressor_decibels(int32_t x);
/** log(x), x in Q6.26: Q6.26; -30 for what is not above 0. Error below 1.1e-6. */
int32_t compressor_log(int32_t x);
/** x^y, x in Q6.26, y in Q2.30: Q12.20; 0 for x not above 0. */
int32_t compressor_pow(int32_t x, int32_t y);
/** 2 / pi asin(x), x from -1 to 1 in Q2.30: Q2.30. Error below 1.3e-5 up to sqrt(1/2), 2.0e-2 from
 * there on. */
int32_t compressor_asin(int32_t x);
/** 1 / x, x in Q.x_bits, saturated: Q.y_bits. Error below 1.5e-6 of the value, and 2^-y_bits. */
int32_t compressor_inverse(int32_t x, int x_bits, int y_bits);
/** sin(pi / 2 x), x from 0 to 1 in Q2.30: Q1.31, of which 16 bits are there. Error below 3.1e-5. */
int32_t compressor_sin(int32_t x);

/** \name Sums as the machine makes them, also of numbers that no sensible blob leads to @{ */
static inline int32_t wrap_add(int32_t a, int32_t b)
{
	return (int32_t)((uint32_t)a + (uint32_t)b);
}

static inline int32_t wrap_sub(int32_t a, int32_t b)
{
	return (int32_t)((uint32_t)a - (uint32_t)b);
}
/** @} */

/** A product, rounded half up. */
static inline int32_t mult_round(int32_t a, int32_t b, int shift)
{
	return (int32_t)q_multsr_32x32(a, b, shift);
}

#endif /* COMPRESSOR_MATH_H */
