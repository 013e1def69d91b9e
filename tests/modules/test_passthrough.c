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

static void streams_it_can_not_copy_are_refused(void **state)
{
	const struct harness_format two[2] = { { SOF_IPC_FRAME_S16_LE, 2, 48000 },
					       { SOF_IPC_FRAME_S16_LE, 2, 48000 } };
	const struct harness_format mono = { SOF_IPC_FRAME_S16_LE, 1, 48000 };
	const struct harness_format wide = { SOF_IPC_FRAME_S32_LE, 2, 48000 };

	prepare_refuses(2, two, 1, two);
	prepare_refuses(1, two, 2, two);
	prepare_refuses(1, two, 1, &mono);
	prepare_refuses(1, two, 1, &wide);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(audio_comes_out_as_it_went_in),
		cmocka_unit_test(streams_it_can_not_copy_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
