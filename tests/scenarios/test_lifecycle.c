/* SPDX-License-Identifier: BSD-3-Clause */
/* What SOF's userspace work got wrong over a module's life, repeated and put right. */
#include "../audio/fixture.h"

#include <firmware.h>
#include <heap.h>
#include <string.h>
#include <valgrind/valgrind.h>

static const char *const copies[] = { "copy", "probe", "copy" };

static int up(void **state)
{
	return firmware_up_as(
		&(struct sof_audio_config){ .share = SOF_SHARE_GRANT, .mute_on_fault = true });
}

static void play_some(struct feed *feed, uint64_t frames)
{
	for (int n = 0; feed->sent < frames && n < 1000; n++)
		assert_true(tick() >= 0);
}

static void paused_and_resumed_stream_loses_nothing(void **state)
{
	struct feed feed = { .rate = 48000, .frames = 48000 };
	struct collect collect = { 0 };

	make_chain(&feed, &collect, copies, (unsigned int[]){ 10, 1, 3 }, 3, 2, 32);
	for (unsigned int n = 1; n <= 50; n++) {
		play_some(&feed, n * 480);
		assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED), IPC4_SUCCESS);
		for (unsigned int idle = 0; idle < n % 5; idle++)
			assert_true(tick() >= 0);
		assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RUNNING), IPC4_SUCCESS);
	}
	assert_int_equal(play(&feed), 0);
	assert_int_equal(collect.frames, feed.frames);
	assert_int_equal(collect.wrong, 0);
}

/* 8511704055: what was in a buffer at a reset came out after the next start. */
static void reset_empties_the_buffers(void **state)
{
	struct feed feed = { .rate = 48000, .frames = 4800 };
	struct collect collect = { 0 };

	make_chain(&feed, &collect, copies, (unsigned int[]){ 10, 1, 3 }, 3, 2, 32);
	for (unsigned int n = 1; n <= 20; n++) {
		play_some(&feed, 1000 + n);
		assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED), IPC4_SUCCESS);
		assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RESET), IPC4_SUCCESS);
		memset(&collect, 0, sizeof(collect));
		feed.sent = 0;
		feed.ticks = 0;
		assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RUNNING), IPC4_SUCCESS);
	}
	assert_int_equal(play(&feed), 0);
	assert_int_equal(collect.frames, feed.frames);
	assert_int_equal(collect.wrong, 0);
}

static void instance_is_deleted_without_unbind(void **state)
{
	for (unsigned int n = 0; n < 30; n++) {
		struct feed feed = { .rate = 48000, .frames = 4800 };
		struct collect collect = { 0 };

		make_chain(&feed, &collect, copies, (unsigned int[]){ 10, 1, 3 }, 3, 2, 32);
		play_some(&feed, 100 * n);
		if (n % 3)
			assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED),
					 IPC4_SUCCESS);
		if (n % 3 == 2)
			assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RESET), IPC4_SUCCESS);
		/* refused while it plays; gone with its buffers otherwise */
		if (drop_instance(module_id(n % 2 ? "copy" : "probe"), n % 2 ? 1 : 2))
			assert_int_equal(n % 3, 0);
		assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED), IPC4_SUCCESS);
		assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
		assert_true(list_is_empty(&firmware_get()->links));
		assert_true(list_is_empty(&firmware_get()->instances));
		assert_true(list_is_empty(&firmware_get()->domains));
		assert_true(list_is_empty(&firmware_get()->constants));
	}
}

static void written_global_is_told_and_a_shared_one_is_not(void **state)
{
	struct make make = {
		.module = module_id("probe"), .instance = 1, .pipeline = 1, .dp = true
	};

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_equal(make_instance(&make), IPC4_SUCCESS);
	/* the twin first: it lives */
	assert_int_equal(probe(1, PROBE_SHARED, NULL, 0), 0);
	assert_int_equal(probe_shared & 0xff, 0x5a);
	if (RUNNING_ON_VALGRIND)
		return;
	assert_int_equal(probe(1, PROBE_GLOBAL, NULL, 0), -EFAULT);
	assert_int_equal(last_fault.kind, HOST_FAULT_ACCESS);
	assert_int_equal(last_fault.access, HOST_ACCESS_WRITE);
	assert_int_equal(last_fault.address, (uintptr_t)&probe_global);
	assert_int_equal(last_fault.where.kind, HOST_MEMORY_KERNEL_DATA);
	assert_string_equal(last_fault.thread_name, "probe.1");
	assert_int_equal(probe_global, 0);
}

