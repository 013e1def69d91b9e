/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "converter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "saturation.h"

size_t converter_room(const struct converter *c, size_t frames)
{
	return (size_t)((double)frames * c->out / c->in) + 256;
}

size_t converter_run(const struct converter *c, const void *x, size_t frames, void *y, size_t room,
		     size_t block, size_t buffer_bytes)
{
	const struct harness_format in = { c->fmt, c->channels, c->in };
	/* the converter is to say what its sink is */
	const struct harness_format out = { SOF_IPC_FRAME_FLOAT, 1, 1 };
	const size_t frame = get_frame_bytes(c->fmt, c->channels);
	const char *from = x;
	char *to = y;
	size_t made = 0;
	uint64_t seed = 99;
	struct harness *h;

	assert_int_equal(harness_new(&h, c->manifest, &in, c->init_data, c->init_size), 0);
	harness_ports(h, 1, &in, 1, &out);
	if (!buffer_bytes)
		buffer_bytes = 8192 * frame;
	assert_int_equal(harness_prepare(h, buffer_bytes, buffer_bytes + 3 * frame), 0);
	assert_int_equal(sink_get_rate(harness_sink(h, 0)), c->out);
	assert_int_equal(sink_get_channels(harness_sink(h, 0)), c->channels);
	assert_int_equal(sink_get_valid_fmt(harness_sink(h, 0)), c->fmt);
	for (unsigned int idle = 0; idle < 3;) {
		size_t n = block ? block : 1 + random_below(&seed, 500), put, taken;

		n = MIN(n, frames);
		/* whole frames only */
		put = MIN(n,
			  (buffer_bytes - source_get_data_available(harness_source(h, 0))) / frame);
		assert_int_equal(harness_put(h, 0, from, put * frame), put * frame);
		from += put * frame;
		frames -= put;
		if (put)
			assert_true(harness_ready(h) ||
				    sink_get_free_frames(harness_sink(h, 0)) == 0);
		assert_int_equal(harness_call(h), 0);
		taken = harness_take(h, 0, to, (room - made) * frame);
		assert_int_equal(taken % frame, 0);
		to += taken;
		made += taken / frame;
		idle = frames || put || taken ? 0 : idle + 1;
	}
	assert_true(made < room);
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_free(&h), 0);
	return made;
}

void converter_saturates(const struct converter *c)
{
	struct converter quiet = *c;
	const size_t frames = c->in / 50, room = converter_room(c, frames);
	int32_t *const x = calloc(frames * c->channels, sizeof(*x));
	int32_t *const y = calloc(room * c->channels, sizeof(*y));
	double *const ideal = calloc(room * c->channels, sizeof(*ideal));
	size_t made;

	assert_true(x && y && ideal);
	quiet.fmt = SOF_IPC_FRAME_S32_LE;
	/* at most 500 Hz: slow beside the lowest rate */
	for (size_t i = 0; i < frames * c->channels; i++)
		x[i] = (i / c->channels * 1000 / c->in + i % c->channels) % 2 ? -(1 << 27) :
										(1 << 27) - 16;
	made = converter_run(&quiet, x, frames, y, room, 0, 0);
	for (size_t i = 0; i < made * c->channels; i++)
		ideal[i] = ldexp(y[i], 4 - 31);
	for (size_t i = 0; i < frames * c->channels; i++) {
		const int32_t full = x[i] < 0 ? INT32_MIN : INT32_MAX;

		if (c->fmt == SOF_IPC_FRAME_S16_LE)
			((int16_t *)x)[i] = (int16_t)(full >> 16);
		else
			x[i] = full >> (32 - format_bits(c->fmt));
	}
	assert_int_equal(converter_run(c, x, frames, y, room, 0, 0), made);
	saturation_check(c->fmt, y, ideal, made * c->channels,
			 c->fmt == SOF_IPC_FRAME_S16_LE ? 2.0 / 32768 : 2e-6);
	free(x);
	free(y);
	free(ideal);
}

