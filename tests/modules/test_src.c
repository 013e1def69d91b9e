/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "converter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../modules/src/src.c"
#include "random.h"
#include "saturation.h"

static const struct sof_man_module_manifest *const src = &mod_manifest[0];
static const struct sof_man_module_manifest *const lite = &mod_manifest[1];

static struct converter converter(const uint32_t *in_out, enum sof_ipc_frame fmt,
				  unsigned int channels)
{
	return (struct converter){ src,	     &in_out[1], sizeof(in_out[1]), fmt,
				   channels, in_out[0],	 in_out[1] };
}

/* What the pass band is for: the edge of the narrower end. */
static double pass_hz(const uint32_t *in_out)
{
	const double low = fmin(in_out[0], in_out[1]);

	return low > 80000 ? 24000 : low * 20 / 44.1;
}

/* Both ends at 48 kHz, 44.1, and the far ends of the range. */
static const uint32_t telling[][2] = {
	{ 44100, 48000 }, { 48000, 44100 }, { 48000, 16000 },  { 16000, 48000 },
	{ 48000, 96000 }, { 96000, 48000 }, { 48000, 192000 }, { 192000, 48000 },
	{ 32000, 48000 }, { 48000, 32000 }, { 8000, 48000 },   { 48000, 8000 },
	{ 8000, 192000 }, { 192000, 8000 }, { 11025, 48000 },  { 48000, 11025 },
};

static void distortion_is_below_102_db(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(telling); i++) {
		const struct converter c = converter(telling[i], SOF_IPC_FRAME_S32_LE, 2);
		const struct tone t = converter_tone(&c, 997, 0.89, 0.3, 0.1);

		print_message("%6u -> %6u Hz: THD+N of 997 Hz at -1 dBFS %.1f dB\n", c.in, c.out,
			      t.thd_n_db);
		assert_true(t.thd_n_db < -102.6);
		assert_true(fabs(t.level_db) < 0.06);
	}
}

static void the_pass_band_is_flat_within_a_tenth_of_a_db(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(telling); i++) {
		const struct converter c = converter(telling[i], SOF_IPC_FRAME_S32_LE, 1);
		const double edge = pass_hz(telling[i]);
		double least = 1000, most = -1000, worst = -1000;

		for (int k = 0; k <= 16; k++) {
			const double hz = k < 5 ? 20 * pow(edge / 20, k / 6.0) :
						  edge * (0.25 + 0.75 * (k - 5) / 11);
			const struct tone t = converter_tone(&c, hz, 0.5, 0.1, 0.03);

			least = fmin(least, t.level_db);
			most = fmax(most, t.level_db);
			worst = fmax(worst, t.thd_n_db);
		}
		print_message("%6u -> %6u Hz: 20 Hz to %.0f Hz %+.3f to %+.3f dB, THD+N %.1f dB at "
			      "most\n",
			      c.in, c.out, edge, least, most, worst);
		assert_true(least > -0.06 && most < 0.06);
		assert_true(worst < -102);
	}
}

static double half(const struct src_stage *stage)
{
	return (stage->taps * stage->l - 1) / 2.0 / stage->l;
}

/* Half of each filter's length, and nothing is held back besides. */
static void delay_is_half_of_each_filter(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(telling); i++) {
		const struct converter c = converter(telling[i], SOF_IPC_FRAME_S32_LE, 1);
		double delay = 0;

		for (size_t k = 0; k < src_conversion_count; k++) {
			const struct src_conversion *conversion = &src_conversions[k];
			const struct src_stage *first = conversion->first;

			if (conversion->in != c.in || conversion->out != c.out)
				continue;
			delay = half(first);
			if (conversion->second)
				delay += half(conversion->second) * first->m / first->l;
		}
		assert_true(delay > 0);
		assert_true(fabs(converter_tone(&c, 97, 0.5, 0.3, 0.1).delay - delay) < 1e-3);
	}
}

