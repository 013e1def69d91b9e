/* SPDX-License-Identifier: BSD-3-Clause */
#include "farrow.h"

const struct farrow *farrow_find(uint32_t in, uint32_t out)
{
	const uint64_t ratio = ((uint64_t)in << 16) / out;

	if (in == 48000 && out >= in)
		return &farrows[0];
	for (unsigned int i = 1; i < farrow_count; i++) {
		if (ratio <= farrows[i].ratio)
			return &farrows[i];
	}
	return NULL;
}

typedef int32_t words __attribute__((vector_size(16)));
typedef int32_t words_unaligned __attribute__((vector_size(16), aligned(2), may_alias));

/* Four coefficients, Q28. */
static inline words four(const int16_t *c0, const int16_t *first, const int16_t *second,
			 madd16_samples square, madd16_samples cube)
{
	const words rough = (words)madd16(madd16_load(first), square);
	const words rest = (words)madd16(madd16_load(second), cube);

	return *(const words_unaligned *)c0 + ((rough + (1 << 4)) >> 5) +
	       ((rest + (1 << 12)) >> 13);
}

void farrow_row(const struct farrow *farrow, uint64_t time, int16_t *row)
{
	const unsigned int local_bits = FARROW_TIME_BITS - FARROW_SEGMENT_BITS;
	const uint64_t local = time & ((1ull << local_bits) - 1);
	/* Q16, Q13, Q17 */
	const int16_t u1 = (int16_t)((int32_t)(local >> (local_bits - 16)) - (1 << 15));
	const int16_t u2 = (int16_t)((u1 * u1 + (1 << 18)) >> 19);
	const int16_t u3 = (int16_t)(((int64_t)u1 * u1 * u1 + (1 << 30)) >> 31);
	const madd16_samples square = { u1, u2, u1, u2, u1, u2, u1, u2 };
	const madd16_samples cube = { u1, u3, u1, u3, u1, u3, u1, u3 };
	const int fine_bits = farrow->fine_bits, fine_shift = 14 - fine_bits;
	const int16_t *c = farrow->coefs +
			   (size_t)(time >> local_bits) * farrow->taps / FIR16_GROUP * FARROW_WORDS;

	for (unsigned int i = 0; i < farrow->taps; i += FIR16_GROUP) {
		const words a = four(c, c + 16, c + 32, square, cube);
		const words b = four(c + 8, c + 24, c + 40, square, cube);
		const words coarse_a = (a + (1 << 13)) >> 14, coarse_b = (b + (1 << 13)) >> 14;
		const words fine_a = (a - coarse_a * (1 << 14)) >> fine_shift;
		const words fine_b = (b - coarse_b * (1 << 14)) >> fine_shift;

		*(madd16_unaligned *)row =
			(madd16_unaligned)madd16_pack((madd16_sums)coarse_a, (madd16_sums)coarse_b);
		*(madd16_unaligned *)(row + FIR16_GROUP) =
			(madd16_unaligned)madd16_pack((madd16_sums)fine_a, (madd16_sums)fine_b);
		row += 2 * FIR16_GROUP;
		c += FARROW_WORDS;
	}
}
