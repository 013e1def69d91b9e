/* SPDX-License-Identifier: BSD-3-Clause */
/* Events, pools, constants and schedulers of the firmware's own, in supervisor mode. */
#include "fixture.h"

#include <firmware.h>
#include <heap.h>
#include <rtos/alloc.h>
#include <sof/lib/fast-get.h>
#include <sof/lib/notifier.h>
#include <sof/objpool.h>
#include <sof/schedule/ll_schedule.h>
#include <string.h>

/* \name Notifier */

static int caller_a, caller_b;
static char heard[8];

static void hear(void *receiver, enum notify_id event, void *data)
{
	strncat(heard, (const char *)receiver, 1);
}

static void hear_once(void *receiver, enum notify_id event, void *data)
{
	hear(receiver, event, data);
	notifier_unregister(receiver, NULL, event);
}

static void tell(const void *caller, enum notify_id event, const char *expected)
{
	heard[0] = 0;
	notifier_event(caller, event, NOTIFIER_TARGET_CORE_ALL_MASK, NULL, 0);
	assert_string_equal(heard, expected);
}

static void an_event_reaches_who_asked_for_it_in_order(void **state)
{
	assert_int_equal(notifier_register("1", NULL, NOTIFIER_ID_DMA_COPY, hear, 0), 0);
	assert_int_equal(notifier_register("2", &caller_a, NOTIFIER_ID_DMA_COPY, hear, 0), 0);
	assert_int_equal(notifier_register("3", &caller_b, NOTIFIER_ID_DMA_COPY, hear, 0), 0);
	tell(&caller_a, NOTIFIER_ID_DMA_COPY, "12");
	tell(&caller_b, NOTIFIER_ID_DMA_COPY, "13");
	tell(&caller_a, NOTIFIER_ID_DMA_IRQ, "");
	notifier_unregister(NULL, &caller_a, NOTIFIER_ID_DMA_COPY);
	tell(&caller_a, NOTIFIER_ID_DMA_COPY, "1");
	notifier_unregister_all(NULL, NULL);
	tell(&caller_b, NOTIFIER_ID_DMA_COPY, "");
}

static void a_callback_may_unregister_itself(void **state)
{
	static char one[] = "1", two[] = "2";

	assert_int_equal(notifier_register(one, NULL, NOTIFIER_ID_DAI_TRIGGER, hear_once, 0), 0);
	assert_int_equal(notifier_register(two, NULL, NOTIFIER_ID_DAI_TRIGGER, hear, 0), 0);
	tell(NULL, NOTIFIER_ID_DAI_TRIGGER, "12");
	tell(NULL, NOTIFIER_ID_DAI_TRIGGER, "2");
}

static void an_aggregated_registration_is_called_once_and_counted(void **state)
{
	for (int i = 0; i < 2; i++)
		assert_int_equal(notifier_register("1", NULL, NOTIFIER_ID_CPU_FREQ, hear,
						   NOTIFIER_FLAG_AGGREGATE),
				 0);
	tell(NULL, NOTIFIER_ID_CPU_FREQ, "1");
	notifier_unregister("1", NULL, NOTIFIER_ID_CPU_FREQ);
	tell(NULL, NOTIFIER_ID_CPU_FREQ, "1");
	notifier_unregister("1", NULL, NOTIFIER_ID_CPU_FREQ);
	tell(NULL, NOTIFIER_ID_CPU_FREQ, "");
}

static void a_bad_registration_is_refused(void **state)
{
	assert_int_equal(notifier_register("1", NULL, NOTIFIER_ID_COUNT, hear, 0), -EINVAL);
	assert_int_equal(notifier_register("1", NULL, NOTIFIER_ID_CPU_FREQ, NULL, 0), -EINVAL);
	host_alloc_fail_at(1);
	assert_int_equal(notifier_register("1", NULL, NOTIFIER_ID_CPU_FREQ, hear, 0), -ENOMEM);
	host_alloc_fail_at(0);
	tell(NULL, NOTIFIER_ID_CPU_FREQ, "");
}

static void a_registration_nobody_took_back_goes_with_the_firmware(void **state)
{
	assert_int_equal(notifier_register("1", NULL, NOTIFIER_ID_CPU_FREQ, hear, 0), 0);
	/* the board tells of blocks that are left when it goes down */
}

/* \name Constants */

static void the_same_constant_is_copied_once(void **state)
{
	const uint8_t *first = fast_get(NULL, probe_table[0], 100);
	const uint8_t *second = fast_get(NULL, probe_table[0], 100);

	assert_non_null(first);
	/* SOF refuses another size of the same constant, while there is a copy. */
	assert_null(fast_get(NULL, probe_table[0], 99));
	assert_null(fast_get(NULL, probe_table[0], 101));
	assert_ptr_not_equal(first, probe_table[0]);
	assert_memory_equal(first, probe_table[0], 100);
	assert_ptr_equal(first, second);
	fast_put(NULL, NULL, first);
	assert_int_equal(second[1], 2);
	fast_put(NULL, NULL, second);
	fast_put(NULL, NULL, NULL);
	assert_non_null(fast_get(NULL, probe_table[0], 99));
	/* which goes with the firmware */
}

