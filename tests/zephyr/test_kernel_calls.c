/* SPDX-License-Identifier: BSD-3-Clause */
/* Results of single kernel calls in cases that are easily decided otherwise: Zephyr's answer holds. */
#include "posix/on_board.h"

#include <string.h>
#include <zephyr/internal/syscall_handler.h>

#define HEAP_BYTES 1024

static struct user user;
K_THREAD_STACK_DEFINE(stack, USER_STACK_SIZE);
static struct k_thread helper;

static k_tid_t start_helper(k_thread_entry_t entry, void *p1, void *p2)
{
	return k_thread_create(&helper, stack, USER_STACK_SIZE, entry, p1, p2, NULL, 1, 0,
			       K_NO_WAIT);
}

/* \name Events */

BOARD_TEST(a_wait_for_no_event_at_all_is_over_at_once)
{
	static struct k_event event;
	const k_ticks_t before = k_uptime_ticks();

	k_event_init(&event);
	k_event_post(&event, 5);
	CHECK_INT(k_event_wait(&event, 0, false, K_FOREVER), 0);
	CHECK_INT(k_event_wait_all(&event, 0, true, K_FOREVER), 0);
	CHECK_INT(k_event_wait_safe(&event, 0, true, K_FOREVER), 0);
	CHECK_INT(k_event_wait_all_safe(&event, 0, true, K_MSEC(3)), 0);
	/* Not even the reset takes place. */
	CHECK_INT(k_event_test(&event, UINT32_MAX), 5);
	CHECK_INT(k_uptime_ticks(), before);
}

static void test_events(void *p1, void *p2, void *p3)
{
	USER_CHECK(k_event_test(p1, 4) == 4);
	USER_CHECK(k_event_test(p1, 2) == 0);
	USER_CHECK(k_event_test(p1, 7) == 5);
}

static void test_events_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_event_test(p1, 4));
}

BOARD_TEST(events_are_tested_from_user_mode)
{
	static struct k_event event;

	k_event_init(&event);
	k_event_post(&event, 5);
	REQUIRE(user_make(&user, test_events, &event, NULL, NULL));
	k_thread_access_grant(user.thread, &event);
	user_allowed(&user);
	user_end(&user);
	run_refused(test_events_refused, &event, NULL, NULL, HOST_FAULT_OOPS);
}

/* \name Sleep */

static int32_t left;

static void sleep_long(void *p1, void *p2, void *p3)
{
	left = k_sleep(K_USEC((uintptr_t)p1));
}

BOARD_TEST(what_is_left_of_a_sleep_is_rounded_up)
{
	static const struct {
		uintptr_t us;
		int32_t left;
	} cases[] = { { 10000, 9 }, { 10001, 10 }, { 9999, 9 }, { 1001, 1 }, { 2000, 1 } };

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		REQUIRE(start_helper(sleep_long, (void *)cases[i].us, NULL));
		k_sleep(K_MSEC(1));
		k_wakeup(&helper);
		CHECK_INT(k_thread_join(&helper, K_FOREVER), 0);
		CHECK_INT(left, cases[i].left);
	}
}

/* \name Names of threads */

static void names_of_others(void *p1, void *p2, void *p3)
{
	char name[CONFIG_THREAD_MAX_NAME_LEN];

	/* p1 is a thread without permission, p2 a semaphore with, p3 a thread that is over */
	USER_CHECK(k_thread_name_set(p1, "mine") == -EINVAL);
	USER_CHECK(k_thread_name_set(p2, "mine") == -EINVAL);
	USER_CHECK(k_thread_name_set((k_tid_t)(uintptr_t)16, "mine") == -EINVAL);
	USER_CHECK(k_thread_name_copy(p1, name, sizeof(name)) == 0);
	USER_CHECK(!strcmp(name, "theirs"));
	USER_CHECK(k_thread_name_copy(p1, name, 6) == -ENOSPC);
	USER_CHECK(k_thread_name_copy(p1, p1, sizeof(name)) == -EFAULT);
	USER_CHECK(k_thread_name_copy(p2, name, sizeof(name)) == -EINVAL);
	USER_CHECK(k_thread_name_copy(p3, name, sizeof(name)) == -EINVAL);
	USER_CHECK(k_thread_name_copy(NULL, name, sizeof(name)) == -EINVAL);
	USER_CHECK(k_thread_name_copy((k_tid_t)(uintptr_t)16, name, sizeof(name)) == -EINVAL);
}

