/* SPDX-License-Identifier: BSD-3-Clause */
/* Sine by a table of a quarter of a turn. */
#include <rtos/symbol.h>
#include <sof/audio/format.h>
#include <sof/math/lut_trig.h>

#include "tables.h"

#define QUARTER 512

/* 2 / pi * QUARTER, Q12.20 */
#define PLACES_PER_RADIAN_Q20 341782638

static int32_t sine_at(int32_t place)
{
	const int32_t in_half = place & (2 * QUARTER - 1);
	const int32_t sine = math_sine_quarter[in_half > QUARTER ? 2 * QUARTER - in_half : in_half];

	return place > 2 * QUARTER ? -sine : sine;
}

int16_t sofm_lut_sin_fixed_16b(int32_t w)
{
	/* Q33.31 */
	const int64_t at = (int64_t)w * PLACES_PER_RADIAN_Q20 >> 17;
	const int32_t place = (int32_t)(at >> 31);
	const int32_t behind = (int32_t)(at & INT32_MAX);
	const int32_t sine = sine_at(place);
	const int32_t slope = sine_at(place + 1) - sine;

	return sat_int16((sine + (int32_t)q_mults_32x32(behind, slope, 31) + 1) >> 1);
}
EXPORT_SYMBOL(sofm_lut_sin_fixed_16b);
