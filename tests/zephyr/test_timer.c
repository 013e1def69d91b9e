/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Timers: when they expire, in which mode, what a user thread may do with one, and that time goes
 * on for others whatever a user thread asks of it.
 */
#include "posix/on_board.h"

#include <string.h>

static struct k_timer timer;
static struct k_sem sem;
static struct user user;
static struct {
	int expired, stopped;
	bool as_interrupt;
	k_ticks_t at;
} seen;

static void on_expiry(struct k_timer *one)
{
	seen.expired++;
	seen.as_interrupt = k_is_in_isr() && !k_is_user_context();
	seen.at = k_uptime_ticks();
}

static void on_stop(struct k_timer *one)
{
	seen.stopped++;
}

K_TIMER_DEFINE(defined_timer, on_expiry, on_stop);

static void timer_ready(void)
{
	memset(&seen, 0, sizeof(seen));
	k_timer_init(&timer, on_expiry, on_stop);
}

static bool make(k_thread_entry_t entry, struct k_timer *one)
{
	timer_ready();
	if (!user_make(&user, entry, one, NULL, NULL))
		return false;
	k_thread_access_grant(user.thread, one);
	return true;
}

static void check_allowed(k_thread_entry_t entry)
{
	REQUIRE(make(entry, &timer));
	user_allowed(&user);
	k_timer_stop(&timer);
	user_end(&user);
}

static void duration_period(void *p1, void *p2, void *p3)
{
	k_timer_start(p1, K_MSEC(100), K_MSEC(50));
	k_sleep(K_USEC(99999));
	USER_CHECK(!k_timer_status_get(p1));
	k_sleep(K_USEC(1));
	USER_CHECK(k_timer_status_get(p1) == 1);
	k_sleep(K_MSEC(100));
	USER_CHECK(k_timer_status_get(p1) == 2);
	USER_CHECK(!k_timer_status_get(p1));
	k_timer_stop(p1);
	k_timer_stop(p1);
	k_sleep(K_MSEC(100));
	USER_CHECK(!k_timer_status_get(p1));
}

BOARD_TEST(test_timer_duration_period)
{
	check_allowed(duration_period);
	CHECK_INT(seen.expired, 3);
	CHECK_INT(seen.stopped, 1);
	CHECK_INT(seen.at, 200000);
	CHECK(seen.as_interrupt);
	CHECK(!k_is_in_isr());
}

static void period_0(void *p1, void *p2, void *p3)
{
	k_timer_start(p1, K_MSEC(10), K_NO_WAIT);
	k_sleep(K_MSEC(100));
	USER_CHECK(k_timer_status_get(p1) == 1);
	/* Runs no more: there is nothing to wait for. */
	USER_CHECK(!k_timer_status_sync(p1));
}

BOARD_TEST(test_timer_period_0)
{
	check_allowed(period_0);
	CHECK_INT(seen.expired, 1);
	CHECK_INT(seen.stopped, 0);
}

static void period_forever(void *p1, void *p2, void *p3)
{
	k_timer_start(p1, K_MSEC(10), K_FOREVER);
	k_sleep(K_MSEC(100));
	USER_CHECK(k_timer_status_get(p1) == 1);
	/* Nothing happens, not even a stop. */
	k_timer_start(p1, K_FOREVER, K_MSEC(1));
	k_sleep(K_MSEC(100));
	USER_CHECK(!k_timer_status_get(p1));
}

BOARD_TEST(test_timer_period_k_forever)
{
	check_allowed(period_forever);
	CHECK_INT(seen.expired, 1);
}

BOARD_TEST(test_timer_expirefn_null)
{
	k_timer_init(&timer, NULL, NULL);
	k_timer_start(&timer, K_MSEC(10), K_MSEC(10));
	k_sleep(K_MSEC(35));
	CHECK_INT(k_timer_status_get(&timer), 3);
	k_timer_stop(&timer);
	CHECK_INT(k_timer_remaining_ticks(&timer), 0);
}

static void status_get_anytime(void *p1, void *p2, void *p3)
{
	k_timer_start(p1, K_MSEC(10), K_MSEC(10));
	k_busy_wait(55000);
	USER_CHECK(k_timer_status_get(p1) == 5);
	/* Started over: what was counted is gone. */
	k_busy_wait(20000);
	k_timer_start(p1, K_MSEC(10), K_MSEC(10));
	USER_CHECK(!k_timer_status_get(p1));
}

