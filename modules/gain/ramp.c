/* SPDX-License-Identifier: BSD-3-Clause */
/* Gains of all channels on their way to their targets. */
#include "ramp.h"

#include <errno.h>
#include <sof/audio/format.h>
#include <sof/common.h>
#include <sof/math/numbers.h>

/* No format has more. */
#define RATE_MOST 768000
/* 1000 / rate has to be below 1 to be a Q1.31. Streams that are slower ramp as if they had this. */
#define RATE_INV_LEAST 1001

#define POWER_POINTS 128
#define POWER_STEPS  (POWER_POINTS - 1)

/* x^1.75 at x = i / 127, Q1.15: min(32767, round(32768 (i / 127)^1.75)). */
static const int16_t power_175_table[POWER_POINTS] = {
	0,     7,     23,    47,    77,	   114,	  157,	 205,	260,   319,   384,   453,   528,
	607,   691,   780,   873,   971,   1073,  1179,	 1290,	1405,  1524,  1647,  1775,  1906,
	2042,  2181,  2324,  2472,  2623,  2778,  2936,	 3099,	3265,  3435,  3608,  3786,  3967,
	4151,  4339,  4531,  4726,  4925,  5127,  5332,	 5541,	5754,  5970,  6189,  6412,  6638,
	6868,  7100,  7336,  7576,  7818,  8064,  8314,	 8566,	8822,  9081,  9343,  9608,  9877,
	10148, 10423, 10701, 10982, 11266, 11554, 11844, 12137, 12434, 12734, 13036, 13342, 13651,
	13962, 14277, 14595, 14916, 15239, 15566, 15896, 16228, 16564, 16903, 17244, 17588, 17936,
	18286, 18639, 18995, 19354, 19716, 20080, 20448, 20818, 21191, 21567, 21946, 22328, 22712,
	23099, 23490, 23882, 24278, 24677, 25078, 25482, 25889, 26298, 26710, 27125, 27543, 27964,
	28387, 28813, 29242, 29673, 30107, 30544, 30983, 31425, 31870, 32318, 32767,
};

/* x^1.75, linear between the table's points; Q2.30, 0 to 1. */
static int32_t power_175(int32_t x)
{
	/* 1 / 127, Q2.30, rounded */
	const int32_t point_distance = ((1 << 30) + POWER_STEPS / 2) / POWER_STEPS;
	const int32_t point = (int32_t)(((int64_t)x * POWER_STEPS) >> 30);
	int32_t low, rise, beyond;

	if (x <= 0)
		return 0;
	if (point >= POWER_STEPS)
		return 1 << 30;
	low = power_175_table[point];
	rise = (power_175_table[point + 1] - low) * POWER_STEPS;
	beyond = x - point * point_distance;
	return low * (1 << 15) + (int32_t)q_multsr_32x32(beyond, rise, 15);
}

/* Time since the ramp began, 1/8 ms. */
static int32_t ramp_time(const struct ramp *ramp, const struct ramp_channel *ch)
{
	const int64_t time = ((int64_t)ch->elapsed * ramp->rate_inv) >> (31 - 3 - 1);

	return sat_int32((time + 1) >> 1);
}

static int32_t linear_gain(const struct ramp *ramp, const struct ramp_channel *ch)
{
	return sat_int32((int64_t)ramp_time(ramp, ch) * ch->slope + ch->start);
}

/* The power runs from the lower gain to the upper one: forwards going up, backwards going down. */
static int32_t fade_gain(const struct ramp *ramp, const struct ramp_channel *ch)
{
	const int64_t whole = (int64_t)ramp->duration_ms * 8;
	const int32_t delta = ch->target - ch->start;
	int64_t done = ((int64_t)ramp_time(ramp, ch) << 30) / whole;

	if (done > 1 << 30)
		done = 1 << 30;
	if (delta < 0)
		return ch->target - (int32_t)q_multsr_32x32(delta, power_175((1 << 30) - done), 30);
	return ch->start + (int32_t)q_multsr_32x32(delta, power_175((int32_t)done), 30);
}

static int32_t next_gain(const struct ramp *ramp, const struct ramp_channel *ch)
{
	int32_t gain = ch->target;

	if (ramp->duration_ms == 0)
		return gain;
	if (ramp->type == SOF_VOLUME_LINEAR || ramp->type == SOF_VOLUME_LINEAR_ZC)
		gain = linear_gain(ramp, ch);
	else if (ramp->type == SOF_VOLUME_WINDOWS_FADE)
		gain = fade_gain(ramp, ch);
	/* rounding may take it over the target */
	return ch->gain < ch->target ? MIN(gain, ch->target) : MAX(gain, ch->target);
}

