/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "harness.h"

#include "../../modules/template/template.c"

struct switch_control {
	struct sof_ipc4_control_msg_payload head;
	struct sof_ipc4_ctrl_value_chan value;
};

static struct switch_control switch_to(uint32_t value)
{
	struct switch_control control;

	memset(&control, 0, sizeof(control));
	control.head.num_elems = 1;
	control.value.value = value;
	return control;
}

static void check(enum sof_ipc_frame fmt, const void *in, const void *expected, bool on)
{
	const struct harness_format format = { fmt, 3, 48000 };
	const size_t bytes = 4 * get_frame_bytes(fmt, 3);
	const struct switch_control control = switch_to(on);
	char out[4 * 3 * 4];
	struct harness *h;

	/* 40 bytes are neither a whole number of frames of 6 nor of 12 bytes */
	for (size_t block = 1; block <= 3; block++) {
		assert_int_equal(harness_new(&h, &mod_manifest, &format, NULL, 0), 0);
		assert_int_equal(harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, &control,
						   sizeof(control)),
				 0);
		assert_int_equal(harness_prepare(h, 40, 40), 0);
		assert_int_equal(harness_process(h, in, out, 4, block), 0);
		assert_memory_equal(out, expected, bytes);
		assert_int_equal(harness_reset(h), 0);
		assert_int_equal(harness_free(&h), 0);
	}
}

static void channels_are_turned_round_when_on_and_copied_when_off(void **state)
{
	const int16_t in16[12] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2, -3 };
	const int16_t round16[12] = { 3, 2, 1, 6, 5, 4, 9, 8, 7, -3, -2, -1 };
	const int32_t in32[12] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, INT32_MIN, -2, INT32_MAX };
	const int32_t round32[12] = { 3, 2, 1, 6, 5, 4, 9, 8, 7, INT32_MAX, -2, INT32_MIN };

	check(SOF_IPC_FRAME_S16_LE, in16, round16, true);
	check(SOF_IPC_FRAME_S16_LE, in16, in16, false);
	check(SOF_IPC_FRAME_S24_4LE, in32, round32, true);
	check(SOF_IPC_FRAME_S32_LE, in32, round32, true);
	check(SOF_IPC_FRAME_S32_LE, in32, in32, false);
}

static void controls_that_are_not_the_switch_are_refused(void **state)
{
	const struct harness_format format = { SOF_IPC_FRAME_S16_LE, 2, 48000 };
	struct switch_control control = switch_to(1);
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, &format, NULL, 0), 0);
	for (size_t size = 0; size < sizeof(control); size++)
		assert_int_equal(
			harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, &control, size),
			-EINVAL);
	assert_int_equal(
		harness_configure(h, SOF_IPC4_ENUM_CONTROL_PARAM_ID, &control, sizeof(control)),
		-EINVAL);
	control.head.id = 1;
	assert_int_equal(
		harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, &control, sizeof(control)),
		-EINVAL);
	control.head.id = 0;
	control.head.num_elems = UINT16_MAX;
	assert_int_equal(
		harness_configure(h, SOF_IPC4_SWITCH_CONTROL_PARAM_ID, &control, sizeof(control)),
		-EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

/* Its formats are no concern of init(). */
static void prepare_refuses(unsigned int n_in, const struct harness_format *in, unsigned int n_out,
			    const struct harness_format *out)
{
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, in, NULL, 0), 0);
	harness_ports(h, n_in, in, n_out, out);
	assert_int_equal(harness_prepare(h, 1440, 1440), -EINVAL);
	assert_int_equal(harness_free(&h), 0);
}

static void streams_it_can_not_turn_round_are_refused(void **state)
{
	const struct harness_format two[2] = { { SOF_IPC_FRAME_S16_LE, 2, 48000 },
					       { SOF_IPC_FRAME_S16_LE, 2, 48000 } };
	const struct harness_format mono = { SOF_IPC_FRAME_S16_LE, 1, 48000 };
	const struct harness_format wide = { SOF_IPC_FRAME_S32_LE, 2, 48000 };
	const struct harness_format none = { SOF_IPC_FRAME_S16_LE, 0, 48000 };
	const struct harness_format nine = { SOF_IPC_FRAME_S16_LE, PLATFORM_MAX_CHANNELS + 1,
					     48000 };
	const struct harness_format bytes = { SOF_IPC_FRAME_U8, 2, 48000 };
	const struct harness_format packed = { SOF_IPC_FRAME_S24_3LE, 2, 48000 };

	prepare_refuses(2, two, 1, two);
	prepare_refuses(1, two, 2, two);
	prepare_refuses(1, two, 1, &mono);
	prepare_refuses(1, two, 1, &wide);
	prepare_refuses(1, &none, 1, &none);
	prepare_refuses(1, &nine, 1, &nine);
	prepare_refuses(1, &bytes, 1, &bytes);
	prepare_refuses(1, &packed, 1, &packed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(channels_are_turned_round_when_on_and_copied_when_off),
		cmocka_unit_test(controls_that_are_not_the_switch_are_refused),
		cmocka_unit_test(streams_it_can_not_turn_round_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
