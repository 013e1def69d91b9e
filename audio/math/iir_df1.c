/* SPDX-License-Identifier: BSD-3-Clause */
/* Direct form I biquads; the arithmetic is told in the header. */
#include <errno.h>
#include <rtos/symbol.h>
#include <sof/math/iir_df1.h>
#include <string.h>
#include <user/eq.h>

/* Words of a biquad in coef[], and of its delay line. */
enum { A2, A1, B2, B1, B0, SHIFT, GAIN };
enum { Y2, Y1, X2, X1 };

/* Gain makes Q3.45 of Q1.31; back to Q.31 the product moves 14 + SHIFT bits to the right, the last
 * of them by the rounding. What goes beyond either end has no meaning in C. */
#define SHIFT_LEAST (-13)
#define SHIFT_MOST  50

int iir_delay_size_df1(struct sof_eq_iir_header *config)
{
	const uint32_t sections = config->num_sections;
	const uint32_t row = config->num_sections_in_series;

	if (sections == 0 || sections > SOF_EQ_IIR_BIQUADS_MAX)
		return -EINVAL;
	if (row == 0 || sections % row != 0)
		return -EINVAL;
	for (uint32_t i = 0; i < sections; i++) {
		const int32_t shift = config->biquads[i * SOF_EQ_IIR_NBIQUAD + SHIFT];

		if (shift < SHIFT_LEAST || shift > SHIFT_MOST)
			return -EINVAL;
	}
	return (int)(sections * IIR_DF1_NUM_STATE * sizeof(int32_t));
}
EXPORT_SYMBOL(iir_delay_size_df1);

int iir_init_coef_df1(struct iir_state_df1 *iir, struct sof_eq_iir_header *config)
{
	iir->coef = ASSUME_ALIGNED(&config->biquads[0], 4);
	iir->biquads_in_series = config->num_sections_in_series;
	iir->biquads = config->num_sections;
	return 0;
}
EXPORT_SYMBOL(iir_init_coef_df1);

void iir_init_delay_df1(struct iir_state_df1 *iir, int32_t **state)
{
	int32_t *const mine = *state;

	*state = mine + (size_t)IIR_DF1_NUM_STATE * iir->biquads;
	iir->delay = mine;
}
EXPORT_SYMBOL(iir_init_delay_df1);

void iir_reset_df1(struct iir_state_df1 *iir)
{
	iir->coef = NULL;
	iir->biquads_in_series = 0;
	iir->biquads = 0;
}
EXPORT_SYMBOL(iir_reset_df1);

static inline uint64_t product(int32_t a, int32_t b)
{
	return (uint64_t)((int64_t)a * b);
}

static inline int32_t biquad(const int32_t *coef, int32_t *delay, int32_t x)
{
	/* unsigned, as coefficients far too large may make the sum wrap */
	const uint64_t sum = product(coef[B0], x) + product(coef[B1], delay[X1]) +
			     product(coef[B2], delay[X2]) + product(coef[A1], delay[Y1]) +
			     product(coef[A2], delay[Y2]);
	const int32_t y = sat_int32(Q_SHIFT_RND((int64_t)sum, 61, 31));

	delay[Y2] = delay[Y1];
	delay[Y1] = y;
	delay[X2] = delay[X1];
	delay[X1] = x;
	return sat_int32(Q_SHIFT_RND((int64_t)coef[GAIN] * y, 45 + coef[SHIFT], 31));
}

static inline int32_t row_of_biquads(const int32_t *coef, int32_t *delay, unsigned int count,
				     int32_t x)
{
	for (unsigned int i = 0; i < count; i++) {
		x = biquad(coef, delay, x);
		coef += SOF_EQ_IIR_NBIQUAD;
		delay += IIR_DF1_NUM_STATE;
	}
	return x;
}

int32_t iir_df1(struct iir_state_df1 *iir, int32_t x)
{
	const unsigned int row = iir->biquads_in_series;
	const int32_t *coef = iir->coef;
	int32_t *delay = iir->delay;
	int64_t sum = 0;

	if (iir->biquads == 0)
		return x;
	for (unsigned int at = 0; at < iir->biquads; at += row) {
		sum += row_of_biquads(coef, delay, row, x);
		coef += row * SOF_EQ_IIR_NBIQUAD;
		delay += row * IIR_DF1_NUM_STATE;
	}
	return sat_int32(sum);
}
EXPORT_SYMBOL(iir_df1);

int32_t iir_df1_4th(struct iir_state_df1 *iir, int32_t x)
{
	return row_of_biquads(iir->coef, iir->delay, SOF_IIR_DF1_4TH_NUM_BIQUADS, x);
}
EXPORT_SYMBOL(iir_df1_4th);