/* Gain per 1/8 ms, so that the whole way takes the whole time; at least the smallest there is. */
static int32_t linear_slope(const struct ramp *ramp, const struct ramp_channel *ch)
{
	const int64_t way = (int64_t)ch->target - ch->start;
	int64_t slope;

	if (way == 0 || ramp->duration_ms == 0)
		return 0;
	slope = ((way < 0 ? -way : way) * 2 / ramp->duration_ms + 1) >> 1;
	slope = ((slope >> 2) + 1) >> 1;
	slope = MAX(slope, 1);
	return (int32_t)(way < 0 ? -slope : slope);
}

static void look_where_gains_are(struct ramp *ramp)
{
	ramp->moving = false;
	ramp->unity = true;
	for (unsigned int i = 0; i < ramp->channels; i++) {
		const struct ramp_channel *ch = &ramp->channel[i];

		if (ch->gain != ch->target)
			ramp->moving = true;
		if (ch->gain != GAIN_ZERO_DB || ch->target != GAIN_ZERO_DB)
			ramp->unity = false;
	}
}

static uint32_t step_us(uint32_t duration_ms)
{
	if (duration_ms < 32)
		return 125;
	if (duration_ms < 64)
		return 250;
	if (duration_ms < 128)
		return 500;
	return 1000;
}

/* The next step begins with the next frame. */
static void begin_step_anew(struct ramp *ramp)
{
	/* frames of 1 ms, rounded up as a period's are, by the number of steps in it */
	const uint32_t period = SOF_DIV_ROUND_UP(ramp->rate, 1000);

	ramp->step = MAX(period / (1000 / step_us(ramp->duration_ms)), 1);
	ramp->step_left = 0;
}

static void set_out(struct ramp *ramp, struct ramp_channel *ch)
{
	ch->start = ch->gain;
	ch->elapsed = 0;
	ch->slope = linear_slope(ramp, ch);
	if (ramp->duration_ms == 0 || ramp->type == SOF_VOLUME_WINDOWS_NO_FADE)
		ch->gain = ch->target;
}

int ramp_start(struct ramp *ramp, uint32_t rate, unsigned int channels)
{
	if (rate == 0 || rate > RATE_MOST || channels == 0 || channels > PLATFORM_MAX_CHANNELS)
		return -EINVAL;
	ramp->rate = rate;
	ramp->rate_inv = (int32_t)(1000LL * INT32_MAX / MAX(rate, RATE_INV_LEAST));
	ramp->channels = channels;
	for (unsigned int i = 0; i < channels; i++) {
		ramp->channel[i].gain = 0;
		set_out(ramp, &ramp->channel[i]);
	}
	begin_step_anew(ramp);
	look_where_gains_are(ramp);
	return 0;
}

void ramp_curve(struct ramp *ramp, enum sof_volume_ramp type, uint32_t duration_ms)
{
	ramp->type = type;
	ramp->duration_ms = duration_ms;
	if (ramp->rate == 0)
		return;
	/* channels on their way go on from where they are, in the new shape */
	for (unsigned int i = 0; i < ramp->channels; i++)
		set_out(ramp, &ramp->channel[i]);
	begin_step_anew(ramp);
	look_where_gains_are(ramp);
}

void ramp_target(struct ramp *ramp, unsigned int channel, int32_t target)
{
	ramp->channel[channel].target = target;
	if (ramp->rate == 0)
		return;
	set_out(ramp, &ramp->channel[channel]);
	begin_step_anew(ramp);
	look_where_gains_are(ramp);
}

size_t ramp_frames(struct ramp *ramp, size_t frames)
{
	if (!ramp->moving && ramp->step_left == 0)
		return frames;
	if (ramp->step_left == 0) {
		for (unsigned int i = 0; i < ramp->channels; i++) {
			struct ramp_channel *ch = &ramp->channel[i];

			if (ch->gain != ch->target)
				ch->gain = next_gain(ramp, ch);
		}
		ramp->step_left = ramp->step;
		look_where_gains_are(ramp);
	}
	return MIN(frames, ramp->step_left);
}

void ramp_advance(struct ramp *ramp, size_t frames)
{
	if (ramp->step_left == 0)
		return;
	ramp->step_left -= (uint32_t)frames;
	for (unsigned int i = 0; i < ramp->channels; i++) {
		uint32_t *const elapsed = &ramp->channel[i].elapsed;

		/* a ramp too long to count stands still in its last step but for the target */
		*elapsed += (uint32_t)MIN(frames, UINT32_MAX - *elapsed);
	}
}
