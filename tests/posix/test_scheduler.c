/* SPDX-License-Identifier: BSD-3-Clause */
#include "on_board.h"

#include "fault.h"

#include <rtos/alloc.h>
#include <string.h>

#define THREADS 4

static struct k_thread threads[THREADS];
static k_thread_stack_t *stacks[THREADS];
static struct k_sem sem;
static char order[64]; /* who ran, one letter a step */

static void note(char who)
{
	const size_t length = strlen(order);

	if (length < sizeof(order) - 1)
		order[length] = who;
}

static k_tid_t spawn(int i, k_thread_entry_t entry, void *p1, int prio, k_timeout_t delay)
{
	k_tid_t thread;

	stacks[i] = k_thread_stack_alloc(4096, 0);
	thread = k_thread_create(&threads[i], stacks[i], 4096, entry, p1, NULL, NULL, prio, 0,
				 delay);
	CHECK(thread == &threads[i]);
	return thread;
}

static void begin(void)
{
	memset(order, 0, sizeof(order));
	memset(stacks, 0, sizeof(stacks));
}

static void end(void)
{
	for (int i = 0; i < THREADS; i++) {
		if (!stacks[i])
			continue;
		k_thread_abort(&threads[i]);
		CHECK_INT(k_thread_stack_free(stacks[i]), 0);
	}
}

static void note_once(void *p1, void *p2, void *p3)
{
	note((char)(uintptr_t)p1);
}

static void note_and_yield(void *p1, void *p2, void *p3)
{
	for (int i = 0; i < 3; i++) {
		note((char)(uintptr_t)p1);
		k_yield();
	}
}

BOARD_TEST(best_priority_runs_first)
{
	begin();
	spawn(0, note_once, (void *)'c', 7, K_NO_WAIT);
	spawn(1, note_once, (void *)'a', -2, K_NO_WAIT);
	spawn(2, note_once, (void *)'d', 14, K_NO_WAIT);
	spawn(3, note_once, (void *)'b', 0, K_NO_WAIT);
	k_run_ready_threads();
	CHECK(!strcmp(order, "abcd"));
	end();
}

BOARD_TEST(equals_run_first_come_first_served)
{
	begin();
	for (int i = 0; i < THREADS; i++)
		spawn(i, note_and_yield, (void *)(uintptr_t)('a' + i), 3, K_NO_WAIT);
	k_run_ready_threads();
	CHECK(!strcmp(order, "abcdabcdabcd"));
	end();
}

static struct k_sem told;

void k_sys_fatal_error_handler(unsigned int reason, const struct arch_esf *esf)
{
	k_sem_give(&told);
	note('h');
}

static void tell_then_give(void *p1, void *p2, void *p3)
{
	const struct host_fault fault = { .kind = HOST_FAULT_ACCESS };

	fatal_tell_firmware(&fault);
	note('a');
	k_sem_give(&sem);
	note('z');
}

static void take_then_note(void *p1, void *p2, void *p3)
{
	k_sem_take(p1, K_FOREVER);
	note(p1 == &told ? 'b' : 'c');
}

/* The handler's stack is everybody's. A fault that is let through leaves the thread as it was. */
BOARD_TEST(the_fatal_error_handler_is_not_preempted_and_the_thread_is_again)
{
	begin();
	k_sem_init(&told, 0, 1);
	k_sem_init(&sem, 0, 1);
	spawn(0, take_then_note, &told, 1, K_NO_WAIT);
	spawn(1, take_then_note, &sem, 1, K_NO_WAIT);
	spawn(2, tell_then_give, NULL, 5, K_NO_WAIT);
	k_run_ready_threads();
	CHECK(!strcmp(order, "habcz"));
	end();
}

BOARD_TEST(earlier_deadline_runs_first_among_equals)
{
	static const int deadline[THREADS] = { 400, 100, 300, 200 };

	begin();
	for (int i = 0; i < THREADS; i++) {
		spawn(i, note_once, (void *)(uintptr_t)('a' + i), 3, K_FOREVER);
		k_thread_deadline_set(&threads[i], deadline[i]);
		k_thread_start(&threads[i]);
	}
	/* Also when it is set once the thread is ready, and in absolute time. */
	k_thread_absolute_deadline_set(&threads[0], 150);
	k_run_ready_threads();
	CHECK(!strcmp(order, "badc"));
	end();
}

