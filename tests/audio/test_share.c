/* SPDX-License-Identifier: BSD-3-Clause */
/* What DP modules share with each other, and what they do not. */
#include "fixture.h"

#include <firmware.h>
#include <stdio.h>
#include <string.h>

#define GRANT(model)                                                                               \
	(&(struct sof_audio_config){                                                               \
		.domain_model = (model), .share = SOF_SHARE_GRANT, .mute_on_fault = true })

static int up_grant(void **state)
{
	return firmware_up_as(GRANT(SOF_DOMAIN_INSTANCE));
}

static int up_grant_by_type(void **state)
{
	return firmware_up_as(GRANT(SOF_DOMAIN_TYPE));
}

static int up_grant_by_id(void **state)
{
	return firmware_up_as(GRANT(SOF_DOMAIN_ID));
}

static void make_probe(const char *name, unsigned int instance, unsigned int domain_id)
{
	struct make make = { .module = module_id(name),
			     .instance = instance,
			     .pipeline = 1,
			     .dp = true,
			     .domain_id = domain_id };

	assert_int_equal(make_instance(&make), IPC4_SUCCESS);
}

/* Probes 1 to count, one behind the other. */
static void make_probes(unsigned int count)
{
	const unsigned int id = module_id("probe");

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	for (unsigned int i = 1; i <= count; i++) {
		make_probe("probe", i, 0);
		if (i > 1)
			assert_int_equal(bind(id, i - 1, id, i), IPC4_SUCCESS);
	}
}

static struct instance *instance_of(const char *name)
{
	struct list_item *item;

	list_for_item(item, &firmware_get()->instances) {
		struct instance *instance = list_item(item, struct instance, list);

		if (!strcmp(instance->name, name))
			return instance;
	}
	fail_msg("no %s", name);
	return NULL;
}

static const struct ring_buffer *ring_behind(const char *name)
{
	return instance_of(name)->out[0]->ring.buffer;
}

static unsigned int partitions_of(const char *name)
{
	return instance_of(name)->domain->memory.num_partitions;
}

static size_t constants(void)
{
	struct list_item *item;
	size_t count = 0;

	list_for_item(item, &firmware_get()->constants)
		count++;
	return count;
}

static void buffer_is_open_to_the_two_it_connects(void **state)
{
	make_probes(3);
	assert_int_equal(probe(2, PROBE_READ, ring_behind("probe.1"), 0), 0);
	assert_int_equal(probe(2, PROBE_READ, ring_behind("probe.2"), 0), 0);
	assert_int_equal(probe(1, PROBE_READ, ring_behind("probe.1"), 0), 0);
	probe_faults(1, PROBE_READ, ring_behind("probe.2"), HOST_MEMORY_SHARED_HEAP,
		     "buffer probe.2 -> probe.3");
	probe_faults(3, PROBE_WRITE, ring_behind("probe.1"), HOST_MEMORY_SHARED_HEAP,
		     "buffer probe.1 -> probe.2");
	assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
}

static void shared_heap_is_open_to_all(void **state)
{
	make_probes(3);
	assert_int_equal(probe(1, PROBE_READ, ring_behind("probe.2"), 0), 0);
	assert_int_equal(probe(3, PROBE_READ, ring_behind("probe.1"), 0), 0);
}

static void shared_heap_is_closed_where_buffers_are_granted(void **state)
{
	make_probes(1);
	probe_faults(1, PROBE_READ, (const void *)get_shared_buffer_heap_start(),
		     HOST_MEMORY_SHARED_HEAP, "shared buffers");
}

static void buffer_is_closed_from_unbind_on(void **state)
{
	const unsigned int id = module_id("probe");
	const void *ring;

	make_probes(2);
	ring = ring_behind("probe.1");
	assert_int_equal(
		probe(1, PROBE_WRITE, (const char *)ring + sizeof(struct ring_buffer) + 64, 0), 0);
	assert_int_equal(unbind(id, 1, id, 2), IPC4_SUCCESS);
	probe_faults(1, PROBE_READ, ring, HOST_MEMORY_RELEASED, "buffer probe.1 -> probe.2");
	probe_faults(2, PROBE_READ, ring, HOST_MEMORY_RELEASED, "buffer probe.1 -> probe.2");
}