static void what_would_fold_back_is_rejected(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(telling); i++) {
		const struct converter c = converter(telling[i], SOF_IPC_FRAME_S32_LE, 1);
		double most = -1000;

		if (c.out >= c.in)
			continue;
		for (int k = 0; k <= 10; k++) {
			const double hz = c.out * 0.5 + (c.in - c.out) * 0.499 * k / 10;
			/* how much power comes out, as no tone of that frequency can */
			const size_t frames = c.in / 10, room = converter_room(&c, frames);
			int32_t *x = malloc(frames * sizeof(*x)), *y = malloc(room * sizeof(*y));
			double power = 0;
			size_t made;

			assert_true(x && y);
			for (size_t n = 0; n < frames; n++)
				x[n] = (int32_t)lrint(0.5 * INT32_MAX *
						      sin(2 * M_PI * hz * (double)n / c.in));
			made = converter_run(&c, x, frames, y, room, 0, 0);
			for (size_t n = made / 3; n < made; n++)
				power += pow(y[n] / (0.5 * INT32_MAX), 2);
			power = 10 * log10(power / (double)(made - made / 3) * 2 + 1e-30);
			most = fmax(most, power);
			free(x);
			free(y);
		}
		print_message("%6u -> %6u Hz: -%.1f dB above %u Hz\n", c.in, c.out, -most,
			      c.out / 2);
		assert_true(most < -100);
	}
}

/* The same numbers of frames as blocks of M make of blocks of L, stage after stage. */
static size_t frames_due(const struct src_conversion *conversion, size_t frames)
{
	if (conversion->first)
		frames = frames / conversion->first->m * conversion->first->l;
	if (conversion->second)
		frames = frames / conversion->second->m * conversion->second->l;
	return frames;
}

static void every_pair_gives_its_frames_and_a_clean_tone(void **state)
{
	double worst = -1000;

	for (size_t i = 0; i < src_conversion_count; i++) {
		const struct src_conversion *conversion = &src_conversions[i];
		const uint32_t rates[2] = { conversion->in, conversion->out };
		const struct converter c = converter(rates, SOF_IPC_FRAME_S32_LE, 1);
		const size_t frames = c.in / 40 + 7, room = converter_room(&c, frames);
		int32_t *x = calloc(frames, sizeof(*x)), *y = malloc(room * sizeof(*y));
		struct tone t;

		assert_true(x && y);
		assert_int_equal(converter_run(&c, x, frames, y, room, 0, 0),
				 frames_due(conversion, frames));
		free(x);
		free(y);
		t = converter_tone(&c, 997, 0.89, 0.06, 0.02);
		worst = fmax(worst, t.thd_n_db);
		if (t.thd_n_db > -102.6 || fabs(t.level_db) > 0.06)
			fail_msg("%u -> %u Hz: %.1f dB, THD+N %.1f dB", c.in, c.out, t.level_db,
				 t.thd_n_db);
	}
	print_message("%zu pairs, THD+N %.1f dB at most\n", src_conversion_count, worst);
}

static void formats_have_the_noise_of_their_bits(void **state)
{
	const struct {
		enum sof_ipc_frame fmt;
		double least;
	} formats[] = { { SOF_IPC_FRAME_S16_LE, -92 },
			{ SOF_IPC_FRAME_S24_4LE, -105 },
			{ SOF_IPC_FRAME_S32_LE, -105 } };

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		for (unsigned int channels = 1; channels <= 8; channels++) {
			const struct converter c = converter(telling[0], formats[i].fmt, channels);
			const struct tone t = converter_tone(&c, 997, 0.89, 0.12, 0.02);

			if (channels == 1)
				print_message("format %d: THD+N %.1f dB\n", formats[i].fmt,
					      t.thd_n_db);
			assert_true(t.thd_n_db < formats[i].least);
			assert_true(fabs(t.level_db) < 0.1);
		}
	}
}

/* One channel and a pair. Of two stages the first one saturates already, which the check does not
 * know; their arithmetic is the same. */
