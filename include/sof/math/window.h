/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/window.h
 * \brief Window functions, Q1.15 and Q1.31.
 *
 * For n = 0 .. N-1, N being the length, symmetric: the last coefficient is where n = N-1. A length
 * of 1 gives the largest number the format has, one of 0 or less nothing. Bit-exact with SOF's
 * generic C for every length from 2 on.
 *
 *   rectangular  1, that is the largest number of the format
 *   Hann         sin^2(pi n / (N-1))
 *   Hamming      0.54 - 0.46 cos(2 pi n / (N-1))
 *   Blackman     a0 - 0.5 cos(2 pi n / (N-1)) + (0.5 - a0) cos(4 pi n / (N (N-1)))
 *   Povey        (0.5 - 0.5 cos(2 pi n / (N-1)))^0.85, of Kaldi
 *
 * Blackman's second cosine is not the textbook's cos(4 pi n / (N-1)), and win_blackman_32b() keeps
 * of 0.5 - a0 the low 16 bits only, 2^15 times (2^31 - 1 - 2 a0) mod 2^16 as a signed number: this
 * is what firmware computes, and what audio recorded with it contains.
 *
 * Error bounds against these formulas in double precision, limited to the format, for lengths from
 * 2 to 4096, in units in the last place: 2 of 2^-15; 64 + 7 N of 2^-31, as the step of the angle is
 * rounded down to Q4.28.
 *
 * Any mode; touches the vector only.
 */
#ifndef SOF_MATH_WINDOW_H
#define SOF_MATH_WINDOW_H

#include <sof/audio/format.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** a0 of the "exact" Blackman window. */
#define WIN_BLACKMAN_A0_Q15 Q_CONVERT_FLOAT(7938.0 / 18608.0, 15)
#define WIN_BLACKMAN_A0_Q31 Q_CONVERT_FLOAT(7938.0 / 18608.0, 31)

void win_rectangular_16b(int16_t win[], int length);
void win_rectangular_32b(int32_t win[], int length);

/** \p a0 in Q1.15, from 0 to 0.5. */
void win_blackman_16b(int16_t win[], int length, int16_t a0);
/** \p a0 in Q1.31, from 0 to 0.5. */
void win_blackman_32b(int32_t win[], int length, int32_t a0);

void win_hann_16b(int16_t win[], int length);
void win_hann_32b(int32_t win[], int length);

void win_hamming_16b(int16_t win[], int length);
void win_hamming_32b(int32_t win[], int length);

void win_povey_16b(int16_t win[], int length);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_WINDOW_H */