static void buffer_ends_where_closed_memory_begins(void **state)
{
	const struct link *link;

	make_probes(2);
	link = instance_of("probe.1")->out[0];
	probe_faults(1, PROBE_WRITE, link->ring.end, HOST_MEMORY_GUARD,
		     "buffer probe.1 -> probe.2");
}

static void buffer_within_a_domain_is_granted_once(void **state)
{
	const unsigned int id = module_id("probe");
	unsigned int before;

	make_probes(2);
	before = partitions_of("probe.1");
	assert_int_equal(bind(id, 2, id, 1), IPC4_SUCCESS);
	assert_int_equal(partitions_of("probe.1"), before + 1);
	assert_int_equal(probe(1, PROBE_READ, ring_behind("probe.1"), 0), 0);
	assert_int_equal(probe(2, PROBE_READ, ring_behind("probe.1"), 0), 0);
	assert_int_equal(unbind(id, 1, id, 2), IPC4_SUCCESS);
	assert_int_equal(partitions_of("probe.1"), before);
	assert_int_equal(probe(1, PROBE_READ, ring_behind("probe.2"), 0), 0);
	assert_int_equal(unbind(id, 2, id, 1), IPC4_SUCCESS);
	assert_int_equal(partitions_of("probe.1"), before - 1);
}

static void instances_of_an_id_share_and_others_do_not(void **state)
{
	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_probe("probe", 1, 7);
	make_probe("probe2", 1, 7);
	make_probe("probe", 2, 8);
	make_probe("probe", 3, 0);
	make_probe("probe", 4, 0);
	assert_string_equal(stats_of("probe.1").domain, "domain.7");
	assert_string_equal(stats_of("probe2.1").domain, "domain.7");
	assert_string_equal(stats_of("probe.2").domain, "domain.8");
	assert_string_equal(stats_of("probe.3").domain, "probe.3");
	assert_string_equal(stats_of("probe.4").domain, "probe.4");
	assert_int_equal(probe(1, PROBE_READ, instance_of("probe2.1")->memory, 0), 0);
	probe_faults(2, PROBE_READ, instance_of("probe2.1")->memory, HOST_MEMORY_MODULE_HEAP,
		     "domain.7");
	probe_faults(3, PROBE_READ, instance_of("probe.4")->memory, HOST_MEMORY_MODULE_HEAP,
		     "probe.4");
}

/* Each gets what it asked for, beside what the others asked for; and no figure counts twice. */
static void sizes_are_honoured_whoever_shares(void **state)
{
	struct make make = { .pipeline = 1, .dp = true, .domain_id = 7 };
	struct sof_domain_stats stats;

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make.module = module_id("probe");
	for (unsigned int i = 1; i <= 12; i++) {
		make.instance = i;
		make.heap_bytes = 16384 * i;
		make.stack_bytes = 4096 * (1 + i % 3);
		assert_int_equal(make_instance(&make), IPC4_SUCCESS);
		assert_int_equal(stats_of(instance_of("probe.1")->name).domain_shared,
				 firmware_get()->config.domain_model != SOF_DOMAIN_INSTANCE);
		/* all but the instance's own records */
		assert_int_equal(probe(i, PROBE_ALLOC, NULL, make.heap_bytes - 6144), 0);
	}
	for (unsigned int i = 1; i <= 12; i++) {
		char name[32];

		snprintf(name, sizeof(name), "probe.%u", i);
		assert_int_equal(stats_of(name).heap_size, 16384 * i);
		assert_int_equal(stats_of(name).stack_size, 4096 * (1 + i % 3));
		assert_true(stats_of(name).heap_high_water > 16384 * i - 6144);
		assert_true(stats_of(name).heap_high_water <= 16384 * i);
	}
	assert_int_equal(sof_domain_stats(0, &stats), 0);
	host_memory_open();
	if (stats.shared) {
		assert_int_equal(stats.instances, 12);
		assert_true(stats.heap_size >= 16384 * 78 && stats.heap_size <= 2 * 16384 * 78);
		assert_true(stats.heaps <= 8);
		assert_int_equal(stats.stack_size, 4096 * 24);
		assert_int_equal(sof_domain_stats(1, &stats), -ENOENT);
	} else {
		assert_int_equal(stats.instances, 1);
		assert_int_equal(sof_domain_stats(11, &stats), 0);
		assert_int_equal(sof_domain_stats(12, &stats), -ENOENT);
	}
	host_memory_open();
	for (unsigned int i = 1; i <= 12; i++)
		assert_int_equal(drop_instance(module_id("probe"), i), IPC4_SUCCESS);
	assert_int_equal(sof_domain_stats(0, &stats), -ENOENT);
}

