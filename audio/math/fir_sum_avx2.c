/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Eight taps at a time: the multiplication takes four 32-bit words out of eight, every second one,
 * and makes 64-bit products of them. Coefficients are turned round, as their samples lie backwards.
 */
#include "fir_sum.h"

#include <immintrin.h>

#define BLOCK	   8
#define LEAST_TAPS 16 /* with fewer the plain sum is as fast */
#define FOR_AVX2   __attribute__((target("avx2")))

/* Lanes of a block of samples, the newest last. */
#define NEWEST (1 << 7)
#define SECOND (1 << 6)

struct sums {
	__m256i even;
	__m256i odd;
};

FOR_AVX2 static inline __m256i load_within(const int32_t *newest)
{
	return _mm256_loadu_si256((const __m256i *)(newest - (BLOCK - 1)));
}

/* The block whose newest sample is at \p newest: from one place in the ring, or, with some of it
 * before the ring's start, from two. */
FOR_AVX2 static inline __m256i load_block(const struct fir_state_32x16 *fir, int newest)
{
	const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
	const int32_t *const ring = fir->delay - (BLOCK - 1);
	__m256i from_end, start, end;

	if (newest < 0)
		return _mm256_loadu_si256((const __m256i *)(ring + newest + fir->length));
	if (newest >= BLOCK - 1)
		return _mm256_loadu_si256((const __m256i *)(ring + newest));
	/* lanes that are masked out are not touched */
	from_end = _mm256_cmpgt_epi32(_mm256_set1_epi32(BLOCK - 1 - newest), lane);
	start = _mm256_maskload_epi32(ring + newest, ~from_end);
	end = _mm256_maskload_epi32(ring + newest + fir->length, from_end);
	return _mm256_or_si256(start, end);
}

FOR_AVX2 static inline __m256i load_coef(const int16_t *coef)
{
	const __m128i reverse = _mm_setr_epi8(14, 15, 12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1);
	const __m128i block = _mm_loadu_si128((const __m128i *)(const void *)coef);

	return _mm256_cvtepi16_epi32(_mm_shuffle_epi8(block, reverse));
}

FOR_AVX2 static inline void add_block(struct sums *sums, __m256i coef, __m256i samples)
{
	const __m256i odd_coef = _mm256_srli_epi64(coef, 32);
	const __m256i odd_samples = _mm256_srli_epi64(samples, 32);

	sums->even = _mm256_add_epi64(sums->even, _mm256_mul_epi32(coef, samples));
	sums->odd = _mm256_add_epi64(sums->odd, _mm256_mul_epi32(odd_coef, odd_samples));
}

FOR_AVX2 static inline int64_t total(const struct sums *sums)
{
	const __m256i four = _mm256_add_epi64(sums->even, sums->odd);
	const __m128i two =
		_mm_add_epi64(_mm256_castsi256_si128(four), _mm256_extracti128_si256(four, 1));

	return _mm_extract_epi64(two, 0) + _mm_extract_epi64(two, 1);
}

/* The last taps, when they make no block; tap k's sample is k before \p newest. */
static inline int64_t rest(const struct fir_state_32x16 *fir, int first, int newest)
{
	int64_t sum = 0;

	for (int k = first; k < fir->taps; k++) {
		const int at = newest - k;

		sum += (int64_t)fir->coef[k] * fir->delay[at < 0 ? at + fir->length : at];
	}
	return sum;
}

FOR_AVX2 int64_t fir_sum_avx2(const struct fir_state_32x16 *fir, int32_t x)
{
	const int blocks_end = fir->taps / BLOCK * BLOCK;
	struct sums sums = { 0 };
	__m256i samples;
	int k;

	if (fir->taps < LEAST_TAPS)
		return fir_sum_plain(fir, x);
	/* from the register: a load would have to wait until x is in memory */
	samples = load_block(fir, fir->rwi);
	samples = _mm256_blend_epi32(samples, _mm256_set1_epi32(x), NEWEST);
	add_block(&sums, load_coef(fir->coef), samples);
	for (k = BLOCK; k < blocks_end && fir->rwi - k >= BLOCK - 1; k += BLOCK)
		add_block(&sums, load_coef(fir->coef + k), load_within(fir->delay + fir->rwi - k));
	for (; k < blocks_end && fir->rwi - k >= 0; k += BLOCK)
		add_block(&sums, load_coef(fir->coef + k), load_block(fir, fir->rwi - k));
	for (; k < blocks_end; k += BLOCK)
		add_block(&sums, load_coef(fir->coef + k),
			  load_within(fir->delay + fir->rwi - k + fir->length));
	return total(&sums) + rest(fir, blocks_end, fir->rwi);
}

FOR_AVX2 struct fir_pair fir_pair_avx2(const struct fir_state_32x16 *fir, int32_t x0, int32_t x1)
{
	const int blocks_end = fir->taps / BLOCK * BLOCK;
	struct sums sums0 = { 0 };
	struct sums sums1 = { 0 };
	__m256i coef, samples;
	int k;

	if (fir->taps < LEAST_TAPS)
		return fir_pair_plain(fir, x0, x1);
	coef = load_coef(fir->coef);
	samples = load_block(fir, fir->rwi);
	samples = _mm256_blend_epi32(samples, _mm256_set1_epi32(x0), NEWEST);
	add_block(&sums0, coef, samples);
	samples = load_block(fir, fir->rwi + 1);
	samples = _mm256_blend_epi32(samples, _mm256_set1_epi32(x0), SECOND);
	samples = _mm256_blend_epi32(samples, _mm256_set1_epi32(x1), NEWEST);
	add_block(&sums1, coef, samples);
	for (k = BLOCK; k < blocks_end && fir->rwi - k >= BLOCK - 1; k += BLOCK) {
		coef = load_coef(fir->coef + k);
		add_block(&sums0, coef, load_within(fir->delay + fir->rwi - k));
		add_block(&sums1, coef, load_within(fir->delay + fir->rwi - k + 1));
	}
	for (; k < blocks_end && fir->rwi + 1 - k >= 0; k += BLOCK) {
		coef = load_coef(fir->coef + k);
		add_block(&sums0, coef, load_block(fir, fir->rwi - k));
		add_block(&sums1, coef, load_block(fir, fir->rwi + 1 - k));
	}
	for (; k < blocks_end; k += BLOCK) {
		coef = load_coef(fir->coef + k);
		add_block(&sums0, coef, load_within(fir->delay + fir->rwi - k + fir->length));
		add_block(&sums1, coef, load_within(fir->delay + fir->rwi - k + 1 + fir->length));
	}
	return (struct fir_pair){
		.y0 = total(&sums0) + rest(fir, blocks_end, fir->rwi),
		.y1 = total(&sums1) + rest(fir, blocks_end, fir->rwi + 1),
	};
}
