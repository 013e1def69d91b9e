/* SPDX-License-Identifier: BSD-3-Clause */
/* Estimate the direction a sound comes from. */
#include "direction.h"

#include <errno.h>
#include <sof/audio/format.h>
#include <sof/common.h>
#include <sof/math/numbers.h>
#include <sof/math/sqrt.h>
#include <sof/math/trig.h>
#include <string.h>

/* Radians, Q4.12 */
#define PI_Q12	    12868
#define TWO_PI_Q12  25736
#define HALF_PI_Q12 6434
#define STEP_Q12    2458 /* 0.6 */

#define STEPS		  8
#define SOURCE_METRES_Q12 (3 << 12)
#define LOUD_Q10	  16229 /* 12 dB of power */
#define AMBIENT_UP	  12	/* shifts of the average: slowly up, quickly down */
#define AMBIENT_DOWN	  1
#define NEW_SHARE_Q15	  655 /* 0.02 */
#define OLD_SHARE_Q15	  32113
#define DEGREES_Q9	  29336 /* a radian's */
#define TELL_AFTER_Q16	  13107 /* 0.2 s */
#define TELL_LOUD	  0xf	/* the last four periods */

/* Butterworth's, second order each: high pass at 800 Hz, low pass at 4 kHz. */
static const struct sof_eq_iir_biquad band_48k[DIRECTION_BIQUADS] = {
	{ .b0 = 499734888,
	  .b1 = -999469776,
	  .b2 = 499734888,
	  .a1 = 1988727146,
	  .a2 = -925939787,
	  .output_shift = 0,
	  .output_gain = 16384 },
	{ .b0 = 26632807,
	  .b1 = 53265614,
	  .b2 = 26632807,
	  .a1 = 1373994854,
	  .a2 = -512810774,
	  .output_shift = -2,
	  .output_gain = 16930 },
};

static const struct sof_eq_iir_biquad band_16k[DIRECTION_BIQUADS] = {
	{ .b0 = 430835355,
	  .b1 = -861670710,
	  .b2 = 430835355,
	  .a1 = 1676130396,
	  .a2 = -688645970,
	  .output_shift = 0,
	  .output_gain = 16384 },
	{ .b0 = 157619225,
	  .b1 = 315238449,
	  .b2 = 157619225,
	  .a1 = 0,
	  .a2 = -184224972,
	  .output_shift = -2,
	  .output_gain = 16716 },
};

static const struct sof_eq_iir_biquad *band_for(unsigned int rate)
{
	if (rate == 48000)
		return band_48k;
	return rate == 16000 ? band_16k : NULL;
}

/* \name Geometry */

/* Length of a vector in metres, Q4.12. Components are of 16 bits; a square root of 16 and more has
 * no room. */
static int16_t length_of(int16_t x, int16_t y, int16_t z)
{
	const uint32_t square = (uint32_t)(x * x) + (uint32_t)(y * y) + (uint32_t)(z * z);
	const int32_t rounded = Q_SHIFT_RND((int32_t)square, 24, 12);

	return (int16_t)sofm_sqrt_int16((uint16_t)MIN(rounded, UINT16_MAX));
}

static int16_t longest_distance(const struct tdfb_blob *blob)
{
	int32_t longest = 0;

	for (unsigned int i = 0; i < blob->config->num_mic_locations; i++) {
		for (unsigned int k = 0; k < i; k++) {
			const int16_t x = (int16_t)(blob->mics[k].x - blob->mics[i].x);
			const int16_t y = (int16_t)(blob->mics[k].y - blob->mics[i].y);
			const int16_t z = (int16_t)(blob->mics[k].z - blob->mics[i].z);
			const int32_t square = (int32_t)((uint32_t)(x * x) + (uint32_t)(y * y) +
							 (uint32_t)(z * z));

			longest = MAX(longest, square);
		}
	}
	longest = Q_SHIFT_RND(longest, 24, 12);
	return (int16_t)sofm_sqrt_int16((uint16_t)MIN(longest, UINT16_MAX));
}

/* Frames that sound takes for the longest distance, and one more. */
static int longest_lag(const struct tdfb_blob *blob, unsigned int rate)
{
	const int32_t seconds_q15 = longest_distance(blob) * 8 / SPEED_OF_SOUND;

	return (int)q_multsr_32x32((int32_t)rate, seconds_q15, 15) + 1;
}

