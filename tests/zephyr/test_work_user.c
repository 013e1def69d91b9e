/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Work queues of user threads, and the queues below them: what is submitted runs once, in the
 * worker's domain, with the permissions it inherited, on the submitter's account.
 */
#include "posix/on_board.h"

#include <string.h>
#include <zephyr/app_memory/app_memdomain.h>

#define NUM_OF_WORK 4
#define STACK_SIZE  8192

K_APPMEM_PARTITION_DEFINE(work_part);
K_APP_BMEM(work_part) static struct k_work_user items[NUM_OF_WORK];
K_APP_BMEM(work_part) static volatile int handled, again, in_user_mode;

K_HEAP_DEFINE(pool, 4096);
K_THREAD_STACK_DEFINE(work_stack, STACK_SIZE);

static struct k_work_user_q work_q;
static struct k_queue queue;
static struct k_sem sem;
static struct user user;

static size_t pool_used(void)
{
	struct sys_memory_stats stats;

	CHECK_INT(sys_heap_runtime_stats_get(&pool.heap, &stats), 0);
	return stats.allocated_bytes;
}

static void on_work(struct k_work_user *work)
{
	in_user_mode += k_is_user_context() && !k_work_user_is_pending(work);
	handled++;
	if (again) {
		again--;
		USER_CHECK(!k_work_user_submit_to_queue(&work_q, work));
	}
	k_sem_give(&sem);
}

/* A thread whose domain has the items, in case with a pool. */
static bool make(k_thread_entry_t entry, bool with_pool)
{
	CHECK_INT(k_sem_init(&sem, 0, 2 * NUM_OF_WORK), 0);
	if (!user_make(&user, entry, NULL, NULL, NULL))
		return false;
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &work_part), 0);
	k_thread_access_grant(user.thread, &sem);
	if (with_pool)
		k_thread_heap_assign(user.thread, &pool);
	return true;
}

/* Started by the supervisor; the worker is in the thread's domain. */
static void start_worker(void)
{
	k_tid_t worker = k_work_user_queue_thread_get(&work_q);

	k_object_access_grant(&sem, k_current_get());
	k_work_user_queue_start(&work_q, work_stack, STACK_SIZE, 3, "worker");
	CHECK_INT(k_mem_domain_add_thread(&user.domain, worker), 0);
	CHECK(!strcmp(k_thread_name_get(worker), "worker"));
	k_thread_access_grant(user.thread, &work_q.queue);
}

static void end_worker(void)
{
	k_thread_abort(k_work_user_queue_thread_get(&work_q));
	user_end(&user);
}

static void submit_all(void)
{
	for (int i = 0; i < NUM_OF_WORK; i++) {
		k_work_user_init(&items[i], on_work);
		USER_CHECK(!k_work_user_is_pending(&items[i]));
		USER_CHECK(!k_work_user_submit_to_queue(&work_q, &items[i]));
		USER_CHECK(k_work_user_is_pending(&items[i]));
		USER_CHECK(k_work_user_submit_to_queue(&work_q, &items[i]) == -EBUSY);
	}
	USER_CHECK(!handled);
	for (int i = 0; i < NUM_OF_WORK; i++)
		USER_CHECK(!k_sem_take(&sem, K_MSEC(10)));
	USER_CHECK(handled == NUM_OF_WORK && in_user_mode == NUM_OF_WORK);
	USER_CHECK(k_sem_take(&sem, K_MSEC(10)) == -EAGAIN);
	for (int i = 0; i < NUM_OF_WORK; i++)
		USER_CHECK(!k_work_user_is_pending(&items[i]));
}

static void start_and_submit(void *p1, void *p2, void *p3)
{
	k_work_user_queue_start(&work_q, work_stack, STACK_SIZE, 2, "worker");
	submit_all();
}

/* All of it from user mode, the queue's start too. */
BOARD_TEST(test_workq_user_mode)
{
	REQUIRE(make(start_and_submit, true));
	CHECK_INT(k_object_register(&work_q.queue, K_OBJ_QUEUE), 0);
	CHECK_INT(k_object_register(&work_q.thread, K_OBJ_THREAD), 0);
	k_thread_access_grant(user.thread, &work_q.queue, &work_q.thread, work_stack);
	user_allowed(&user);
	CHECK_INT(pool_used(), 0);
	CHECK(work_q.thread.resource_pool == &pool);
	CHECK_INT(user.domain.members, 1);
	end_worker();
}

