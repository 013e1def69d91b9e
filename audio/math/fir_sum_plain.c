/* SPDX-License-Identifier: BSD-3-Clause */
#include "fir_sum.h"

/* Coefficients upwards, samples downwards. */
static inline int64_t stretch(const int16_t *coef, const int32_t *sample, int count)
{
	int64_t sum = 0;

	for (int i = 0; i < count; i++)
		sum += (int64_t)coef[i] * sample[-i];
	return sum;
}

/* The same, and with the coefficients that a sample meets one output later. */
static inline struct fir_pair stretch_pair(const int16_t *coef, const int32_t *sample, int count)
{
	int64_t y0 = 0;
	int64_t y1 = 0;

	for (int i = 0; i < count; i++) {
		y0 += (int64_t)coef[i] * sample[-i];
		y1 += (int64_t)coef[i + 1] * sample[-i];
	}
	return (struct fir_pair){ y0, y1 };
}

int64_t fir_sum_plain(const struct fir_state_32x16 *fir, int32_t x)
{
	const int older = fir->taps - 1;
	const int before_start = MIN(fir->rwi, older);
	const int32_t *const end = fir->delay + fir->length;

	return (int64_t)fir->coef[0] * x +
	       stretch(fir->coef + 1, fir->delay + fir->rwi - 1, before_start) +
	       stretch(fir->coef + 1 + before_start, end - 1, older - before_start);
}

struct fir_pair fir_pair_plain(const struct fir_state_32x16 *fir, int32_t x0, int32_t x1)
{
	const int both = fir->taps - 2;
	const int before_start = MIN(fir->rwi, both);
	const int32_t *const end = fir->delay + fir->length;
	const int oldest = fir->rwi - (fir->taps - 1);
	const struct fir_pair a =
		stretch_pair(fir->coef + 1, fir->delay + fir->rwi - 1, before_start);
	const struct fir_pair b =
		stretch_pair(fir->coef + 1 + before_start, end - 1, both - before_start);
	const int32_t last = fir->delay[oldest < 0 ? oldest + fir->length : oldest];

	return (struct fir_pair){
		.y0 = (int64_t)fir->coef[0] * x0 + a.y0 + b.y0 +
		      (int64_t)fir->coef[fir->taps - 1] * last,
		.y1 = (int64_t)fir->coef[0] * x1 + (int64_t)fir->coef[1] * x0 + a.y1 + b.y1,
	};
}
