/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "harness.h"

#include "../../modules/passthrough/passthrough.c"

static void audio_comes_out_as_it_went_in(void **state)
{
	static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
						      SOF_IPC_FRAME_S32_LE };
	struct harness_format format = { SOF_IPC_FRAME_S16_LE, 6, 44100 };
	static char in[441 * 24], out[441 * 24];
	struct harness *h;

	for (size_t i = 0; i < sizeof(in); i++)
		in[i] = (char)(i * 31 + i / 256);
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		format.fmt = formats[i];
		assert_int_equal(harness_new(&h, &mod_manifest, &format, NULL, 0), 0);
		assert_int_equal(harness_prepare(h, 1000, 1100), 0);
		assert_int_equal(harness_process(h, in, out, 441, 0), 0);
		assert_memory_equal(in, out, 441 * get_frame_bytes(format.fmt, 6));
		assert_int_equal(harness_free(&h), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(audio_comes_out_as_it_went_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