static bool on_one_line(const struct tdfb_blob *blob)
{
	const struct sof_tdfb_mic_location *const m = blob->mics;
	const int count = blob->config->num_mic_locations;
	int32_t x, y, z;

	if (count == 2)
		return true;
	for (int i = 0; i + 2 < count; i++) {
		cross_product_s16(&x, &y, &z, (int16_t)(m[i + 1].x - m[i].x),
				  (int16_t)(m[i + 1].y - m[i].y), (int16_t)(m[i + 1].z - m[i].z),
				  (int16_t)(m[i + 2].x - m[i].x), (int16_t)(m[i + 2].y - m[i].y),
				  (int16_t)(m[i + 2].z - m[i].z));
		/* coordinates are rounded */
		if (x > 1 || x < -1 || y > 1 || y < -1 || z > 1 || z < -1)
			return false;
	}
	return true;
}

/* \name Memory */

static unsigned int ring_frames(unsigned int period, int max_lag)
{
	return period + 2 * (unsigned int)max_lag + 1;
}

static unsigned int period_of(unsigned int rate)
{
	return rate / 1000;
}

void direction_bytes(const struct tdfb_blob *blob, unsigned int rate, unsigned int channels,
		     size_t *ring, size_t *lags)
{
	const int max_lag = longest_lag(blob, rate);

	*ring = (size_t)ring_frames(period_of(rate), max_lag) * channels * sizeof(int16_t);
	*lags = (2 * (size_t)max_lag + 1) * sizeof(int32_t);
}

int direction_start(struct direction *d, const struct tdfb_blob *blob, unsigned int rate,
		    unsigned int channels, int16_t *ring, int32_t *lags)
{
	const struct sof_eq_iir_biquad *const band = band_for(rate);

	if (!band)
		return -EINVAL;
	memset(d, 0, sizeof(*d));
	memcpy(d->coef, band, sizeof(d->coef));
	d->channels = channels;
	d->period = period_of(rate);
	d->max_lag = longest_lag(blob, rate);
	d->words = ring_frames(d->period, d->max_lag) * channels;
	d->ring = ring;
	d->lags = lags;
	/* what is written is ahead of what is read by as much as a channel may lag */
	d->write = channels * ((unsigned int)d->max_lag + 1);
	d->line_array = on_one_line(blob);
	d->unit_delay = (int32_t)(((int64_t)1 << 31) / rate);
	d->step_sign = 1;
	memset(ring, 0, d->words * sizeof(*ring));
	return 0;
}

static unsigned int ring_at(const struct direction *d, unsigned int word)
{
	return word >= d->words ? word - d->words : word;
}

void direction_hear(struct direction *d, unsigned int channel, const int32_t *x, size_t frames)
{
	struct iir_state_df1 iir = {
		.biquads = DIRECTION_BIQUADS,
		.biquads_in_series = DIRECTION_BIQUADS,
		.coef = d->coef,
		.delay = d->line[channel],
	};
	unsigned int at = ring_at(d, d->write + channel);

	for (size_t i = 0; i < frames; i++) {
		/* 18 dB more */
		d->ring[at] = sat_int16(Q_SHIFT_RND(iir_df1(&iir, x[i]), 31, 18));
		at = ring_at(d, at + d->channels);
	}
}

/* \name Estimate */

/* Is the period louder than what is usual? */
static bool is_loud(struct direction *d)
{
	unsigned int at = d->read;
	int64_t sum = 0, level, threshold;
	int32_t mean;
	int shift;

	for (unsigned int i = 0; i < d->period; i++) {
		sum += d->ring[at] * d->ring[at];
		at = ring_at(d, at + d->channels);
	}
	mean = sat_int32(sum / d->period);
	level = (int64_t)mean << 32;
	shift = level < d->ambient ? AMBIENT_DOWN : AMBIENT_UP;
	d->ambient = (level >> shift) - (d->ambient >> shift) + d->ambient;
	threshold = sat_int32((d->ambient >> 32) * LOUD_Q10 >> 10);
	d->loud = d->loud << 1 | (mean > threshold);
	d->since = d->since > INT32_MAX - (int32_t)d->period ? INT32_MAX :
							       d->since + (int32_t)d->period;
	return d->loud & 1;
}

static int32_t correlation(const struct direction *d, unsigned int channel, int lag)
{
	unsigned int first = d->read;
	const int ahead = (int)channel + lag * (int)d->channels;
	unsigned int other = (unsigned int)((int)(d->read + d->words) + ahead) % d->words;
	int64_t sum = 0;

	for (unsigned int i = 0; i < d->period; i++) {
		sum += d->ring[first] * d->ring[other];
		first = ring_at(d, first + d->channels);
		other = ring_at(d, other + d->channels);
	}
	return sat_int32(((sum >> 8) + 1) >> 1);
}

static void hear_delays(struct direction *d)
{
	const int lags = 2 * d->max_lag + 1;

	for (unsigned int ch = 1; ch < d->channels; ch++) {
		int best = 0;

		for (int i = 0; i < lags; i++) {
			d->lags[i] = correlation(d, ch, i - d->max_lag);
			if (d->lags[i] > d->lags[best])
				best = i;
		}
		d->heard[ch - 1] = (best - d->max_lag) * d->unit_delay;
	}
}

