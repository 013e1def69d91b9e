/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "golden.h"
#include "saturation.h"

#include "../../modules/gain/gain.c"

#define FRAMES 4800 /* 100 ms */
#define FULL   (1 << 30)

static const struct harness_format stereo = { SOF_IPC_FRAME_S32_LE, 2, 48000 };

static void s16_equals_sof(void **state)
{
	golden_check(&mod_manifest, "gain", 16, NULL);
}

static void s32_equals_sof(void **state)
{
	golden_check(&mod_manifest, "gain", 32, NULL);
}

static struct ipc4_peak_volume_config volume(uint32_t channel, uint32_t target, uint32_t curve,
					     uint32_t ms)
{
	const struct ipc4_peak_volume_config config = { channel, target, curve, 0, ms * 10000ull };

	return config;
}

/* The gain over time of left and right, as the output of a constant. */
static void ramp_of(struct harness *h, int32_t *out, size_t frames, size_t block)
{
	static int32_t in[FRAMES * 2];

	for (size_t i = 0; i < frames * 2; i++)
		in[i] = FULL;
	assert_int_equal(harness_process(h, in, out, frames, block), 0);
}

static void check_curve(uint32_t curve, uint32_t ms, int blocks_at_random)
{
	const struct ipc4_peak_volume_config config =
		volume(IPC4_ALL_CHANNELS_MASK, 0x40000000, curve, ms);
	static int32_t small[FRAMES * 2], large[FRAMES * 2];
	struct harness *h;

	for (int pass = 0; pass < 2; pass++) {
		assert_int_equal(harness_new(&h, &mod_manifest, &stereo, &config, sizeof(config)),
				 0);
		assert_int_equal(harness_prepare(h, 8000, 8000), 0);
		ramp_of(h, pass ? large : small, FRAMES, pass ? 480 : blocks_at_random ? 0 : 48);
		assert_int_equal(harness_free(&h), 0);
	}
	assert_memory_equal(small, large, sizeof(small));
	for (size_t i = 1; i < FRAMES; i++)
		assert_true(small[2 * i] >= small[2 * i - 2]);
	if (ms)
		assert_int_equal(small[0], 0);
	assert_int_equal(small[2 * FRAMES - 2], FULL / 2);
	assert_int_equal(small[2 * FRAMES - 1], FULL / 2);
}

static void every_curve_rises_to_its_target_whatever_the_blocks(void **state)
{
	check_curve(IPC4_AUDIO_CURVE_TYPE_LINEAR, 20, 1);
	check_curve(IPC4_AUDIO_CURVE_TYPE_LINEAR, 40, 1);
	check_curve(IPC4_AUDIO_CURVE_TYPE_LINEAR_ZC, 90, 1);
	check_curve(IPC4_AUDIO_CURVE_TYPE_WINDOWS_FADE, 20, 1);
	check_curve(IPC4_AUDIO_CURVE_TYPE_WINDOWS_FADE, 90, 0);
	check_curve(IPC4_AUDIO_CURVE_TYPE_NONE, 0, 1);
}

static void a_fade_follows_the_power_of_1_75(void **state)
{
	const struct ipc4_peak_volume_config config =
		volume(IPC4_ALL_CHANNELS_MASK, INT32_MAX, IPC4_AUDIO_CURVE_TYPE_WINDOWS_FADE, 64);
	static int32_t out[FRAMES * 2];
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, &config, sizeof(config)), 0);
	assert_int_equal(harness_prepare(h, 8000, 8000), 0);
	ramp_of(h, out, FRAMES, 48);
	for (size_t ms = 0; ms <= 64; ms++) {
		/* x^1.75 = x sqrt(x) sqrt(sqrt(x)), by Newton's way */
		const double x = (double)ms / 64;
		double root = 1, fourth = 1;

		for (int i = 0; i < 60 && x > 0; i++)
			root = (root + x / root) / 2;
		for (int i = 0; i < 60 && x > 0; i++)
			fourth = (fourth + root / fourth) / 2;
		assert_true((double)out[2 * ms * 48] / FULL - x * root * fourth < 1e-3);
		assert_true((double)out[2 * ms * 48] / FULL - x * root * fourth > -1e-3);
	}
	assert_int_equal(harness_free(&h), 0);
}

static void channels_move_by_themselves_up_and_down(void **state)
{
	struct ipc4_peak_volume_config config =
		volume(IPC4_ALL_CHANNELS_MASK, INT32_MAX, IPC4_AUDIO_CURVE_TYPE_NONE, 0);
	static int32_t out[FRAMES * 2];
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, &config, sizeof(config)), 0);
	assert_int_equal(harness_prepare(h, 8000, 8000), 0);
	ramp_of(h, out, 100, 0);
	assert_int_equal(out[0], FULL);
	config = volume(1, 0, IPC4_AUDIO_CURVE_TYPE_WINDOWS_FADE, 33);
	assert_int_equal(harness_configure(h, IPC4_VOLUME, &config, sizeof(config)), 0);
	ramp_of(h, out, FRAMES, 0);
	for (size_t i = 0; i < FRAMES; i++) {
		assert_int_equal(out[2 * i], FULL);
		assert_true(out[2 * i + 1] >= 0);
		if (i)
			assert_true(out[2 * i + 1] <= out[2 * i - 1]);
	}
	assert_int_equal(out[2 * FRAMES - 1], 0);
	assert_int_equal(harness_free(&h), 0);
}