BOARD_TEST(test_timer_status_get_anytime)
{
	check_allowed(status_get_anytime);
	CHECK_INT(seen.expired, 7);
	CHECK(seen.as_interrupt);
}

static void status_sync(void *p1, void *p2, void *p3)
{
	k_timer_start(p1, K_MSEC(10), K_MSEC(20));
	for (int i = 0; i < 5; i++) {
		USER_CHECK(k_timer_status_sync(p1) == 1);
		USER_CHECK(k_uptime_ticks() == 10000 + i * 20000);
	}
	k_timer_stop(p1);
	USER_CHECK(!k_timer_status_sync(p1));
}

BOARD_TEST(test_timer_status_sync)
{
	check_allowed(status_sync);
	CHECK_INT(seen.expired, 5);
}

static void sync_once(void *p1, void *p2, void *p3)
{
	user_page.word[0] = k_timer_status_sync(p1);
	user_page.count++;
}

BOARD_TEST(stop_ends_a_status_sync)
{
	REQUIRE(make(sync_once, &timer));
	k_timer_start(&timer, K_SECONDS(100), K_NO_WAIT);
	k_thread_start(user.thread);
	k_run_ready_threads();
	CHECK_INT(user_page.count, 0);
	k_timer_stop(&timer);
	k_run_ready_threads();
	CHECK_INT(user_page.count, 1);
	CHECK_INT(user_page.word[0], 0);
	CHECK_INT(k_uptime_ticks(), 0);
	user_end(&user);
}

static void remaining(void *p1, void *p2, void *p3)
{
	USER_CHECK(!k_timer_remaining_ticks(p1));
	USER_CHECK(k_timer_expires_ticks(p1) == k_uptime_ticks());
	k_timer_start(p1, K_MSEC(100), K_NO_WAIT);
	k_busy_wait(30500);
	USER_CHECK(k_timer_remaining_ticks(p1) == 69500);
	USER_CHECK(k_timer_remaining_get(p1) == 69);
	USER_CHECK(k_timer_expires_ticks(p1) == 100000);
}

BOARD_TEST(test_timer_remaining)
{
	check_allowed(remaining);
}

static void user_data(void *p1, void *p2, void *p3)
{
	USER_CHECK(!k_timer_user_data_get(p1));
	k_timer_user_data_set(p1, p1);
	USER_CHECK(k_timer_user_data_get(p1) == p1);
}

BOARD_TEST(test_timer_user_data)
{
	check_allowed(user_data);
	CHECK(k_timer_user_data_get(&timer) == &timer);
}

BOARD_TEST(test_timer_k_define)
{
	REQUIRE(make(duration_period, &defined_timer));
	user_allowed(&user);
	user_end(&user);
	CHECK_INT(seen.expired, 3);
	CHECK_INT(seen.stopped, 1);
}

static void give_from_interrupt(struct k_timer *one)
{
	seen.expired++;
	CHECK_INT(k_sem_take(&sem, K_FOREVER), -EBUSY); /* it must not wait, and does not */
	k_sem_give(&sem);
}

static void take(void *p1, void *p2, void *p3)
{
	for (int i = 0; i < 3; i++)
		USER_CHECK(!k_sem_take(p1, K_MSEC(11)));
}

