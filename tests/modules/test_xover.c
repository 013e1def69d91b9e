/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "harness.h"
#include "lr4_model.h"
#include "random.h"
#include "saturation.h"

#include <stdlib.h>

#include "../../modules/xover/xover.c"

static const struct harness_format stereo = { SOF_IPC_FRAME_S32_LE, 2, 48000 };
static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
					      SOF_IPC_FRAME_S32_LE };
static const double corners[3] = { 0.01, 0.05, 0.15 };

enum {
	FRAMES = 3000,
	HEAD_BYTES = sizeof(struct sof_crossover_config),
	BLOB_MOST = HEAD_BYTES + LR4_BANK_FILTERS * sizeof(struct sof_eq_iir_biquad),
};

union blob {
	struct sof_crossover_config config;
	uint32_t words[BLOB_MOST / 4];
	char bytes[BLOB_MOST + 4];
};

/* The bands in reverse: the lowest to the highest pin. */
static uint32_t make_blob(union blob *blob, unsigned int ways)
{
	memset(blob, 0, sizeof(*blob));
	blob->config.num_sinks = ways;
	for (unsigned int i = 0; i < ways; i++)
		blob->config.assign_sink[i] = ways - 1 - i;
	model_crossover(blob->config.coef, corners);
	blob->config.size =
		(uint32_t)(HEAD_BYTES + lr4_bank_biquads(ways) * sizeof(blob->config.coef[0]));
	return blob->config.size;
}

static struct harness *xover_new(const struct harness_format *format, unsigned int sinks,
				 const union blob *blob)
{
	const struct harness_format same[] = { *format, *format, *format, *format };
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, format, NULL, 0), 0);
	harness_ports(h, 1, same, sinks, same);
	if (blob)
		assert_int_equal(harness_configure(h, 0, blob, blob->config.size), 0);
	return h;
}

/* Through buffers that do not hold a whole number of frames. */
static void feed(struct harness *h, const struct harness_format *format, unsigned int sinks,
		 const char *in, char *const out[], size_t frames, size_t block)
{
	const size_t frame = get_frame_bytes(format->fmt, format->channels);
	size_t n;

	for (size_t at = 0; at < frames; at += n) {
		n = MIN(frames - at, block);
		assert_int_equal(harness_put(h, 0, in + at * frame, n * frame), n * frame);
		assert_int_equal(harness_call(h), 0);
		for (unsigned int i = 0; i < sinks; i++)
			assert_int_equal(harness_take(h, i, out[i] + at * frame, n * frame),
					 n * frame);
	}
}

static void run(const struct harness_format *format, unsigned int sinks, const union blob *blob,
		const void *in, char *const out[], size_t frames, size_t block)
{
	struct harness *h = xover_new(format, sinks, blob);
	const size_t frame = get_frame_bytes(format->fmt, format->channels);
	const size_t sample = get_sample_bytes(format->fmt);

	assert_int_equal(harness_prepare(h, 101 * frame + sample, 97 * frame + sample), 0);
	feed(h, format, sinks, in, out, frames, block);
	assert_int_equal(harness_free(&h), 0);
}

static char out_bytes[2][SOF_CROSSOVER_MAX_STREAMS][FRAMES * PLATFORM_MAX_CHANNELS * 4];

static void outs(char *out[SOF_CROSSOVER_MAX_STREAMS], unsigned int set)
{
	memset(out_bytes[set], 0, sizeof(out_bytes[set]));
	for (unsigned int i = 0; i < SOF_CROSSOVER_MAX_STREAMS; i++)
		out[i] = out_bytes[set][i];
}

static void noise(int32_t *x, size_t samples, int shift)
{
	uint64_t seed = 1;

	for (size_t i = 0; i < samples; i++)
		x[i] = (int32_t)random_next(&seed) >> shift;
}

/* ---- tests ---- */

