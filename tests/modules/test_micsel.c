/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "golden.h"
#include "random.h"

#include "../../modules/micsel/micsel.c"

#include <math.h>
#include <stdlib.h>

#define FRAMES 601

static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
					      SOF_IPC_FRAME_S32_LE };
static const struct harness_format stereo = { SOF_IPC_FRAME_S32_LE, 2, 48000 };
static const struct harness_format mono = { SOF_IPC_FRAME_S32_LE, 1, 48000 };

static void s16_equals_sof(void **state)
{
	golden_check(&mod_manifest, "micsel", 16, "micsel.blob0.bin");
}

static void s32_equals_sof(void **state)
{
	golden_check(&mod_manifest, "micsel", 32, "micsel.blob0.bin");
}

static struct harness *made(const struct harness_format *in, const struct harness_format *out)
{
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, in, NULL, 0), 0);
	harness_ports(h, 1, in, 1, out);
	return h;
}

static struct ipc4_selector_coeffs_config profile_for(unsigned int in, unsigned int out,
						      int16_t coeff)
{
	struct ipc4_selector_coeffs_config profile = { 0 };

	profile.source_channels_count = (uint8_t)in;
	profile.sink_channels_count = (uint8_t)out;
	for (unsigned int i = 0; i < MATRIX_CHANNELS_MAX; i++)
		profile.coeffs[i][0] = coeff;
	return profile;
}

/* By the formula, in numbers that hold every sum exactly: nothing may differ. */
static int32_t by_definition(enum sof_ipc_frame fmt, const void *frame, size_t at,
			     unsigned int inputs, const int16_t *coeffs)
{
	const double top = fmt == SOF_IPC_FRAME_S16_LE	? INT16_MAX :
			   fmt == SOF_IPC_FRAME_S24_4LE ? INT24_MAXVALUE :
							  (double)INT32_MAX;
	double sum = 0;

	for (unsigned int j = 0; j < inputs; j++)
		sum += (double)sample_at(fmt, frame, at + j) * coeffs[j];
	sum = floor(sum / MATRIX_ONE + 0.5);
	return (int32_t)(sum > top ? top : sum < -top - 1 ? -top - 1 : sum);
}

/* Sums of the largest magnitude still fit into 32 bits in S16: 15 + 10 + 3 + 1. */
static void every_output_is_the_rounded_and_saturated_sum(void **state)
{
	static int32_t in[FRAMES * 8], out[FRAMES * 8];
	uint64_t seed = 0x6d696373656c;

	for (unsigned int round = 0; round < 3 * 8 * 8; round++) {
		const struct harness_format from = { formats[round % 3], round / 3 % 8 + 1, 48000 };
		const struct harness_format to = { formats[round % 3], round / 24 + 1, 48000 };
		struct ipc4_selector_coeffs_config profile = { 0 };
		struct harness *h = made(&from, &to);

		for (unsigned int i = 0; i < 8; i++) {
			for (unsigned int j = 0; j < 8; j++)
				profile.coeffs[i][j] =
					(int16_t)((int)random_below(&seed, 4096) - 2048);
		}
		random_audio(&seed, from.fmt, in, FRAMES * from.channels);
		assert_int_equal(harness_configure(h, 0, &profile, sizeof(profile)), 0);
		/* neither buffer holds a whole number of frames */
		assert_int_equal(harness_prepare(h, 1004, 1028), 0);
		assert_int_equal(harness_process(h, in, out, FRAMES, round % 4 * 16), 0);
		for (size_t i = 0; i < FRAMES * to.channels; i++) {
			const size_t frame = i / to.channels, ch = i % to.channels;
			const int32_t expected = by_definition(from.fmt, in, frame * from.channels,
							       from.channels, profile.coeffs[ch]);

			if (sample_at(to.fmt, out, i) != expected)
				fail_msg("round %u sample %zu: %d instead of %d", round, i,
					 sample_at(to.fmt, out, i), expected);
		}
		assert_int_equal(harness_free(&h), 0);
	}
}