static void submit(void *p1, void *p2, void *p3)
{
	submit_all();
}

BOARD_TEST(supervisor_starts_the_queue)
{
	REQUIRE(make(submit, true));
	start_worker();
	user_allowed(&user);
	CHECK_INT(pool_used(), 0);
	end_worker();
}

static void submit_without_pool(void *p1, void *p2, void *p3)
{
	k_work_user_init(&items[0], on_work);
	USER_CHECK(k_work_user_submit_to_queue(&work_q, &items[0]) == -ENOMEM);
	USER_CHECK(!k_work_user_is_pending(&items[0]));
	k_sleep(K_MSEC(1)); /* the worker waits by then: it is handed over directly */
	USER_CHECK(!k_work_user_submit_to_queue(&work_q, &items[0]));
	USER_CHECK(!k_sem_take(&sem, K_MSEC(10)));
	USER_CHECK(handled == 1);
}

BOARD_TEST(test_work_user_resource_pool_empty)
{
	void *rest[256];
	size_t count = 0;

	REQUIRE(make(submit_without_pool, false));
	start_worker();
	user_allowed(&user);
	end_worker();
	/* Likewise with a pool that has nothing left. */
	while (count < ARRAY_SIZE(rest) &&
	       (rest[count] = k_heap_alloc(&pool, count ? 16 : 2048, K_NO_WAIT)))
		count++;
	CHECK(count < ARRAY_SIZE(rest));
	handled = 0;
	REQUIRE(make(submit_without_pool, true));
	start_worker();
	user_allowed(&user);
	end_worker();
	while (count)
		k_heap_free(&pool, rest[--count]);
}

static void submit_again(void *p1, void *p2, void *p3)
{
	again = 3;
	k_work_user_init(&items[0], on_work);
	USER_CHECK(!k_work_user_submit_to_queue(&work_q, &items[0]));
	for (int i = 0; i < 4; i++)
		USER_CHECK(!k_sem_take(&sem, K_MSEC(10)));
	USER_CHECK(handled == 4);
}

/* The handler submits its own item; room for that is from the worker's pool. */
BOARD_TEST(handler_may_submit_its_item_again)
{
	REQUIRE(make(submit_again, true));
	start_worker();
	k_thread_heap_assign(&work_q.thread, &pool);
	user_allowed(&user);
	CHECK_INT(pool_used(), 0);
	end_worker();
}

static void submit_refused(void *p1, void *p2, void *p3)
{
	k_work_user_init(&items[0], on_work);
	MUST_FAULT(k_work_user_submit_to_queue(&work_q, &items[0]));
}

BOARD_TEST(submitter_needs_permission_on_the_queue)
{
	REQUIRE(make(submit_refused, true));
	start_worker();
	k_object_access_revoke(&work_q.queue, user.thread);
	user_refused(&user, HOST_FAULT_OOPS);
	k_run_ready_threads();
	CHECK_INT(handled, 0);
	end_worker();
}

static void bad_work(struct k_work_user *work)
{
	k_sem_give(&sem);
	MUST_FAULT(*(volatile int *)&sem = 0);
}

static void submit_bad(void *p1, void *p2, void *p3)
{
	k_work_user_init(&items[0], bad_work);
	USER_CHECK(!k_work_user_submit_to_queue(&work_q, &items[0]));
}

/* A handler that faults ends the worker, not who submitted. */
BOARD_TEST(handler_runs_inside_the_workers_domain)
{
	const struct host_fault *fault;

	REQUIRE(make(submit_bad, true));
	start_worker();
	k_thread_start(user.thread);
	k_run_ready_threads();
	fault = take_fault();
	CHECK(fault && fault->kind == HOST_FAULT_ACCESS && fault->user_mode);
	CHECK(fault && fault->thread == &work_q.thread);
	CHECK(user_page.line && !user_page.passed && !user_page.failed);
	CHECK_INT(k_sem_count_get(&sem), 1);
	CHECK(!host_thread_fault(user.thread));
	end_worker();
}

static void start_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(
		k_work_user_queue_start(&work_q, work_stack, STACK_SIZE, (int)(intptr_t)p1, NULL));
}