static void absurd_sizes_are_refused(void **state)
{
	struct make make = {
		.module = module_id("probe"), .pipeline = 1, .dp = true, .domain_id = 7
	};

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_probe("probe", 9, 7);
	make.stack_bytes = UINT32_MAX;
	assert_int_not_equal(make_instance(&make), IPC4_SUCCESS);
	assert_int_equal(sof_ipc4_last_error(), -EINVAL);
	make.stack_bytes = 0;
	make.heap_bytes = UINT32_MAX;
	assert_int_not_equal(make_instance(&make), IPC4_SUCCESS);
	assert_int_equal(sof_ipc4_last_error(), -ENOMEM);
	/* where it shares nobody's it has no more than it asked for */
	make.domain_id = 0;
	make.heap_bytes = 512;
	assert_int_not_equal(make_instance(&make), IPC4_SUCCESS);
	assert_int_equal(sof_ipc4_last_error(), -ENOMEM);
}

/* In a domain that lives on, too: also what the adapter never saw. */
static void heap_goes_whole_with_its_instance(void **state)
{
	struct sof_domain_stats before, after;
	struct sof_instance_stats first, fresh, grown;

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	make_probe("probe", 1, 7);
	first = stats_of("probe.1");
	assert_int_equal(sof_domain_stats(0, &before), 0);
	host_memory_open();
	for (unsigned int i = 0; i < 100; i++) {
		make_probe("probe", 2, 7);
		fresh = stats_of("probe.2");
		assert_int_equal(probe(2, PROBE_ALLOC, NULL, 5000), 0);
		grown = stats_of("probe.2");
		assert_true(grown.domain_shared);
		assert_in_range(grown.heap_used, fresh.heap_used + 5000, fresh.heap_used + 5100);
		assert_int_equal(grown.heap_high_water, grown.heap_used);
		assert_int_equal(grown.heap_size, fresh.heap_size);
		assert_true(grown.heap_size >= grown.heap_used);
		assert_int_equal(stats_of("probe.1").heap_used, first.heap_used);
		assert_int_equal(probe(2, PROBE_HEAP_ALLOC, NULL, 20000), 0);
		if (i % 2)
			probe_faults(2, PROBE_READ, NULL, HOST_MEMORY_NULL, "");
		drop_instance(module_id("probe"), 2);
	}
	assert_int_equal(sof_domain_stats(0, &after), 0);
	host_memory_open();
	assert_int_equal(after.heap_used, before.heap_used);
	assert_int_equal(after.partitions, before.partitions);
	assert_int_equal(after.heaps, 1);
}

