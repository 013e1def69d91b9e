/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file lanes.h
 * \brief compressor_math.h and the exponential, eight numbers at a time, with the same results.
 *        Where the processor has AVX2.
 *
 * A product keeps the low 32 bits of what is left of its 64 after the shift; so up to 32 bits of
 * shift it does not matter what comes in from above.
 */
#ifndef LANES_H
#define LANES_H

#include "compressor_sine.h"
#include "compressor_terms.h"

#include <immintrin.h>
#include <sof/math/exp_fcn.h>
#include <stdbool.h>
#include <stdint.h>

#define FOR_AVX2 __attribute__((target("avx2")))
#define LANES	 static inline FOR_AVX2 __attribute__((always_inline))

#define LANES_COUNT 8

typedef __m256i lanes_t;

LANES lanes_t lanes_of(int32_t x)
{
	return _mm256_set1_epi32(x);
}

LANES lanes_t lanes_load(const int32_t *x)
{
	return _mm256_loadu_si256((const __m256i *)x);
}

LANES void lanes_store(int32_t *x, lanes_t lanes)
{
	_mm256_storeu_si256((__m256i *)x, lanes);
}

/* \p yes where \p mask is set. */
LANES lanes_t lanes_choose(lanes_t mask, lanes_t yes, lanes_t no)
{
	return _mm256_blendv_epi8(no, yes, mask);
}

LANES bool lanes_any(lanes_t mask)
{
	return _mm256_movemask_epi8(mask) != 0;
}

/* \name Products: lanes 0, 2, 4, 6 and lanes 1, 3, 5, 7 apart. */

LANES lanes_t lanes_odd(lanes_t x)
{
	return _mm256_srli_epi64(x, 32);
}

/* The lower half of each even product and the upper half of each odd one. */
LANES lanes_t lanes_join(__m256i even, __m256i odd)
{
	return _mm256_blend_epi32(even, odd, 0xaa);
}

/* Bits \p shift and up; at most 32. */
LANES lanes_t lanes_cut(__m256i even, __m256i odd, int shift)
{
	return lanes_join(_mm256_srli_epi64(even, shift), _mm256_slli_epi64(odd, 32 - shift));
}

/* mult_round(); \p shift 1 to 32. */
LANES lanes_t lanes_mult(lanes_t a, lanes_t b, int shift)
{
	const __m256i half = _mm256_set1_epi64x((int64_t)1 << (shift - 1));
	const __m256i even = _mm256_mul_epi32(a, b);
	const __m256i odd = _mm256_mul_epi32(lanes_odd(a), lanes_odd(b));

	return lanes_cut(_mm256_add_epi64(even, half), _mm256_add_epi64(odd, half), shift);
}

/* The same with \p b one number in all lanes. */
LANES lanes_t lanes_mult_all(lanes_t a, lanes_t b, int shift)
{
	const __m256i half = _mm256_set1_epi64x((int64_t)1 << (shift - 1));
	const __m256i even = _mm256_mul_epi32(a, b);
	const __m256i odd = _mm256_mul_epi32(lanes_odd(a), b);

	return lanes_cut(_mm256_add_epi64(even, half), _mm256_add_epi64(odd, half), shift);
}

/* Rounded down. */
LANES lanes_t lanes_mult_down(lanes_t a, lanes_t b, int shift)
{
	return lanes_cut(_mm256_mul_epi32(a, b), _mm256_mul_epi32(lanes_odd(a), lanes_odd(b)),
			 shift);
}

/* Of unsigned numbers, rounded down. */
LANES lanes_t lanes_mult_unsigned(lanes_t a, lanes_t b, int shift)
{
	return lanes_cut(_mm256_mul_epu32(a, b), _mm256_mul_epu32(lanes_odd(a), lanes_odd(b)),
			 shift);
}

/* q_multsr_sat_32x32(): what is left of the product above the result has to be all sign. */
LANES lanes_t lanes_mult_sat(lanes_t a, lanes_t b, int shift)
{
	const __m256i half = _mm256_set1_epi64x((int64_t)1 << (shift - 1));
	const __m256i even = _mm256_add_epi64(_mm256_mul_epi32(a, b), half);
	const __m256i odd = _mm256_add_epi64(_mm256_mul_epi32(lanes_odd(a), lanes_odd(b)), half);
	const lanes_t result = lanes_cut(even, odd, shift);
	const lanes_t upper = lanes_join(lanes_odd(even), odd);
	const lanes_t fits = _mm256_cmpeq_epi32(_mm256_srai_epi32(upper, shift - 1),
						_mm256_srai_epi32(result, 31));
	const lanes_t limit = _mm256_xor_si256(_mm256_srai_epi32(upper, 31), lanes_of(INT32_MAX));

	return lanes_choose(fits, result, limit);
}

