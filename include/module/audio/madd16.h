/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/madd16.h
 * \brief Products of 16-bit samples, eight at a time, added in pairs.
 *
 * The one multiplication that processors from the smallest x86-64 on do eight of in an instruction.
 * Sums are modulo 2^32: right when the last one fits into 32 bits, whatever the ones on the way
 * did. Elsewhere than on x86 the same bits come of plain C.
 *
 * Any mode; arguments only. This project's own; a header of plain C (GNU vectors) that a module can
 * take along to the board.
 */
#ifndef MODULE_AUDIO_MADD16_H
#define MODULE_AUDIO_MADD16_H

#include <stdint.h>

typedef int16_t madd16_samples __attribute__((vector_size(16)));
typedef uint32_t madd16_sums __attribute__((vector_size(16)));
typedef int16_t madd16_unaligned __attribute__((vector_size(16), aligned(2), may_alias));

/** Eight samples from anywhere. */
static inline madd16_samples madd16_load(const int16_t *p)
{
	return *(const madd16_unaligned *)p;
}

/** Sum i is a[2i] b[2i] + a[2i + 1] b[2i + 1]. */
static inline madd16_sums madd16(madd16_samples a, madd16_samples b)
{
#ifdef __SSE2__
	typedef int madd16_v4si __attribute__((vector_size(16)));
	typedef short madd16_v8hi __attribute__((vector_size(16)));

	return (madd16_sums)(madd16_v4si)__builtin_ia32_pmaddwd128((madd16_v8hi)a, (madd16_v8hi)b);
#else
	madd16_sums sums;

	for (int i = 0; i < 4; i++)
		sums[i] = (uint32_t)(a[2 * i] * b[2 * i]) + (uint32_t)(a[2 * i + 1] * b[2 * i + 1]);
	return sums;
#endif
}

/** Eight samples of eight sums, which fit: those of \p a, then those of \p b. */
static inline madd16_samples madd16_pack(madd16_sums a, madd16_sums b)
{
#ifdef __SSE2__
	typedef int madd16_v4si __attribute__((vector_size(16)));

	return (madd16_samples)__builtin_ia32_packssdw128((madd16_v4si)a, (madd16_v4si)b);
#else
	/* little endian, as all there is */
	return __builtin_shufflevector((madd16_samples)a, (madd16_samples)b, 0, 2, 4, 6, 8, 10, 12,
				       14);
#endif
}

/** What each of four vectors adds up to, in that order. */
static inline madd16_sums madd16_total(madd16_sums a, madd16_sums b, madd16_sums c, madd16_sums d)
{
	const madd16_sums ab = __builtin_shufflevector(a, b, 0, 4, 1, 5) +
			       __builtin_shufflevector(a, b, 2, 6, 3, 7);
	const madd16_sums cd = __builtin_shufflevector(c, d, 0, 4, 1, 5) +
			       __builtin_shufflevector(c, d, 2, 6, 3, 7);

	return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) +
	       __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}

#endif /* MODULE_AUDIO_MADD16_H */