BOARD_TEST(deadline_never_beats_priority)
{
	begin();
	spawn(0, note_once, (void *)'b', 5, K_FOREVER);
	spawn(1, note_once, (void *)'a', 4, K_FOREVER);
	k_thread_deadline_set(&threads[0], 1);
	k_thread_deadline_set(&threads[1], 1000);
	k_thread_start(&threads[0]);
	k_thread_start(&threads[1]);
	k_run_ready_threads();
	CHECK(!strcmp(order, "ab"));
	end();
}

static void take(void *p1, void *p2, void *p3)
{
	CHECK_INT(k_sem_take(&sem, K_FOREVER), 0);
	note((char)(uintptr_t)p1);
}

BOARD_TEST(best_waiter_is_woken_then_the_longest)
{
	static const int prio[THREADS] = { 5, 3, 3, 1 };

	begin();
	CHECK_INT(k_sem_init(&sem, 0, 10), 0);
	for (int i = 0; i < THREADS; i++) {
		spawn(i, take, (void *)(uintptr_t)('a' + i), prio[i], K_NO_WAIT);
		k_run_ready_threads();
	}
	for (int i = 0; i < THREADS; i++) {
		k_sem_give(&sem);
		k_run_ready_threads();
	}
	CHECK(!strcmp(order, "dbca"));
	CHECK_INT(k_sem_count_get(&sem), 0);
	end();
}

BOARD_TEST(time_stands_still_while_threads_run)
{
	const k_ticks_t start = k_uptime_ticks();

	begin();
	spawn(0, note_and_yield, (void *)'a', 3, K_NO_WAIT);
	k_run_ready_threads();
	CHECK_INT(k_uptime_ticks(), start);
	k_sleep(K_USEC(7));
	CHECK_INT(k_uptime_ticks(), start + 7);
	k_sleep(K_MSEC(3));
	CHECK_INT(k_uptime_ticks(), start + 3007);
	CHECK_INT(k_uptime_get(), (start + 3007) / 1000);
	CHECK_INT(k_sleep(K_NO_WAIT), 0);
	CHECK_INT(k_uptime_ticks(), start + 3007);
	end();
}

BOARD_TEST(wait_times_out_in_virtual_time)
{
	const k_ticks_t start = k_uptime_ticks();

	CHECK_INT(k_sem_init(&sem, 1, 1), 0);
	CHECK_INT(k_sem_take(&sem, K_SECONDS(3600)), 0);
	CHECK_INT(k_uptime_ticks(), start);
	CHECK_INT(k_sem_take(&sem, K_NO_WAIT), -EBUSY);
	CHECK_INT(k_sem_take(&sem, K_SECONDS(3600)), -EAGAIN);
	CHECK_INT(k_uptime_ticks(), start + 3600 * INT64_C(1000000));
}

static void sleep_and_note(void *p1, void *p2, void *p3)
{
	k_sleep(K_USEC((uintptr_t)p2));
	note((char)(uintptr_t)p1);
}

static k_tid_t sleeper(int i, char who, uintptr_t us, int prio)
{
	k_tid_t thread;

	stacks[i] = k_thread_stack_alloc(4096, 0);
	thread = k_thread_create(&threads[i], stacks[i], 4096, sleep_and_note,
				 (void *)(uintptr_t)who, (void *)us, NULL, prio, 0, K_NO_WAIT);
	CHECK(thread);
	return thread;
}

BOARD_TEST(sleepers_wake_in_order_of_time)
{
	begin();
	sleeper(0, 'c', 300, 1);
	sleeper(1, 'a', 100, 9);
	sleeper(2, 'b', 200, 5);
	k_sleep(K_USEC(1000));
	CHECK(!strcmp(order, "abc"));
	CHECK_INT(k_uptime_ticks(), 1000);
	end();
}

BOARD_TEST(best_of_those_due_at_one_time_runs_first)
{
	begin();
	sleeper(0, 'c', 100, 9);
	sleeper(1, 'b', 100, 5);
	sleeper(2, 'a', 100, 1);
	sleeper(3, 'd', 100, 9);
	k_sleep(K_USEC(1000));
	CHECK(!strcmp(order, "abcd"));
	end();
}