/* Q_SHIFT_RND() by \p by bits */
LANES lanes_t lanes_shift_round(lanes_t x, int by)
{
	return _mm256_srai_epi32(_mm256_add_epi32(_mm256_srai_epi32(x, by - 1), lanes_of(1)), 1);
}

/* \name Logarithm and inverse */

/* Of numbers not below 0: bits up to the highest that is set. A float's exponent knows, when there
 * is no other bit to round up by beside that one. */
LANES lanes_t lanes_bits(lanes_t x)
{
	const lanes_t top = _mm256_andnot_si256(_mm256_srli_epi32(x, 1), x);
	const __m256i real = _mm256_castps_si256(_mm256_cvtepi32_ps(top));
	const lanes_t bias = lanes_of(126);

	return _mm256_sub_epi32(_mm256_max_epi32(_mm256_srli_epi32(real, 23), bias), bias);
}

/* A product and its rounding, with \p half of the last place and whatever else is to be added. Those
 * of even or of odd lanes, in the lower halves. */
LANES __m256i lanes_product(__m256i a, __m256i b, __m256i half)
{
	return _mm256_srli_epi64(_mm256_add_epi64(_mm256_mul_epi32(a, b), half), 30);
}

/* By pairs of terms; the lower of each is added before what is behind the point is cut off. */
LANES __m256i lanes_polynomial_apart(const int32_t terms[6], __m256i x)
{
	const int64_t half_of_last = 1 << 29;
	const __m256i half = _mm256_set1_epi64x(half_of_last);
	const __m256i x2 = lanes_product(x, x, half);
	const __m256i x4 = lanes_product(x2, x2, half);
	__m256i part[3];

	for (int i = 0; i < 3; i++) {
		const int64_t added = ((int64_t)terms[2 * i] * (1 << 30)) + half_of_last;

		part[i] = lanes_product(_mm256_set1_epi64x(terms[2 * i + 1]), x,
					_mm256_set1_epi64x(added));
	}
	return _mm256_add_epi32(_mm256_add_epi32(lanes_product(part[2], x4, half),
						 lanes_product(part[1], x2, half)),
				part[0]);
}

LANES lanes_t lanes_polynomial(const int32_t terms[6], lanes_t x)
{
	const __m256i even = lanes_polynomial_apart(terms, x);
	const __m256i odd = lanes_polynomial_apart(terms, lanes_odd(x));

	return lanes_join(even, _mm256_slli_epi64(odd, 32));
}

/* Q6.26, of what is above 0 and below 16. */
LANES lanes_t lanes_log10(lanes_t x)
{
	const lanes_t bits = lanes_bits(x);
	const lanes_t mantissa = _mm256_sllv_epi32(x, _mm256_sub_epi32(lanes_of(30), bits));
	const lanes_t large = _mm256_cmpgt_epi32(mantissa, lanes_of(SQRT_HALF_Q30));
	const lanes_t lowered = lanes_choose(
		large, lanes_mult_all(mantissa, lanes_of(SQRT_HALF_Q30), 30), mantissa);
	const lanes_t exponent = _mm256_sub_epi32(bits, lanes_of(26));
	/* set is -1 */
	const lanes_t halves = _mm256_sub_epi32(_mm256_add_epi32(exponent, exponent), large);
	const lanes_t twice = _mm256_mullo_epi32(halves, lanes_of(LOG10_2_Q26));
	const lanes_t of_halves = _mm256_srai_epi32(_mm256_add_epi32(twice, lanes_of(1)), 1);

	return _mm256_add_epi32(lanes_polynomial(log10_terms, lowered), of_halves);
}

/* compressor_decibels() and compressor_log(), x below 16. */

LANES lanes_t lanes_decibels(lanes_t x)
{
	const lanes_t positive = _mm256_cmpgt_epi32(x, lanes_of(0));

	return lanes_choose(positive, lanes_mult_all(lanes_log10(x), lanes_of(20), 26 - 21),
			    lanes_of(NO_DECIBELS_Q21));
}