static void overshoot_saturates_in_every_format(void **state)
{
	unsigned int checked = 0;

	for (size_t i = 0; i < src_conversion_count; i++) {
		const uint32_t rates[2] = { src_conversions[i].in, src_conversions[i].out };

		if (!src_conversions[i].first || src_conversions[i].second)
			continue;
		for (size_t f = 0; f < ARRAY_SIZE(saturation_formats); f++) {
			const struct converter c = converter(rates, saturation_formats[f], 3);

			converter_saturates(&c);
			checked++;
		}
	}
	assert_true(checked >= 12);
}

static void any_blocks_and_buffers_give_the_same_bytes(void **state)
{
	static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
						      SOF_IPC_FRAME_S32_LE };
	uint64_t seed = 4711;

	for (size_t i = 0; i < ARRAY_SIZE(telling); i++) {
		const enum sof_ipc_frame fmt = formats[i % ARRAY_SIZE(formats)];
		const struct converter c = converter(telling[i], fmt, 1 + (unsigned int)i % 8);
		const size_t frame = get_frame_bytes(fmt, c.channels), frames = 3000;
		const size_t room = converter_room(&c, frames), sample = get_sample_bytes(fmt);
		/* not a whole number of frames; room for a block of the widest stage */
		const size_t odd = 97 * frame + (c.channels > 1 ? sample : 0);
		char *x = malloc(frames * frame), *y = malloc(room * frame),
		     *z = malloc(room * frame);
		size_t made;

		assert_true(x && y && z);
		random_audio(&seed, fmt, x, frames * c.channels);
		made = converter_run(&c, x, frames, y, room, c.in / 1000, 0);
		for (size_t block = 0; block <= 41; block += block ? 20 : 1) {
			assert_int_equal(converter_run(&c, x, frames, z, room, block, odd), made);
			assert_memory_equal(y, z, made * frame);
		}
		assert_int_equal(converter_run(&c, x, frames, z, room, 2000, 0), made);
		assert_memory_equal(y, z, made * frame);
		free(x);
		free(y);
		free(z);
	}
}

/* The definition, in double, with the coefficients that are used. */
static void the_arithmetic_is_that_of_the_definition(void **state)
{
	uint64_t seed = 5;

	for (size_t i = 0; i < ARRAY_SIZE(telling); i++) {
		const struct src_stage *stage = NULL;
		struct src_line line;
		void *memory;
		int32_t x[2 * 80 + 1], y[2][64];
		double error = 0;

		for (size_t k = 0; k < src_conversion_count; k++) {
			if (src_conversions[k].in == telling[i][0] &&
			    src_conversions[k].out == telling[i][1])
				stage = src_conversions[k].first;
		}
		assert_non_null(stage);
		memory = aligned_alloc(16, ALIGN_UP(src_line_bytes(stage, 1), 16));
		assert_non_null(memory);
		src_line_init(&line, stage, memory, 1, false);
		random_audio(&seed, SOF_IPC_FRAME_S32_LE, x, 2 * stage->m);
		for (unsigned int block = 0; block < 2; block++) {
			const unsigned int at = fir16_line_claim(&line.samples, stage->m);

			for (unsigned int n = 0; n < stage->m; n++)
				fir16_line_put(&line.samples, 0, at + n, x[block * stage->m + n]);
			assert_int_equal(src_line_blocks(&line), 1);
			src_line_run(&line, 1, y[block], 64);
		}
		for (unsigned int k = 0; k < 2u * stage->l; k++) {
			const int16_t *row = stage->coefs + 2 * (k % stage->l) * stage->taps;
			const int newest = (int)(k * stage->m / stage->l);
			double sum = 0;

			for (int t = 0; t < stage->taps; t++) {
				const int n = newest - (stage->taps - 1) + t;
				const int16_t *c = row + t / 8 * 16 + t % 8;

				if (n >= 0)
					sum += ldexp(c[0] + ldexp(c[8], -stage->fine_bits), -14) *
					       x[n];
			}
			sum = fmax(fmin(sum, INT32_MAX), INT32_MIN);
			error = fmax(error, fabs(sum - y[k / stage->l][k % stage->l]));
		}
		/* samples lose what is below their 16 + fine bits, products of the lower parts go */
		assert_true(error < ldexp(3, 16 - stage->fine_bits) * 16);
		free(memory);
	}
}