static void constants_are_copied_once(void **state)
{
	const void *copy;

	make_probes(3);
	assert_int_equal(probe(1, PROBE_GET, probe_table, 4096), 0);
	copy = probe_copy;
	assert_int_equal(probe(2, PROBE_GET, probe_table, 4096), 0);
	assert_ptr_equal(probe_copy, copy);
	assert_int_equal(constants(), 1);
	assert_int_equal(probe(1, PROBE_READ, copy, 0), 0);
	/* another instance of its own gets it twice, and is to put it twice */
	assert_int_equal(probe(2, PROBE_GET, probe_table, 4096), 0);
	assert_int_equal(probe(2, PROBE_PUT, copy, 0), 0);
	assert_int_equal(probe(2, PROBE_READ, copy, 0), 0);
	/* SOF knows it by its place: another size is refused, another place is another constant */
	assert_int_not_equal(probe(3, PROBE_GET, probe_table, 4000), 0);
	assert_int_equal(constants(), 1);
	assert_int_equal(probe(3, PROBE_GET, probe_table[1], 4000), 0);
	assert_ptr_not_equal(probe_copy, copy);
	assert_int_equal(constants(), 2);
	probe_faults(3, PROBE_READ, copy, HOST_MEMORY_SHARED_HEAP, "constants of probe");
}

static void constants_are_put_back_in_any_order(void **state)
{
	for (unsigned int first = 1; first <= 2; first++) {
		const unsigned int second = 3 - first;
		const void *copy;

		make_probes(2);
		assert_int_equal(probe(1, PROBE_GET, probe_table, 4096), 0);
		assert_int_equal(probe(2, PROBE_GET, probe_table, 4096), 0);
		copy = probe_copy;
		assert_int_equal(probe(first, PROBE_PUT, copy, 0), 0);
		assert_int_equal(probe(second, PROBE_READ, copy, 0), 0);
		/* closed to the one that put it though it is still there */
		if (firmware_get()->config.domain_model == SOF_DOMAIN_INSTANCE)
			probe_faults(first, PROBE_READ, copy, HOST_MEMORY_SHARED_HEAP,
				     "constants of probe");
		assert_int_equal(probe(second, PROBE_PUT, copy, 0), 0);
		assert_int_equal(constants(), 0);
		probe_faults(second, PROBE_READ, copy, HOST_MEMORY_RELEASED, "constants of probe");
		assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
	}
}

/* fa80a4034d: an instance's constants are put back by the thread that takes it down. */
static void constants_are_put_back_by_another_thread(void **state)
{
	for (unsigned int first = 1; first <= 2; first++) {
		const void *copy;

		make_probes(2);
		assert_int_equal(probe(1, PROBE_GET, probe_table, 4096), 0);
		assert_int_equal(probe(2, PROBE_GET, probe_table, 4096), 0);
		copy = probe_copy;
		assert_int_equal(drop_instance(module_id("probe"), first), IPC4_SUCCESS);
		assert_int_equal(constants(), 1);
		assert_int_equal(probe(3 - first, PROBE_READ, copy, 0), 0);
		/* and by nobody but that thread when its own is dead */
		probe_faults(3 - first, PROBE_WRITE, copy, HOST_MEMORY_SHARED_HEAP,
			     "constants of probe");
		assert_int_equal(drop_pipeline(1), IPC4_SUCCESS);
		assert_int_equal(constants(), 0);
	}
}

static void small_constants_and_those_of_ll_modules_are_private(void **state)
{
	struct make make = { .module = module_id("probe"), .instance = 3, .pipeline = 1 };

	make_probes(1);
	assert_int_equal(probe(1, PROBE_GET, probe_table, CONSTANT_PRIVATE_MAX), 0);
	assert_int_equal(probe(1, PROBE_WRITE, probe_copy, 0), 0);
	assert_int_equal(make_instance(&make), IPC4_SUCCESS);
	assert_int_equal(probe(3, PROBE_GET, probe_table, 4096), 0);
	assert_int_equal(constants(), 0);
}

static void constants_need_a_source_the_caller_can_read(void **state)
{
	unsigned int before;

	make_probes(1);
	before = host_fault_count();
	assert_int_equal(probe(1, PROBE_GET, firmware_get(), 4096), -EFAULT);
	assert_int_equal(host_fault_count(), before + 1);
	assert_int_equal(last_fault.kind, HOST_FAULT_OOPS);
	assert_string_equal(last_fault.thread_name, "probe.1");
}