LANES lanes_t lanes_log(lanes_t x)
{
	const lanes_t positive = _mm256_cmpgt_epi32(x, lanes_of(0));

	return lanes_choose(positive, lanes_mult_all(lanes_log10(x), lanes_of(LOG_10_Q29), 29),
			    lanes_of(NO_LOG_Q26));
}

/* compressor_inverse(x, 31, 20), x not below 0. */
LANES lanes_t lanes_inverse(lanes_t x)
{
	const lanes_t bits = lanes_bits(x);
	const lanes_t full = _mm256_cmpgt_epi32(bits, lanes_of(30));
	const lanes_t halved = _mm256_srai_epi32(_mm256_add_epi32(x, lanes_of(1)), 1);
	const lanes_t mantissa = lanes_choose(
		full, halved, _mm256_sllv_epi32(x, _mm256_sub_epi32(lanes_of(30), bits)));
	const lanes_t small =
		_mm256_cmpgt_epi32(lanes_of(SQRT_HALF_Q30), _mm256_abs_epi32(mantissa));
	const lanes_t root = lanes_of(SQRT_TWO_Q30);
	const lanes_t raised = lanes_choose(small, lanes_mult_all(mantissa, root, 30), mantissa);
	const lanes_t of_raised = lanes_polynomial(inverse_terms, raised);
	const lanes_t inverse = lanes_choose(small, lanes_mult_all(of_raised, root, 30), of_raised);
	/* bits behind the point: 25 - (bits - 31), 20 are wanted */
	const lanes_t right = _mm256_sub_epi32(bits, lanes_of(26));
	const lanes_t left = _mm256_sub_epi32(lanes_of(26), bits);
	const lanes_t less = _mm256_srai_epi32(
		_mm256_add_epi32(_mm256_srav_epi32(inverse, _mm256_sub_epi32(right, lanes_of(1))),
				 lanes_of(1)),
		1);
	const lanes_t more = _mm256_sllv_epi32(inverse, left);
	const lanes_t fits = _mm256_cmpeq_epi32(_mm256_srav_epi32(more, left), inverse);
	const lanes_t limit = _mm256_xor_si256(_mm256_srai_epi32(inverse, 31), lanes_of(INT32_MAX));

	return lanes_choose(_mm256_cmpgt_epi32(right, lanes_of(0)), less,
			    lanes_choose(fits, more, limit));
}

/* \name Exponential: audio/math has the algorithm, one number at a time */

#define ONE_OVER_LOG2_Q30 1549082005
#define LOG2_Q31	  1488522236
#define LOG10_OVER_20_Q27 15452387
#define MINUS_8_Q27	  (-1073741824)

/* exp(i / 8), i a signed number of three bits, Q1.31 unsigned. */
LANES lanes_t lanes_eighths(lanes_t i)
{
	const lanes_t table = _mm256_setr_epi32((int32_t)2147483648u, (int32_t)2433417774u,
						(int32_t)2757423586u, (int32_t)3124570271u,
						1302514674, 1475942488, 1672461947, 1895147668);

	return _mm256_permutevar8x32_epi32(table, i);
}

LANES __m256i lanes_upper(__m256i a, __m256i b)
{
	return _mm256_srli_epi64(_mm256_mul_epu32(a, b), 32);
}

/* e^x, Q1.31, x Q0.32 below 1/8; 2^32 / k! is the factor of term k. */
LANES lanes_t lanes_taylor(lanes_t x, lanes_t exponent)
{
	static const struct {
		int32_t factor;
		int from;
	} terms[4] = { { 715827883, -10 }, { 178956971, -5 }, { 35791394, 0 }, { 5965232, 6 } };
	const __m256i odd_x = lanes_odd(x);
	__m256i even = lanes_upper(x, x);
	__m256i odd = lanes_upper(odd_x, odd_x);
	lanes_t sum = lanes_join(even, _mm256_slli_epi64(odd, 32));

	sum = _mm256_add_epi32(x, _mm256_srli_epi32(sum, 1));
	for (int i = 0; i < 4; i++) {
		const lanes_t counts = _mm256_cmpgt_epi32(exponent, lanes_of(terms[i].from - 1));
		const __m256i factor = lanes_of(terms[i].factor);
		lanes_t term;

		if (!lanes_any(counts))
			break;
		even = lanes_upper(x, even);
		odd = lanes_upper(odd_x, odd);
		term = lanes_join(lanes_odd(_mm256_mul_epu32(even, factor)),
				  _mm256_mul_epu32(odd, factor));
		sum = _mm256_add_epi32(sum, _mm256_and_si256(term, counts));
	}
	sum = _mm256_srli_epi32(_mm256_add_epi32(sum, lanes_of(1)), 1);
	return _mm256_add_epi32(lanes_of(INT32_MIN), sum);
}

