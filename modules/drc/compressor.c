/* SPDX-License-Identifier: BSD-3-Clause */
/* Detector, envelope and gain of a compressor. */
#include "compressor.h"

#include "compressor_math.h"

#include <module/audio/cpu.h>
#include <sof/audio/format.h>
#include <sof/common.h>
#include <sof/math/exp_fcn.h>
#include <string.h>

#define ONE_Q21		  (1 << 21)
#define HALF_Q24	  (1 << 23)
#define TWELVE_DB_Q21	  (12 << 21)
#define DELAY_MOST	  (COMPRESSOR_FRAMES - COMPRESSOR_DIVISION)
#define DELAY_BEFORE_BLOB (COMPRESSOR_FRAMES / 2)

_Static_assert((COMPRESSOR_FRAMES & (COMPRESSOR_FRAMES - 1)) == 0, "places are masked");
_Static_assert(COMPRESSOR_FRAMES % COMPRESSOR_DIVISION == 0, "no division wraps");

size_t compressor_bytes(unsigned int channels, bool is_16_bit)
{
	return (size_t)channels * COMPRESSOR_FRAMES * (is_16_bit ? 2 : 4);
}

bool compressor_params_valid(const struct sof_drc_params *params)
{
	return params->pre_delay_time >= 0;
}

/* Whole divisions, and one at least: what comes in must not meet what goes out. */
static uint32_t delay_frames(int32_t seconds_q30, uint32_t rate)
{
	/* as SOF keeps it, in 32 bits: beyond what any real rate gives, some delay comes out */
	const int32_t frames = mult_round(seconds_q30, (int32_t)rate, 30);
	const int32_t whole = frames - frames % COMPRESSOR_DIVISION;

	return (uint32_t)MAX(COMPRESSOR_DIVISION, MIN(whole, DELAY_MOST));
}

void compressor_start(struct compressor *c, const struct sof_drc_params *params, void *delay,
		      unsigned int channels, bool is_16_bit, uint32_t rate)
{
	memset(c, 0, sizeof(*c));
	c->params = *params;
	c->delay = delay;
	c->channels = channels;
	c->is_16_bit = is_16_bit;
	c->write = delay_frames(params->pre_delay_time, rate);
	c->functions = cpu_has_avx2() ? &division_avx2 : &division_plain;
	c->gain = ONE_Q30;
	c->attack_max = INT32_MIN;
	memset(delay, 0, compressor_bytes(channels, is_16_bit));
}

static int16_t *line_s16(const struct compressor *c, unsigned int channel, uint32_t at)
{
	return (int16_t *)c->delay + (size_t)channel * COMPRESSOR_FRAMES + at;
}

static int32_t *line_s32(const struct compressor *c, unsigned int channel, uint32_t at)
{
	return (int32_t *)c->delay + (size_t)channel * COMPRESSOR_FRAMES + at;
}

/* \name Detector */

/* Magnitudes of the division that came in last, Q1.31. That of the lowest number of all has no room
 * and counts for less than nothing, as in SOF. */

static void peaks_s16(const struct compressor *c, uint32_t at, int32_t peak[COMPRESSOR_DIVISION])
{
	int16_t most[COMPRESSOR_DIVISION] = { 0 };

	for (unsigned int ch = 0; ch < c->channels; ch++) {
		const int16_t *const x = line_s16(c, ch, at);

		for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i++) {
			const int16_t magnitude = (int16_t)(x[i] < 0 ? -x[i] : x[i]);

			most[i] = most[i] > magnitude ? most[i] : magnitude;
		}
	}
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i++)
		peak[i] = most[i] * 65536;
}

static void detect(struct compressor *c)
{
	const uint32_t at =
		(c->write + COMPRESSOR_FRAMES - COMPRESSOR_DIVISION) % COMPRESSOR_FRAMES;
	int32_t peak[COMPRESSOR_DIVISION] = { 0 };

	if (c->is_16_bit) {
		peaks_s16(c, at, peak);
	} else {
		for (unsigned int ch = 0; ch < c->channels; ch++)
			c->functions->peaks_s32(peak, line_s32(c, ch, at));
	}
	c->detector = c->functions->detect(&c->params, peak, c->detector);
}