/* Everything that can be made, in every model; first bad status. */
static uint32_t build(const char *const names[], size_t count)
{
	static struct feed feed;
	const void *feed_at = &feed;
	struct make make = { .module = module_id("feed"),
			     .pipeline = 1,
			     .data = &feed_at,
			     .data_size = sizeof(feed_at) };
	unsigned int last = make.module, last_instance = 0;
	uint32_t status = make_pipeline(1);

	if (!status)
		status = make_instance(&make);
	for (unsigned int i = 0; !status && i < count; i++) {
		make.module = module_id(names[i]);
		make.instance = i + 1;
		make.dp = true;
		make.domain_id = 1 + i / 2;
		status = make_instance(&make);
		if (!status)
			status = bind(last, last_instance, make.module, make.instance);
		if (!status && !strcmp(names[i], "probe") &&
		    probe(make.instance, PROBE_GET, probe_table, 4096))
			status = IPC4_OUT_OF_MEMORY;
		last = make.module;
		last_instance = make.instance;
	}
	if (!status)
		status = set_state(1, SOF_IPC4_PIPELINE_STATE_PAUSED);
	return status;
}

static void each_failing_allocation_leaves_nothing_in_any_model(void **state)
{
	static const char *const names[] = { "probe", "greedy", "probe" };

	for (unsigned int model = 0; model < 6; model++) {
		const struct sof_audio_config config = {
			.domain_model = (enum sof_domain_model)(model / 2),
			.share = (enum sof_share)(model % 2),
		};
		unsigned long allocations, refused = 0;

		assert_int_equal(firmware_up_as(&config), 0);
		allocations = host_alloc_count();
		assert_int_equal(build(names, 3), IPC4_SUCCESS);
		allocations = host_alloc_count() - allocations;
		firmware_down(state);
		for (unsigned long n = 1; n <= allocations; n++) {
			assert_int_equal(firmware_up_as(&config), 0);
			host_alloc_fail_at(n);
			refused += build(names, 3) != IPC4_SUCCESS;
			host_alloc_fail_at(0);
			drop_pipeline(1);
			assert_true(list_is_empty(&firmware_get()->links));
			assert_true(list_is_empty(&firmware_get()->instances));
			assert_true(list_is_empty(&firmware_get()->domains));
			assert_true(list_is_empty(&firmware_get()->constants));
			firmware_down(state);
		}
		assert_true(refused > allocations / 2);
	}
}

/* 7d0621eef0, 3072cce56e: the second of a kind, again and again, in either order of end. */
static void two_of_a_kind_come_and_go(void **state)
{
	struct make make = { .module = module_id("probe"), .pipeline = 1, .dp = true };
	unsigned int parts = 0;

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	for (unsigned int n = 0; n < 40; n++) {
		const unsigned int stays = n % 2 + 1, goes = 2 - n % 2;
		struct sof_domain_stats stats;

		for (make.instance = 1; make.instance <= 2; make.instance++) {
			if (n && make.instance == 2 - (n - 1) % 2)
				assert_int_equal(make_instance(&make), IPC4_SUCCESS);
			else if (!n)
				assert_int_equal(make_instance(&make), IPC4_SUCCESS);
		}
		for (unsigned int i = 1; i <= 2; i++)
			if (n == 0 || i == 2 - (n - 1) % 2)
				assert_int_equal(probe(i, PROBE_GET, probe_table, 4096), 0);
		assert_int_equal(sof_domain_stats(0, &stats), 0);
		host_memory_open();
		parts = n ? parts : stats.partitions;
		assert_int_equal(stats.partitions, parts);
		assert_int_equal(drop_instance(make.module, goes), IPC4_SUCCESS);
		assert_int_equal(probe(stays, PROBE_READ, probe_copy, 0), 0);
	}
}

#define TEST(name, up) cmocka_unit_test_setup_teardown(name, up, firmware_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(paused_and_resumed_stream_loses_nothing, up),
		TEST(paused_and_resumed_stream_loses_nothing, firmware_up_by_type),
		TEST(reset_empties_the_buffers, up),
		TEST(instance_is_deleted_without_unbind, up),
		TEST(instance_is_deleted_without_unbind, firmware_up_by_type),
		TEST(written_global_is_told_and_a_shared_one_is_not, up),
		TEST(two_of_a_kind_come_and_go, up),
		cmocka_unit_test(each_failing_allocation_leaves_nothing_in_any_model),
	};

	return run_on_board(tests);
}