static void no_constant_without_size_source_or_memory(void **state)
{
	assert_null(fast_get(NULL, probe_table[0], 0));
	assert_null(fast_get(NULL, NULL, 4));
	host_alloc_fail_at(1);
	assert_null(fast_get(NULL, probe_table[0], 4));
	host_alloc_fail_at(0);
}

static void a_constant_of_an_instance_is_charged_to_it(void **state)
{
	struct make make = { .module = module_id("copy"), .pipeline = 1, .dp = true };
	const struct instance *instance;
	const uint8_t *copy;
	size_t before;

	assert_int_equal(make_pipeline(1), IPC4_SUCCESS);
	assert_int_equal(make_instance(&make), IPC4_SUCCESS);
	instance = instance_find(IPC4_COMP_ID(make.module, 0));
	assert_non_null(instance);
	before = instance->heap_used;
	copy = fast_get(&instance->memory->alloc, probe_table[0], 100);
	assert_non_null(copy);
	assert_int_equal(instance->heap_used, before + 100);
	fast_put(&instance->memory->alloc, NULL, copy);
	assert_int_equal(instance->heap_used, before);
}

/* \name Object pools */

struct walk {
	unsigned int seen, stop_at;
};

static bool count(void *data, void *arg)
{
	struct walk *walk = arg;

	return ++walk->seen == walk->stop_at;
}

static void a_pool_grows_keeps_addresses_and_takes_back(void **state)
{
	struct objpool_head pool = { 0 };
	struct walk walk = { 0 };
	uint32_t *object[100];

	list_init(&pool.list);
	for (unsigned int i = 0; i < 100; i++) {
		object[i] = objpool_alloc(&pool, sizeof(uint32_t), SOF_MEM_FLAG_KERNEL);
		assert_non_null(object[i]);
		assert_int_equal(*object[i], 0);
		*object[i] = i;
	}
	for (unsigned int i = 0; i < 100; i++)
		assert_int_equal(*object[i], i);
	assert_int_equal(objpool_iterate(&pool, count, &walk), -ENOENT);
	assert_int_equal(walk.seen, 100);
	assert_int_equal(objpool_free(&pool, object[41]), 0);
	assert_int_equal(objpool_free(&pool, object[41]), -EINVAL);
	assert_int_equal(objpool_free(&pool, (char *)object[40] + 1), -EINVAL);
	assert_int_equal(objpool_free(&pool, &walk), -EINVAL);
	assert_int_equal(objpool_free(&pool, NULL), 0);
	assert_ptr_equal(objpool_alloc(&pool, sizeof(uint32_t), SOF_MEM_FLAG_KERNEL), object[41]);
	assert_int_equal(*object[41], 0);
	walk = (struct walk){ .stop_at = 3 };
	assert_int_equal(objpool_iterate(&pool, count, &walk), 0);
	assert_int_equal(walk.seen, 3);
	objpool_prune(&pool);
	assert_true(list_is_empty(&pool.list));
}

static void a_pool_has_one_size_and_one_kind_of_memory(void **state)
{
	struct objpool_head pool = { 0 };

	list_init(&pool.list);
	assert_null(objpool_alloc(&pool, 0, SOF_MEM_FLAG_KERNEL));
	assert_null(objpool_alloc(&pool, SIZE_MAX / 3, SOF_MEM_FLAG_KERNEL));
	host_alloc_fail_at(1);
	assert_null(objpool_alloc(&pool, 24, SOF_MEM_FLAG_KERNEL));
	host_alloc_fail_at(0);
	assert_non_null(objpool_alloc(&pool, 24, SOF_MEM_FLAG_KERNEL));
	assert_null(objpool_alloc(&pool, 25, SOF_MEM_FLAG_KERNEL));
	assert_null(objpool_alloc(&pool, 24, SOF_MEM_FLAG_USER_SHARED_BUFFER));
	objpool_prune(&pool);
}

/* \name Schedulers */

static int last_call;

static int schedule_op(void *data, struct task *task, uint64_t start, uint64_t period)
{
	last_call = 1;
	return data == &caller_a && start == 5 && period == 6 ? 0 : -EIO;
}

static int before_op(void *data, struct task *task, uint64_t start, uint64_t period,
		     struct task *before)
{
	last_call = 2;
	return 0;
}

static int cancel_op(void *data, struct task *task)
{
	last_call = 3;
	return 0;
}

static enum task_state run_op(void *data)
{
	return SOF_TASK_STATE_COMPLETED;
}