/* \name Envelope */

/* Q12.20; the more there is to release, the faster */
static int32_t release_rate(const struct sof_drc_params *p, int32_t difference_q21)
{
	const int32_t within = MIN(0, MAX(difference_q21, -TWELVE_DB_Q21));
	/* a quarter of the decibels above -12, Q11.21 */
	const int32_t r = Q_SHIFT_RND(within + TWELVE_DB_Q21, 21, 19);
	const int32_t r2 = mult_round(r, r, 21);
	const int32_t r3 = mult_round(r2, r, 21);
	const int32_t r4 = mult_round(r2, r2, 21);
	int32_t frames = p->kA;

	frames = wrap_add(frames, mult_round(p->kB, r, 21));
	frames = wrap_add(frames, mult_round(p->kC, r2, 21));
	frames = wrap_add(frames, mult_round(p->kD, r3, 21));
	frames = wrap_add(frames, mult_round(p->kE, r4, 21));
	return sofm_db2lin_fixed(
		mult_round(compressor_inverse(frames, 12, 30), p->kSpacingDb, 30 - 24));
}

/* Q12.20; by the largest difference since the attack began, half a decibel at least */
static int32_t attack_rate(struct compressor *c, int32_t difference_q21)
{
	const int32_t difference = sat_int32((int64_t)difference_q21 * 8);
	int32_t quarter_inverse;

	c->attack_max = MAX(c->attack_max, difference);
	quarter_inverse = compressor_inverse(MAX(HALF_Q24, c->attack_max), 24 - 2, 26);
	return wrap_sub(ONE_Q20, compressor_pow(quarter_inverse, c->params.one_over_attack_frames));
}

static void follow(struct compressor *c)
{
	/* the sine at the end makes the detector's gain of it again */
	const int32_t target = compressor_asin(c->detector);
	const bool releases = target > c->gain;
	const bool nothing = c->gain == 0 || target == 0;
	int32_t difference = wrap_sub(compressor_decibels(Q_SHIFT_RND(c->gain, 30, 26)),
				      compressor_decibels(Q_SHIFT_RND(target, 30, 26)));
	int32_t rate;

	if (releases) {
		c->attack_max = INT32_MIN;
		rate = release_rate(&c->params, nothing ? -ONE_Q21 : difference);
	} else {
		rate = attack_rate(c, nothing ? ONE_Q21 : difference);
	}
	c->rate = sat_int32((int64_t)rate * 1024);
	c->target = target;
}

/* \name Gain */

/* The envelope of 32 frames, four side by side: after the first four, each is what it was four
 * frames ago times the fourth power of the ratio. Q2.30; returns the last before the base is added. */
static int32_t envelope(const struct compressor *c, int32_t from, int32_t ratio, int64_t most,
			int32_t out[COMPRESSOR_DIVISION])
{
	const int32_t ratio2 = mult_round(ratio, ratio, 30);
	const int32_t ratio4 = mult_round(ratio2, ratio2, 30);
	int32_t side[4];

	side[0] = mult_round(from, ratio, 30);
	for (unsigned int k = 1; k < 4; k++)
		side[k] = mult_round(side[k - 1], ratio, 30);
	memcpy(out, side, sizeof(side));
	for (unsigned int i = 4; i < COMPRESSOR_DIVISION; i += 4) {
		for (unsigned int k = 0; k < 4; k++) {
			const int64_t next = q_multsr_32x32(side[k], ratio4, 30);

			side[k] = (int32_t)MIN(most, next);
			out[i + k] = side[k];
		}
	}
	return side[3];
}

/* Q8.24, master gain included */
static void division_gains(struct compressor *c, int32_t gains[COMPRESSOR_DIVISION])
{
	int32_t base = 0;

	if (c->rate < ONE_Q30) {
		base = c->target;
		c->gain = wrap_add(base, envelope(c, wrap_sub(c->gain, base),
						  wrap_sub(ONE_Q30, c->rate), INT64_MAX, gains));
	} else {
		c->gain = envelope(c, c->gain, c->rate, ONE_Q30, gains);
	}
	c->functions->gains(gains, base, c->params.master_linear_gain);
}

