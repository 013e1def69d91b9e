/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file tables.h
 * \brief Constants of the math library, computed by tables/make_tables.c while the project is
 *        built. Those that are public are in sof/math/cordic.h.
 */
#ifndef AUDIO_MATH_TABLES_H
#define AUDIO_MATH_TABLES_H

#include <sof/math/cordic.h>
#include <sof/math/icomplex16.h>
#include <sof/math/icomplex32.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/** sin(pi / 2 * i / 512), Q0.16, the last ones held at 65535. */
extern const uint16_t math_sine_quarter[513];

/** sqrt((64 + i) / 128), Q16.16. */
extern const int32_t math_sqrt_q16[193];

/** sqrt((17 + i) / 32), Q2.30. */
extern const uint32_t math_sqrt_q30[48];

/** log2(1 + i / 128), Q16.16. */
extern const int32_t math_log2_q16[129];

/** exp(i / 8), i a signed number of three bits, Q1.31 unsigned. */
extern const uint32_t math_exp_eighths[8];

/**
 * Twiddles of each stage of a transform beside each other: entry n + j, j below n, is
 * e^(-i pi j / n), rounded to Q1.15 or Q1.31 and held above -1 and below 1. n is a power of two.
 */
extern const struct icomplex16 math_twiddle_16[1024];
extern const struct icomplex32 math_twiddle_32[1024];

/** e^(-i 2 pi k / 3072), Q1.31, held above -1 and below 1. */
extern const struct icomplex32 math_twiddle_3072[2048];

#pragma GCC visibility pop

#endif /* AUDIO_MATH_TABLES_H */
