/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "harness.h"
#include "random.h"

#include "../../modules/level_multiplier/level_multiplier.c"

#define FRAMES 400

static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
					      SOF_IPC_FRAME_S32_LE };
static const struct harness_format stereo = { SOF_IPC_FRAME_S32_LE, 2, 48000 };

static struct harness *made(const struct harness_format *format)
{
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, format, NULL, 0), 0);
	return h;
}

/* By the formula. */
static int32_t by_definition(enum sof_ipc_frame fmt, int32_t x, int32_t gain)
{
	const int64_t top = fmt == SOF_IPC_FRAME_S16_LE	 ? INT16_MAX :
			    fmt == SOF_IPC_FRAME_S24_4LE ? INT24_MAXVALUE :
							   INT32_MAX;
	const int64_t y = ((int64_t)x * gain + (1 << 22)) >> 23;

	return (int32_t)(y > top ? top : y < -top - 1 ? -top - 1 : y);
}

static void every_sample_is_the_rounded_and_saturated_product(void **state)
{
	static int32_t in[FRAMES * 8], out[FRAMES * 8];
	uint64_t seed = 0x6c766c;

	for (unsigned int round = 0; round < 240; round++) {
		const struct harness_format format = { formats[round % 3], round / 3 % 8 + 1,
						       48000 };
		struct harness *h = made(&format);
		/* from a whisper to far too loud, of both signs */
		const int32_t gain = (int32_t)random_next(&seed) >> random_below(&seed, 20);

		random_audio(&seed, format.fmt, in, FRAMES * format.channels);
		assert_int_equal(harness_configure(h, 0, &gain, sizeof(gain)), 0);
		assert_int_equal(harness_prepare(h, 1004, 1012), 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, round % 4 * 24), 0);
		for (size_t i = 0; i < FRAMES * format.channels; i++) {
			const int32_t x = sample_at(format.fmt, in, i);

			if (sample_at(format.fmt, out, i) != by_definition(format.fmt, x, gain))
				fail_msg("format %d: %d times %d is not %d", format.fmt, x, gain,
					 sample_at(format.fmt, out, i));
		}
		assert_int_equal(harness_free(&h), 0);
	}
}

static void without_a_configuration_audio_is_copied(void **state)
{
	const struct harness_format s24 = { SOF_IPC_FRAME_S24_4LE, 1, 48000 };
	/* the top byte too, which a gain would drop */
	const int32_t in[2] = { 0x7f800000, 0x00ffffff };
	struct harness *h = made(&s24);
	const int32_t one = GAIN_ONE, twice = 2 * GAIN_ONE;
	int32_t out[2];

	assert_int_equal(harness_prepare(h, 20, 20), 0);
	assert_int_equal(harness_process(h, in, out, 2, 2), 0);
	assert_memory_equal(out, in, sizeof(in));
	assert_int_equal(harness_configure(h, 0, &twice, 4), 0);
	assert_int_equal(harness_process(h, in, out, 2, 2), 0);
	assert_int_equal(out[0], INT24_MINVALUE);
	assert_int_equal(out[1], -2);
	assert_int_equal(harness_configure(h, 0, &one, 4), 0);
	assert_int_equal(harness_process(h, in, out, 2, 2), 0);
	assert_memory_equal(out, in, sizeof(in));
	assert_int_equal(harness_free(&h), 0);
}

static void other_configurations_are_refused_and_the_gain_stays(void **state)
{
	const int32_t half[3] = { GAIN_ONE / 2 };
	const int32_t in[2] = { 1000, -1000 };
	struct harness *h = made(&stereo);
	uint32_t size = 0;
	int32_t out[2];

	assert_int_equal(harness_configure(h, 202, half, 4), 0);
	for (size_t bytes = 0; bytes <= 8; bytes++) {
		if (bytes != 4)
			assert_int_equal(harness_configure(h, 0, &half[1], bytes), -EINVAL);
	}
	assert_int_equal(harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, &half[1], 4),
			 -EINVAL);
	assert_int_equal(harness_configure(h, SOF_IPC4_ENUM_CONTROL_PARAM_ID, &half[1], 4),
			 -EINVAL);
	assert_int_equal(harness_configure_part(h, 0, MODULE_CFG_FRAGMENT_FIRST, 8, &half[1], 4),
			 -EINVAL);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_int_equal(out[0], 500);
	assert_int_equal(out[1], -500);

	assert_int_equal(level_get_configuration(harness_module(h), 0, &size, (uint8_t *)out, 8),
			 0);
	assert_int_equal(size, 4);
	assert_int_equal(out[0], half[0]);
	assert_int_equal(level_get_configuration(harness_module(h), 0, &size, (uint8_t *)out, 3),
			 -EINVAL);
	assert_int_equal(level_get_configuration(harness_module(h), 200, &size, (uint8_t *)out, 8),
			 -EINVAL);
	/* it outlasts a stop */
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 1, 1), 0);
	assert_int_equal(out[0], 500);
	assert_int_equal(harness_free(&h), 0);
}

static void formats_it_can_not_multiply_are_refused(void **state)
{
	const struct harness_format bad[] = { { SOF_IPC_FRAME_FLOAT, 2, 48000 },
					      { SOF_IPC_FRAME_S32_LE, 0, 48000 },
					      { SOF_IPC_FRAME_S32_LE, 9, 48000 },
					      { SOF_IPC_FRAME_S16_LE, 2, 48000 } };
	const struct harness_format two[2] = { stereo, stereo };
	struct harness *h = made(&stereo);

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		/* the last is one for the source and not for the sink */
		harness_ports(h, 1, &bad[i], 1, i == 3 ? &stereo : &bad[i]);
		assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	}
	harness_ports(h, 2, two, 1, two);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, two, 2, two);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void no_memory_is_an_error_and_leaves_nothing(void **state)
{
	struct harness *h;

	harness_fail_allocation(0);
	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), -ENOMEM);
	assert_int_equal(harness_free(&h), 0);
	/* there is but one */
	harness_fail_allocation(1);
	assert_int_equal(harness_new(&h, &mod_manifest, &stereo, NULL, 0), 0);
	harness_fail_allocation(-1);
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sample_is_the_rounded_and_saturated_product),
		cmocka_unit_test(without_a_configuration_audio_is_copied),
		cmocka_unit_test(other_configurations_are_refused_and_the_gain_stays),
		cmocka_unit_test(formats_it_can_not_multiply_are_refused),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
