/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "golden.h"
#include "saturation.h"

#include "../../modules/eqiir/eqiir.c"

static const struct harness_format stereo = { SOF_IPC_FRAME_S32_LE, 2, 48000 };

/* Two channels, one response each: two biquads in series, two in parallel. */
#define BLOB_WORDS (7 + 2 + 2 * (6 + 2 * 7))
static const uint32_t good_blob[BLOB_WORDS] = {
	BLOB_WORDS * 4,
	2,
	2,
	0,
	0,
	0,
	0,
	0,
	1,
	2,
	2,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	1 << 30,
	0,
	1 << 14,
	0,
	0,
	0,
	0,
	1 << 30,
	0,
	1 << 14,
	2,
	1,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	1 << 30,
	0,
	1 << 13,
	0,
	0,
	0,
	0,
	1 << 30,
	1,
	1 << 14,
};

static void s16_equals_sof(void **state)
{
	golden_check(&mod_manifest, "eqiir", 16, "eqiir.blob0.bin");
}

static void s32_equals_sof(void **state)
{
	golden_check(&mod_manifest, "eqiir", 32, "eqiir.blob0.bin");
}

static void flat_responses_pass_audio_whatever_their_structure(void **state)
{
	const int32_t in[8] = { 1000, -1000, 1 << 30, 1 << 20, -(1 << 30), 4, 8, 1 << 28 };
	int32_t out[8];
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	assert_int_equal(harness_configure(h, 0, good_blob, sizeof(good_blob)), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 4, 3), 0);
	assert_memory_equal(in, out, sizeof(in));
	assert_int_equal(harness_free(&h), 0);
}

/* Left: the sum of a biquad, fed back. Right: a biquad's output gain, and the sum of two branches. */
static void every_limit_of_a_response_is_reached_in_every_format(void **state)
{
	enum { FRAMES = 96, LEFT = 15, RIGHT = 35, BIQUAD = 7, A1 = 1, B1 = 3, B0 = 4, GAIN = 6 };
	static int32_t in[2 * FRAMES], out[2 * FRAMES];
	uint32_t blob[BLOB_WORDS];
	double ideal[2 * FRAMES];
	struct harness *h;

	memcpy(blob, good_blob, sizeof(blob));
	blob[LEFT + B0] = 3u << 29;
	blob[LEFT + B1] = (uint32_t) - (1 << 29);
	blob[LEFT + A1] = 1 << 28;
	blob[RIGHT + GAIN] = 1 << 15;
	for (size_t f = 0; f < ARRAY_SIZE(saturation_formats); f++) {
		const struct harness_format format = { saturation_formats[f], 2, 48000 };
		double x1 = 0, y1 = 0;

		saturation_audio(format.fmt, in, FRAMES, 2);
		for (size_t i = 0; i < 2 * FRAMES; i += 2) {
			const double x = sample_value(format.fmt, in, i);
			const double right = sample_value(format.fmt, in, i + 1);

			ideal[i] = 1.5 * x - 0.5 * x1 + 0.25 * y1;
			x1 = x;
			y1 = full_scale(ideal[i]);
			/* the second branch has half the gain */
			ideal[i + 1] = full_scale(2 * right) + right / 2;
		}
		assert_int_equal(harness_new(&h, &mod_manifest, &format, NULL, 0), 0);
		assert_int_equal(harness_configure(h, 0, blob, sizeof(blob)), 0);
		assert_int_equal(harness_prepare(h, 1000, 1000), 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, 7), 0);
		saturation_check(format.fmt, out, ideal, 2 * FRAMES, 1e-8);
		assert_int_equal(harness_free(&h), 0);
	}
}

