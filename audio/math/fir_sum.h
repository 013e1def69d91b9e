/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fir_sum.h
 * \brief The sum of products of a FIR filter, once in plain C and once for AVX2.
 *
 * Sample 0 is the argument, which is not in the ring yet: what lies at rwi does not matter. Sample
 * k is k places before rwi, around the end of the ring. All give the same, exactly. fir->taps is a
 * multiple of four from 4 to fir->length - 2. They read the state, the coefficients and the ring.
 */
#ifndef AUDIO_MATH_FIR_SUM_H
#define AUDIO_MATH_FIR_SUM_H

#include <sof/math/fir_generic.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

struct fir_pair {
	int64_t y0;
	int64_t y1;
};

int64_t fir_sum_plain(const struct fir_state_32x16 *fir, int32_t x);
int64_t fir_sum_avx2(const struct fir_state_32x16 *fir, int32_t x);

/** Two outputs, that of \p x0 and that of \p x1 which follows it. */
struct fir_pair fir_pair_plain(const struct fir_state_32x16 *fir, int32_t x0, int32_t x1);
struct fir_pair fir_pair_avx2(const struct fir_state_32x16 *fir, int32_t x0, int32_t x1);

#pragma GCC visibility pop

#endif /* AUDIO_MATH_FIR_SUM_H */
