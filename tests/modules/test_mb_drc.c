/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "golden.h"
#include "lr4_model.h"
#include "random.h"
#include "saturation.h"

#include <stdlib.h>

#include "../../modules/mb_drc/mb_drc.c"

static const struct harness_format stereo = { SOF_IPC_FRAME_S32_LE, 2, 48000 };
static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
					      SOF_IPC_FRAME_S32_LE };

enum {
	FRAMES = 4800,
	WORDS = 2 * FRAMES,
	HEAD_BYTES = sizeof(struct sof_multiband_drc_config),
	BAND_BYTES = sizeof(struct sof_drc_params),
	BLOB_MOST = HEAD_BYTES + SOF_MULTIBAND_DRC_MAX_BANDS * BAND_BYTES,
};

union blob {
	struct sof_multiband_drc_config config;
	int32_t words[BLOB_MOST / 4];
	char bytes[BLOB_MOST + 4];
};

/* Frames a band is delayed by. */
static unsigned int delay_of(unsigned int band)
{
	return 32 * (band + 1);
}

/* A compressor from -24 dB on. */
static const struct sof_drc_params compressing = {
	.enabled = 1,
	.linear_threshold = 67748529,
	.slope = 89478485,
	.K = 2030160,
	.knee_alpha = 9723989,
	.knee_beta = -9791362,
	.knee_threshold = 33474947,
	.ratio_base = 575096676,
	.master_linear_gain = 24401431,
	.one_over_attack_frames = 7456540,
	.sat_release_frames_inv_neg = -8947849,
	.sat_release_rate_at_neg_two_db = 2062296,
	.kSpacingDb = 5,
	.kA = 4423680,
	.kB = 294359,
	.kC = 2477728,
	.kD = 622039,
	.kE = 46513,
};

/* Bands that only delay, each its time, between an emphasis and what undoes it. */
static size_t make_blob(union blob *blob, unsigned int bands)
{
	static const double corners[3] = { 0.01, 0.05, 0.15 };
	struct sof_multiband_drc_config *const config = &blob->config;

	memset(blob, 0, sizeof(*blob));
	config->size = HEAD_BYTES + bands * BAND_BYTES;
	config->num_bands = bands;
	config->enable_emp_deemp = 1;
	/* H = 1 + z^-1 / 2, and its inverse; the second biquads do nothing */
	for (int i = 0; i < 2; i++) {
		config->emp_coef[i] = (struct sof_eq_iir_biquad){ .b0 = 1 << 30,
								  .b1 = i ? 0 : 1 << 29,
								  .output_gain = 1 << 13 };
		config->deemp_coef[i] = (struct sof_eq_iir_biquad){ .b0 = 1 << 30,
								    .a1 = i ? 0 : -(1 << 29),
								    .output_gain = 1 << 14 };
	}
	model_crossover(config->crossover_coef, corners);
	for (unsigned int i = 0; i < bands; i++)
		config->drc_coef[i].pre_delay_time = model_fixed((delay_of(i) + 1) / 48000.0, 30);
	return config->size;
}

static struct harness *multiband_new(const struct harness_format *format, const union blob *blob)
{
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, format, NULL, 0), 0);
	if (blob)
		assert_int_equal(harness_configure(h, 0, blob, blob->config.size), 0);
	return h;
}

