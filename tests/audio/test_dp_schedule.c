/* SPDX-License-Identifier: BSD-3-Clause */
/* The DP scheduler: when modules run, what comes out, and what happens when one dies. */
#include "fixture.h"

static const char *const one_copy[] = { "copy" };
static const char *const three_copies[] = { "copy", "copy", "copy" };

static void every_frame_comes_out_whatever_the_format(void **state)
{
	static const unsigned int bits[] = { 16, 24, 32 };

	for (size_t i = 0; i < 3; i++) {
		for (unsigned int channels = 1; channels <= 8; channels++) {
			struct feed feed = { .rate = 48000, .frames = 1000 };
			struct collect collect = { 0 };

			make_chain(&feed, &collect, one_copy, (unsigned int[]){ 1 }, 1, channels,
				   bits[i]);
			assert_int_equal(play(&feed), 0);
			assert_int_equal(collect.frames, 1000);
			assert_int_equal(collect.wrong, 0);
			assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RESET), 0);
			assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
		}
	}
}

static void uneven_ticks_of_44100_hz_lose_nothing(void **state)
{
	static const unsigned int blocks[][3] = { { 1, 1, 1 }, { 10, 10, 10 }, { 10, 1, 7 } };

	for (size_t i = 0; i < 3; i++) {
		struct feed feed = { .rate = 44100, .frames = 44100 / 2 + 13 };
		struct collect collect = { 0 };

		make_chain(&feed, &collect, three_copies, blocks[i], 3, 2, 32);
		assert_int_equal(play(&feed), 0);
		assert_int_equal(collect.frames, feed.frames);
		assert_int_equal(collect.wrong, 0);
		assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RESET), 0);
		assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
	}
}

static void first_output_waits_for_the_first_deadline(void **state)
{
	struct feed feed = { .rate = 48000, .frames = 48000 / 10 };
	struct collect collect = { 0 };

	make_chain(&feed, &collect, one_copy, (unsigned int[]){ 10 }, 1, 2, 32);
	assert_int_equal(play(&feed), 0);
	/* ten ticks until a block is there, in the tenth it runs, ten more until its deadline */
	assert_int_equal(collect.first_tick, 9 + 10);
	assert_int_equal(stats_of("copy.1").startup_delay_ms, 10);
	assert_int_equal(collect.frames, feed.frames);
}

static void delays_of_dp_modules_in_a_row_add_up(void **state)
{
	struct feed feed = { .rate = 48000, .frames = 48000 / 10 };
	struct collect collect = { 0 };

	make_chain(&feed, &collect, three_copies, (unsigned int[]){ 10, 10, 10 }, 3, 2, 32);
	assert_int_equal(play(&feed), 0);
	assert_int_equal(collect.first_tick, 9 + 30);
	assert_int_equal(collect.frames, feed.frames);
	assert_int_equal(collect.wrong, 0);
}

static void stream_shorter_than_a_block_is_drained(void **state)
{
	struct feed feed = { .rate = 48000, .frames = 7 };
	struct collect collect = { 0 };

	make_chain(&feed, &collect, three_copies, (unsigned int[]){ 10, 20, 10 }, 3, 6, 16);
	assert_int_equal(play(&feed), 0);
	assert_int_equal(collect.frames, 7);
	assert_int_equal(collect.wrong, 0);
}

static void rest_a_module_cannot_use_does_not_stop_those_behind_it(void **state)
{
	static const char *const names[] = { "slow", "copy" };
	struct feed feed = { .rate = 48000, .frames = 480 * 3 + 100 };
	struct collect collect = { 0 };

	make_chain(&feed, &collect, names, (unsigned int[]){ 10, 7 }, 2, 2, 32);
	assert_int_equal(play(&feed), 0);
	assert_int_equal(collect.frames, 480 * 3);
	assert_int_equal(collect.wrong, 0);
}

static void figures_tell_what_happened(void **state)
{
	struct feed feed = { .rate = 48000, .frames = 4800 };
	struct collect collect = { 0 };
	struct sof_instance_stats stats;

	make_chain(&feed, &collect, one_copy, (unsigned int[]){ 10 }, 1, 2, 32);
	assert_int_equal(play(&feed), 0);
	stats = stats_of("copy.1");
	assert_true(stats.dp);
	assert_int_equal(stats.calls, 10);
	assert_int_equal(stats.bytes_in, 4800 * 8);
	assert_int_equal(stats.bytes_out, 4800 * 8);
	assert_true(stats.time_ns > 0 && stats.time_max_ns <= stats.time_ns);
	assert_true(stats.heap_used > 0 && stats.heap_used <= stats.heap_high_water);
	assert_true(stats.stack_used > 0 && stats.stack_used < stats.stack_size);
	assert_int_equal(stats.deadline_misses, 0);
	assert_string_equal(stats.domain, "copy.1");
	assert_string_equal(stats_of("feed.0").domain, "kernel");
}