static void s16_sums_wrap_at_32_bits(void **state)
{
	const struct harness_format eight = { SOF_IPC_FRAME_S16_LE, 8, 48000 };
	const struct harness_format one = { SOF_IPC_FRAME_S16_LE, 1, 48000 };
	struct ipc4_selector_coeffs_config profile = { 0 };
	struct harness *h = made(&eight, &one);
	uint32_t sum = 0;
	int16_t in[8], out;

	for (unsigned int j = 0; j < 8; j++) {
		in[j] = INT16_MIN;
		profile.coeffs[0][j] = INT16_MIN + 1;
		sum += (uint32_t)((int32_t)in[j] * profile.coeffs[0][j]);
	}
	assert_int_equal(harness_configure(h, 0, &profile, sizeof(profile)), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, &out, 1, 1), 0);
	assert_int_equal(out, sat_int16((int32_t)(sum + 512) >> 10));
	assert_int_equal(harness_free(&h), 0);
}

static void the_top_byte_of_s24_says_nothing(void **state)
{
	const struct harness_format s24 = { SOF_IPC_FRAME_S24_4LE, 1, 48000 };
	const struct ipc4_selector_coeffs_config profile = profile_for(1, 1, 2048);
	const int32_t in[2] = { 0x00fffffe, 0x7f400000 };
	struct harness *h = made(&s24, &s24);
	int32_t out[2];

	assert_int_equal(harness_configure(h, 0, &profile, sizeof(profile)), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 2, 2), 0);
	assert_int_equal(out[0], -4);
	assert_int_equal(out[1], INT24_MAXVALUE);
	/* a container of 32 bits is taken for 32, whatever is valid of it, as on the board */
	harness_source_container(h, 0, SOF_IPC_FRAME_S32_LE);
	harness_sink_container(h, 0, SOF_IPC_FRAME_S32_LE);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 2, 2), 0);
	assert_int_equal(out[0], 0x01fffffc);
	assert_int_equal(out[1], INT32_MAX);
	assert_int_equal(harness_free(&h), 0);
}

static void without_a_configuration_channels_pass_and_the_rest_is_silent(void **state)
{
	const struct harness_format three = { SOF_IPC_FRAME_S32_LE, 3, 48000 };
	const int32_t in[4] = { 1, INT32_MIN, INT32_MAX, -4 };
	const int32_t spread[6] = { 1, INT32_MIN, 0, INT32_MAX, -4, 0 };
	const int32_t picked[2] = { 1, INT32_MAX };
	int32_t out[6];
	struct harness *h = made(&stereo, &three);

	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 2, 1), 0);
	assert_memory_equal(out, spread, sizeof(spread));
	assert_int_equal(harness_free(&h), 0);

	h = made(&stereo, &mono);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, out, 2, 1), 0);
	assert_memory_equal(out, picked, sizeof(picked));
	assert_int_equal(harness_free(&h), 0);

	h = made(&stereo, &stereo);
	assert_int_equal(harness_prepare(h, 20, 28), 0);
	assert_int_equal(harness_process(h, in, out, 2, 2), 0);
	assert_memory_equal(out, in, sizeof(in));
	assert_int_equal(harness_free(&h), 0);
}

/* What is heard of 1024 tells which profile was taken. */
static int32_t heard(const struct harness_format *from, const struct harness_format *to,
		     const struct ipc4_selector_coeffs_config *profiles, size_t count)
{
	const int32_t in[8] = { 1024 };
	int32_t out[8] = { 0 };
	struct harness *h = made(from, to);
	int ret;

	assert_int_equal(harness_configure(h, 0, profiles, count * sizeof(*profiles)), 0);
	ret = harness_prepare(h, 64, 64);
	if (ret == 0) {
		assert_int_equal(harness_process(h, in, out, 1, 1), 0);
		ret = out[0];
	}
	assert_int_equal(harness_free(&h), 0);
	return ret;
}

static void of_several_profiles_the_one_for_the_channels_is_taken(void **state)
{
	const struct ipc4_selector_coeffs_config profiles[] = { profile_for(8, 8, 5),
								profile_for(2, 1, 7),
								profile_for(2, 1, 9),
								profile_for(1, 2, 11) };
	const struct ipc4_selector_coeffs_config single = profile_for(6, 2, 13);

	assert_int_equal(heard(&stereo, &mono, profiles, 4), 7);
	assert_int_equal(heard(&mono, &stereo, profiles, 4), 11);
	assert_int_equal(heard(&stereo, &stereo, profiles, 4), 5);
	assert_int_equal(heard(&mono, &mono, profiles + 1, 3), -EINVAL);
	assert_int_equal(heard(&mono, &stereo, profiles, 3), -EINVAL);
	/* a single one is for all */
	assert_int_equal(heard(&stereo, &mono, &single, 1), 13);
}