BOARD_TEST(names_of_threads_are_errors_and_never_an_oops)
{
	static struct k_sem sem;

	k_sem_init(&sem, 0, 1);
	REQUIRE(start_helper(sleep_long, NULL, NULL));
	CHECK_INT(k_thread_join(&helper, K_FOREVER), 0);
	k_thread_name_set(k_current_get(), "theirs");
	REQUIRE(user_make(&user, names_of_others, k_current_get(), &sem, &helper));
	k_thread_access_grant(user.thread, &sem);
	user_allowed(&user);
	CHECK(!strcmp(k_thread_name_get(k_current_get()), "theirs"));
	user_end(&user);
}

/* \name Stacks */

static void free_stack(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_thread_stack_free(p1));
}

BOARD_TEST(a_user_thread_may_not_free_a_stack_in_use)
{
	REQUIRE(start_helper(sleep_long, (void *)5000, NULL));
	REQUIRE(user_make(&user, free_stack, stack, NULL, NULL));
	k_thread_access_grant(user.thread, stack);
	user_refused(&user, HOST_FAULT_OOPS);
	CHECK(strstr(fault_text(), "is in use"));
	user_end(&user);
	CHECK_INT(k_thread_join(&helper, K_FOREVER), 0);
}

/* \name Condition variables */

static struct k_mutex mutex;
static bool had_mutex;

static void lock_mutex(void *p1, void *p2, void *p3)
{
	k_mutex_lock(&mutex, K_FOREVER);
	had_mutex = true;
	k_mutex_unlock(&mutex);
}

BOARD_TEST(a_wait_without_time_keeps_the_mutex)
{
	static struct k_condvar condvar;

	had_mutex = false;
	k_condvar_init(&condvar);
	k_mutex_init(&mutex);
	CHECK_INT(k_mutex_lock(&mutex, K_NO_WAIT), 0);
	REQUIRE(start_helper(lock_mutex, NULL, NULL));
	k_sleep(K_MSEC(1));
	CHECK_INT(k_condvar_wait(&condvar, &mutex, K_NO_WAIT), -EAGAIN);
	CHECK(!had_mutex);
	CHECK(mutex.owner == k_current_get());
	CHECK_INT(k_condvar_wait(&condvar, &mutex, K_MSEC(1)), -EAGAIN);
	CHECK(had_mutex);
	CHECK_INT(k_mutex_unlock(&mutex), 0);
	CHECK_INT(k_thread_join(&helper, K_FOREVER), 0);
}

/* \name Permissions on an object that was never initialised */

static void check_untouched(void *p1, void *p2, void *p3)
{
	USER_CHECK(k_object_access_check(p1) == 0);
	USER_CHECK(k_object_access_check(p2) == -EPERM);
	k_object_release(p1);
	USER_CHECK(k_object_access_check(p1) != 0);
}

BOARD_TEST(an_object_that_was_granted_is_known_before_it_is_initialised)
{
	static struct k_sem sem, of_another;
	static struct user other;

	REQUIRE(user_make(&other, check_untouched, NULL, NULL, NULL));
	REQUIRE(user_make(&user, check_untouched, &sem, &of_another, NULL));
	k_thread_access_grant(user.thread, &sem);
	k_thread_access_grant(other.thread, &of_another);
	CHECK_INT(k_object_access_check(&sem), -EPERM);
	/* As a semaphore it is used before its initialisation; as a stack it is none. */
	CHECK_INT(z_object_validate(&sem, K_OBJ_SEM, _OBJ_INIT_TRUE), -EPERM);
	CHECK_INT(z_object_validate(&sem, K_OBJ_THREAD_STACK_ELEMENT, _OBJ_INIT_ANY), -EBADF);
	user_allowed(&user);
	user_end(&user);
	user_end(&other);
}