/* Roundings of up to six biquads, fed back: 2e-7 of full scale, -134 dB. */
static void bands_are_those_of_the_definition(void **state)
{
	static int32_t in[2 * FRAMES];
	char *out[SOF_CROSSOVER_MAX_STREAMS];
	double band[SOF_CROSSOVER_MAX_STREAMS];
	union blob blob;

	noise(in, ARRAY_SIZE(in), 1);
	for (unsigned int ways = 2; ways <= 4; ways++) {
		outs(out, 0);
		make_blob(&blob, ways);
		run(&stereo, ways, &blob, in, out, FRAMES, 48);
		for (unsigned int ch = 0; ch < 2; ch++) {
			struct model_split split = { 0 };

			for (int i = 0; i < FRAMES; i++) {
				const int at = 2 * i + (int)ch;

				model_split(&split, blob.config.coef, (int)ways, ldexp(in[at], -31),
					    band);
				for (unsigned int k = 0; k < ways; k++) {
					const double y =
						ldexp(((int32_t *)out[ways - 1 - k])[at], -31);

					if (fabs(y - band[k]) > 2e-7)
						fail_msg("%u ways, band %u, frame %d: %g, not %g",
							 ways, k, i, y, band[k]);
				}
			}
		}
	}
}

/* The bands of a Linkwitz-Riley crossover add up to an all-pass: as much energy as went in, but for
 * what has not come out yet and for corners of four ways that are not far from each other. */
static void bands_add_up_to_the_whole(void **state)
{
	static int32_t in[2 * FRAMES];
	char *out[SOF_CROSSOVER_MAX_STREAMS];
	union blob blob;

	noise(in, ARRAY_SIZE(in), 2);
	for (unsigned int ways = 2; ways <= 3; ways++) {
		double before = 0, after = 0;

		outs(out, 0);
		make_blob(&blob, ways);
		if (ways == 3) {
			/* the middle corner of LP1 and HP1 is that of LP2 and HP2 */
			blob.config.coef[4] = blob.config.coef[2];
			blob.config.coef[5] = blob.config.coef[3];
		}
		run(&stereo, ways, &blob, in, out, FRAMES, 48);
		for (int i = 0; i < 2 * FRAMES; i++) {
			double sum = 0;

			for (unsigned int k = 0; k < ways; k++)
				sum += ((int32_t *)out[k])[i];
			before += (double)in[i] * in[i];
			after += sum * sum;
		}
		assert_true(fabs(after / before - 1) < 0.01);
	}
}

static void loud_bands_saturate_in_every_format(void **state)
{
	/* two channels at once, and one by itself */
	enum { CHANNELS = 3, SHORT = 160 };
	static int32_t in[CHANNELS * SHORT];
	static double ideal[SOF_CROSSOVER_MAX_STREAMS][CHANNELS * SHORT];
	char *out[SOF_CROSSOVER_MAX_STREAMS];
	union blob blob;

	for (unsigned int ways = 2; ways <= 4; ways++) {
		make_blob(&blob, ways);
		model_loud_crossover(blob.config.coef);
		for (size_t f = 0; f < ARRAY_SIZE(saturation_formats); f++) {
			const struct harness_format format = { saturation_formats[f], CHANNELS,
							       48000 };
			struct model_split split = { 0 };

			saturation_audio(format.fmt, in, SHORT, CHANNELS);
			for (size_t i = 0; i < CHANNELS * SHORT; i++) {
				double band[SOF_CROSSOVER_MAX_STREAMS];

				model_split(&split, blob.config.coef, (int)ways,
					    sample_value(format.fmt, in, i), band);
				/* at the end of Q1.31 is beyond that of fewer bits */
				for (unsigned int k = 0; k < ways; k++)
					ideal[k][i] =
						fabs(band[k]) > 1 - 1e-9 ? 2 * band[k] : band[k];
			}
			outs(out, 0);
			run(&format, ways, &blob, in, out, SHORT, 48);
			for (unsigned int k = 0; k < ways; k++)
				saturation_check(format.fmt, out[ways - 1 - k], ideal[k],
						 CHANNELS * SHORT, 1e-8);
		}
	}
}

