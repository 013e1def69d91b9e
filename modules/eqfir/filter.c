/* SPDX-License-Identifier: BSD-3-Clause */
/* FIR filters in blocks. */
#include "filter.h"

#include <sof/audio/format.h>
#include <string.h>

#define VECTOR	    16	  /* taps are filled up to a multiple of it */
#define PIECE_LIMIT 65536 /* what magnitudes of a piece may not reach */
/* Outputs computed together, so that a coefficient is loaded once for all of them. */
#define TOGETHER 4

static bool pieces_fit(const struct filter_response *response, size_t piece)
{
	for (size_t first = 0; first < response->taps; first += piece) {
		int32_t sum = 0;

		for (size_t i = first; i < response->taps && i < first + piece; i++)
			sum += response->coeffs[i] < 0 ? -response->coeffs[i] : response->coeffs[i];
		if (sum >= PIECE_LIMIT)
			return false;
	}
	return true;
}

void filter_response_set(struct filter_response *response, const int16_t *coeffs, size_t count,
			 int out_shift)
{
	int32_t sum = 0;

	response->taps = (count + VECTOR - 1) / VECTOR * VECTOR;
	memset(response->coeffs, 0, sizeof(response->coeffs));
	for (size_t i = 0; i < count; i++) {
		response->coeffs[response->taps - 1 - i] = coeffs[i];
		sum += coeffs[i];
	}
	response->offset = (int64_t)sum * (1 << 15);
	response->shift = 15 + out_shift;
	response->piece = response->taps;
	if (pieces_fit(response, response->piece))
		return;
	/* a single one always fits */
	response->piece = FILTER_TAPS_MAX / 2;
	while (!pieces_fit(response, response->piece))
		response->piece /= 2;
}

void filter_line_clear(struct filter_line *line)
{
	/* 0 is 2^16 times 0, minus 2^15, plus 2^15 */
	memset(line->high, 0, sizeof(line->high));
	for (size_t i = 0; i < FILTER_TAPS_MAX + FILTER_BLOCK; i++)
		line->low[i] = INT16_MIN;
}

/* Sums of TOGETHER outputs, each one sample after the other; \p x is the oldest sample of the
 * first. */
static inline void dot(const int16_t *restrict c, const int16_t *restrict x, size_t taps,
		       size_t piece, int64_t sums[TOGETHER])
{
	for (size_t first = 0; first < taps; first += piece) {
		const size_t count = taps - first < piece ? taps - first : piece;
		int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;

		for (size_t i = 0; i < count; i++) {
			s0 += c[first + i] * x[first + i];
			s1 += c[first + i] * x[first + i + 1];
			s2 += c[first + i] * x[first + i + 2];
			s3 += c[first + i] * x[first + i + 3];
		}
		sums[0] += s0;
		sums[1] += s1;
		sums[2] += s2;
		sums[3] += s3;
	}
}

/* Sums of a block whose samples stand behind those of before, in halves. With 16 bits the lower
 * halves are all the same and not needed. */
static inline void block_sums(const struct filter_response *response,
			      const struct filter_line *line, size_t count, bool low,
			      int64_t sums[FILTER_BLOCK])
{
	const size_t oldest = FILTER_TAPS_MAX + 1 - response->taps;

	for (size_t n = 0; n < count; n += TOGETHER) {
		int64_t high_sums[TOGETHER] = { 0 }, low_sums[TOGETHER] = { 0 };

		dot(response->coeffs, line->high + oldest + n, response->taps, response->piece,
		    high_sums);
		if (low)
			dot(response->coeffs, line->low + oldest + n, response->taps,
			    response->piece, low_sums);
		for (size_t i = 0; i < TOGETHER; i++)
			sums[n + i] =
				high_sums[i] * 65536 + (low ? low_sums[i] + response->offset : 0);
	}
}

/* The block's last samples are what the next one has before it. */
static void line_advance(struct filter_line *line, size_t count)
{
	memmove(line->high, line->high + count, FILTER_TAPS_MAX * sizeof(line->high[0]));
	memmove(line->low, line->low + count, FILTER_TAPS_MAX * sizeof(line->low[0]));
}

#define FILTER_FUNC(name, type, is_low, TO_Q31, OF_Q31)                                            \
	void name(const struct filter_response *response, struct filter_line *line, type *y,       \
		  const type *x, size_t count, size_t step)                                        \
	{                                                                                          \
		int64_t sums[FILTER_BLOCK];                                                        \
                                                                                                   \
		for (size_t i = 0; i < count; i++) {                                               \
			const int32_t q31 = TO_Q31(x[i * step]);                                   \
                                                                                                   \
			line->high[FILTER_TAPS_MAX + i] = (int16_t)(q31 >> 16);                    \
			line->low[FILTER_TAPS_MAX + i] = (int16_t)(q31 ^ 0x8000);                  \
		}                                                                                  \
		block_sums(response, line, count, is_low, sums);                                   \
		for (size_t i = 0; i < count; i++)                                                 \
			y[i * step] = OF_Q31(sat_int32(sums[i] >> response->shift));               \
		line_advance(line, count);                                                         \
	}

#define S16_TO_Q31(x) ((int32_t)((uint32_t)(x) << 16))
#define S16_OF_Q31(y) sat_int16(Q_SHIFT_RND(y, 31, 15))
#define S24_TO_Q31(x) ((int32_t)((uint32_t)(x) << 8))
#define S24_OF_Q31(y) sat_int24(Q_SHIFT_RND(y, 31, 23))
#define S32_SAME(x)   (x)

FILTER_FUNC(filter_s16, int16_t, false, S16_TO_Q31, S16_OF_Q31)
FILTER_FUNC(filter_s24, int32_t, true, S24_TO_Q31, S24_OF_Q31)
FILTER_FUNC(filter_s32, int32_t, true, S32_SAME, S32_SAME)
