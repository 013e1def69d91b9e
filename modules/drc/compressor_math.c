/* SPDX-License-Identifier: BSD-3-Clause */
/* Logarithm, power, inverse and arc sine of a compressor. */
#include "compressor_math.h"

#include "compressor_terms.h"

#include <sof/math/exp_fcn.h>
#include <sof/math/lut_trig.h>
#include <sof/math/numbers.h>

#define TWO_BY_PI_Q30 683565248

/* asin(x), odd powers 1 to 7 only: up to sqrt(1/2) in Q2.30 (1.9e-5), from there in Q6.26 (3.1e-2) */
static const int32_t asin_low[4] = { 1073495040, 184887136, 43190596, 126897672 };
static const int32_t asin_high[4] = { -261361631, 1441234048, -2024625535, 948097024 };

/* x = mantissa * 2^exponent; magnitude of the mantissa 1/2 to 1, Q2.30 */
static int32_t mantissa_of(int32_t x, int bits_behind_point, int *exponent)
{
	const int bits = 31 - norm_int32(x);

	*exponent = bits - bits_behind_point;
	if (bits > 30)
		return wrap_add(x, 1) >> 1;
	return (int32_t)((uint32_t)x << (30 - bits));
}

/* By pairs of terms: the order decides the roundings. x in Q2.30 */
static int32_t polynomial(const int32_t terms[6], int32_t x)
{
	const int32_t x2 = mult_round(x, x, 30);
	const int32_t x4 = mult_round(x2, x2, 30);
	const int32_t top = wrap_add(mult_round(terms[5], x, 30), terms[4]);
	const int32_t middle = wrap_add(mult_round(terms[3], x, 30), terms[2]);
	const int32_t low = wrap_add(mult_round(terms[1], x, 30), terms[0]);

	return wrap_add(wrap_add(mult_round(top, x4, 30), mult_round(middle, x2, 30)), low);
}

/* x in Q6.26 and above 0; Q6.26 */
static int32_t log10_q26(int32_t x)
{
	int exponent, halves;

	x = mantissa_of(x, 26, &exponent);
	halves = 2 * exponent;
	if (x > SQRT_HALF_Q30) {
		x = mult_round(x, SQRT_HALF_Q30, 30);
		halves++;
	}
	return wrap_add(polynomial(log10_terms, x), mult_round(halves, LOG10_2_Q26, 1));
}

int32_t compressor_decibels(int32_t x)
{
	return x > 0 ? mult_round(20, log10_q26(x), 26 - 21) : NO_DECIBELS_Q21;
}

int32_t compressor_log(int32_t x)
{
	return x > 0 ? mult_round(LOG_10_Q29, log10_q26(x), 29) : NO_LOG_Q26;
}

int32_t compressor_pow(int32_t x, int32_t y)
{
	return x > 0 ? sofm_exp_fixed(mult_round(y, compressor_log(x), 30 + 26 - 27)) : 0;
}

int32_t compressor_asin(int32_t x)
{
	const int32_t magnitude = x < 0 ? wrap_sub(0, x) : x;
	const int low = magnitude <= SQRT_HALF_Q30;
	const int32_t *const terms = low ? asin_low : asin_high;
	const int q = low ? 30 : 26;
	int32_t x2, x4, sum;

	if (!low)
		x = Q_SHIFT_RND(x, 30, 26);
	x2 = mult_round(x, x, q);
	x4 = mult_round(x2, x2, q);
	sum = mult_round(x4, wrap_add(mult_round(terms[3], x2, q), terms[2]), q);
	sum = wrap_add(wrap_add(sum, mult_round(terms[1], x2, q)), terms[0]);
	return mult_round(mult_round(x, sum, q), TWO_BY_PI_Q30, q);
}

int32_t compressor_inverse(int32_t x, int x_bits, int y_bits)
{
	int exponent, bits;
	int32_t mantissa = mantissa_of(x, x_bits, &exponent);
	const int32_t magnitude = mantissa < 0 ? wrap_sub(0, mantissa) : mantissa;
	const int small = magnitude < SQRT_HALF_Q30;
	int32_t inverse;

	if (small)
		mantissa = mult_round(mantissa, SQRT_TWO_Q30, 30);
	inverse = polynomial(inverse_terms, mantissa);
	if (small)
		inverse = mult_round(inverse, SQRT_TWO_Q30, 30);
	bits = exponent + 25;
	if (bits > y_bits)
		return wrap_add(inverse >> (bits - y_bits - 1), 1) >> 1;
	return sat_int32((int64_t)inverse * ((int64_t)1 << (y_bits - bits)));
}

int32_t compressor_sin(int32_t x)
{
	const int32_t radians = mult_round(x, PI_BY_TWO_Q30, 30 + 30 - 28);

	return (int32_t)((uint32_t)sofm_lut_sin_fixed_16b(radians) << 16);
}
