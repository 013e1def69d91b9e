/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"
#include "harness.h"
#include "random.h"

#include "../../modules/mixout/mixout.c"

#include <sof/audio/format.h>

#define FRAMES 300

static const enum sof_ipc_frame formats[] = { SOF_IPC_FRAME_S16_LE, SOF_IPC_FRAME_S24_4LE,
					      SOF_IPC_FRAME_S32_LE };
/* period of 2 frames */
static const struct harness_format mono[8] = {
	{ SOF_IPC_FRAME_S32_LE, 1, 2000 }, { SOF_IPC_FRAME_S32_LE, 1, 2000 },
	{ SOF_IPC_FRAME_S32_LE, 1, 2000 }, { SOF_IPC_FRAME_S32_LE, 1, 2000 },
	{ SOF_IPC_FRAME_S32_LE, 1, 2000 }, { SOF_IPC_FRAME_S32_LE, 1, 2000 },
	{ SOF_IPC_FRAME_S32_LE, 1, 2000 }, { SOF_IPC_FRAME_S32_LE, 1, 2000 },
};

static struct harness *made(unsigned int sources, const struct harness_format *format)
{
	struct harness_format in[HARNESS_PORTS_MAX];
	struct harness *h;

	assert_int_equal(harness_new(&h, &mod_manifest, format, NULL, 0), 0);
	for (unsigned int i = 0; i < sources; i++)
		in[i] = *format;
	harness_ports(h, sources, in, 1, format);
	return h;
}

static int32_t saturated(enum sof_ipc_frame fmt, int64_t sum)
{
	const int64_t top = fmt == SOF_IPC_FRAME_S16_LE	 ? INT16_MAX :
			    fmt == SOF_IPC_FRAME_S24_4LE ? INT24_MAXVALUE :
							   INT32_MAX;

	return (int32_t)(sum > top ? top : sum < -top - 1 ? -top - 1 : sum);
}

static void samples_are_summed_in_order_of_queues_and_saturated_each_time(void **state)
{
	static char in[8][FRAMES * 32], out[FRAMES * 32];
	uint64_t seed = 0x6d69786f7574;

	for (unsigned int round = 0; round < 96; round++) {
		const enum sof_ipc_frame fmt = formats[round % 3];
		const struct harness_format format = { fmt, round / 3 % 4 * 2 + round % 2 + 1,
						       48000 };
		const unsigned int sources = round / 12 + 1;
		const size_t bytes = get_sample_bytes(fmt);
		const size_t all = FRAMES * format.channels * bytes;
		struct harness *h = made(sources, &format);
		size_t put[8] = { 0 }, got = 0;

		for (unsigned int i = 0; i < sources; i++)
			random_audio(&seed, fmt, in[i], FRAMES * format.channels);
		assert_int_equal(harness_prepare(h, 1004, 1012), 0);
		/* of different amounts, as those come that a DP module gets */
		harness_as_dp(h);
		while (got < all) {
			for (unsigned int i = 0; i < sources; i++) {
				const size_t more = random_below(&seed, 400) * bytes;

				put[i] +=
					harness_put(h, i, in[i] + put[i], MIN(more, all - put[i]));
			}
			assert_int_equal(harness_call(h), 0);
			got += harness_take(h, 0, out + got, random_below(&seed, 400) * bytes);
		}
		for (size_t i = 0; i < FRAMES * format.channels; i++) {
			int32_t sum = sample_at(fmt, in[0], i);

			for (unsigned int k = 1; k < sources; k++)
				sum = saturated(fmt, (int64_t)sum + sample_at(fmt, in[k], i));
			assert_int_equal(sample_at(fmt, out, i), sum);
		}
		assert_int_equal(harness_free(&h), 0);
	}
}

static void the_top_byte_of_s24_says_nothing(void **state)
{
	const struct harness_format s24 = { SOF_IPC_FRAME_S24_4LE, 1, 48000 };
	const int32_t a = 0x00fffffe, b = 0x55000001, c = 0x7f7fffff;
	struct harness *h = made(2, &s24);
	int32_t out;

	assert_int_equal(harness_prepare(h, 64, 64), 0);
	harness_put(h, 0, &a, 4);
	harness_put(h, 1, &b, 4);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, &out, 4), 4);
	assert_int_equal(out, -1);
	harness_put(h, 0, &c, 4);
	harness_put(h, 1, &b, 4);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, &out, 4), 4);
	assert_int_equal(out, INT24_MAXVALUE);
	assert_int_equal(harness_free(&h), 0);
}

