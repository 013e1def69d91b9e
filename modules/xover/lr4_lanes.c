/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The words of four biquads in a register each. Sums seldom go beyond 32 bits: what is left of them
 * is looked for in all four at once, and only when there is some is each limited by itself.
 */
#include "lr4_lanes.h"

#include <immintrin.h>
#include <sof/audio/format.h>
#include <sof/math/iir_df1.h>
#include <user/eq.h>

/* Words of a biquad, and of its delay line. */
enum { A2, A1, B2, B1, B0, SHIFT, GAIN };
enum { Y2, Y1, X2, X1 };

#define UNITY_GAIN_Q14 (1 << 14)
/* Of a sum, Q.61, and a biquad's output before its shift, Q.45, to Q.31. */
#define SUM_SHIFT 30
#define OUT_SHIFT 14
/* The output's shift in all; above, bits that come in at the top would be seen. */
#define OUT_LEAST 1
#define OUT_MOST  32

#define FOR_AVX2 __attribute__((target("avx2")))
#define INLINE	 static inline FOR_AVX2 __attribute__((always_inline))

struct biquads {
	__m256i a2, a1, b2, b1, b0, gain, shift;
	__m256i half;	   /* of the output's last place, before the shift */
	__m256i offset;	   /* makes numbers of what there is room for ... */
	__m256i too_large; /* ... without these bits */
};

struct memory {
	__m256i y2, y1, x2, x1;
};

bool lr4_lanes_possible(const int32_t *coef)
{
	for (int i = 0; i < SOF_IIR_DF1_4TH_NUM_BIQUADS; i++) {
		const int32_t shift = coef[i * SOF_EQ_IIR_NBIQUAD + SHIFT];

		if (shift < OUT_LEAST - OUT_SHIFT || shift > OUT_MOST - OUT_SHIFT)
			return false;
	}
	return true;
}

INLINE __m256i words(const int32_t *const at[LR4_LANES], int which)
{
	return _mm256_cvtepi32_epi64(
		_mm_setr_epi32(at[0][which], at[1][which], at[2][which], at[3][which]));
}

/* \return are all outputs as they are? */
INLINE bool get_biquads(struct biquads *b, const struct lr4_lane lane[LR4_LANES], int which)
{
	const __m256i one = _mm256_set1_epi64x(1);
	const int32_t *at[LR4_LANES];
	__m256i own_shift, differs;

	for (int i = 0; i < LR4_LANES; i++)
		at[i] = lane[i].coef + which * SOF_EQ_IIR_NBIQUAD;
	b->a2 = words(at, A2);
	b->a1 = words(at, A1);
	b->b2 = words(at, B2);
	b->b1 = words(at, B1);
	b->b0 = words(at, B0);
	b->gain = words(at, GAIN);
	own_shift = words(at, SHIFT);
	differs = _mm256_or_si256(own_shift,
				  _mm256_xor_si256(b->gain, _mm256_set1_epi64x(UNITY_GAIN_Q14)));
	b->shift = _mm256_add_epi64(own_shift, _mm256_set1_epi64x(OUT_SHIFT));
	b->half = _mm256_sllv_epi64(one, _mm256_sub_epi64(b->shift, one));
	b->offset = _mm256_add_epi64(
		b->half,
		_mm256_sllv_epi64(one, _mm256_add_epi64(b->shift, _mm256_set1_epi64x(31))));
	b->too_large = _mm256_sllv_epi64(_mm256_set1_epi64x(-1),
					 _mm256_add_epi64(b->shift, _mm256_set1_epi64x(32)));
	return _mm256_testz_si256(differs, differs);
}

INLINE struct memory get_memory(const struct lr4_lane lane[LR4_LANES], int which)
{
	const int32_t *at[LR4_LANES];

	for (int i = 0; i < LR4_LANES; i++)
		at[i] = lane[i].line + which * IIR_DF1_NUM_STATE;
	return (struct memory){ words(at, Y2), words(at, Y1), words(at, X2), words(at, X1) };
}

INLINE void put_memory(const struct lr4_lane lane[LR4_LANES], int which, const struct memory *m)
{
	const __m256i own[IIR_DF1_NUM_STATE] = {
		[Y2] = m->y2, [Y1] = m->y1, [X2] = m->x2, [X1] = m->x1
	};
	struct lr4_samples apart;

	for (int k = 0; k < IIR_DF1_NUM_STATE; k++) {
		_mm256_store_si256((__m256i *)&apart, own[k]);
		for (int i = 0; i < LR4_LANES; i++)
			lane[i].line[which * IIR_DF1_NUM_STATE + k] = (int32_t)apart.lane[i];
	}
}