static void fault_stops_the_run(void **state)
{
	static const char *const names[] = { "crash" };
	struct feed feed = { .rate = 48000, .frames = 4800 };
	struct collect collect = { 0 };

	make_chain(&feed, &collect, names, (unsigned int[]){ 1 }, 1, 2, 32);
	assert_int_equal(play(&feed), -EFAULT);
	assert_true(stats_of("crash.1").dead);
	assert_int_equal(drop_instance(module_id("crash"), 1), IPC4_INVALID_RESOURCE_ID);
	assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RESET), IPC4_INVALID_REQUEST);
	assert_int_equal(sof_ipc4_last_error(), -EFAULT);
	assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
}

/* The tick in which process() fails returns its error, and the run is over. */
static void error_of_process_is_the_result_of_its_tick(void **state)
{
	static const char *const names[] = { "copy", "fail", "copy" };
	struct feed feed = { .rate = 48000, .frames = 4800 };
	struct collect collect = { 0 };
	struct sof_failure failure;

	make_chain(&feed, &collect, names, (unsigned int[]){ 1, 1, 1 }, 3, 2, 32);
	assert_int_equal(play(&feed), -EPROTO);
	assert_true(sof_failure(&failure));
	assert_string_equal(failure.instance, "fail.2");
	assert_string_equal(failure.call, "process()");
	assert_int_equal(failure.error, -EPROTO);
	assert_true(failure.returned);
	assert_int_equal(stats_of("fail.2").calls, 2);
	assert_int_equal(stats_of("fail.2").bytes_in, 48 * 8);
	assert_false(stats_of("fail.2").dead);
}

static void muted_module_gives_silence_at_the_same_pace(void **state)
{
	static const char *const names[] = { "crash", "copy" };
	struct feed feed = { .rate = 48000, .frames = 4800 };
	struct collect collect = { 0 };

	make_chain(&feed, &collect, names, (unsigned int[]){ 10, 1 }, 2, 2, 32);
	assert_int_equal(play(&feed), 0);
	assert_int_equal(collect.frames, 4800);
	assert_int_equal(collect.wrong, 0);
	/* its first block was good */
	assert_int_equal(collect.silent, 4800 - 480);
	assert_true(stats_of("crash.1").dead);
	assert_false(stats_of("copy.2").dead);
}

static void damaged_buffer_is_found_before_it_is_used(void **state)
{
	static const char *const names[] = { "scribble" };
	struct feed feed = { .rate = 48000, .frames = 4800 };
	struct collect collect = { 0 };

	make_chain(&feed, &collect, names, (unsigned int[]){ 1 }, 1, 2, 32);
	assert_int_equal(play(&feed), -EFAULT);
}

static void damaged_buffer_is_mended_when_faults_are_muted(void **state)
{
	static const char *const names[] = { "scribble" };
	struct feed feed = { .rate = 48000, .frames = 4800 };
	struct collect collect = { 0 };

	make_chain(&feed, &collect, names, (unsigned int[]){ 1 }, 1, 2, 32);
	assert_int_equal(play(&feed), 0);
	assert_int_equal(collect.frames, 4800);
	assert_int_equal(collect.wrong, 0);
}

static void instances_of_a_type_share_a_heap(void **state)
{
	struct feed feed = { .rate = 48000, .frames = 480 };
	struct collect collect = { 0 };

	make_chain(&feed, &collect, three_copies, (unsigned int[]){ 1, 1, 1 }, 3, 2, 32);
	assert_int_equal(play(&feed), 0);
	assert_int_equal(collect.frames, 480);
	assert_string_equal(stats_of("copy.1").domain, "copy");
	assert_string_equal(stats_of("copy.3").domain, "copy");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_frame_comes_out_whatever_the_format,
						firmware_up, firmware_down),
		cmocka_unit_test_setup_teardown(uneven_ticks_of_44100_hz_lose_nothing, firmware_up,
						firmware_down),
		cmocka_unit_test_setup_teardown(first_output_waits_for_the_first_deadline,
						firmware_up, firmware_down),
		cmocka_unit_test_setup_teardown(delays_of_dp_modules_in_a_row_add_up, firmware_up,
						firmware_down),
		cmocka_unit_test_setup_teardown(stream_shorter_than_a_block_is_drained, firmware_up,
						firmware_down),
		cmocka_unit_test_setup_teardown(
			rest_a_module_cannot_use_does_not_stop_those_behind_it, firmware_up,
			firmware_down),
		cmocka_unit_test_setup_teardown(figures_tell_what_happened, firmware_up,
						firmware_down),
		cmocka_unit_test_setup_teardown(fault_stops_the_run, firmware_up, firmware_down),
		cmocka_unit_test_setup_teardown(error_of_process_is_the_result_of_its_tick,
						firmware_up, firmware_down),
		cmocka_unit_test_setup_teardown(muted_module_gives_silence_at_the_same_pace,
						firmware_up_muted, firmware_down),
		cmocka_unit_test_setup_teardown(damaged_buffer_is_found_before_it_is_used,
						firmware_up, firmware_down),
		cmocka_unit_test_setup_teardown(damaged_buffer_is_mended_when_faults_are_muted,
						firmware_up_muted, firmware_down),
		cmocka_unit_test_setup_teardown(instances_of_a_type_share_a_heap,
						firmware_up_by_type, firmware_down),
	};

	return run_on_board(tests);
}
