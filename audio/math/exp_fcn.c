/* SPDX-License-Identifier: BSD-3-Clause */
/* e^x = 2^e * e^eighths * e^rest. */
#include <rtos/symbol.h>
#include <sof/audio/format.h>
#include <sof/common.h>
#include <sof/math/exp_fcn.h>

#include "tables.h"

#define ONE_OVER_LOG2_Q30 1549082005
#define LOG2_Q31	  1488522236
#define LOG10_OVER_20_Q27 15452387
#define MINUS_8_Q27	  (-1073741824)

/* 2^32 / k!, and the exponent of two from which on that term is taken in: below, it does not show
 * in the result */
static const struct {
	uint32_t factor;
	int from;
} terms[] = {
	{ 715827883, -10 }, /* k = 3 */
	{ 178956971, -5 },
	{ 35791394, 0 },
	{ 5965232, 6 },
};

static inline uint32_t upper(uint32_t a, uint32_t b)
{
	return (uint32_t)((uint64_t)a * b >> 32);
}

/* e^x, Q1.31, x Q0.32 below 1/8 */
static uint32_t taylor(uint32_t x, int exponent)
{
	uint32_t power = upper(x, x);
	uint32_t sum = x + (power >> 1);

	for (size_t i = 0; i < ARRAY_SIZE(terms) && exponent >= terms[i].from; i++) {
		power = upper(x, power);
		sum += upper(power, terms[i].factor);
	}
	return (1u << 31) + ((sum + 1) >> 1);
}

int32_t sofm_exp_approx(int32_t x)
{
	const int32_t twos_q26 = (int32_t)q_multsr_32x32(x, ONE_OVER_LOG2_Q30, 28 + 30 - 26);
	const int exponent = Q_SHIFT_RND(twos_q26, 26, 0);
	/* Q1.31, -1/2 to 1/2; what is above has no room in the words and needs none */
	const uint32_t y = ((uint32_t)x << 3) - (uint32_t)exponent * LOG2_Q31;
	/* Q0.32; bit 1 is 1/2 of the lowest that is known of x, bit 0 half of that */
	const uint32_t rest = (y & 0x0fffffff) << 1 | 4;
	const uint32_t mantissa =
		(uint32_t)((uint64_t)math_exp_eighths[y >> 28 & 7] * taylor(rest, exponent) >> 31);
	const int shift = 12 - exponent;

	return (int32_t)((mantissa + (shift > 0 ? 1u << (shift - 1) : 0)) >> shift);
}
EXPORT_SYMBOL(sofm_exp_approx);

int32_t sofm_exp_fixed(int32_t x)
{
	int32_t root;

	if (x > SOFM_EXP_FIXED_INPUT_MAX)
		return INT32_MAX;
	if (x >= MINUS_8_Q27)
		return sat_int32((int64_t)sofm_exp_approx(x * 2) * 2);
	/* x as Q4.28 is half of it */
	root = sofm_exp_approx(x);
	return (int32_t)q_multsr_32x32(root, root, 19 + 19 - 20);
}
EXPORT_SYMBOL(sofm_exp_fixed);

int32_t sofm_db2lin_fixed(int32_t db)
{
	if (db > SOFM_DB2LIN_INPUT_MAX)
		return INT32_MAX;
	return sofm_exp_fixed((int32_t)q_multsr_32x32(db, LOG10_OVER_20_Q27, 24));
}
EXPORT_SYMBOL(sofm_db2lin_fixed);