static void put_sample(enum sof_ipc_frame fmt, void *x, size_t i, double value)
{
	if (fmt == SOF_IPC_FRAME_S16_LE)
		((int16_t *)x)[i] = (int16_t)rint(fmin(value * 32768, 32767));
	else if (fmt == SOF_IPC_FRAME_S24_4LE)
		((int32_t *)x)[i] = (int32_t)rint(fmin(value * 8388608, 8388607));
	else
		((int32_t *)x)[i] = (int32_t)rint(fmin(value * 2147483648.0, 2147483647));
}

static double get_sample(enum sof_ipc_frame fmt, const void *x, size_t i)
{
	const double value = sample_at(fmt, x, i);

	return fmt == SOF_IPC_FRAME_S16_LE  ? value / 32768 :
	       fmt == SOF_IPC_FRAME_S24_4LE ? value / 8388608 :
					      value / 2147483648.0;
}

/* A sine, turned on by one frame at a time: far cheaper than sin(), and as good for a second. */
struct turning {
	double cosine, sine, step_cosine, step_sine;
};

static struct turning turning(double hz, unsigned int rate, double phase)
{
	const double step = 2 * M_PI * hz / rate;

	return (struct turning){ cos(phase), sin(phase), cos(step), sin(step) };
}

static void turn(struct turning *t)
{
	const double cosine = t->cosine * t->step_cosine - t->sine * t->step_sine;

	t->sine = t->sine * t->step_cosine + t->cosine * t->step_sine;
	t->cosine = cosine;
}

/* Best a cos + b sin for one channel of y, and what is left. A channel's number is the phase of what went
 * in. */
static struct tone fit(const struct converter *c, const void *y, size_t begin, size_t end,
		       unsigned int channel, double hz, double amplitude)
{
	double cc = 0, cs = 0, ss = 0, cy = 0, sy = 0, rest = 0, power = 0, a, b, det, turns;
	struct turning t = turning(hz, c->out, 0);

	for (size_t i = begin; i < end; i++, turn(&t)) {
		const double v = get_sample(c->fmt, y, i * c->channels + channel);

		cc += t.cosine * t.cosine;
		cs += t.cosine * t.sine;
		ss += t.sine * t.sine;
		cy += t.cosine * v;
		sy += t.sine * v;
	}
	det = cc * ss - cs * cs;
	a = (cy * ss - sy * cs) / det;
	b = (sy * cc - cy * cs) / det;
	t = turning(hz, c->out, 0);
	for (size_t i = begin; i < end; i++, turn(&t)) {
		const double v = get_sample(c->fmt, y, i * c->channels + channel);
		const double s = a * t.cosine + b * t.sine;

		rest += (v - s) * (v - s);
		power += s * s;
	}
	turns = (channel - atan2(a, b)) / (2 * M_PI) + hz * (double)begin / c->out;
	return (struct tone){ 20 * log10(sqrt(a * a + b * b) / amplitude + 1e-12),
			      10 * log10(rest / power + 1e-30),
			      (turns - floor(turns)) * c->in / hz };
}

struct tone converter_tone(const struct converter *c, double hz, double amplitude, double seconds,
			   double settle)
{
	const size_t frames = (size_t)(seconds * c->in), room = converter_room(c, frames);
	const size_t frame = get_frame_bytes(c->fmt, c->channels);
	struct tone worst = { 0, -1000, 0 };
	void *x = malloc(frames * frame), *y = malloc(room * frame);
	size_t made;

	assert_true(x && y);
	for (unsigned int ch = 0; ch < c->channels; ch++) {
		struct turning t = turning(hz, c->in, ch);

		for (size_t i = 0; i < frames; i++, turn(&t))
			put_sample(c->fmt, x, i * c->channels + ch, amplitude * t.sine);
	}
	made = converter_run(c, x, frames, y, room, 0, 0);
	assert_true(made > (size_t)(settle * c->out) + 16);
	for (unsigned int ch = 0; ch < c->channels; ch++) {
		const struct tone t = fit(c, y, (size_t)(settle * c->out), made, ch, hz, amplitude);

		if (t.thd_n_db > worst.thd_n_db)
			worst = t;
	}
	free(x);
	free(y);
	return worst;
}