/* A domain that is full refuses, keeps nothing of what failed, and can still be spoken to. */
static void full_domain_refuses_and_keeps_nothing(void **state)
{
	const unsigned int id = module_id("probe");
	unsigned int got = 0, before;
	const void *copy = NULL;

	make_probes(1);
	make_probe("probe", 2, 0);
	before = partitions_of("probe.2");
	while (!probe(1, PROBE_GET, &probe_table[0][got], 4096)) {
		copy = probe_copy;
		got++;
	}
	assert_int_equal(sof_ipc4_last_error(), -ENOMEM);
	assert_int_equal(constants(), got);
	assert_int_equal(partitions_of("probe.1"), CONFIG_MAX_DOMAIN_PARTITIONS - 1);
	/* granted to the first, then refused by the second; and the other way round */
	assert_int_not_equal(bind(id, 2, id, 1), IPC4_SUCCESS);
	assert_int_equal(sof_ipc4_last_error(), -ENOSPC);
	assert_int_not_equal(bind(id, 1, id, 2), IPC4_SUCCESS);
	assert_int_equal(partitions_of("probe.2"), before);
	assert_true(list_is_empty(&firmware_get()->links));
	assert_int_equal(probe(1, PROBE_PUT, copy, 0), 0);
	assert_int_equal(constants(), got - 1);
	assert_int_equal(bind(id, 2, id, 1), IPC4_SUCCESS);
	assert_int_equal(partitions_of("probe.2"), before + 1);
}

static void stream_is_the_same_however_memory_is_shared(void **state)
{
	static const char *const names[] = { "copy", "probe", "copy", "probe2" };
	static const enum sof_domain_model models[] = { SOF_DOMAIN_INSTANCE, SOF_DOMAIN_TYPE,
							SOF_DOMAIN_ID };

	for (size_t i = 0; i < 6; i++) {
		const struct sof_audio_config config = { .domain_model = models[i / 2],
							 .share = (enum sof_share)(i % 2) };
		struct feed feed = { .rate = 44100, .frames = 4410 };
		struct collect collect = { 0 };

		assert_int_equal(firmware_up_as(&config), 0);
		make_chain(&feed, &collect, names, (unsigned int[]){ 10, 1, 7, 1 }, 4, 2, 24);
		assert_int_equal(play(&feed), 0);
		assert_int_equal(collect.frames, feed.frames);
		assert_int_equal(collect.wrong, 0);
		assert_int_equal(set_state(1, SOF_IPC4_PIPELINE_STATE_RESET), 0);
		firmware_down(state);
	}
	assert_int_equal(host_stray_supervisor_accesses(), 0);
}

/* Two threads have run since the buffers were last looked at: both are named, neither is ended. */
static void damage_by_one_of_two_accuses_neither(void **state)
{
	struct link *link;
	unsigned int told;

	make_probes(4);
	link = instance_of("probe.1")->out[0];
	for (int i = 2; i <= 3; i++) {
		struct instance *ran = instance_of(i == 2 ? "probe.2" : "probe.3");

		ran->unlooked = true;
		ran->cpu_before = 0;
	}
	memset(&link->ring.buffer->_write_offset, 0xa5, 8);
	link->touched = true;
	assert_int_equal(link_sync(link), -EFAULT);
	assert_int_equal(last_fault.kind, HOST_FAULT_BUFFER);
	assert_null(last_fault.thread);
	assert_string_equal(last_suspects, "probe.2, probe.3");
	told = host_fault_count();
	link->touched = true;
	assert_int_equal(link_sync(link), 0);
	assert_int_equal(host_fault_count(), told);
	for (int i = 1; i <= 4; i++)
		assert_false(stats_of((const char *[]){ "probe.1", "probe.2", "probe.3",
							"probe.4" }[i - 1])
				     .dead);
}