/* Sum of squares between what was heard and what a source at an azimuth would give. */
static int64_t misfit(struct direction *d, const struct tdfb_blob *blob, int16_t azimuth)
{
	const int32_t angle = azimuth * 65536;
	const int16_t x = (int16_t)Q_MULTSR_16X16((int32_t)cos_fixed_16b(angle), SOURCE_METRES_Q12,
						  15, 12, 12);
	const int16_t y = (int16_t)Q_MULTSR_16X16((int32_t)sin_fixed_16b(angle), SOURCE_METRES_Q12,
						  15, 12, 12);
	int32_t nearest = 0;
	int64_t sum = 0;

	for (int i = 0; i < blob->config->num_mic_locations; i++) {
		const struct sof_tdfb_mic_location *const m = &blob->mics[i];
		const int32_t metres =
			length_of((int16_t)(x - m->x), (int16_t)(y - m->y), (int16_t)-m->z);
		int32_t difference;

		if (i == 0) {
			nearest = metres;
			continue;
		}
		d->expected[i - 1] =
			(int32_t)q_mults_32x32(metres - nearest, RECIPROCAL_SPEED_OF_SOUND_Q31, 12);
		difference = d->heard[i - 1] - d->expected[i - 1];
		sum += (int64_t)difference * difference;
	}
	return sum;
}

static int within_a_turn(int radians)
{
	if (radians > PI_Q12)
		radians -= TWO_PI_Q12;
	return radians < -PI_Q12 ? radians + TWO_PI_Q12 : radians;
}

static int square(int x)
{
	return x * x;
}

/* Into the average, from the side that is nearer. SOF means a turn by 360, though in these units it
 * is 5 degrees. */
static void average(struct direction *d, int azimuth)
{
	const int old = d->azimuth;

	if (square(old - (azimuth - 360)) < square(old - azimuth))
		azimuth -= 360;
	else if (square(old - (azimuth + 360)) < square(old - azimuth))
		azimuth += 360;
	d->azimuth = (int16_t)within_a_turn(
		(int)Q_MULTSR_16X16((int32_t)azimuth, NEW_SHARE_Q15, 12, 15, 12) +
		(int)Q_MULTSR_16X16((int32_t)old, OLD_SHARE_Q15, 12, 15, 12));
}

static void search(struct direction *d, const struct tdfb_blob *blob)
{
	int step = STEP_Q12 * d->step_sign;
	int azimuth = d->azimuth;
	int64_t before = misfit(d, blob, (int16_t)azimuth), now;

	/* the next time the other way round */
	d->step_sign = -d->step_sign;
	for (int i = 0; i < STEPS; i++) {
		azimuth += step;
		now = misfit(d, blob, (int16_t)azimuth);
		if (now > before) {
			step = -(step >> 1);
			if (step == 0)
				break;
		}
		before = now;
	}
	azimuth = within_a_turn(azimuth);
	if (d->line_array && azimuth > HALF_PI_Q12)
		azimuth = PI_Q12 - azimuth;
	if (d->line_array && azimuth < -HALF_PI_Q12)
		azimuth = -PI_Q12 - azimuth;
	average(d, azimuth);
}

static int control_value(const struct direction *d, const struct tdfb_blob *blob)
{
	const int each = blob->config->angle_enum_mult;
	const int16_t degrees = (int16_t)(Q_MULTS_16X16((int32_t)d->azimuth, DEGREES_Q9, 12, 9, 0) -
					  blob->config->angle_enum_offs);
	const int value = (2 * degrees / each + 1) >> 1;

	return value * each == 360 ? value - 360 / each : value;
}

static bool estimate(struct direction *d, const struct tdfb_blob *blob, int *step)
{
	int value;

	if (!is_loud(d))
		return false;
	hear_delays(d);
	search(d, blob);
	value = control_value(d, blob);
	if (value == *step ||
	    (int32_t)q_mults_32x32(d->unit_delay, d->since, 31 - 16) <= TELL_AFTER_Q16 ||
	    (d->loud & TELL_LOUD) != TELL_LOUD)
		return false;
	*step = value;
	d->since = 0;
	return true;
}

bool direction_advance(struct direction *d, const struct tdfb_blob *blob, size_t frames, int *step)
{
	bool changed;

	d->write = ring_at(d, d->write + (unsigned int)frames * d->channels);
	d->filled += (unsigned int)frames;
	if (d->filled < d->period)
		return false;
	changed = estimate(d, blob, step);
	d->read = ring_at(d, d->read + d->period * d->channels);
	d->filled = 0;
	return changed;
}