BOARD_TEST(delayed_thread_starts_after_its_delay)
{
	begin();
	spawn(0, note_once, (void *)'a', 3, K_MSEC(10));
	k_run_ready_threads();
	CHECK(!order[0]);
	k_sleep(K_MSEC(9));
	CHECK(!order[0]);
	k_sleep(K_MSEC(2));
	CHECK(!strcmp(order, "a"));
	/* Or when it is started. */
	spawn(1, note_once, (void *)'b', 3, K_MSEC(10));
	k_thread_start(&threads[1]);
	k_run_ready_threads();
	CHECK(!strcmp(order, "ab"));
	end();
}

BOARD_TEST(run_ready_returns_when_all_wait)
{
	begin();
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	k_run_ready_threads();
	spawn(0, take, (void *)'a', 3, K_NO_WAIT);
	sleeper(1, 'b', 100, 3);
	k_run_ready_threads();
	CHECK(!order[0]);
	CHECK_INT(k_uptime_ticks(), 0);
	k_sem_give(&sem);
	k_run_ready_threads();
	CHECK(!strcmp(order, "a"));
	end();
}

static void run_others(void *p1, void *p2, void *p3)
{
	note('(');
	k_run_ready_threads();
	note(')');
}

BOARD_TEST(run_ready_may_be_nested)
{
	begin();
	spawn(0, run_others, NULL, 1, K_NO_WAIT);
	spawn(1, run_others, NULL, 2, K_NO_WAIT);
	spawn(2, note_and_yield, (void *)'a', 3, K_NO_WAIT);
	k_run_ready_threads();
	note('.');
	CHECK(!strcmp(order, "((aaa))."));
	end();
}

BOARD_TEST(deadlock_fails_rather_than_hangs)
{
	begin();
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	spawn(0, take, (void *)'a', 3, K_NO_WAIT);
	CHECK_INT(k_sem_take(&sem, K_FOREVER), -EDEADLK);
	CHECK_INT(k_thread_join(&threads[0], K_FOREVER), -EDEADLK);
	CHECK_INT(k_thread_join(&threads[0], K_MSEC(1)), -EAGAIN);
	CHECK_INT(k_thread_join(k_current_get(), K_FOREVER), -EDEADLK);
	end();
}

static struct k_event event;
static uint32_t got[THREADS];

static void wait_event(void *p1, void *p2, void *p3)
{
	const int i = (int)(uintptr_t)p1;

	got[i] = p3 ? k_event_wait_safe(&event, (uint32_t)(uintptr_t)p2, false, K_FOREVER) :
		      k_event_wait(&event, (uint32_t)(uintptr_t)p2, false, K_FOREVER);
}

static void event_waiter(int i, uintptr_t mask, bool safe)
{
	stacks[i] = k_thread_stack_alloc(4096, 0);
	CHECK(k_thread_create(&threads[i], stacks[i], 4096, wait_event, (void *)(uintptr_t)i,
			      (void *)mask, (void *)(uintptr_t)safe, 1, 0, K_NO_WAIT));
	k_run_ready_threads();
}

BOARD_TEST(event_wakes_all_who_wait_for_one_of_its_bits)
{
	begin();
	memset(got, 0, sizeof(got));
	k_event_init(&event);
	event_waiter(0, 3, false);
	event_waiter(1, 2, false);
	event_waiter(2, 4, false);
	CHECK_INT(k_event_post(&event, 2), 0);
	k_run_ready_threads();
	CHECK(got[0] == 2 && got[1] == 2 && !got[2]);
	CHECK_INT(k_event_post(&event, 6), 2);
	k_run_ready_threads();
	CHECK_INT(got[2], 4);
	CHECK_INT(event.events, 6);
	end();
}

BOARD_TEST(event_bits_are_replaced_cleared_and_reset)
{
	k_event_init(&event);
	CHECK_INT(k_event_post(&event, 5), 0);
	CHECK_INT(k_event_wait(&event, 4, false, K_NO_WAIT), 4);
	CHECK_INT(k_event_set(&event, 8), 5);
	CHECK_INT(k_event_wait(&event, 5, false, K_NO_WAIT), 0);
	CHECK_INT(k_event_wait(&event, 8, true, K_MSEC(1)), 0);
	CHECK_INT(event.events, 0);
	k_event_post(&event, 0xf0);
	CHECK_INT(k_event_wait_safe(&event, 0x30, false, K_FOREVER), 0x30);
	CHECK_INT(event.events, 0xc0);
	CHECK_INT(k_event_clear(&event, 0x41), 0x40);
	CHECK_INT(event.events, 0x80);
}