static void other_widths_are_32_bits_rounded(void **state)
{
	static int32_t wide[2 * FRAMES], in[2 * FRAMES];
	char *expected[SOF_CROSSOVER_MAX_STREAMS], *out[SOF_CROSSOVER_MAX_STREAMS];
	union blob blob;

	for (unsigned int ways = 2; ways <= 4; ways++) {
		for (int narrow = 0; narrow < 2; narrow++) {
			const int drop = narrow ? 16 : 8;
			const struct harness_format format = { formats[narrow ? 0 : 1], 2, 48000 };

			noise(wide, ARRAY_SIZE(wide), 0);
			for (int i = 0; i < 2 * FRAMES; i++) {
				wide[i] = (int32_t)((uint32_t)(wide[i] >> drop) << drop);
				if (narrow)
					((int16_t *)in)[i] = (int16_t)(wide[i] >> 16);
				else
					in[i] = wide[i] >> 8 ^ (i % 3 ? 0 : (int32_t)0xff000000);
			}
			make_blob(&blob, ways);
			outs(expected, 0);
			outs(out, 1);
			run(&stereo, ways, &blob, wide, expected, FRAMES, 48);
			run(&format, ways, &blob, in, out, FRAMES, 48);
			for (unsigned int k = 0; k < ways; k++) {
				for (size_t i = 0; i < 2 * FRAMES; i++) {
					const int32_t x = ((int32_t *)expected[k])[i];

					assert_int_equal(sample_at(format.fmt, out[k], i),
							 narrow ?
								 sat_int16(Q_SHIFT_RND(x, 31, 15)) :
								 sat_int24(Q_SHIFT_RND(x, 31, 23)));
				}
			}
		}
	}
}

static void blocks_of_any_size_give_the_same_bytes(void **state)
{
	static const size_t blocks[] = { 1, 31, 33, 96 };
	static int32_t in[4 * FRAMES];
	char *expected[SOF_CROSSOVER_MAX_STREAMS], *out[SOF_CROSSOVER_MAX_STREAMS];
	uint64_t seed = 1;
	union blob blob;

	for (size_t f = 0; f < ARRAY_SIZE(formats); f++) {
		for (unsigned int ways = 2; ways <= 4; ways++) {
			const struct harness_format format = { formats[f], ways, 48000 };

			random_audio(&seed, formats[f], in, ARRAY_SIZE(in));
			make_blob(&blob, ways);
			outs(expected, 0);
			run(&format, ways, &blob, in, expected, FRAMES, 48);
			for (size_t b = 0; b < ARRAY_SIZE(blocks); b++) {
				outs(out, 1);
				run(&format, ways, &blob, in, out, FRAMES, blocks[b]);
				assert_memory_equal(out_bytes[1], out_bytes[0],
						    sizeof(out_bytes[0]));
			}
		}
	}
}

/* The others are what they are with all. */
static void bands_without_a_sink_are_dropped(void **state)
{
	const struct harness_format same[] = { stereo, stereo, stereo };
	static int32_t in[2 * FRAMES];
	char *all[SOF_CROSSOVER_MAX_STREAMS], *out[SOF_CROSSOVER_MAX_STREAMS];
	struct harness *h;
	union blob blob;

	noise(in, ARRAY_SIZE(in), 1);
	make_blob(&blob, 4);
	outs(all, 0);
	outs(out, 1);
	run(&stereo, 4, &blob, in, all, FRAMES, 48);
	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	harness_ports(h, 1, same, 2, same);
	harness_sink_queue(h, 0, 3);
	harness_sink_queue(h, 1, 1);
	assert_int_equal(harness_configure(h, 0, &blob, blob.config.size), 0);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	feed(h, &stereo, 2, (char *)in, out, FRAMES, 48);
	assert_memory_equal(out[0], all[3], sizeof(in));
	assert_memory_equal(out[1], all[1], sizeof(in));
	assert_int_equal(harness_free(&h), 0);
}

static void without_a_blob_all_sinks_get_all(void **state)
{
	static int32_t in[2 * FRAMES];
	char *out[SOF_CROSSOVER_MAX_STREAMS];

	noise(in, ARRAY_SIZE(in), 0);
	for (unsigned int sinks = 1; sinks <= 4; sinks++) {
		outs(out, 0);
		run(&stereo, sinks, NULL, in, out, FRAMES, 48);
		for (unsigned int i = 0; i < sinks; i++)
			assert_memory_equal(out[i], in, sizeof(in));
	}
}