/* One has run: it is named and ended, though the buffer is not its own. */
static void damage_by_the_only_one_is_its_own(void **state)
{
	struct link *link;
	struct instance *ran;

	make_probes(4);
	link = instance_of("probe.1")->out[0];
	ran = instance_of("probe.4");
	ran->unlooked = true;
	ran->cpu_before = 0;
	memset(&link->ring.buffer->_write_offset, 0xa5, 8);
	link->touched = true;
	/* faults are muted: the run goes on */
	assert_int_equal(link_sync(link), 0);
	assert_int_equal(last_fault.kind, HOST_FAULT_BUFFER);
	assert_ptr_equal(last_fault.thread, ran->thread);
	assert_string_equal(last_suspects, "");
	assert_true(stats_of("probe.4").dead);
	assert_false(stats_of("probe.1").dead);
	assert_false(stats_of("probe.2").dead);
}

/* Where buffers are granted, only who has one can have damaged it. */
static void damage_is_by_who_was_granted_the_buffer(void **state)
{
	struct link *link;

	make_probes(4);
	link = instance_of("probe.1")->out[0];
	for (int i = 2; i <= 3; i++) {
		struct instance *ran = instance_of(i == 2 ? "probe.2" : "probe.3");

		ran->unlooked = true;
		ran->cpu_before = 0;
	}
	granted_memory_open(&link->granted);
	memset(&link->ring.buffer->_write_offset, 0xa5, 8);
	link->touched = true;
	assert_int_equal(link_sync(link), 0);
	assert_ptr_equal(last_fault.thread, instance_of("probe.2")->thread);
	assert_false(stats_of("probe.3").dead);
}

#define TEST(name, up) cmocka_unit_test_setup_teardown(name, up, firmware_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* first: nothing has been where there is a gap */
		TEST(buffer_ends_where_closed_memory_begins, up_grant),
		TEST(buffer_is_open_to_the_two_it_connects, up_grant),
		TEST(shared_heap_is_open_to_all, firmware_up_muted),
		TEST(shared_heap_is_closed_where_buffers_are_granted, up_grant),
		TEST(buffer_is_closed_from_unbind_on, up_grant),
		TEST(buffer_is_closed_from_unbind_on, up_grant_by_type),
		TEST(buffer_within_a_domain_is_granted_once, up_grant_by_type),
		TEST(instances_of_an_id_share_and_others_do_not, up_grant_by_id),
		TEST(sizes_are_honoured_whoever_shares, up_grant),
		TEST(sizes_are_honoured_whoever_shares, up_grant_by_type),
		TEST(sizes_are_honoured_whoever_shares, up_grant_by_id),
		TEST(absurd_sizes_are_refused, up_grant),
		TEST(absurd_sizes_are_refused, up_grant_by_id),
		TEST(heap_goes_whole_with_its_instance, up_grant_by_type),
		TEST(heap_goes_whole_with_its_instance, up_grant_by_id),
		TEST(constants_are_copied_once, firmware_up_muted),
		TEST(constants_are_put_back_in_any_order, firmware_up_muted),
		TEST(constants_are_put_back_in_any_order, up_grant_by_type),
		TEST(constants_are_put_back_by_another_thread, up_grant),
		TEST(constants_are_put_back_by_another_thread, up_grant_by_type),
		TEST(small_constants_and_those_of_ll_modules_are_private, firmware_up_muted),
		TEST(constants_need_a_source_the_caller_can_read, firmware_up_muted),
		TEST(full_domain_refuses_and_keeps_nothing, up_grant),
		TEST(damage_by_one_of_two_accuses_neither, firmware_up_muted),
		TEST(damage_by_the_only_one_is_its_own, firmware_up_muted),
		TEST(damage_is_by_who_was_granted_the_buffer, up_grant),
		cmocka_unit_test(stream_is_the_same_however_memory_is_shared),
	};

	return run_on_board(tests);
}