/* Each sum by itself, \p shift bits to the right. */
static FOR_AVX2 __attribute__((noinline, cold)) __m256i limit(__m256i sums, __m256i shifts)
{
	struct lr4_samples sum, shift;

	_mm256_store_si256((__m256i *)&sum, sums);
	_mm256_store_si256((__m256i *)&shift, shifts);
	for (int i = 0; i < LR4_LANES; i++) {
		const int64_t x = (int64_t)sum.lane[i];

		sum.lane[i] = (uint64_t)sat_int32(Q_SHIFT_RND(x, shift.lane[i], 0));
	}
	return _mm256_load_si256((const __m256i *)&sum);
}

INLINE __m256i biquads(const struct biquads *b, struct memory *m, __m256i x, bool unity)
{
	const __m256i from_x = _mm256_add_epi64(
		_mm256_mul_epi32(b->b0, x),
		_mm256_add_epi64(_mm256_mul_epi32(b->b1, m->x1), _mm256_mul_epi32(b->b2, m->x2)));
	const __m256i sum =
		_mm256_add_epi64(_mm256_mul_epi32(b->a1, m->y1),
				 _mm256_add_epi64(_mm256_mul_epi32(b->a2, m->y2), from_x));
	const int64_t half = (int64_t)1 << (SUM_SHIFT - 1);
	const __m256i moved =
		_mm256_add_epi64(sum, _mm256_set1_epi64x(half + ((int64_t)1 << (SUM_SHIFT + 31))));
	const __m256i too_large = _mm256_set1_epi64x((int64_t)(~0ull << (SUM_SHIFT + 32)));
	__m256i y = _mm256_srli_epi64(_mm256_add_epi64(sum, _mm256_set1_epi64x(half)), SUM_SHIFT);
	__m256i scaled;

	if (__builtin_expect(!_mm256_testz_si256(moved, too_large), 0))
		y = limit(sum, _mm256_set1_epi64x(SUM_SHIFT));
	m->x2 = m->x1;
	m->x1 = x;
	m->y2 = m->y1;
	m->y1 = y;
	if (unity)
		return y;
	scaled = _mm256_mul_epi32(b->gain, y);
	if (__builtin_expect(!_mm256_testz_si256(_mm256_add_epi64(scaled, b->offset), b->too_large),
			     0))
		return limit(scaled, b->shift);
	return _mm256_srlv_epi64(_mm256_add_epi64(scaled, b->half), b->shift);
}

INLINE __m256i input_of(const struct lr4_samples *x, enum lr4_input input)
{
	const __m256i own = _mm256_load_si256((const __m256i *)x);

	if (input == LR4_EACH_ITS_OWN)
		return own;
	return input == LR4_FROM_EVEN ? _mm256_unpacklo_epi64(own, own) :
					_mm256_unpackhi_epi64(own, own);
}

INLINE void run(const struct lr4_lane lane[LR4_LANES], const struct biquads b[2],
		struct lr4_samples *y, const struct lr4_samples *x, enum lr4_input input, size_t n,
		bool unity_first, bool unity_second)
{
	struct memory first = get_memory(lane, 0);
	struct memory second = get_memory(lane, 1);

	for (size_t i = 0; i < n; i++) {
		const __m256i between = biquads(&b[0], &first, input_of(&x[i], input), unity_first);

		_mm256_store_si256((__m256i *)&y[i],
				   biquads(&b[1], &second, between, unity_second));
	}
	put_memory(lane, 0, &first);
	put_memory(lane, 1, &second);
}

FOR_AVX2 void lr4_lanes_run(const struct lr4_lane lane[LR4_LANES], struct lr4_samples *y,
			    const struct lr4_samples *x, enum lr4_input input, size_t n)
{
	struct biquads b[2];
	const bool unity_first = get_biquads(&b[0], lane, 0);
	const bool unity_second = get_biquads(&b[1], lane, 1);

	if (unity_first && unity_second)
		run(lane, b, y, x, input, n, true, true);
	else if (unity_first)
		run(lane, b, y, x, input, n, true, false);
	else
		run(lane, b, y, x, input, n, false, false);
}

void lr4_lanes_put(struct lr4_samples *x, const int32_t *const row[LR4_LANES], size_t n)
{
	for (size_t k = 0; k < n; k++) {
		for (int i = 0; i < LR4_LANES; i++)
			x[k].lane[i] = (uint32_t)row[i][k];
	}
}

void lr4_lanes_get(const struct lr4_samples *y, int32_t *const row[LR4_LANES], size_t n)
{
	for (int i = 0; i < LR4_LANES; i++) {
		for (size_t k = 0; k < n; k++)
			row[i][k] = (int32_t)y[k].lane[i];
	}
}
