/* SPDX-License-Identifier: BSD-3-Clause */
/* Between rectangular and polar. */
#include <rtos/symbol.h>
#include <sof/math/icomplex32.h>
#include <sof/math/sqrt.h>

static inline uint64_t square(int32_t x)
{
	return (uint64_t)((int64_t)x * x);
}

void sofm_icomplex32_to_polar(struct icomplex32 *rectangular, struct ipolar32 *polar)
{
	const int32_t x = rectangular->real;
	const int32_t y = rectangular->imag;
	/* 2, that of -1 - i only, wraps around and is below 0 then */
	const int64_t norm = (int64_t)(square(x) + square(y));

	polar->magnitude = sofm_sqrt_int32((int32_t)Q_SHIFT_RND(norm, 62, 30));
	polar->angle = sofm_atan2_32b(y, x);
}
EXPORT_SYMBOL(sofm_icomplex32_to_polar);

void sofm_ipolar32_to_complex(struct ipolar32 *polar, struct icomplex32 *rectangular)
{
	const int32_t magnitude = polar->magnitude;
	const int32_t angle_q28 = (int32_t)((uint32_t)polar->angle + 1) >> 1;
	struct cordic_cmpx direction;

	cmpx_exp_32b(angle_q28, &direction);
	rectangular->real = q_multsr_sat_32x32(magnitude, direction.re, 30 + 30 - 31);
	rectangular->imag = q_multsr_sat_32x32(magnitude, direction.im, 30 + 30 - 31);
}
EXPORT_SYMBOL(sofm_ipolar32_to_complex);