static void equal_rates_copy(void **state)
{
	const uint32_t rates[2] = { 48000, 48000 };
	const struct converter c = converter(rates, SOF_IPC_FRAME_S32_LE, 3);
	int32_t x[600], y[3 * 600];
	uint64_t seed = 3;

	random_audio(&seed, SOF_IPC_FRAME_S32_LE, x, 600);
	assert_int_equal(converter_run(&c, x, 200, y, 600, 0, 0), 200);
	assert_memory_equal(x, y, sizeof(x));
}

/* A sink that is full stops it, and nothing is lost. */
static void a_full_sink_holds_it_up(void **state)
{
	const struct harness_format in = { SOF_IPC_FRAME_S16_LE, 1, 44100 };
	const uint32_t rate = 48000;
	int16_t x[100], y[4000];
	size_t taken = 0, put = 0;
	struct harness *h;

	memset(x, 0, sizeof(x));
	assert_int_equal(harness_new(&h, src, &in, &rate, sizeof(rate)), 0);
	assert_int_equal(harness_prepare(h, sizeof(x), 200), 0);
	assert_false(harness_ready(h));
	assert_int_equal(harness_call(h), 0);
	while (put < 4 * 44100 / 100 * 2) {
		const size_t n = harness_put(h, 0, x, sizeof(x));

		put += n;
		assert_int_equal(harness_call(h), 0);
		if (!n)
			break;
	}
	/* full to the brim: nothing to do */
	assert_false(harness_ready(h));
	for (size_t n = 1; n;) {
		n = harness_take(h, 0, y, sizeof(y));
		taken += n;
		assert_int_equal(harness_call(h), 0);
	}
	assert_int_equal(taken / 2, put / 2 / 7 * 8 / 21 * 20);
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void refuses(const struct sof_man_module_manifest *manifest, uint32_t in, uint32_t out)
{
	const struct harness_format format = { SOF_IPC_FRAME_S32_LE, 2, in };
	struct harness *h;

	assert_int_equal(harness_new(&h, manifest, &format, &out, sizeof(out)), -EINVAL);
	assert_null(h);
	assert_int_equal(harness_free(&h), 0);
}

static void rates_that_are_not_converted_are_refused(void **state)
{
	refuses(src, 48000, 0);
	refuses(src, 0, 48000);
	refuses(src, 48000, 12000);
	refuses(src, 48000, 47999);
	refuses(src, 48000, UINT32_MAX);
	refuses(src, 8000, 11025);
	refuses(src, 11025, 192000);
	refuses(src, 18900, 8000);
	refuses(lite, 48000, 44100);
	refuses(lite, 16000, 48000);
	refuses(lite, 96000, 48000);
}

static void src_lite_converts_what_it_has(void **state)
{
	const uint32_t rates[][2] = { { 32000, 16000 }, { 44100, 16000 }, { 48000, 16000 },
				      { 32000, 48000 }, { 44100, 48000 }, { 48000, 48000 } };

	for (size_t i = 0; i < ARRAY_SIZE(rates); i++) {
		struct converter c = converter(rates[i], SOF_IPC_FRAME_S32_LE, 2);

		c.manifest = lite;
		assert_true(converter_tone(&c, 997, 0.89, 0.2, 0.05).thd_n_db < -100);
	}
}

static void a_payload_of_another_size_is_refused(void **state)
{
	const struct harness_format format = { SOF_IPC_FRAME_S32_LE, 2, 48000 };
	const uint32_t payload[3] = { 44100, 44100, 44100 };
	struct harness *h;

	for (size_t size = 0; size <= sizeof(payload); size++) {
		if (size == 4)
			continue;
		assert_int_equal(harness_new(&h, src, &format, payload, size), -EINVAL);
		assert_null(h);
	}
}

static int prepare_as(const struct harness_format *told, const struct harness_format *got,
		      unsigned int n_in, unsigned int n_out)
{
	const struct harness_format ports[2] = { *got, *got };
	const uint32_t rate = 44100;
	struct harness *h;
	int ret;

	assert_int_equal(harness_new(&h, src, told, &rate, sizeof(rate)), 0);
	harness_ports(h, n_in, ports, n_out, ports);
	ret = harness_prepare(h, 4096, 4096);
	assert_int_equal(harness_free(&h), 0);
	return ret;
}

static void formats_that_do_not_fit_are_refused(void **state)
{
	const struct harness_format s32 = { SOF_IPC_FRAME_S32_LE, 2, 48000 };
	const struct harness_format rate = { SOF_IPC_FRAME_S32_LE, 2, 32000 };
	const struct harness_format none = { SOF_IPC_FRAME_S32_LE, 0, 48000 };
	const struct harness_format many = { SOF_IPC_FRAME_S32_LE, 9, 48000 };
	const struct harness_format real = { SOF_IPC_FRAME_FLOAT, 2, 48000 };
	const struct harness_format byte = { SOF_IPC_FRAME_U8, 2, 48000 };

	assert_int_equal(prepare_as(&s32, &s32, 1, 1), 0);
	assert_int_equal(prepare_as(&s32, &rate, 1, 1), -EINVAL);
	assert_int_equal(prepare_as(&s32, &none, 1, 1), -EINVAL);
	assert_int_equal(prepare_as(&s32, &many, 1, 1), -EINVAL);
	assert_int_equal(prepare_as(&s32, &real, 1, 1), -EINVAL);
	assert_int_equal(prepare_as(&s32, &byte, 1, 1), -EINVAL);
	assert_int_equal(prepare_as(&s32, &s32, 2, 1), -EINVAL);
	assert_int_equal(prepare_as(&s32, &s32, 1, 2), -EINVAL);
}

static void no_memory_is_an_error_and_leaves_nothing(void **state)
{
	const struct harness_format format = { SOF_IPC_FRAME_S32_LE, 2, 48000 };
	const uint32_t rate = 44100;
	struct harness *h;

	harness_fail_allocation(0);
	assert_int_equal(harness_new(&h, src, &format, &rate, sizeof(rate)), -ENOMEM);
	harness_fail_allocation(-1);
	assert_int_equal(harness_free(&h), 0);
	for (int n = 0; n < 2; n++) {
		assert_int_equal(harness_new(&h, src, &format, &rate, sizeof(rate)), 0);
		harness_fail_allocation(n);
		assert_int_equal(harness_prepare(h, 4096, 4096), -ENOMEM);
		harness_fail_allocation(-1);
		/* it can be had again, and prepared twice */
		assert_int_equal(harness_prepare(h, 4096, 4096), 0);
		assert_int_equal(harness_prepare(h, 4096, 4096), 0);
		assert_int_equal(harness_free(&h), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distortion_is_below_102_db),
		cmocka_unit_test(the_pass_band_is_flat_within_a_tenth_of_a_db),
		cmocka_unit_test(delay_is_half_of_each_filter),
		cmocka_unit_test(what_would_fold_back_is_rejected),
		cmocka_unit_test(every_pair_gives_its_frames_and_a_clean_tone),
		cmocka_unit_test(formats_have_the_noise_of_their_bits),
		cmocka_unit_test(overshoot_saturates_in_every_format),
		cmocka_unit_test(any_blocks_and_buffers_give_the_same_bytes),
		cmocka_unit_test(the_arithmetic_is_that_of_the_definition),
		cmocka_unit_test(equal_rates_copy),
		cmocka_unit_test(a_full_sink_holds_it_up),
		cmocka_unit_test(rates_that_are_not_converted_are_refused),
		cmocka_unit_test(src_lite_converts_what_it_has),
		cmocka_unit_test(a_payload_of_another_size_is_refused),
		cmocka_unit_test(formats_that_do_not_fit_are_refused),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
