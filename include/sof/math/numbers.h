/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/numbers.h
 * \brief Small integer functions. Any mode; touches its arguments only.
 */
#ifndef SOF_MATH_NUMBERS_H
#define SOF_MATH_NUMBERS_H

#include <stdint.h>
#include <zephyr/sys/util.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Both evaluate \p a once. ABS of the smallest number overflows. */
#define ABS(a)                                                                                     \
	({                                                                                         \
		__typeof__(a) abs_a_ = (a);                                                        \
		abs_a_ < 0 ? -abs_a_ : abs_a_;                                                     \
	})
#define SGN(a)                                                                                     \
	({                                                                                         \
		__typeof__(a) sgn_a_ = (a);                                                        \
		(sgn_a_ > 0) - (sgn_a_ < 0);                                                       \
	})

/** Greatest common divisor, never negative; gcd(0, b) is b and gcd(a, 0) is a, as they are. */
int gcd(int a, int b);

/** a / b rounded towards plus infinity; \p b is not 0. */
static inline int ceil_divide(int a, int b)
{
	const int quotient = a / b;
	const int rest = a % b;

	/* C rounds towards zero: that is up already unless the true quotient is positive */
	return quotient + (rest != 0 && (rest < 0) == (b < 0));
}

/** Cross product of (a, b, c) and (d, e, f). */
static inline void cross_product_s16(int32_t *px, int32_t *py, int32_t *pz, int16_t a, int16_t b,
				     int16_t c, int16_t d, int16_t e, int16_t f)
{
	*px = (int32_t)b * f - (int32_t)e * c;
	*py = (int32_t)c * d - (int32_t)f * a;
	*pz = (int32_t)a * e - (int32_t)d * b;
}

/** Indices of \p vec elements equal to \p n into \p idx, at most \p max_results of them (all when
 * that is 0 or less); how many. */
int find_equal_int16(int16_t idx[], int16_t vec[], int n, int vec_length, int max_results);
/** Smallest element; \p vec_length is at least 1. */
int16_t find_min_int16(int16_t vec[], int vec_length);
/** Largest magnitude, INT32_MAX for INT32_MIN; \p vec_length is at least 1. */
int32_t find_max_abs_int32(int32_t vec[], int vec_length);

/** Bits \p val may be shifted left by before it overflows: 31 for 0 and -1. */
int norm_int32(int32_t val);

/** CRC-32 (reflected polynomial 0xEDB88320), continued from \p base, 0 to begin with. */
uint32_t crc32(uint32_t base, const void *data, uint32_t bytes);

#define merge_16b16b(high, low) (((uint32_t)(high) << 16) | ((low)&0xFFFF))
#define merge_4b4b(high, low)	(((uint8_t)(high) << 4) | ((low)&0xF))

#define INT_MAX_FOR_NUMBER_OF_BITS(N) ((int64_t)((1ULL << ((N)-1)) - 1))
#define INT_MIN_FOR_NUMBER_OF_BITS(N) ((int64_t)(-((1ULL << ((N)-1)) - 1) - 1))

/** m/s at 20 C. */
#define SPEED_OF_SOUND		      343
#define RECIPROCAL_SPEED_OF_SOUND_Q31 6260885

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_NUMBERS_H */