static void a_full_sink_holds_all_up(void **state)
{
	static int32_t in[2 * 64];
	struct harness *h = xover_new(&stereo, 2, NULL);

	assert_int_equal(harness_prepare(h, 64 * 8, 48 * 8), 0);
	assert_int_equal(harness_put(h, 0, in, sizeof(in)), sizeof(in));
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, NULL, sizeof(in)), 48 * 8);
	/* the second one is still full */
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, NULL, sizeof(in)), 0);
	assert_int_equal(harness_take(h, 1, NULL, sizeof(in)), 48 * 8);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, NULL, sizeof(in)), 16 * 8);
	assert_int_equal(harness_take(h, 1, NULL, sizeof(in)), 16 * 8);
	assert_int_equal(harness_free(&h), 0);
}

static void a_new_blob_begins_with_silence(void **state)
{
	static int32_t in[2 * FRAMES];
	char *expected[SOF_CROSSOVER_MAX_STREAMS], *out[SOF_CROSSOVER_MAX_STREAMS];
	struct harness *h;
	union blob blob;

	noise(in, ARRAY_SIZE(in), 1);
	make_blob(&blob, 2);
	outs(expected, 0);
	run(&stereo, 2, &blob, in, expected, FRAMES, 48);
	h = xover_new(&stereo, 2, NULL);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	for (int i = 0; i < 2; i++) {
		outs(out, 1);
		assert_int_equal(harness_configure(h, 0, &blob, blob.config.size), 0);
		feed(h, &stereo, 2, (char *)in, out, FRAMES, 48);
		assert_memory_equal(out_bytes[1], out_bytes[0], sizeof(out_bytes[0]));
	}
	/* bands may change places */
	blob.config.assign_sink[0] = 0;
	blob.config.assign_sink[1] = 1;
	outs(out, 1);
	assert_int_equal(harness_configure(h, 0, &blob, blob.config.size), 0);
	feed(h, &stereo, 2, (char *)in, out, FRAMES, 48);
	assert_memory_equal(out[0], expected[1], sizeof(in));
	assert_memory_equal(out[1], expected[0], sizeof(in));
	assert_int_equal(harness_free(&h), 0);
}