/* Full volume copies; the gain next to it multiplies. No gain is above 1, so that the ends come out
 * as they are or one step nearer to 0. */
static void both_ends_of_every_format_pass_at_full_volume(void **state)
{
	static int32_t in[2 * FRAMES], out[2 * FRAMES];
	struct harness *h;
	uint64_t seed = 11;

	for (size_t f = 0; f < 2 * ARRAY_SIZE(saturation_formats); f++) {
		const int32_t gain = INT32_MAX - (int32_t)(f % 2);
		const struct ipc4_peak_volume_config config = volume(
			IPC4_ALL_CHANNELS_MASK, (uint32_t)gain, IPC4_AUDIO_CURVE_TYPE_NONE, 0);
		const struct harness_format format = { saturation_formats[f / 2], 2, 48000 };
		const int32_t top = INT32_MAX >> (32 - format_bits(format.fmt));
		unsigned int ends[2] = { 0 };

		random_audio(&seed, format.fmt, in, 2 * FRAMES);
		assert_int_equal(harness_new(&h, &mod_manifest, &format, &config, sizeof(config)),
				 0);
		assert_int_equal(harness_prepare(h, 8000, 8000), 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, 48), 0);
		for (size_t i = 0; i < 2 * FRAMES; i++) {
			const int32_t x = sample_at(format.fmt, in, i);
			const int64_t y = f % 2 ? (x * (int64_t)gain + (1 << 30)) >> 31 : x;

			assert_int_equal(sample_at(format.fmt, out, i), (int32_t)y);
			ends[0] += x == top;
			ends[1] += x == -top - 1;
		}
		assert_true(ends[0] && ends[1]);
		assert_int_equal(harness_free(&h), 0);
	}
}

static void a_switch_mutes_and_unmutes(void **state)
{
	struct {
		struct sof_ipc4_control_msg_payload head;
		struct sof_ipc4_ctrl_value_chan value[2];
	} control;
	static int32_t out[FRAMES * 2];
	struct harness *h;

	memset(&control, 0, sizeof(control));
	control.head.num_elems = 2;
	control.value[0].value = 1;
	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	assert_int_equal(harness_prepare(h, 8000, 8000), 0);
	assert_int_equal(
		harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, &control, sizeof(control)),
		0);
	ramp_of(h, out, FRAMES, 48);
	assert_int_equal(out[2 * FRAMES - 2], FULL);
	assert_int_equal(out[2 * FRAMES - 1], 0);
	control.value[1].value = 1;
	assert_int_equal(
		harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, &control, sizeof(control)),
		0);
	ramp_of(h, out, FRAMES, 48);
	assert_int_equal(out[2 * FRAMES - 1], FULL);
	for (size_t size = 0; size < sizeof(control); size++)
		assert_int_equal(
			harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, &control, size),
			-EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void malformed_configurations_are_refused(void **state)
{
	struct ipc4_peak_volume_config config[9];
	struct harness *h;

	for (unsigned int i = 0; i < 9; i++)
		config[i] = volume(0, 1000, IPC4_AUDIO_CURVE_TYPE_LINEAR, 20);
	for (size_t size = 1; size <= sizeof(config); size++) {
		const int expected =
			size % sizeof(config[0]) || size > 8 * sizeof(config[0]) ? -EINVAL : 0;

		assert_int_equal(harness_new(&h, &mod_manifest, &stereo, config, size), expected);
		assert_int_equal(harness_free(&h), 0);
	}
	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	for (size_t size = 0; size < sizeof(config[0]); size++)
		assert_int_equal(harness_configure(h, IPC4_VOLUME, config, size), -EINVAL);
	config[0] = volume(2, 1000, IPC4_AUDIO_CURVE_TYPE_LINEAR, 20);
	assert_int_equal(harness_configure(h, IPC4_VOLUME, config, sizeof(config[0])), -EINVAL);
	config[0] = volume(0, 0x80000000, IPC4_AUDIO_CURVE_TYPE_LINEAR, 20);
	assert_int_equal(harness_configure(h, IPC4_VOLUME, config, sizeof(config[0])), -EINVAL);
	config[0] = volume(0, 1, 77, UINT32_MAX);
	assert_int_equal(harness_configure(h, IPC4_VOLUME, config, sizeof(config[0])), 0);
	assert_int_equal(harness_configure(h, IPC4_SET_ATTENUATION, config, 4), 0);
	assert_int_equal(harness_configure(h, IPC4_SET_ATTENUATION, config, 3), -EINVAL);
	assert_int_equal(harness_configure(h, 99, config, 4), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s16_equals_sof),
		cmocka_unit_test(s32_equals_sof),
		cmocka_unit_test(every_curve_rises_to_its_target_whatever_the_blocks),
		cmocka_unit_test(a_fade_follows_the_power_of_1_75),
		cmocka_unit_test(channels_move_by_themselves_up_and_down),
		cmocka_unit_test(both_ends_of_every_format_pass_at_full_volume),
		cmocka_unit_test(a_switch_mutes_and_unmutes),
		cmocka_unit_test(malformed_configurations_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