static void a_configuration_counts_from_the_next_call_and_a_bad_one_changes_nothing(void **state)
{
	const struct ipc4_selector_coeffs_config half = profile_for(2, 1, 512);
	const struct ipc4_selector_coeffs_config wrong[2] = { profile_for(1, 1, 1),
							      profile_for(4, 1, 1) };
	const int32_t in[2] = { 1000, 0 };
	struct harness *h = made(&stereo, &mono);
	int32_t out;

	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, &out, 1, 1), 0);
	assert_int_equal(out, 1000);
	assert_int_equal(harness_configure(h, 0, &half, sizeof(half)), 0);
	assert_int_equal(harness_process(h, in, &out, 1, 1), 0);
	assert_int_equal(out, 500);
	assert_int_equal(harness_configure(h, 0, wrong, sizeof(wrong)), -EINVAL);
	assert_int_equal(harness_process(h, in, &out, 1, 1), 0);
	assert_int_equal(out, 500);
	/* and after a stop it is still there */
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(harness_process(h, in, &out, 1, 1), 0);
	assert_int_equal(out, 500);
	assert_int_equal(harness_free(&h), 0);
}

static void configurations_of_other_sizes_and_ids_are_refused(void **state)
{
	const size_t one = sizeof(struct ipc4_selector_coeffs_config);
	struct ipc4_selector_coeffs_config profiles[PROFILES_MAX + 1] = { { 0 } };
	struct harness *h = made(&stereo, &stereo);
	uint8_t back[sizeof(profiles)];
	uint32_t size;

	for (size_t bytes = 0; bytes <= sizeof(profiles); bytes++)
		assert_int_equal(
			harness_configure(h, 0, profiles, bytes),
			bytes && bytes % one == 0 && bytes <= PROFILES_MAX * one ? 0 : -EINVAL);
	assert_int_equal(harness_configure(h, 1, profiles, one), -EINVAL);
	assert_int_equal(harness_configure_part(h, 0, MODULE_CFG_FRAGMENT_FIRST, (uint32_t)one,
						profiles, one),
			 -EINVAL);
	assert_int_equal(harness_configure_part(h, 0, MODULE_CFG_FRAGMENT_SINGLE, (uint32_t)one,
						profiles, one - 1),
			 -EINVAL);

	profiles[0] = profile_for(3, 4, 5);
	assert_int_equal(harness_configure(h, 0, profiles, one), 0);
	assert_int_equal(
		micsel_interface.get_configuration(harness_module(h), 0, &size, back, sizeof(back)),
		0);
	assert_int_equal(size, one);
	assert_memory_equal(back, profiles, one);
	assert_int_equal(
		micsel_interface.get_configuration(harness_module(h), 0, &size, back, one - 1),
		-EINVAL);
	assert_int_equal(micsel_interface.get_configuration(harness_module(h), 1, &size, back, one),
			 -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static int made_with(const void *init, size_t size, unsigned int sink_channels)
{
	const struct harness_format out = { SOF_IPC_FRAME_S32_LE, sink_channels, 48000 };
	struct harness *h;
	int ret = harness_new(&h, &mod_manifest, &stereo, init, size);

	if (ret)
		return ret;
	harness_ports(h, 1, &stereo, 1, &out);
	ret = harness_prepare(h, 64, 64);
	assert_int_equal(harness_free(&h), 0);
	return ret ? -ENOTCONN : 0;
}

static void the_init_message_says_how_many_channels_come_out(void **state)
{
	struct {
		struct ipc4_base_module_cfg_ext head;
		struct ipc4_input_pin_format in;
		struct ipc4_output_pin_format out;
	} pins = { .head = { .nb_input_pins = 1, .nb_output_pins = 1 } };
	struct ipc4_audio_format format = { .channels_count = 1 };

	pins.out.audio_fmt.channels_count = 3;
	assert_int_equal(made_with(&pins, sizeof(pins), 3), 0);
	assert_int_equal(made_with(&pins, sizeof(pins), 2), -ENOTCONN);
	assert_int_equal(made_with(&format, sizeof(format), 1), 0);
	assert_int_equal(made_with(&format, sizeof(format), 2), -ENOTCONN);

	for (size_t size = 1; size < sizeof(pins); size++)
		assert_int_equal(made_with(&pins, size, 1), -EINVAL);
	format.channels_count = 0;
	assert_int_equal(made_with(&format, sizeof(format), 1), -EINVAL);
	format.channels_count = 9;
	assert_int_equal(made_with(&format, sizeof(format), 1), -EINVAL);
	pins.head.nb_output_pins = 2;
	assert_int_equal(made_with(&pins, sizeof(pins), 3), -EINVAL);
	pins.head = (struct ipc4_base_module_cfg_ext){ .nb_output_pins = 1 };
	assert_int_equal(made_with(&pins, sizeof(pins), 3), -EINVAL);
}

static void formats_it_can_not_mix_are_refused(void **state)
{
	const struct harness_format ends[][2] = {
		{ { SOF_IPC_FRAME_S32_LE, 2, 48000 }, { SOF_IPC_FRAME_S16_LE, 2, 48000 } },
		{ { SOF_IPC_FRAME_FLOAT, 2, 48000 }, { SOF_IPC_FRAME_FLOAT, 2, 48000 } },
		{ { SOF_IPC_FRAME_S32_LE, 9, 48000 }, { SOF_IPC_FRAME_S32_LE, 2, 48000 } },
		{ { SOF_IPC_FRAME_S32_LE, 2, 48000 }, { SOF_IPC_FRAME_S32_LE, 9, 48000 } },
		{ { SOF_IPC_FRAME_S32_LE, 0, 48000 }, { SOF_IPC_FRAME_S32_LE, 2, 48000 } },
	};
	const struct harness_format two[2] = { stereo, stereo };
	struct harness *h;

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		h = made(&ends[i][0], &ends[i][1]);
		assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
		assert_int_equal(harness_free(&h), 0);
	}
	/* 16 bits of 32 */
	h = made(&ends[0][1], &ends[0][1]);
	harness_source_container(h, 0, SOF_IPC_FRAME_S32_LE);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
	h = made(&stereo, &stereo);
	harness_ports(h, 2, two, 1, two);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 1, two, 2, two);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

/* A sink somebody else holds: the error comes back, and the source is free again. */
static void a_busy_sink_is_an_error_and_holds_nothing(void **state)
{
	const int32_t in[2] = { 10, 20 };
	struct harness *h = made(&stereo, &mono);
	void *data, *start;
	int32_t out;
	size_t size;

	assert_int_equal(harness_prepare(h, 64, 64), 0);
	assert_int_equal(sink_get_buffer(harness_sink(h, 0), 4, &data, &start, &size), 0);
	assert_int_equal(harness_put(h, 0, in, sizeof(in)), sizeof(in));
	assert_int_equal(harness_call(h), -EBUSY);
	assert_int_equal(sink_commit_buffer(harness_sink(h, 0), 0), 0);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, &out, sizeof(out)), sizeof(out));
	assert_int_equal(out, 10);
	/* nothing there, nothing done */
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, &out, sizeof(out)), 0);
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
		cmocka_unit_test(s16_equals_sof),
		cmocka_unit_test(s32_equals_sof),
		cmocka_unit_test(every_output_is_the_rounded_and_saturated_sum),
		cmocka_unit_test(s16_sums_wrap_at_32_bits),
		cmocka_unit_test(the_top_byte_of_s24_says_nothing),
		cmocka_unit_test(without_a_configuration_channels_pass_and_the_rest_is_silent),
		cmocka_unit_test(of_several_profiles_the_one_for_the_channels_is_taken),
		cmocka_unit_test(
			a_configuration_counts_from_the_next_call_and_a_bad_one_changes_nothing),
		cmocka_unit_test(configurations_of_other_sizes_and_ids_are_refused),
		cmocka_unit_test(the_init_message_says_how_many_channels_come_out),
		cmocka_unit_test(formats_it_can_not_mix_are_refused),
		cmocka_unit_test(a_busy_sink_is_an_error_and_holds_nothing),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