static void malformed_blobs_are_refused(void **state)
{
	enum { SHIFT = HEAD_BYTES / 4 + 5 };
	static const struct {
		unsigned int word;
		uint32_t value;
	} hostile[] = {
		{ 0, 0 },
		{ 0, HEAD_BYTES },
		{ 0, UINT32_MAX },
		{ 1, 0 },
		{ 1, 1 },
		{ 1, 3 },
		{ 1, 4 },
		{ 1, 5 },
		{ 1, UINT32_MAX },
		{ 6, 0 },
		{ 6, 2 },
		{ 7, 1 },
		{ 7, UINT32_MAX },
		{ SHIFT, 51 },
		{ SHIFT + 7, (uint32_t)-14 },
		{ SHIFT + 7, INT32_MAX },
	};
	static int32_t in[2 * FRAMES];
	char *expected[SOF_CROSSOVER_MAX_STREAMS], *out[SOF_CROSSOVER_MAX_STREAMS];
	union blob good, bad;
	struct harness *h;
	uint32_t size;

	noise(in, ARRAY_SIZE(in), 1);
	size = make_blob(&good, 2);
	outs(expected, 0);
	outs(out, 1);
	run(&stereo, 2, &good, in, expected, FRAMES, 48);
	h = xover_new(&stereo, 2, &good);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	feed(h, &stereo, 2, (char *)in, out, FRAMES / 2, 48);
	for (size_t i = 0; i < ARRAY_SIZE(hostile); i++) {
		bad = good;
		bad.words[hostile[i].word] = hostile[i].value;
		if (harness_configure(h, 0, &bad, size) != -EINVAL)
			fail_msg("word %u = %#x was taken", hostile[i].word, hostile[i].value);
	}
	for (uint32_t bytes = 1; bytes < size; bytes++) {
		bad = good;
		assert_int_equal(harness_configure(h, 0, &bad, bytes), -EINVAL);
		bad.config.size = bytes;
		assert_int_equal(harness_configure(h, 0, &bad, bytes), -EINVAL);
	}
	/* whole, but with another number of bands */
	make_blob(&bad, 3);
	assert_int_equal(harness_configure(h, 0, &bad, bad.config.size), -EINVAL);
	for (unsigned int i = 0; i < 2; i++)
		out[i] += FRAMES / 2 * 8;
	feed(h, &stereo, 2, (char *)in + FRAMES / 2 * 8, out, FRAMES / 2, 48);
	assert_memory_equal(out_bytes[1], out_bytes[0], sizeof(out_bytes[0]));
	/* stopped it may have it */
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_configure(h, 0, &bad, bad.config.size), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void a_blob_too_long_is_refused(void **state)
{
	static uint32_t words[(SOF_CROSSOVER_MAX_SIZE + 4) / 4];
	struct harness *h = xover_new(&stereo, 2, NULL);
	union blob blob;

	memcpy(words, &blob, make_blob(&blob, 2));
	words[0] = sizeof(words);
	assert_int_equal(harness_configure(h, 0, words, sizeof(words)), -EINVAL);
	words[0] = SOF_CROSSOVER_MAX_SIZE;
	assert_int_equal(harness_configure(h, 0, words, SOF_CROSSOVER_MAX_SIZE), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void a_sink_that_no_band_goes_to_is_refused(void **state)
{
	struct harness *h;
	union blob blob;

	make_blob(&blob, 2);
	h = xover_new(&stereo, 3, &blob);
	assert_int_equal(harness_prepare(h, 4096, 4096), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
	h = xover_new(&stereo, 2, &blob);
	harness_sink_queue(h, 1, 0);
	assert_int_equal(harness_prepare(h, 4096, 4096), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

/* What an init message with pins leads to. */
static void bands_and_pins_must_match(void **state)
{
	struct ipc4_output_pin_format pins[5] = { { .pin_index = 0 }, { .pin_index = 5 } };
	struct processing_module mod = { 0 };
	struct comp_dev dev = { .mod = &mod };
	struct harness *h;
	union blob blob;
	uint32_t size;

	mod.dev = &dev;
	mod.priv.cfg.nb_input_pins = 1;
	mod.priv.cfg.output_pins = pins;
	mod.priv.cfg.nb_output_pins = 5;
	assert_int_equal(xover_interface.init(&mod), -EINVAL);
	mod.priv.cfg.nb_output_pins = 2;
	mod.priv.cfg.nb_input_pins = 2;
	assert_int_equal(xover_interface.init(&mod), -EINVAL);
	mod.priv.cfg.nb_input_pins = 1;
	assert_int_equal(xover_interface.init(&mod), 0);
	size = make_blob(&blob, 2);
	assert_int_equal(xover_validate(&dev, &blob, size), -EINVAL);
	blob.config.assign_sink[0] = 5;
	assert_int_equal(xover_validate(&dev, &blob, size), 0);
	blob.config.assign_sink[1] = 5;
	assert_int_equal(xover_validate(&dev, &blob, size), -EINVAL);
	size = make_blob(&blob, 3);
	blob.config.assign_sink[2] = 5;
	blob.config.assign_sink[1] = 0;
	assert_int_equal(xover_validate(&dev, &blob, size), -EINVAL);
	assert_int_equal(xover_interface.free(&mod), 0);
	/* a single one has a band, and only that band is wanted */
	mod.priv.cfg.nb_output_pins = 1;
	assert_int_equal(xover_interface.init(&mod), 0);
	assert_int_equal(xover_validate(&dev, &blob, size), 0);
	blob.config.assign_sink[1] = 7;
	assert_int_equal(xover_validate(&dev, &blob, size), -EINVAL);
	assert_int_equal(xover_interface.free(&mod), 0);
	h = xover_new(&stereo, 1, NULL);
	assert_int_equal(harness_free(&h), 0);
}

static void other_formats_are_refused(void **state)
{
	const struct harness_format five[] = { stereo, stereo, stereo, stereo, stereo };
	const struct harness_format none = { SOF_IPC_FRAME_S32_LE, 0, 48000 };
	const struct harness_format nine = { SOF_IPC_FRAME_S32_LE, 9, 48000 };
	const struct harness_format real = { SOF_IPC_FRAME_FLOAT, 2, 48000 };
	const struct harness_format narrow[] = { stereo, { SOF_IPC_FRAME_S16_LE, 2, 48000 } };
	const struct {
		unsigned int n_in;
		const struct harness_format *in;
		unsigned int n_out;
		const struct harness_format *out;
	} wrong[] = {
		{ 2, five, 2, five },	{ 1, five, 5, five },	{ 1, five, 0, five },
		{ 1, &none, 1, &none }, { 1, &nine, 1, &nine }, { 1, &real, 1, &real },
		{ 1, five, 2, narrow },
	};
	uint8_t reply[8];

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct harness *h = xover_new(&stereo, 1, NULL);

		harness_ports(h, wrong[i].n_in, wrong[i].in, wrong[i].n_out, wrong[i].out);
		assert_int_equal(harness_prepare(h, 4096, 4096), -EINVAL);
		assert_int_equal(xover_interface.get_configuration(harness_module(h), 0, NULL,
								   reply, sizeof(reply)),
				 -EINVAL);
		assert_int_equal(harness_free(&h), 0);
	}
}

/* For the sanitizers. */
static void coefficients_far_too_large_harm_nobody(void **state)
{
	static const uint32_t values[] = { 0, 1, UINT32_MAX, INT32_MAX, 0x80000000 };
	int32_t in[2 * 96];
	char *out[SOF_CROSSOVER_MAX_STREAMS];
	uint64_t seed = 3;
	union blob blob;

	random_audio(&seed, SOF_IPC_FRAME_S32_LE, in, ARRAY_SIZE(in));
	outs(out, 0);
	for (unsigned int round = 0; round < 300; round++) {
		make_blob(&blob, 2 + round % 3);
		for (size_t i = HEAD_BYTES / 4; i < blob.config.size / 4; i++) {
			if ((i - HEAD_BYTES / 4) % 7 != 5 && random_below(&seed, 2))
				blob.words[i] = values[random_below(&seed, ARRAY_SIZE(values))];
		}
		run(&stereo, 2 + round % 3, &blob, in, out, 96, 96);
	}
}

static void no_memory_is_an_error_and_leaves_nothing(void **state)
{
	struct harness *h;
	union blob blob;
	int n = 0;

	make_blob(&blob, 2);
	for (;; n++) {
		harness_fail_allocation(n);
		if (harness_new(&h, &mod_manifest, &stereo, NULL, 0) == 0)
			break;
		assert_null(h);
		assert_int_equal(harness_free(&h), 0);
	}
	assert_true(n > 0);
	harness_fail_allocation(0);
	assert_int_equal(harness_configure(h, 0, &blob, blob.config.size), -ENOMEM);
	harness_fail_allocation(-1);
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bands_are_those_of_the_definition),
		cmocka_unit_test(bands_add_up_to_the_whole),
		cmocka_unit_test(loud_bands_saturate_in_every_format),
		cmocka_unit_test(other_widths_are_32_bits_rounded),
		cmocka_unit_test(blocks_of_any_size_give_the_same_bytes),
		cmocka_unit_test(bands_without_a_sink_are_dropped),
		cmocka_unit_test(without_a_blob_all_sinks_get_all),
		cmocka_unit_test(a_full_sink_holds_all_up),
		cmocka_unit_test(a_new_blob_begins_with_silence),
		cmocka_unit_test(malformed_blobs_are_refused),
		cmocka_unit_test(a_blob_too_long_is_refused),
		cmocka_unit_test(a_sink_that_no_band_goes_to_is_refused),
		cmocka_unit_test(bands_and_pins_must_match),
		cmocka_unit_test(other_formats_are_refused),
		cmocka_unit_test(coefficients_far_too_large_harm_nobody),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
