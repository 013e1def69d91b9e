/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "golden.h"
#include "saturation.h"

#include "../../modules/dcblock/dcblock.c"

static const struct harness_format stereo = { SOF_IPC_FRAME_S32_LE, 2, 48000 };

static void s16_equals_sof(void **state)
{
	golden_check(&mod_manifest, "dcblock", 16, "dcblock.blob0.bin");
}

static void s32_equals_sof(void **state)
{
	golden_check(&mod_manifest, "dcblock", 32, "dcblock.blob0.bin");
}

static void audio_passes_unchanged_without_a_blob(void **state)
{
	const int32_t in[8] = { INT32_MAX, INT32_MIN, 1, -1, 0, 12345, INT32_MIN, INT32_MAX };
	int32_t out[8];
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 4, 1), 0);
	assert_memory_equal(in, out, sizeof(in));
	assert_int_equal(harness_free(&h), 0);
}

static void s24_ignores_the_top_byte(void **state)
{
	const struct harness_format s24 = { SOF_IPC_FRAME_S24_4LE, 1, 48000 };
	const int32_t clean[3] = { 0x123456, -0x123456, INT24_MINVALUE };
	const int32_t dirty[3] = { 0x55123456, (-0x123456 & 0xffffff) | 0x33000000, 0x7f800000 };
	int32_t out[3];
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &s24, NULL, 0), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, dirty, out, 3, 3), 0);
	assert_memory_equal(clean, out, sizeof(clean));
	assert_int_equal(harness_free(&h), 0);
}

static void steps_at_full_scale_saturate_in_every_format(void **state)
{
	enum { FRAMES = 96, CHANNELS = 3 };
	static int32_t in[FRAMES * CHANNELS], out[FRAMES * CHANNELS];
	int32_t half[PLATFORM_MAX_CHANNELS];
	double ideal[FRAMES * CHANNELS];
	struct harness *h;

	for (unsigned int ch = 0; ch < PLATFORM_MAX_CHANNELS; ch++)
		half[ch] = ONE_Q2_30 / 2;
	for (size_t f = 0; f < ARRAY_SIZE(saturation_formats); f++) {
		const struct harness_format format = { saturation_formats[f], CHANNELS, 48000 };
		double x[CHANNELS] = { 0 }, y[CHANNELS] = { 0 };

		saturation_audio(format.fmt, in, FRAMES, CHANNELS);
		for (int i = 0; i < FRAMES * CHANNELS; i++) {
			const double now = sample_value(format.fmt, in, (size_t)i);
			const int ch = i % CHANNELS;

			ideal[i] = now - x[ch] + y[ch] / 2;
			x[ch] = now;
			y[ch] = full_scale(ideal[i]);
		}
		assert_int_equal(harness_new(&h, &mod_manifest, &format, NULL, 0), 0);
		assert_int_equal(harness_configure(h, 0, half, sizeof(half)), 0);
		assert_int_equal(harness_prepare(h, 1000, 1000), 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, 7), 0);
		saturation_check(format.fmt, out, ideal, FRAMES * CHANNELS, 1e-8);
		assert_int_equal(harness_free(&h), 0);
	}
}

static void bad_blobs_are_refused_and_the_old_one_stays(void **state)
{
	int32_t good[PLATFORM_MAX_CHANNELS + 1], bad[PLATFORM_MAX_CHANNELS];
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	for (unsigned int i = 0; i <= PLATFORM_MAX_CHANNELS; i++)
		good[i] = 0x3eb851ec;
	assert_int_equal(harness_configure(h, 0, good, sizeof(bad)), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	for (size_t size = 1; size < sizeof(good); size++) {
		if (size != sizeof(bad))
			assert_int_not_equal(harness_configure(h, 0, good, size), 0);
	}
	for (unsigned int i = 0; i < PLATFORM_MAX_CHANNELS; i++) {
		memcpy(bad, good, sizeof(bad));
		bad[i] = ONE_Q2_30 + 1;
		assert_int_equal(harness_configure(h, 0, bad, sizeof(bad)), -EINVAL);
		bad[i] = INT32_MIN;
		assert_int_equal(harness_configure(h, 0, bad, sizeof(bad)), -EINVAL);
	}
	{
		const struct dcblock_data *dd = module_get_private_data(harness_module(h));

		assert_memory_equal(dd->R_coeffs, good, sizeof(dd->R_coeffs));
	}
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
	harness_fail_allocation(-1);
	assert_true(n > 0);
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s16_equals_sof),
		cmocka_unit_test(s32_equals_sof),
		cmocka_unit_test(audio_passes_unchanged_without_a_blob),
		cmocka_unit_test(s24_ignores_the_top_byte),
		cmocka_unit_test(steps_at_full_scale_saturate_in_every_format),
		cmocka_unit_test(bad_blobs_are_refused_and_the_old_one_stays),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