/* Each of the three objects it needs, and the priority. */
BOARD_TEST(start_from_user_mode_needs_every_permission)
{
	const void *const objects[] = { &work_q.queue, &work_q.thread, work_stack };

	for (size_t missing = 0; missing <= ARRAY_SIZE(objects); missing++) {
		CHECK_INT(k_object_register(&work_q.queue, K_OBJ_QUEUE), 0);
		CHECK_INT(k_object_register(&work_q.thread, K_OBJ_THREAD), 0);
		/* The last round lacks nothing but asks for a better priority than its own. */
		REQUIRE(user_make(&user, start_refused,
				  (void *)(intptr_t)(missing == ARRAY_SIZE(objects) ? 0 : 2), NULL,
				  NULL));
		for (size_t i = 0; i < ARRAY_SIZE(objects); i++)
			if (i != missing)
				k_object_access_grant(objects[i], user.thread);
		user_refused(&user, HOST_FAULT_OOPS);
		user_end(&user);
	}
}

static void queue_order(void *p1, void *p2, void *p3)
{
	USER_CHECK(k_queue_is_empty(p1) && !k_queue_get(p1, K_NO_WAIT));
	USER_CHECK(!k_queue_alloc_append(p1, &items[1]));
	USER_CHECK(!k_queue_alloc_append(p1, &items[2]));
	USER_CHECK(!k_queue_alloc_prepend(p1, &items[0]));
	USER_CHECK(!k_queue_is_empty(p1));
	for (int i = 0; i < 3; i++)
		USER_CHECK(k_queue_get(p1, K_NO_WAIT) == &items[i]);
	USER_CHECK(k_queue_is_empty(p1));
	USER_CHECK(!k_queue_get(p1, K_MSEC(1)));
	/* The supervisor cancels this one. */
	USER_CHECK(!k_queue_get(p1, K_FOREVER));
}

BOARD_TEST(queue_keeps_its_order)
{
	k_queue_init(&queue);
	REQUIRE(user_make(&user, queue_order, &queue, NULL, NULL));
	k_thread_access_grant(user.thread, &queue);
	k_thread_heap_assign(user.thread, &pool);
	k_thread_start(user.thread);
	k_sleep(K_MSEC(2));
	CHECK_INT(k_thread_join(user.thread, K_NO_WAIT), -EBUSY);
	k_queue_cancel_wait(&queue);
	CHECK_INT(k_thread_join(user.thread, K_MSEC(1)), 0);
	if (user_page.failed)
		check_failed("user code", user_page.failed, "USER_CHECK()", 0, 0);
	CHECK_INT(pool_used(), 0);
	user_end(&user);
}

#define REFUSED(name, call)                                                                        \
	static void name(void *p1, void *p2, void *p3)                                             \
	{                                                                                          \
		MUST_FAULT(call);                                                                  \
	}

REFUSED(init_refused, k_queue_init(p1))
REFUSED(append_refused, k_queue_alloc_append(p1, p1))
REFUSED(prepend_refused, k_queue_alloc_prepend(p1, p1))
REFUSED(get_refused, k_queue_get(p1, K_NO_WAIT))
REFUSED(empty_refused, k_queue_is_empty(p1))
REFUSED(cancel_refused, k_queue_cancel_wait(p1))

BOARD_TEST(queue_calls_are_refused_without_permission)
{
	static const k_thread_entry_t entries[] = { init_refused, append_refused, prepend_refused,
						    get_refused,  empty_refused,  cancel_refused };

	k_queue_init(&queue);
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	for (size_t i = 0; i < ARRAY_SIZE(entries); i++) {
		run_refused(entries[i], NULL, NULL, NULL, HOST_FAULT_OOPS);
		run_refused(entries[i], &queue, NULL, NULL, HOST_FAULT_OOPS);
		REQUIRE(user_make(&user, entries[i], &sem, NULL, NULL));
		k_thread_access_grant(user.thread, &sem);
		user_refused(&user, HOST_FAULT_OOPS);
		user_end(&user);
	}
	/* One that is in use would lose what is in it. */
	REQUIRE(user_make(&user, init_refused, &queue, NULL, NULL));
	k_thread_access_grant(user.thread, &queue);
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_workq_user_mode),
		cmocka_unit_test(supervisor_starts_the_queue),
		cmocka_unit_test(test_work_user_resource_pool_empty),
		cmocka_unit_test(handler_may_submit_its_item_again),
		cmocka_unit_test(submitter_needs_permission_on_the_queue),
		cmocka_unit_test(handler_runs_inside_the_workers_domain),
		cmocka_unit_test(start_from_user_mode_needs_every_permission),
		cmocka_unit_test(queue_keeps_its_order),
		cmocka_unit_test(queue_calls_are_refused_without_permission),
	};

	return RUN(tests);
}