static void in_the_ll_task_an_empty_source_counts_as_a_period_of_silence(void **state)
{
	const int32_t in[3] = { 10, 20, 30 };
	struct harness *h = made(2, mono);
	int32_t out[3];

	assert_int_equal(harness_prepare(h, 64, 64), 0);
	harness_put(h, 0, in, sizeof(in));
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 8);
	assert_memory_equal(out, in, 8);
	/* what comes now meets what was left */
	harness_put(h, 1, in, 4);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 4);
	assert_int_equal(out[0], 40);
	/* nothing at all makes nothing */
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void a_dp_module_waits_for_a_source_that_has_not_ended(void **state)
{
	const int32_t in[3] = { 10, 20, 30 };
	struct harness *h = made(2, mono);
	int32_t out[3];

	assert_int_equal(harness_prepare(h, 64, 64), 0);
	harness_as_dp(h);
	harness_put(h, 0, in, sizeof(in));
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 0);
	harness_put(h, 1, in, 4);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 4);
	assert_int_equal(out[0], 20);
	harness_end(h, 1);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 8);
	assert_memory_equal(out, in + 1, 8);
	harness_end(h, 0);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, out, sizeof(out)), 0);
	assert_int_equal(harness_free(&h), 0);
}

/* What is left of an ended source is summed before it is left out. */
static void a_source_that_ended_plays_to_its_end(void **state)
{
	const int32_t in[4] = { 1, 2, 3, 4 };
	const int32_t expected[4] = { 2, 4, 3, 4 };
	int32_t out[4];

	for (int dp = 0; dp < 2; dp++) {
		struct harness *h = made(2, mono);

		assert_int_equal(harness_prepare(h, 64, 64), 0);
		if (dp)
			harness_as_dp(h);
		harness_put(h, 0, in, 16);
		harness_put(h, 1, in, 8);
		harness_end(h, 0);
		harness_end(h, 1);
		assert_int_equal(harness_call(h), 0);
		assert_int_equal(harness_call(h), 0);
		assert_int_equal(harness_take(h, 0, out, sizeof(out)), 16);
		assert_memory_equal(out, expected, sizeof(expected));
		assert_int_equal(harness_free(&h), 0);
	}
}

static void streams_it_can_not_sum_are_refused(void **state)
{
	const struct harness_format bad[] = { { SOF_IPC_FRAME_FLOAT, 2, 48000 },
					      { SOF_IPC_FRAME_S32_LE, 0, 48000 },
					      { SOF_IPC_FRAME_S32_LE, 9, 48000 } };
	const struct harness_format other[2] = { mono[0], { SOF_IPC_FRAME_S32_LE, 2, 2000 } };
	struct harness *h = made(1, mono);

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		harness_ports(h, 1, &bad[i], 1, &bad[i]);
		assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	}
	harness_ports(h, 2, other, 1, mono);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 2, mono, 2, mono);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 0, mono, 1, mono);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	harness_ports(h, 8, mono, 1, mono);
	assert_int_equal(harness_prepare(h, 64, 64), 0);
	/* 16 bits of 32 */
	harness_ports(h, 1, &(struct harness_format){ SOF_IPC_FRAME_S16_LE, 1, 2000 }, 1,
		      &(struct harness_format){ SOF_IPC_FRAME_S16_LE, 1, 2000 });
	harness_source_container(h, 0, SOF_IPC_FRAME_S32_LE);
	assert_int_equal(harness_prepare(h, 64, 64), -EINVAL);
	assert_int_equal(harness_reset(h), 0);
	assert_int_equal(harness_free(&h), 0);
}

static void a_held_source_is_an_error_and_holds_no_other_end(void **state)
{
	struct harness *h = made(2, mono);
	const void *data, *start;
	const int32_t in = 5;
	int32_t out;
	size_t size;

	assert_int_equal(harness_prepare(h, 64, 64), 0);
	harness_put(h, 0, &in, 4);
	harness_put(h, 1, &in, 4);
	assert_int_equal(source_get_data(harness_source(h, 1), 4, &data, &start, &size), 0);
	assert_int_equal(harness_call(h), -EBUSY);
	assert_int_equal(source_release_data(harness_source(h, 1), 0), 0);
	assert_int_equal(harness_call(h), 0);
	assert_int_equal(harness_take(h, 0, &out, sizeof(out)), sizeof(out));
	assert_int_equal(out, 10);
	assert_int_equal(harness_free(&h), 0);
}

static void no_memory_is_an_error_and_leaves_nothing(void **state)
{
	struct harness *h;

	harness_fail_allocation(0);
	assert_int_equal(harness_new(&h, &mod_manifest, mono, NULL, 0), -ENOMEM);
	assert_int_equal(harness_free(&h), 0);
	/* there is but one */
	harness_fail_allocation(1);
	assert_int_equal(harness_new(&h, &mod_manifest, mono, NULL, 0), 0);
	harness_fail_allocation(-1);
	assert_int_equal(harness_free(&h), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_are_summed_in_order_of_queues_and_saturated_each_time),
		cmocka_unit_test(the_top_byte_of_s24_says_nothing),
		cmocka_unit_test(in_the_ll_task_an_empty_source_counts_as_a_period_of_silence),
		cmocka_unit_test(a_dp_module_waits_for_a_source_that_has_not_ended),
		cmocka_unit_test(a_source_that_ended_plays_to_its_end),
		cmocka_unit_test(streams_it_can_not_sum_are_refused),
		cmocka_unit_test(a_held_source_is_an_error_and_holds_no_other_end),
		cmocka_unit_test(no_memory_is_an_error_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