static void a_new_blob_counts_from_the_next_call(void **state)
{
	const int32_t in[2] = { 1 << 20, 1 << 20 };
	const int32_t half[2] = { 1 << 20, 1 << 19 };
	uint32_t blob[BLOB_WORDS];
	int32_t out[2];
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_memory_equal(in, out, sizeof(in));
	memcpy(blob, good_blob, sizeof(blob));
	blob[BLOB_WORDS - 1] = 0; /* one of the two parallel halves is silent now */
	assert_int_equal(harness_configure(h, 0, blob, sizeof(blob)), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_memory_equal(half, out, sizeof(half));
	/* the first one took its place at once, this one waits for its turn */
	assert_int_equal(harness_configure(h, 0, good_blob, sizeof(good_blob)), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_memory_equal(in, out, sizeof(in));
	assert_int_equal(harness_free(&h), 0);
}

static void more_channels_than_the_blob_names_go_like_its_last(void **state)
{
	const struct harness_format six = { SOF_IPC_FRAME_S32_LE, 6, 48000 };
	const int32_t in[6] = { 16, 16, 16, 16, 16, 16 };
	const int32_t expected[6] = { 16, 8, 8, 8, 8, 8 };
	uint32_t blob[BLOB_WORDS];
	int32_t out[6];
	struct harness *h;

	memcpy(blob, good_blob, sizeof(blob));
	blob[BLOB_WORDS - 1] = 0;
	assert_int_equal(harness_new(&h, &mod_manifest, &six, NULL, 0), 0);
	assert_int_equal(harness_configure(h, 0, blob, sizeof(blob)), 0);
	assert_int_equal(harness_prepare(h, 48, 48), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_memory_equal(expected, out, sizeof(expected));
	assert_int_equal(harness_free(&h), 0);
}

static void truncated_blobs_are_refused(void **state)
{
	uint32_t blob[BLOB_WORDS];
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	memcpy(blob, good_blob, sizeof(blob));
	for (uint32_t size = 1; size < sizeof(blob); size++) {
		blob[0] = sizeof(blob);
		assert_int_not_equal(harness_configure(h, 0, blob, size), 0);
		blob[0] = size; /* and one that tells its size right */
		assert_int_not_equal(harness_configure(h, 0, blob, size), 0);
	}
	assert_int_equal(harness_free(&h), 0);
}

/* Each word of size, count or index, by itself. */
static void hostile_words_are_refused(void **state)
{
	static const struct {
		unsigned int word;
		uint32_t value;
	} hostile[] = {
		{ 0, 0 },
		{ 0, BLOB_WORDS * 4 - 4 },
		{ 0, BLOB_WORDS * 4 + 4 },
		{ 0, UINT32_MAX },
		{ 1, 0 },
		{ 1, 9 },
		{ 1, UINT32_MAX },
		{ 1, 0x40000000 },
		{ 1, 8 },
		{ 2, 0 },
		{ 2, 1 },
		{ 2, 3 },
		{ 2, 9 },
		{ 2, UINT32_MAX },
		{ 7, 2 },
		{ 7, INT32_MAX },
		{ 8, 2 },
		{ 8, 100 },
		{ 9, 0 },
		{ 9, 3 },
		{ 9, 11 },
		{ 9, 12 },
		{ 9, UINT32_MAX },
		{ 9, 0x24924925 },
		{ 10, 0 },
		{ 10, 3 },
		{ 10, UINT32_MAX },
		{ 20, 51 },
		{ 20, (uint32_t)-14 },
		{ 20, INT32_MAX },
		{ 20, 0x80000000 },
		{ 29, 0 },
		{ 29, 3 },
		{ 29, UINT32_MAX },
		{ 30, 0 },
		{ 30, 3 },
	};
	struct harness *h;
	uint32_t blob[BLOB_WORDS];

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	for (size_t i = 0; i < ARRAY_SIZE(hostile); i++) {
		memcpy(blob, good_blob, sizeof(blob));
		blob[hostile[i].word] = hostile[i].value;
		if (harness_configure(h, 0, blob, sizeof(blob)) != -EINVAL)
			fail_msg("word %u = %#x was taken", hostile[i].word, hostile[i].value);
	}
	assert_int_equal(harness_free(&h), 0);
}

static void coefficients_far_too_large_harm_nobody(void **state)
{
	int32_t in[64], out[64];
	uint32_t blob[BLOB_WORDS];
	struct harness *h;

	memcpy(blob, good_blob, sizeof(blob));
	for (unsigned int i = 15; i < 15 + 14; i++)
		if (i != 20 && i != 27)
			blob[i] = i & 1 ? 0x80000000 : 0x7fffffff;
	for (unsigned int i = 0; i < 64; i++)
		in[i] = i & 2 ? INT32_MIN : INT32_MAX;
	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	assert_int_equal(harness_configure(h, 0, blob, sizeof(blob)), 0);
	assert_int_equal(harness_prepare(h, 256, 256), 0);
	assert_int_equal(harness_process(h, in, out, 32, 7), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void no_memory_is_an_error_and_leaves_nothing(void **state)
{
	struct harness *h;
	int n = 0;

	for (;; n++) {
		harness_fail_allocation(n);
		if (harness_new(&h, &mod_manifest, &stereo, NULL, 0) == 0)
			break;
		assert_null(h);
		assert_int_equal(harness_free(&h), 0);
	}
	harness_fail_allocation(0);
	assert_int_equal(harness_configure(h, 0, good_blob, sizeof(good_blob)), -ENOMEM);
	harness_fail_allocation(-1);
	assert_true(n > 0);
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s16_equals_sof),
		cmocka_unit_test(s32_equals_sof),
		cmocka_unit_test(flat_responses_pass_audio_whatever_their_structure),
		cmocka_unit_test(every_limit_of_a_response_is_reached_in_every_format),
		cmocka_unit_test(a_new_blob_counts_from_the_next_call),
		cmocka_unit_test(more_channels_than_the_blob_names_go_like_its_last),
		cmocka_unit_test(truncated_blobs_are_refused),
		cmocka_unit_test(hostile_words_are_refused),
		cmocka_unit_test(coefficients_far_too_large_harm_nobody),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