/* What an interrupt gives a waiting user thread gets. */
BOARD_TEST(expiry_wakes_a_user_thread)
{
	memset(&seen, 0, sizeof(seen));
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	k_timer_init(&timer, give_from_interrupt, NULL);
	REQUIRE(user_make(&user, take, &sem, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	k_timer_start(&timer, K_MSEC(10), K_MSEC(10));
	user_allowed(&user);
	CHECK_INT(seen.expired, 3);
	k_timer_stop(&timer);
	user_end(&user);
}

static void ask_too_much(void *p1, void *p2, void *p3)
{
	k_timer_start(p1, K_TICKS(INT64_MAX), K_TICKS(INT64_MAX));
	USER_CHECK(k_timer_remaining_ticks(p1) > INT64_MAX / 2);
	k_timer_start(p1, K_TICKS(1), K_TICKS(INT64_MAX));
	k_busy_wait(1);
	USER_CHECK(k_timer_status_get(p1) == 1);
	k_timer_start(p1, K_TICKS(INT64_MIN), K_TICKS(INT64_MIN));
	k_sleep(K_TICKS(INT64_MAX));
	USER_CHECK(false);
}

/* A sum that wraps around would stop time for everybody. */
BOARD_TEST(times_that_wrap_around_harm_nobody)
{
	k_sleep(K_MSEC(5));
	REQUIRE(make(ask_too_much, &timer));
	k_thread_start(user.thread);
	CHECK_INT(k_sleep(K_MSEC(5)), 0);
	CHECK_INT(k_uptime_ticks(), 10000);
	CHECK_INT(k_thread_join(user.thread, K_MSEC(5)), -EAGAIN);
	CHECK_INT(k_uptime_ticks(), 15000);
	if (user_page.failed)
		check_failed("user code", user_page.failed, "USER_CHECK()", 0, 0);
	k_timer_stop(&timer);
	user_end(&user);
}

/* Nobody else is there: it is told at once that nothing will ever wake it. */
BOARD_TEST(sleep_beyond_the_end_of_time_does_not_move_it)
{
	k_sleep(K_MSEC(5));
	CHECK(k_sleep(K_TICKS(INT64_MAX)) != 0);
	CHECK_INT(k_uptime_ticks(), 5000);
	CHECK_INT(k_sleep(K_MSEC(5)), 0);
	CHECK_INT(k_uptime_ticks(), 10000);
}

#define REFUSED(name, call)                                                                        \
	static void name(void *p1, void *p2, void *p3)                                             \
	{                                                                                          \
		MUST_FAULT(call);                                                                  \
	}

REFUSED(start_refused, k_timer_start(p1, K_MSEC(1), K_NO_WAIT))
REFUSED(stop_refused, k_timer_stop(p1))
REFUSED(status_get_refused, k_timer_status_get(p1))
REFUSED(status_sync_refused, k_timer_status_sync(p1))
REFUSED(remaining_refused, k_timer_remaining_ticks(p1))
REFUSED(expires_refused, k_timer_expires_ticks(p1))
REFUSED(user_data_set_refused, k_timer_user_data_set(p1, NULL))
REFUSED(user_data_get_refused, k_timer_user_data_get(p1))

/* NULL; not a timer; no permission; not initialised. */
static void check_refused(k_thread_entry_t entry)
{
	struct k_timer *fresh = k_object_alloc(K_OBJ_TIMER);

	REQUIRE(fresh);
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	timer_ready();
	run_refused(entry, NULL, NULL, NULL, HOST_FAULT_OOPS);
	run_refused(entry, &timer, NULL, NULL, HOST_FAULT_OOPS);
	REQUIRE(user_make(&user, entry, &sem, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
	REQUIRE(user_make(&user, entry, fresh, NULL, NULL));
	k_thread_access_grant(user.thread, fresh);
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
	k_object_free(fresh);
	CHECK_INT(seen.expired + seen.stopped, 0);
}

BOARD_TEST(test_timer_start_null)
{
	check_refused(start_refused);
}

BOARD_TEST(test_timer_stop_null)
{
	check_refused(stop_refused);
}

BOARD_TEST(test_timer_status_get_null)
{
	check_refused(status_get_refused);
}

BOARD_TEST(test_timer_status_sync_null)
{
	check_refused(status_sync_refused);
}

BOARD_TEST(test_timer_remaining_ticks_null)
{
	check_refused(remaining_refused);
}

BOARD_TEST(test_timer_expires_ticks_null)
{
	check_refused(expires_refused);
}

BOARD_TEST(test_timer_user_data_null)
{
	check_refused(user_data_set_refused);
	check_refused(user_data_get_refused);
}

static void init_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_timer_init(p1, NULL, NULL));
}

/* It would name a function that runs in supervisor mode. */
BOARD_TEST(a_user_thread_can_not_init_a_timer)
{
	const struct host_fault *fault;

	REQUIRE(make(init_refused, &timer));
	user_run(&user);
	fault = take_fault();
	CHECK(fault && fault->user_mode);
	CHECK(user_page.line && !user_page.passed);
	CHECK(timer.expiry_fn == on_expiry);
	user_end(&user);
}

static void start_own(void *p1, void *p2, void *p3)
{
	k_timer_start(p1, K_MSEC(1), K_MSEC(1));
}

/* It goes with the last who may use it: nothing expires in freed memory. */
BOARD_TEST(running_timer_goes_with_its_last_user)
{
	struct k_timer *one = k_object_alloc(K_OBJ_TIMER);

	REQUIRE(one);
	memset(&seen, 0, sizeof(seen));
	k_timer_init(one, on_expiry, NULL);
	REQUIRE(user_make(&user, start_own, one, NULL, NULL));
	k_thread_access_grant(user.thread, one);
	k_object_access_revoke(one, k_current_get());
	user_allowed(&user);
	k_sleep(K_MSEC(10));
	CHECK_INT(seen.expired, 0);
	CHECK_INT(k_object_access_check(one), -EBADF);
	user_end(&user);
}

/* Each way to sleep ends at its time, in either mode. */
static void sleep_all_ways(k_ticks_t *told)
{
	told[0] = k_uptime_ticks();
	k_sleep(K_TICKS(30));
	told[1] = k_uptime_ticks();
	k_msleep(3);
	told[2] = k_uptime_ticks();
	k_usleep(2000);
	told[3] = k_uptime_ticks();
	k_msleep(0);
	k_usleep(0);
	k_msleep(-1);
	k_usleep(-1);
	told[4] = k_uptime_ticks();
}

static void sleep_as_user(void *p1, void *p2, void *p3)
{
	USER_CHECK(k_is_user_context());
	sleep_all_ways((k_ticks_t *)user_page.word);
}

static void check_sleeps(const k_ticks_t *told)
{
	CHECK_INT(told[1] - told[0], 30);
	CHECK_INT(told[2] - told[1], k_us_to_ticks_ceil32(3000));
	CHECK_INT(told[3] - told[2], k_us_to_ticks_ceil32(2000));
	CHECK_INT(told[4], told[3]);
}

BOARD_TEST(sleeps_end_at_their_time_in_either_mode)
{
	k_ticks_t told[5];

	sleep_all_ways(told);
	check_sleeps(told);
	REQUIRE(user_make(&user, sleep_as_user, NULL, NULL, NULL));
	k_thread_start(user.thread);
	k_msleep(100);
	CHECK_INT(k_thread_join(user.thread, K_NO_WAIT), 0);
	CHECK_INT(user_page.failed, 0);
	user_end(&user);
	memcpy(told, (const void *)user_page.word, sizeof(told));
	check_sleeps(told);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sleeps_end_at_their_time_in_either_mode),
		cmocka_unit_test(test_timer_duration_period),
		cmocka_unit_test(test_timer_period_0),
		cmocka_unit_test(test_timer_period_k_forever),
		cmocka_unit_test(test_timer_expirefn_null),
		cmocka_unit_test(test_timer_status_get_anytime),
		cmocka_unit_test(test_timer_status_sync),
		cmocka_unit_test(stop_ends_a_status_sync),
		cmocka_unit_test(test_timer_remaining),
		cmocka_unit_test(test_timer_user_data),
		cmocka_unit_test(test_timer_k_define),
		cmocka_unit_test(expiry_wakes_a_user_thread),
		cmocka_unit_test(times_that_wrap_around_harm_nobody),
		cmocka_unit_test(sleep_beyond_the_end_of_time_does_not_move_it),
		cmocka_unit_test(test_timer_start_null),
		cmocka_unit_test(test_timer_stop_null),
		cmocka_unit_test(test_timer_status_get_null),
		cmocka_unit_test(test_timer_status_sync_null),
		cmocka_unit_test(test_timer_remaining_ticks_null),
		cmocka_unit_test(test_timer_expires_ticks_null),
		cmocka_unit_test(test_timer_user_data_null),
		cmocka_unit_test(a_user_thread_can_not_init_a_timer),
		cmocka_unit_test(running_timer_goes_with_its_last_user),
	};

	return RUN(tests);
}
