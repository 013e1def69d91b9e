/* SPDX-License-Identifier: BSD-3-Clause */
/* Square roots of numbers brought up to the top of their word by an even power of two. */
#include <rtos/symbol.h>
#include <sof/math/sqrt.h>

#include "tables.h"

uint16_t sofm_sqrt_int16(uint16_t u)
{
	/* u = normal * 2^(exponent - 11), normal Q1.15 of 1/2 to 2, exponent even */
	int zeros, exponent;
	uint32_t normal;
	int32_t place, root;

	if (u == 0)
		return 0;
	zeros = __builtin_clz(u) - 16;
	exponent = (4 - zeros) & ~1;
	normal = (uint32_t)u << zeros >> (~zeros & 1);
	place = (int32_t)(normal >> 8) - 64;
	root = math_sqrt_q16[place] * 256 +
	       (int32_t)(normal & 255) * (math_sqrt_q16[place + 1] - math_sqrt_q16[place]);
	if (exponent > 0)
		root <<= exponent / 2;
	else
		root >>= -exponent / 2;
	return (uint16_t)(((root >> 11) + 1) >> 1);
}
EXPORT_SYMBOL(sofm_sqrt_int16);

/* Newton: the mean of x and n / x, rounded half up */
static inline uint32_t nearer(uint32_t x, uint64_t n)
{
	return (uint32_t)((n / x + x + 1) >> 1);
}

int32_t sofm_sqrt_int32(int32_t n)
{
	int half_shift;
	uint32_t normal, root;

	if (n <= 0)
		return 0;
	half_shift = (__builtin_clz((uint32_t)n) - 1) / 2;
	normal = (uint32_t)n << (2 * half_shift);
	/* the quarter of the table that a normal number can't reach isn't there */
	root = math_sqrt_q30[(normal >> 25) - 16];
	root = nearer(root, (uint64_t)normal << 30);
	root = nearer(root, (uint64_t)normal << 30);
	return (int32_t)(root >> half_shift);
}
EXPORT_SYMBOL(sofm_sqrt_int32);