static void run(const struct harness_format *format, const union blob *blob, const void *in,
		void *out, size_t frames, size_t block)
{
	struct harness *h = multiband_new(format, blob);

	assert_int_equal(harness_prepare(h, 8192, 8196), 0);
	assert_int_equal(harness_process(h, in, out, frames, block), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void noise(int32_t *x, size_t samples, int shift)
{
	uint64_t seed = 1;

	for (size_t i = 0; i < samples; i++)
		x[i] = (int32_t)random_next(&seed) >> shift;
}

/* One channel: emphasis, split, delays, sum without band \p silent, inverse. */
static void model_run(const union blob *blob, const double *in, double *out, int silent)
{
	const struct sof_multiband_drc_config *const c = &blob->config;
	static double band[SOF_MULTIBAND_DRC_MAX_BANDS][FRAMES];
	struct model_biquad emphasis[2] = { 0 }, inverse[2] = { 0 };
	struct model_split split = { 0 };

	for (int i = 0; i < FRAMES; i++) {
		double x = in[i], bands[SOF_MULTIBAND_DRC_MAX_BANDS];

		for (int k = 0; k < 2; k++)
			x = model_filter(&emphasis[k], &c->emp_coef[k], x);
		model_split(&split, c->crossover_coef, (int)c->num_bands, x, bands);
		x = 0;
		for (int k = 0; k < (int)c->num_bands; k++) {
			band[k][i] = bands[k];
			if (k != silent && i >= (int)delay_of((unsigned int)k))
				x = model_limit(x + band[k][i - (int)delay_of((unsigned int)k)]);
		}
		for (int k = 0; k < 2; k++)
			x = model_filter(&inverse[k], &c->deemp_coef[k], x);
		out[i] = x;
	}
}

/* ---- tests ---- */

static void s16_equals_sof(void **state)
{
	golden_check(&mod_manifest, "drc_multiband", 16, "drc_multiband.blob0.bin");
}

static void s32_equals_sof(void **state)
{
	golden_check(&mod_manifest, "drc_multiband", 32, "drc_multiband.blob0.bin");
}

/* Roundings of 12 biquads and more, fed back: 2e-7 of full scale, -134 dB. */
static void bands_are_those_of_the_definition(void **state)
{
	static int32_t in[WORDS], out[WORDS];
	static double expected[FRAMES], left[FRAMES];
	union blob blob;

	noise(in, WORDS, 2);
	for (int i = 0; i < FRAMES; i++)
		left[i] = ldexp(in[2 * i], -31);
	for (unsigned int bands = 2; bands <= 4; bands++) {
		for (int silent = -1; silent < (int)bands; silent++) {
			make_blob(&blob, bands);
			model_run(&blob, left, expected, silent);
			if (silent >= 0) {
				blob.config.drc_coef[silent] = compressing;
				blob.config.drc_coef[silent].master_linear_gain = 0;
			}
			run(&stereo, &blob, in, out, FRAMES, 48);
			for (int i = 0; i < FRAMES; i++) {
				if (fabs(ldexp(out[2 * i], -31) - expected[i]) > 2e-7)
					fail_msg("%u bands, %d silent, frame %d: %g, not %g", bands,
						 silent, i, ldexp(out[2 * i], -31), expected[i]);
			}
		}
	}
}

/* Each stage is louder than the one before and has no memory, so that nothing covers a limit that
 * is not kept. */
static void every_stage_saturates_in_every_format(void **state)
{
	/* two channels at once, and one by itself */
	enum { CHANNELS = 3 };
	static int32_t in[CHANNELS * FRAMES], out[CHANNELS * FRAMES];
	static double x[FRAMES], y[FRAMES], ideal[CHANNELS * FRAMES];
	union blob blob;

	for (unsigned int bands = 2; bands <= 4; bands++) {
		make_blob(&blob, bands);
		model_loud_crossover(blob.config.crossover_coef);
		for (int i = 0; i < 2; i++) {
			blob.config.emp_coef[i].b1 = 0;
			blob.config.emp_coef[i].output_gain = i ? 1 << 14 : 1 << 15;
			blob.config.deemp_coef[i].a1 = 0;
			blob.config.deemp_coef[i].output_gain = i ? 1 << 14 : 5 << 12;
		}
		for (size_t f = 0; f < ARRAY_SIZE(saturation_formats); f++) {
			const struct harness_format format = { saturation_formats[f], CHANNELS,
							       48000 };

			saturation_audio(format.fmt, in, FRAMES, CHANNELS);
			for (unsigned int ch = 0; ch < CHANNELS; ch++) {
				for (size_t i = 0; i < FRAMES; i++)
					x[i] = sample_value(format.fmt, in, i * CHANNELS + ch);
				model_run(&blob, x, y, -1);
				for (size_t i = 0; i < FRAMES; i++)
					ideal[i * CHANNELS + ch] =
						fabs(y[i]) > 1 - 1e-9 ? 2 * y[i] : y[i];
			}
			run(&format, &blob, in, out, FRAMES, 48);
			/* bands are rounded to 16 bits for the delay */
			saturation_check(format.fmt, out, ideal, CHANNELS * FRAMES,
					 f ? 1e-7 : 4.0 / 32768);
		}
	}
}

static void without_emphasis_its_filters_are_not_used(void **state)
{
	static int32_t in[WORDS], expected[WORDS], out[WORDS];
	union blob blob;

	noise(in, WORDS, 3);
	make_blob(&blob, 3);
	for (int i = 0; i < 2; i++) {
		blob.config.emp_coef[i] =
			(struct sof_eq_iir_biquad){ .b0 = 1 << 30, .output_gain = 1 << 14 };
		blob.config.deemp_coef[i] = blob.config.emp_coef[i];
	}
	run(&stereo, &blob, in, expected, FRAMES, 48);
	blob.config.enable_emp_deemp = 0;
	for (int i = 0; i < 2; i++) {
		memset(&blob.config.emp_coef[i], 0x55, sizeof(blob.config.emp_coef[i]));
		memset(&blob.config.deemp_coef[i], 0x55, sizeof(blob.config.deemp_coef[i]));
	}
	run(&stereo, &blob, in, out, FRAMES, 48);
	assert_memory_equal(out, expected, sizeof(out));
}

static void blocks_of_any_size_give_the_same_bytes(void **state)
{
	static const size_t blocks[] = { 1, 31, 33, 0 };
	static int32_t in[3 * 1500], expected[3 * 1500], out[3 * 1500];
	union blob blob;
	uint64_t seed = 1;

	for (size_t f = 0; f < ARRAY_SIZE(formats); f++) {
		for (unsigned int bands = 2; bands <= 4; bands++) {
			const struct harness_format format = { formats[f], bands - 1, 48000 };
			const size_t bytes = 1500 * get_frame_bytes(formats[f], bands - 1);

			make_blob(&blob, bands);
			for (unsigned int i = 0; i < bands; i += 2)
				blob.config.drc_coef[i] = compressing;
			random_audio(&seed, formats[f], in, 1500 * (size_t)(bands - 1));
			run(&format, &blob, in, expected, 1500, 48);
			for (size_t b = 0; b < ARRAY_SIZE(blocks); b++) {
				run(&format, &blob, in, out, 1500, blocks[b]);
				assert_memory_equal(out, expected, bytes);
			}
		}
	}
}

static void without_a_blob_or_switched_off_audio_passes(void **state)
{
	struct {
		struct sof_ipc4_control_msg_payload head;
		struct sof_ipc4_ctrl_value_chan value;
	} off = { { .num_elems = 1 }, { 0, 0 } };
	static int32_t in[WORDS], out[WORDS];
	struct harness *h;
	union blob blob;

	noise(in, WORDS, 0);
	make_blob(&blob, 2);
	for (int with = 0; with < 2; with++) {
		h = multiband_new(&stereo, with ? &blob : NULL);
		assert_int_equal(harness_prepare(h, 4096, 4096), 0);
		if (with)
			assert_int_equal(harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID,
							   &off, sizeof(off)),
					 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, 0), 0);
		assert_memory_equal(in, out, sizeof(in));
		assert_int_equal(harness_free(&h), 0);
	}
}

