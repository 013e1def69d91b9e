/* SPDX-License-Identifier: BSD-3-Clause */
/* Angle of a vector: the first octant by a polynomial, the others by symmetry. */
#include <rtos/symbol.h>
#include <sof/common.h>
#include <sof/math/trig.h>

/* Minimax polynomial (Remez exchange) of atan(z) / z in z^2 on 0 to 1, Q3.29. */
static const int32_t polynomial[] = { 536890772, -178298711, 99794340, -49499604, 12781063 };

/* INT32_MIN becomes INT32_MAX */
static inline int32_t magnitude(int32_t x)
{
	return x < 0 ? -MAX(x, -INT32_MAX) : x;
}

static inline int32_t times(int32_t q31, int32_t x)
{
	return (int32_t)((int64_t)q31 * x >> 31);
}

int32_t sofm_atan2_32b(int32_t y, int32_t x)
{
	const int32_t width = magnitude(x);
	const int32_t height = magnitude(y);
	const int32_t large = MAX(width, height);
	int32_t angle = polynomial[4];
	int32_t z, square;

	if (large == 0)
		return 0;
	z = sat_int32(((int64_t)MIN(width, height) << 31) / large);
	square = times(z, z);
	for (int i = 3; i >= 0; i--)
		angle = times(square, angle) + polynomial[i];
	angle = times(z, angle);
	if (height > width)
		angle = PI_DIV2_Q3_29 - angle;
	if (x < 0)
		angle = PI_Q3_29 - angle;
	return y < 0 ? -angle : angle;
}
EXPORT_SYMBOL(sofm_atan2_32b);
