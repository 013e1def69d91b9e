/* SPDX-License-Identifier: BSD-3-Clause */
/* Direct form II transposed biquads; the arithmetic is told in the header. */
#include <errno.h>
#include <rtos/symbol.h>
#include <sof/math/iir_df1.h>
#include <sof/math/iir_df2t.h>
#include <user/eq.h>

/* Words of a biquad in coef[]. */
enum { A2, A1, B2, B1, B0, SHIFT, GAIN };

int iir_delay_size_df2t(struct sof_eq_iir_header *config)
{
	/* the responses that can be run are the same */
	const int size = iir_delay_size_df1(config);

	if (size < 0)
		return size;
	return (int)(config->num_sections * IIR_DF2T_NUM_DELAYS * sizeof(int64_t));
}
EXPORT_SYMBOL(iir_delay_size_df2t);

int iir_init_coef_df2t(struct iir_state_df2t *iir, struct sof_eq_iir_header *config)
{
	iir->coef = ASSUME_ALIGNED(&config->biquads[0], 4);
	iir->biquads_in_series = config->num_sections_in_series;
	iir->biquads = config->num_sections;
	return 0;
}
EXPORT_SYMBOL(iir_init_coef_df2t);

void iir_init_delay_df2t(struct iir_state_df2t *iir, int64_t **delay)
{
	int64_t *const mine = *delay;

	*delay = mine + (size_t)IIR_DF2T_NUM_DELAYS * iir->biquads;
	iir->delay = mine;
}
EXPORT_SYMBOL(iir_init_delay_df2t);

void iir_reset_df2t(struct iir_state_df2t *iir)
{
	iir->coef = NULL;
	iir->biquads_in_series = 0;
	iir->biquads = 0;
}
EXPORT_SYMBOL(iir_reset_df2t);

static inline uint64_t product(int32_t a, int32_t b)
{
	return (uint64_t)((int64_t)a * b);
}

static inline int32_t biquad(const int32_t *coef, int64_t *delay, int32_t x)
{
	/* unsigned, as coefficients far too large may make the sums wrap */
	const uint64_t sum = product(coef[B0], x) + (uint64_t)delay[0];
	const int32_t y = sat_int32(Q_SHIFT_RND((int64_t)sum, 61, 31));

	delay[0] = (int64_t)((uint64_t)delay[1] + product(coef[B1], x) + product(coef[A1], y));
	delay[1] = (int64_t)(product(coef[B2], x) + product(coef[A2], y));
	return sat_int32(Q_SHIFT_RND((int64_t)coef[GAIN] * y, 45 + coef[SHIFT], 31));
}

int32_t iir_df2t(struct iir_state_df2t *iir, int32_t x)
{
	const unsigned int row = iir->biquads_in_series;
	const int32_t *coef = iir->coef;
	int64_t *delay = iir->delay;
	int32_t sum = 0;

	if (iir->biquads == 0)
		return x;
	for (unsigned int at = 0; at < iir->biquads; at += row) {
		int32_t y = x;

		for (unsigned int i = 0; i < row; i++) {
			y = biquad(coef, delay, y);
			coef += SOF_EQ_IIR_NBIQUAD;
			delay += IIR_DF2T_NUM_DELAYS;
		}
		sum = sat_int32((int64_t)sum + y);
	}
	return sum;
}
EXPORT_SYMBOL(iir_df2t);
