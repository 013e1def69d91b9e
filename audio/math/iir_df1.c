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

#define UNITY_GAIN_Q14 (1 << 14)

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

/* Apart, lest the compiler make the choice without a jump: as samples seldom saturate, the jump is
 * foreseen and the next step need not wait for the comparison. */
static __attribute__((noinline, cold)) int32_t limit(int64_t x)
{
	return x < 0 ? INT32_MIN : INT32_MAX;
}

static inline int32_t saturated(int64_t x)
{
	return x < INT32_MIN || x > INT32_MAX ? limit(x) : (int32_t)x;
}

static inline int32_t biquad(const int32_t *coef, int32_t *delay, int32_t x)
{
	const int32_t x1 = delay[X1];
	const int32_t y1 = delay[Y1];
	/* unsigned, as coefficients far too large may make the sum wrap; what has to wait for the
	 * biquad before this one comes last */
	const uint64_t sum = product(coef[A2], delay[Y2]) + product(coef[A1], y1) +
			     product(coef[B2], delay[X2]) + product(coef[B1], x1) +
			     product(coef[B0], x);
	int32_t y;

	/* what does not depend on the sum need not wait for it */
	delay[X2] = x1;
	delay[X1] = x;
	y = saturated(Q_SHIFT_RND((int64_t)sum, 61, 31));
	delay[Y2] = y1;
	delay[Y1] = y;
	/* most biquads of a row: only the last one's output is brought to its level */
	if (coef[GAIN] == UNITY_GAIN_Q14 && coef[SHIFT] == 0)
		return y;
	return saturated(Q_SHIFT_RND((int64_t)coef[GAIN] * y, 45 + coef[SHIFT], 31));
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
		int32_t y = x;

		for (unsigned int i = 0; i < row; i++) {
			y = biquad(coef, delay, y);
			coef += SOF_EQ_IIR_NBIQUAD;
			delay += IIR_DF1_NUM_STATE;
		}
		sum += y;
	}
	return saturated(sum);
}
EXPORT_SYMBOL(iir_df1);

int32_t iir_df1_4th(struct iir_state_df1 *iir, int32_t x)
{
	const int32_t y = biquad(iir->coef, iir->delay, x);

	return biquad(iir->coef + SOF_EQ_IIR_NBIQUAD, iir->delay + IIR_DF1_NUM_STATE, y);
}
EXPORT_SYMBOL(iir_df1_4th);
