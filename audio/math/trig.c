/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Turning a vector by ever smaller angles until it has turned by the one wanted. All of it is
 * unsigned, so that it may wrap around, save for the shifts to the right.
 */
#include <rtos/symbol.h>
#include <sof/common.h>
#include <sof/math/cordic.h>
#include <sof/math/trig.h>
#include <stdbool.h>

#define HALF_PI_Q28	    421657428
#define PI_Q28		    843314857
#define ONE_AND_HALF_PI_Q28 1264972285
#define TWO_PI_Q28	    1686629713
#define ONE_Q30		    1073741824
#define SQRT2_OVER_4_Q30    379625062

/* What turning makes the vector longer by, inverted: product of 1 / sqrt(1 + 4^-k), k from 0. */
#define INVERSE_GAIN_Q30 652032874

static inline uint32_t half_to_the(uint32_t x, int power)
{
	return (uint32_t)((int32_t)x >> power);
}

/* x where sign is 0, -x where it is -1 */
static inline uint32_t signed_by(uint32_t x, int32_t sign)
{
	return (x ^ (uint32_t)sign) - (uint32_t)sign;
}

/* The angle brought near 0; the factor that the results then have. */
static int32_t fold(int32_t angle, int32_t *sign)
{
	const int32_t negative = angle >> 31;
	const int32_t magnitude = (int32_t)signed_by((uint32_t)angle, negative);
	uint32_t less = 0;

	*sign = 1;
	if (magnitude > ONE_AND_HALF_PI_Q28) {
		less = TWO_PI_Q28;
	} else if (magnitude > HALF_PI_Q28) {
		less = PI_Q28;
		*sign = -1;
	}
	return (int32_t)((uint32_t)angle - signed_by(less, negative));
}

void cordic_approx(int32_t th_rad_fxp, int32_t a_idx, int32_t *sign, int32_t *b_yn, int32_t *xn,
		   int32_t *th_cdc_fxp)
{
	const int steps = MIN(a_idx, CORDIC_31B_TABLE_SIZE);
	uint32_t left = (uint32_t)fold(th_rad_fxp, sign) << 2;
	uint32_t x = INVERSE_GAIN_Q30;
	uint32_t y = 0;

	for (int k = 0; k < steps; k++) {
		const int32_t back = (int32_t)left >> 31;
		const uint32_t turn_x = half_to_the(x, k);
		const uint32_t turn_y = half_to_the(y, k);

		left -= signed_by((uint32_t)cordic_lookup[k], back);
		x -= signed_by(turn_y, back);
		y += signed_by(turn_x, back);
	}
	*xn = (int32_t)x;
	*b_yn = (int32_t)y;
	*th_cdc_fxp = (int32_t)left;
}
EXPORT_SYMBOL(cordic_approx);

/* A vector that is turned twice by each angle, so that what it grows by in a step, a factor of
 * 1 + 4^-k, is known and can be given to the value it is to meet as well. */
struct turned {
	uint32_t x;
	uint32_t y;
	uint32_t angle;
};

static inline void turn_twice(struct turned *v, int k, int32_t back)
{
	const int twice = MIN(2 * (k + 1), 31);
	const uint32_t x = v->x;
	const uint32_t y = v->y;

	v->x = x - half_to_the(x, twice) - signed_by(half_to_the(y, k), back);
	v->y = y - half_to_the(y, twice) + signed_by(half_to_the(x, k), back);
	v->angle += signed_by((uint32_t)cordic_ilookup[k], back);
}

/* To and fro: it grows only. */
static inline void turn_not(struct turned *v, int k)
{
	const int twice = MIN(2 * (k + 1), 31);

	v->x += half_to_the(v->x, twice);
	v->y += half_to_the(v->y, twice);
}

static inline uint32_t grown(uint32_t value, int k)
{
	return value + half_to_the(value, MIN(2 * (k + 1), 31));
}

/* Begin on the axis that is nearer to the result, which is more precise. */
static inline struct turned on_axis(bool upright)
{
	const struct turned flat = { .x = ONE_Q30 };
	const struct turned up = { .y = ONE_Q30, .angle = PI_DIV2_Q3_29 };

	return upright ? up : flat;
}

static inline int32_t magnitude(uint32_t angle)
{
	return (int32_t)signed_by(angle, (int32_t)angle >> 31);
}

int32_t is_scalar_cordic_acos(int32_t realvalue, int numiters_minus_one)
{
	const int steps = MIN(numiters_minus_one, CORDIC_30B_ITABLE_SIZE);
	struct turned v = on_axis(realvalue < SQRT2_OVER_4_Q30);
	uint32_t wanted = (uint32_t)realvalue;

	for (int k = 0; k < steps; k++) {
		const int32_t x = (int32_t)v.x;
		const bool below = (int32_t)v.y < 0;

		if (v.x == wanted)
			turn_not(&v, k);
		else
			turn_twice(&v, k, (x < (int32_t)wanted) == below ? 0 : -1);
		wanted = grown(wanted, k);
	}
	return magnitude(v.angle);
}
EXPORT_SYMBOL(is_scalar_cordic_acos);

int32_t is_scalar_cordic_asin(int32_t realvalue, int numiters_minus_one)
{
	const int steps = MIN(numiters_minus_one, CORDIC_30B_ITABLE_SIZE);
	struct turned v = on_axis(realvalue > SQRT2_OVER_4_Q30);
	uint32_t wanted = (uint32_t)realvalue;

	for (int k = 0; k < steps; k++) {
		const int32_t y = (int32_t)v.y;
		const bool left = (int32_t)v.x < 0;

		if (v.y == wanted)
			turn_not(&v, k);
		else
			turn_twice(&v, k, (y < (int32_t)wanted) == left ? -1 : 0);
		wanted = grown(wanted, k);
	}
	return magnitude(v.angle);
}
EXPORT_SYMBOL(is_scalar_cordic_asin);

void cmpx_cexp(int32_t sign, int32_t b_yn, int32_t xn, cordic_cfg type, struct cordic_cmpx *cexp)
{
	const int32_t negative = sign >> 31;

	cexp->re = (int32_t)signed_by((uint32_t)xn, negative);
	cexp->im = (int32_t)signed_by((uint32_t)b_yn, negative);
	if (type == EN_16B_CORDIC_CEXP) {
		cexp->re = sat_int16(Q_SHIFT_RND(cexp->re, 30, 15));
		cexp->im = sat_int16(Q_SHIFT_RND(cexp->im, 30, 15));
	}
}
EXPORT_SYMBOL(cmpx_cexp);