BOARD_TEST(safe_wait_takes_the_bits_it_got)
{
	begin();
	memset(got, 0, sizeof(got));
	k_event_init(&event);
	event_waiter(0, 1, true);
	event_waiter(1, 2, false);
	k_event_post(&event, 7);
	k_run_ready_threads();
	CHECK(got[0] == 1 && got[1] == 2);
	CHECK_INT(event.events, 6);
	end();
}

BOARD_TEST(semaphore_never_exceeds_its_limit)
{
	CHECK_INT(k_sem_init(&sem, 0, 0), -EINVAL);
	CHECK_INT(k_sem_init(&sem, 3, 2), -EINVAL);
	CHECK_INT(k_sem_init(&sem, 1, 2), 0);
	for (int i = 0; i < 5; i++)
		k_sem_give(&sem);
	CHECK_INT(k_sem_count_get(&sem), 2);
	k_sem_reset(&sem);
	CHECK_INT(k_sem_count_get(&sem), 0);
}

static void take_refused(void *p1, void *p2, void *p3)
{
	CHECK_INT(k_sem_take(&sem, K_FOREVER), -EAGAIN);
	note('a');
}

BOARD_TEST(reset_sends_waiters_away)
{
	begin();
	CHECK_INT(k_sem_init(&sem, 0, 2), 0);
	spawn(0, take_refused, NULL, 1, K_NO_WAIT);
	k_run_ready_threads();
	k_sem_reset(&sem);
	k_run_ready_threads();
	CHECK(!strcmp(order, "a"));
	end();
}

static void give_and_note(void *p1, void *p2, void *p3)
{
	k_sem_give(&sem);
	note('b');
}

BOARD_TEST(woken_thread_of_better_priority_runs_at_once)
{
	begin();
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	spawn(0, take, (void *)'a', 1, K_NO_WAIT);
	k_run_ready_threads();
	spawn(1, give_and_note, NULL, 5, K_NO_WAIT);
	k_run_ready_threads();
	CHECK(!strcmp(order, "ab"));
	end();
}

BOARD_TEST(cooperative_thread_is_not_preempted)
{
	begin();
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	spawn(0, take, (void *)'a', -9, K_NO_WAIT);
	k_run_ready_threads();
	spawn(1, give_and_note, NULL, -5, K_NO_WAIT);
	k_run_ready_threads();
	CHECK(!strcmp(order, "ba"));
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(best_priority_runs_first),
		cmocka_unit_test(equals_run_first_come_first_served),
		cmocka_unit_test(the_fatal_error_handler_is_not_preempted_and_the_thread_is_again),
		cmocka_unit_test(earlier_deadline_runs_first_among_equals),
		cmocka_unit_test(deadline_never_beats_priority),
		cmocka_unit_test(best_waiter_is_woken_then_the_longest),
		cmocka_unit_test(time_stands_still_while_threads_run),
		cmocka_unit_test(wait_times_out_in_virtual_time),
		cmocka_unit_test(sleepers_wake_in_order_of_time),
		cmocka_unit_test(best_of_those_due_at_one_time_runs_first),
		cmocka_unit_test(delayed_thread_starts_after_its_delay),
		cmocka_unit_test(run_ready_returns_when_all_wait),
		cmocka_unit_test(run_ready_may_be_nested),
		cmocka_unit_test(deadlock_fails_rather_than_hangs),
		cmocka_unit_test(event_wakes_all_who_wait_for_one_of_its_bits),
		cmocka_unit_test(event_bits_are_replaced_cleared_and_reset),
		cmocka_unit_test(safe_wait_takes_the_bits_it_got),
		cmocka_unit_test(semaphore_never_exceeds_its_limit),
		cmocka_unit_test(reset_sends_waiters_away),
		cmocka_unit_test(woken_thread_of_better_priority_runs_at_once),
		cmocka_unit_test(cooperative_thread_is_not_preempted),
	};

	return RUN(tests);
}