static void a_new_blob_begins_with_silence(void **state)
{
	static int32_t in[WORDS], expected[3][WORDS], out[WORDS];
	union blob blob[3];
	struct harness *h;

	noise(in, WORDS, 1);
	for (unsigned int i = 0; i < 3; i++) {
		make_blob(&blob[i], i == 1 ? 4 : 2 + i / 2);
		blob[i].config.drc_coef[0] = compressing;
		run(&stereo, &blob[i], in, expected[i], FRAMES, 48);
	}
	h = multiband_new(&stereo, NULL);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	for (unsigned int i = 0; i < 3; i++) {
		assert_int_equal(harness_configure(h, 0, &blob[i], blob[i].config.size), 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, 48), 0);
		assert_memory_equal(out, expected[i], sizeof(out));
	}
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(harness_process(h, in, out, FRAMES, 48), 0);
	assert_memory_equal(out, expected[2], sizeof(out));
	assert_int_equal(harness_free(&h), 0);
}

/* Words of shifts: the sixth of a biquad. */
enum { EMPHASIS_SHIFT = 11 + 5, INVERSE_SHIFT = 11 + 14 + 5, CROSSOVER_SHIFT = 11 + 28 + 5 };

static void malformed_blobs_are_refused(void **state)
{
	static const struct {
		unsigned int word;
		int32_t value;
	} hostile[] = {
		{ 0, 0 },
		{ 0, HEAD_BYTES },
		{ 0, -1 },
		{ 1, 0 },
		{ 1, 1 },
		{ 1, 2 },
		{ 1, 4 },
		{ 1, 5 },
		{ 1, -1 },
		{ 1, 0x40000003 },
		{ EMPHASIS_SHIFT, 51 },
		{ EMPHASIS_SHIFT + 7, -14 },
		{ INVERSE_SHIFT, INT32_MIN },
		{ INVERSE_SHIFT + 7, INT32_MAX },
		{ CROSSOVER_SHIFT, 51 },
		{ CROSSOVER_SHIFT + 5 * 7, -14 },
		{ HEAD_BYTES / 4 + 4, -1 },
		{ HEAD_BYTES / 4 + 2 * 22 + 4, INT32_MIN },
	};
	static int32_t in[WORDS], expected[WORDS], out[WORDS];
	union blob good, bad;
	struct harness *h;
	uint32_t size;

	noise(in, WORDS, 1);
	size = (uint32_t)make_blob(&good, 3);
	run(&stereo, &good, in, expected, FRAMES, 48);
	h = multiband_new(&stereo, &good);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(harness_process(h, in, out, FRAMES / 2, 48), 0);
	for (size_t i = 0; i < ARRAY_SIZE(hostile); i++) {
		bad = good;
		bad.words[hostile[i].word] = hostile[i].value;
		if (harness_configure(h, 0, &bad, size) != -EINVAL)
			fail_msg("word %u = %#x was taken", hostile[i].word, hostile[i].value);
	}
	for (uint32_t bytes = 1; bytes <= size + 4; bytes++) {
		if (bytes == size)
			continue;
		bad = good;
		assert_int_equal(harness_configure(h, 0, &bad, bytes), -EINVAL);
		bad.config.size = bytes;
		assert_int_equal(harness_configure(h, 0, &bad, bytes), -EINVAL);
	}
	assert_int_equal(harness_process(h, in + WORDS / 2, out + WORDS / 2, FRAMES / 2, 48), 0);
	assert_memory_equal(out, expected, sizeof(out));
	/* what a blob does not use may be anything */
	make_blob(&good, 2);
	good.config.enable_emp_deemp = 0;
	good.words[EMPHASIS_SHIFT] = 99;
	good.words[INVERSE_SHIFT] = 99;
	good.words[CROSSOVER_SHIFT + 2 * 7] = 99;
	assert_int_equal(harness_configure(h, 0, &good, good.config.size), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void wrong_controls_are_refused(void **state)
{
	struct sof_ipc4_control_msg_payload head = { .num_elems = 1 };
	struct harness *h = multiband_new(&stereo, NULL);
	uint8_t reply[8];

	assert_int_equal(
		harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, &head, sizeof(head)),
		-EINVAL);
	assert_int_equal(harness_configure(h, SOF_IPC4_ENUM_CONTROL_PARAM_ID, &head, sizeof(head)),
			 -EINVAL);
	assert_int_equal(multiband_interface.get_configuration(harness_module(h), 0, NULL, reply,
							       sizeof(reply)),
			 -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void other_formats_are_refused(void **state)
{
	const struct harness_format two[] = { stereo, stereo };
	const struct harness_format none = { SOF_IPC_FRAME_S32_LE, 0, 48000 };
	const struct harness_format nine = { SOF_IPC_FRAME_S32_LE, 9, 48000 };
	const struct harness_format real = { SOF_IPC_FRAME_FLOAT, 2, 48000 };
	const struct harness_format narrow = { SOF_IPC_FRAME_S16_LE, 2, 48000 };
	const struct {
		unsigned int n_in;
		const struct harness_format *in;
		unsigned int n_out;
		const struct harness_format *out;
	} wrong[] = {
		{ 2, two, 1, two },	{ 1, two, 2, two },	{ 1, &none, 1, &none },
		{ 1, &nine, 1, &nine }, { 1, &real, 1, &real }, { 1, &stereo, 1, &narrow },
	};

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct harness *h = multiband_new(&stereo, NULL);

		harness_ports(h, wrong[i].n_in, wrong[i].in, wrong[i].n_out, wrong[i].out);
		assert_int_equal(harness_prepare(h, 4096, 4096), -EINVAL);
		assert_int_equal(harness_free(&h), 0);
	}
}

/* For the sanitizers. */
static void coefficients_far_too_large_harm_nobody(void **state)
{
	static const int32_t values[] = { 0, 1, -1, INT32_MAX, INT32_MIN };
	int32_t in[2 * 320], out[2 * 320];
	union blob blob;
	uint64_t seed = 3;

	random_audio(&seed, SOF_IPC_FRAME_S32_LE, in, ARRAY_SIZE(in));
	for (int round = 0; round < 300; round++) {
		const size_t words = make_blob(&blob, 2 + (unsigned int)round % 3) / 4;

		for (size_t i = 11; i < words; i++) {
			const size_t at = i < HEAD_BYTES / 4 ? (i - 11) % 7 : 0;

			if (at != 5 && random_below(&seed, 2))
				blob.words[i] = values[random_below(&seed, ARRAY_SIZE(values))];
		}
		for (unsigned int i = 0; i < blob.config.num_bands; i++) {
			blob.config.drc_coef[i].enabled = 1;
			blob.config.drc_coef[i].pre_delay_time &= INT32_MAX;
		}
		run(&stereo, &blob, in, out, 320, 160);
	}
}

static void no_memory_is_an_error_and_leaves_what_was_in_use(void **state)
{
	static int32_t in[WORDS], expected[WORDS], out[WORDS];
	union blob two, four;
	struct harness *h;
	int n = 0;

	noise(in, WORDS, 1);
	make_blob(&two, 2);
	make_blob(&four, 4);
	run(&stereo, &two, in, expected, FRAMES, 48);
	for (;; n++) {
		harness_fail_allocation(n);
		if (harness_new(&h, &mod_manifest, &stereo, NULL, 0) == 0)
			break;
		assert_null(h);
		assert_int_equal(harness_free(&h), 0);
	}
	assert_true(n > 0);
	harness_fail_allocation(0);
	assert_int_equal(harness_configure(h, 0, &two, two.config.size), -ENOMEM);
	harness_fail_allocation(-1);
	assert_int_equal(harness_configure(h, 0, &two, two.config.size), 0);
	for (int i = 0; i < 2; i++) {
		harness_fail_allocation(i);
		assert_int_equal(harness_prepare(h, 4096, 4096), -ENOMEM);
	}
	harness_fail_allocation(-1);
	assert_int_equal(harness_prepare(h, 4096, 4096), 0);
	assert_int_equal(harness_process(h, in, out, FRAMES / 2, 48), 0);
	/* two more bands: the blob comes, its memory doesn't */
	for (int i = 0; i < 2; i++) {
		harness_fail_allocation(-1);
		assert_int_equal(harness_configure(h, 0, &four, four.config.size), 0);
		harness_fail_allocation(i);
		assert_int_equal(harness_call(h), -ENOMEM);
	}
	harness_fail_allocation(-1);
	assert_int_equal(harness_process(h, in + WORDS / 2, out + WORDS / 2, FRAMES / 2, 48), 0);
	assert_memory_equal(out, expected, sizeof(out));
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s16_equals_sof),
		cmocka_unit_test(s32_equals_sof),
		cmocka_unit_test(bands_are_those_of_the_definition),
		cmocka_unit_test(every_stage_saturates_in_every_format),
		cmocka_unit_test(without_emphasis_its_filters_are_not_used),
		cmocka_unit_test(blocks_of_any_size_give_the_same_bytes),
		cmocka_unit_test(without_a_blob_or_switched_off_audio_passes),
		cmocka_unit_test(a_new_blob_begins_with_silence),
		cmocka_unit_test(malformed_blobs_are_refused),
		cmocka_unit_test(wrong_controls_are_refused),
		cmocka_unit_test(other_formats_are_refused),
		cmocka_unit_test(coefficients_far_too_large_harm_nobody),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_what_was_in_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