static void turn_down(struct compressor *c)
{
	int32_t gains[COMPRESSOR_DIVISION];

	division_gains(c, gains);
	for (unsigned int ch = 0; ch < c->channels; ch++) {
		if (c->is_16_bit)
			c->functions->scale_s16(line_s16(c, ch, c->read), gains);
		else
			c->functions->scale_s32(line_s32(c, ch, c->read), gains);
	}
}

/* \name Frames */

void compressor_begin(struct compressor *c)
{
	if (c->started)
		return;
	follow(c);
	turn_down(c);
	c->started = true;
}

void compressor_delay_s16(struct compressor *c, unsigned int channel, int16_t *x, size_t n)
{
	memcpy(line_s16(c, channel, c->write), x, n * sizeof(*x));
	memcpy(x, line_s16(c, channel, c->read), n * sizeof(*x));
}

void compressor_delay_s32(struct compressor *c, unsigned int channel, int32_t *x, size_t n)
{
	memcpy(line_s32(c, channel, c->write), x, n * sizeof(*x));
	memcpy(x, line_s32(c, channel, c->read), n * sizeof(*x));
}

/* What goes in and comes out, the same for all widths but for the formats; two channels by a loop
 * that the compiler can do several frames of at once. */
#define COMPRESSOR_RUN(name, type, line, input, output)                                            \
	void name(struct compressor *c, type *restrict y, const type *restrict x, size_t n)        \
	{                                                                                          \
		const size_t step = c->channels;                                                   \
                                                                                                   \
		if (step == 2) {                                                                   \
			type *restrict const in0 = line(c, 0, c->write);                           \
			type *restrict const in1 = line(c, 1, c->write);                           \
			const type *restrict const out0 = line(c, 0, c->read);                     \
			const type *restrict const out1 = line(c, 1, c->read);                     \
                                                                                                   \
			for (size_t i = 0; i < n; i++) {                                           \
				in0[i] = input(x[2 * i]);                                          \
				in1[i] = input(x[2 * i + 1]);                                      \
			}                                                                          \
			for (size_t i = 0; i < n; i++) {                                           \
				y[2 * i] = output(out0[i]);                                        \
				y[2 * i + 1] = output(out1[i]);                                    \
			}                                                                          \
			return;                                                                    \
		}                                                                                  \
		for (unsigned int ch = 0; ch < step; ch++) {                                       \
			type *restrict const in = line(c, ch, c->write);                           \
			const type *restrict const out = line(c, ch, c->read);                     \
                                                                                                   \
			for (size_t i = 0; i < n; i++) {                                           \
				in[i] = input(x[i * step + ch]);                                   \
				y[i * step + ch] = output(out[i]);                                 \
			}                                                                          \
		}                                                                                  \
	}

#define AS_IT_IS(x)  (x)
#define S32_OF_24(x) ((int32_t)((uint32_t)(x) << 8))
#define S24_OF_32(x) sat_int24(Q_SHIFT_RND(x, 31, 23))

COMPRESSOR_RUN(compressor_run_s16, int16_t, line_s16, AS_IT_IS, AS_IT_IS)
COMPRESSOR_RUN(compressor_run_s24, int32_t, line_s32, S32_OF_24, S24_OF_32)
COMPRESSOR_RUN(compressor_run_s32, int32_t, line_s32, AS_IT_IS, AS_IT_IS)

void compressor_advance(struct compressor *c, size_t n, bool on)
{
	c->read = (c->read + (uint32_t)n) % COMPRESSOR_FRAMES;
	c->write = (c->write + (uint32_t)n) % COMPRESSOR_FRAMES;
	if (!on || c->write % COMPRESSOR_DIVISION)
		return;
	detect(c);
	follow(c);
	turn_down(c);
}