static void a_task_goes_to_the_scheduler_of_its_kind(void **state)
{
	static const struct scheduler_ops plain = { .schedule_task = schedule_op,
						    .schedule_task_cancel = cancel_op,
						    .schedule_task_free = cancel_op };
	static const struct scheduler_ops more = { .schedule_task = schedule_op,
						   .schedule_task_before = before_op };
	struct task task, other;
	struct task *const t = &task;

	assert_null(*arch_schedulers_get());
	assert_int_equal(schedule_task_init(t, NULL, SOF_SCHEDULE_EDF, 0, run_op, NULL, 0, 0),
			 -ENODEV);
	assert_int_equal(schedule_task_init(t, NULL, SOF_SCHEDULE_COUNT, 0, run_op, NULL, 0, 0),
			 -EINVAL);
	scheduler_init(SOF_SCHEDULE_EDF, &plain, &caller_a);
	scheduler_init(SOF_SCHEDULE_LL_TIMER, &more, &caller_b);
	assert_non_null(*arch_schedulers_get());
	assert_ptr_equal(scheduler_get_data(SOF_SCHEDULE_LL_TIMER), &caller_b);
	assert_null(scheduler_get_data(SOF_SCHEDULE_DP));

	assert_int_equal(schedule_task_init(t, NULL, SOF_SCHEDULE_EDF, 3, run_op, &other, 0, 9), 0);
	assert_int_equal(task.priority, 3);
	assert_int_equal(task.flags, 9);
	assert_ptr_equal(task.data, &other);
	assert_int_equal(task_run(t), SOF_TASK_STATE_COMPLETED);
	assert_false(task_is_active(t));
	assert_int_equal(schedule_task(t, 5, 6), 0);
	assert_int_equal(schedule_task_before(t, 5, 6, &other), 0);
	assert_int_equal(last_call, 1);
	assert_int_equal(schedule_task_after(t, 5, 6, &other), 0);
	assert_int_equal(schedule_task_after(t, 5, 6, NULL), -EINVAL);
	assert_int_equal(schedule_task_running(t), 0);
	assert_int_equal(reschedule_task(t, 1), 0);
	assert_null(scheduler_init_context(t));
	assert_int_equal(schedule_task_cancel(t), 0);
	assert_int_equal(last_call, 3);
	assert_int_equal(schedule_task_free(t), 0);

	assert_int_equal(
		schedule_task_init_ll(t, NULL, SOF_SCHEDULE_LL_TIMER, 0, run_op, NULL, 0, 0), 0);
	assert_int_equal(schedule_task_before(t, 0, 0, &other), 0);
	assert_int_equal(last_call, 2);
	assert_int_equal(schedule_task(NULL, 0, 0), -EINVAL);
	assert_int_equal(schedule_task_cancel(NULL), -EINVAL);
	assert_int_equal(schedule_task_free(NULL), -EINVAL);
}

static void a_scheduler_without_memory_is_not_there(void **state)
{
	static const struct scheduler_ops none;

	host_alloc_fail_at(1);
	scheduler_init(SOF_SCHEDULE_EDF, &none, NULL);
	host_alloc_fail_at(0);
	assert_null(*arch_schedulers_get());
}

static void tasks_are_told_one_by_one(void **state)
{
	union {
		struct scheduler_props props;
		uint8_t bytes[64];
	} told;
	struct list_item tasks = LIST_INIT(tasks);
	struct task task[2];
	uint32_t offset = 100;

	memset(&told, 0xff, sizeof(told));
	for (unsigned int i = 0; i < 2; i++)
		list_item_append(&task[i].list, &tasks);
	scheduler_get_task_info(&told.props, &offset, &tasks);
	assert_int_equal(told.props.task_count, 2);
	assert_int_equal(told.props.core_id, 0);
	assert_int_equal(offset, 100 + 12 + 2 * 8);
	assert_int_equal(told.bytes[12 + 15], 0);
	assert_int_equal(told.bytes[12 + 16], 0xff);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, firmware_up, firmware_down)
	const struct CMUnitTest tests[] = {
		TEST(an_event_reaches_who_asked_for_it_in_order),
		TEST(a_callback_may_unregister_itself),
		TEST(an_aggregated_registration_is_called_once_and_counted),
		TEST(a_bad_registration_is_refused),
		TEST(a_registration_nobody_took_back_goes_with_the_firmware),
		TEST(the_same_constant_is_copied_once),
		TEST(no_constant_without_size_source_or_memory),
		TEST(a_constant_of_an_instance_is_charged_to_it),
		TEST(a_pool_grows_keeps_addresses_and_takes_back),
		TEST(a_pool_has_one_size_and_one_kind_of_memory),
		TEST(a_task_goes_to_the_scheduler_of_its_kind),
		TEST(a_scheduler_without_memory_is_not_there),
		TEST(tasks_are_told_one_by_one),
	};

	return run_on_board(tests);
}