/* sofm_exp_approx() */
LANES lanes_t lanes_exp_approx(lanes_t x)
{
	const lanes_t twos = lanes_mult_all(x, lanes_of(ONE_OVER_LOG2_Q30), 28 + 30 - 26);
	const lanes_t exponent = lanes_shift_round(twos, 26);
	const lanes_t y = _mm256_sub_epi32(_mm256_slli_epi32(x, 3),
					   _mm256_mullo_epi32(exponent, lanes_of(LOG2_Q31)));
	const lanes_t rest = _mm256_or_si256(
		_mm256_slli_epi32(_mm256_and_si256(y, lanes_of(0x0fffffff)), 1), lanes_of(4));
	const lanes_t mantissa = lanes_mult_unsigned(lanes_eighths(_mm256_srli_epi32(y, 28)),
						     lanes_taylor(rest, exponent), 31);
	const lanes_t shift = _mm256_sub_epi32(lanes_of(12), exponent);
	/* by -1, and so by more bits than there are, it is nothing */
	const lanes_t half = _mm256_sllv_epi32(lanes_of(1), _mm256_sub_epi32(shift, lanes_of(1)));

	return _mm256_srlv_epi32(_mm256_add_epi32(mantissa, half), shift);
}

/* sofm_exp_fixed() */
LANES lanes_t lanes_exp(lanes_t x)
{
	const lanes_t low = _mm256_cmpgt_epi32(lanes_of(MINUS_8_Q27), x);
	const lanes_t large = _mm256_cmpgt_epi32(x, lanes_of(SOFM_EXP_FIXED_INPUT_MAX));
	const lanes_t root = lanes_exp_approx(lanes_choose(low, x, _mm256_slli_epi32(x, 1)));
	const lanes_t twice = _mm256_min_epu32(_mm256_slli_epi32(root, 1), lanes_of(INT32_MAX));
	lanes_t result = lanes_choose(large, lanes_of(INT32_MAX), twice);

	if (lanes_any(low))
		result = lanes_choose(low, lanes_mult(root, root, 19 + 19 - 20), result);
	return result;
}

/* sofm_db2lin_fixed(), up to SOFM_DB2LIN_INPUT_MAX, is lanes_exp() of this. */
LANES lanes_t lanes_db2lin_exponent(lanes_t db)
{
	return lanes_mult_all(db, lanes_of(LOG10_OVER_20_Q27), 24);
}

/* \name Sine */

#define PLACES_PER_RADIAN_Q20 341782638

/* compressor_sin(), x really from 0 to 1. Both neighbours in the table are got as one word. */
LANES lanes_t lanes_sin(lanes_t x)
{
	const lanes_t radians = lanes_mult_all(x, lanes_of(PI_BY_TWO_Q30), 30 + 30 - 28);
	const lanes_t density = lanes_of(PLACES_PER_RADIAN_Q20);
	const __m256i even = _mm256_mul_epi32(radians, density);
	const __m256i odd = _mm256_mul_epi32(lanes_odd(radians), density);
	const lanes_t place = _mm256_srli_epi32(lanes_join(lanes_odd(even), odd), 16);
	const lanes_t behind = _mm256_and_si256(lanes_cut(even, odd, 17), lanes_of(INT32_MAX));
	const lanes_t both =
		_mm256_i32gather_epi32((const int *)(const void *)compressor_sine, place, 2);
	const lanes_t sine = _mm256_and_si256(both, lanes_of(UINT16_MAX));
	const lanes_t slope = _mm256_sub_epi32(_mm256_srli_epi32(both, 16), sine);
	const lanes_t between = _mm256_add_epi32(sine, lanes_mult_down(behind, slope, 31));
	const lanes_t rounded = _mm256_srai_epi32(_mm256_add_epi32(between, lanes_of(1)), 1);

	return _mm256_slli_epi32(_mm256_min_epi32(rounded, lanes_of(INT16_MAX)), 16);
}

#endif /* LANES_H */