/* \name Heaps */

static char heap_memory[HEAP_BYTES] __attribute__((aligned(16)));
static struct k_heap heap;
static void *blocks[2];

static void take_half(void *p1, void *p2, void *p3)
{
	*(void **)p1 = k_heap_alloc(&heap, HEAP_BYTES / 2, K_TICKS((k_ticks_t)(intptr_t)p2));
}

BOARD_TEST(a_thread_waits_for_memory_of_a_heap)
{
	void *most;

	k_heap_init(&heap, heap_memory, sizeof(heap_memory));
	most = k_heap_alloc(&heap, HEAP_BYTES * 3 / 4, K_NO_WAIT);
	REQUIRE(most);
	REQUIRE(start_helper(take_half, &blocks[0], (void *)-1));
	CHECK_INT(k_thread_join(&helper, K_MSEC(1)), -EAGAIN);
	k_heap_free(&heap, most);
	CHECK_INT(k_thread_join(&helper, K_MSEC(1)), 0);
	CHECK(blocks[0]);
	k_heap_free(&heap, blocks[0]);
	k_heap_deinit(&heap);
}

BOARD_TEST(a_wait_for_memory_ends_with_its_timeout)
{
	const k_ticks_t before = k_uptime_ticks();
	void *most, *little;

	k_heap_init(&heap, heap_memory, sizeof(heap_memory));
	little = k_heap_alloc(&heap, 16, K_NO_WAIT);
	most = k_heap_alloc(&heap, HEAP_BYTES * 3 / 4, K_NO_WAIT);
	REQUIRE(most);
	CHECK(!k_heap_alloc(&heap, HEAP_BYTES / 2, K_NO_WAIT));
	CHECK_INT(k_uptime_ticks(), before);
	blocks[0] = heap_memory;
	REQUIRE(start_helper(take_half, &blocks[0], (void *)3000));
	k_sleep(K_MSEC(1));
	/* Memory came back, and not enough of it: the rest of the time is waited for. */
	k_heap_free(&heap, little);
	CHECK_INT(k_thread_join(&helper, K_FOREVER), 0);
	CHECK(!blocks[0]);
	CHECK_INT(k_uptime_ticks(), before + 3000);
	k_heap_free(&heap, most);
	k_heap_deinit(&heap);
}

BOARD_TEST(a_heap_that_goes_ends_the_waits_for_its_memory)
{
	k_heap_init(&heap, heap_memory, sizeof(heap_memory));
	REQUIRE(k_heap_alloc(&heap, HEAP_BYTES * 3 / 4, K_NO_WAIT));
	blocks[0] = heap_memory;
	REQUIRE(start_helper(take_half, &blocks[0], (void *)-1));
	CHECK_INT(k_thread_join(&helper, K_MSEC(1)), -EAGAIN);
	k_heap_deinit(&heap);
	CHECK_INT(k_thread_join(&helper, K_MSEC(1)), 0);
	CHECK(!blocks[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wait_for_no_event_at_all_is_over_at_once),
		cmocka_unit_test(events_are_tested_from_user_mode),
		cmocka_unit_test(what_is_left_of_a_sleep_is_rounded_up),
		cmocka_unit_test(names_of_threads_are_errors_and_never_an_oops),
		cmocka_unit_test(a_user_thread_may_not_free_a_stack_in_use),
		cmocka_unit_test(a_wait_without_time_keeps_the_mutex),
		cmocka_unit_test(an_object_that_was_granted_is_known_before_it_is_initialised),
		cmocka_unit_test(a_thread_waits_for_memory_of_a_heap),
		cmocka_unit_test(a_wait_for_memory_ends_with_its_timeout),
		cmocka_unit_test(a_heap_that_goes_ends_the_waits_for_its_memory),
	};

	return RUN(tests);
}
