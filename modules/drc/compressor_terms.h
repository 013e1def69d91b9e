/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file compressor_terms.h
 * \brief Numbers behind compressor_math.h, which one sample and eight at a time have in common.
 */
#ifndef COMPRESSOR_TERMS_H
#define COMPRESSOR_TERMS_H

#include <stdint.h>

/* Constants are single-precision numbers that SOF brings into fixed point by adding 1/2 and cutting
 * off: negative ones come out one unit higher than they were. */
#define SQRT_HALF_Q30 759250112
#define SQRT_TWO_Q30  1518500224
#define LOG10_2_Q26   20201782
#define LOG_10_Q29    1236190976
#define PI_BY_TWO_Q30 1686629713

/* The value for an argument of which there is no logarithm. */
#define NO_DECIBELS_Q21 (-2097151999) /* -1000 */
#define NO_LOG_Q26	(-2013265919) /* -30 */

/* log10(x) on 1/2 to sqrt(1/2), least maximum error (6.1e-8), lowest power first, Q6.26 */
static const int32_t log10_terms[6] = {
	-81731487, 244982704, -410610303, 457435200, -285795039, 75959200,
};

/* 1 / x on sqrt(1/2) to 1, likewise (1.0e-6), Q7.25 */
static const int32_t inverse_terms[6] = {
	239989712, -713042175, 1126492160, -998064895, 470207584, -92027983,
};

#endif /* COMPRESSOR_TERMS_H */
