/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mutexes and condition variables between user threads: who owns, who waits, at which priority, and
 * what is refused.
 */
#include "posix/on_board.h"

#include <string.h>

static struct k_mutex mutex;
static struct k_condvar condvar;
static struct k_sem sem;
static struct user user, other;

K_MUTEX_DEFINE(defined_mutex);
K_CONDVAR_DEFINE(defined_condvar);

static void objects_ready(void)
{
	CHECK_INT(k_mutex_init(&mutex), 0);
	CHECK_INT(k_condvar_init(&condvar), 0);
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
}

static bool make(struct user *one, k_thread_entry_t entry, int prio, void *p1)
{
	objects_ready();
	if (!user_make(one, entry, p1, NULL, NULL))
		return false;
	k_thread_priority_set(one->thread, prio);
	k_thread_access_grant(one->thread, &mutex, &condvar, &sem);
	return true;
}

static void check_user_code(void)
{
	if (user_page.failed)
		check_failed("user code", user_page.failed, "USER_CHECK()", 0, 0);
}

static void lock_unlock(void *p1, void *p2, void *p3)
{
	USER_CHECK(k_mutex_unlock(p1) == -EINVAL);
	USER_CHECK(!k_mutex_lock(p1, K_NO_WAIT));
	USER_CHECK(!k_mutex_unlock(p1));
	USER_CHECK(k_mutex_unlock(p1) == -EINVAL);
	USER_CHECK(!k_mutex_init(p1));
}

BOARD_TEST(test_mutex_lock_unlock)
{
	REQUIRE(make(&user, lock_unlock, 1, &mutex));
	user_allowed(&user);
	user_end(&user);
	/* One made by the macro is known and ready. */
	REQUIRE(make(&user, lock_unlock, 1, &defined_mutex));
	k_thread_access_grant(user.thread, &defined_mutex);
	user_allowed(&user);
	user_end(&user);
}

static void recursive(void *p1, void *p2, void *p3)
{
	for (int i = 0; i < 5; i++)
		USER_CHECK(!k_mutex_lock(p1, K_FOREVER));
	k_sem_give(p2);
	k_sleep(K_MSEC(1));
	for (int i = 0; i < 4; i++)
		USER_CHECK(!k_mutex_unlock(p1));
	k_sleep(K_MSEC(1));
	USER_CHECK(!k_mutex_unlock(p1));
	USER_CHECK(k_mutex_unlock(p1) == -EPERM); /* the waiter's by now */
}

BOARD_TEST(test_mutex_recursive)
{
	objects_ready();
	REQUIRE(user_make(&user, recursive, &mutex, &sem, NULL));
	k_thread_access_grant(user.thread, &mutex, &sem);
	k_thread_start(user.thread);
	CHECK_INT(k_sem_take(&sem, K_FOREVER), 0);
	CHECK_INT(k_mutex_lock(&mutex, K_USEC(1500)), -EAGAIN);
	CHECK_INT(k_uptime_ticks(), 1500);
	CHECK_INT(k_mutex_lock(&mutex, K_FOREVER), 0);
	CHECK_INT(k_uptime_ticks(), 2000);
	CHECK_INT(k_thread_join(user.thread, K_FOREVER), 0);
	CHECK_INT(k_mutex_unlock(&mutex), 0);
	check_user_code();
	user_end(&user);
}

static void lock_for(void *p1, void *p2, void *p3)
{
	user_page.word[0] = (uintptr_t)k_mutex_lock(&mutex, K_TICKS((k_ticks_t)(intptr_t)p1));
	user_page.word[1] = (uintptr_t)k_mutex_unlock(&mutex);
	user_page.word[2] = (uintptr_t)k_uptime_ticks();
}

/* The supervisor has the mutex and gives it back after 10 ms. */
static void check_lock_for(intptr_t us, int locked, int unlocked, int at)
{
	REQUIRE(make(&user, lock_for, 1, (void *)us));
	CHECK_INT(k_mutex_lock(&mutex, K_NO_WAIT), 0);
	k_thread_start(user.thread);
	k_sleep(K_MSEC(10));
	CHECK_INT(k_mutex_unlock(&mutex), 0);
	CHECK_INT(k_thread_join(user.thread, K_FOREVER), 0);
	CHECK_INT((int)user_page.word[0], locked);
	CHECK_INT((int)user_page.word[1], unlocked);
	CHECK_INT(user_page.word[2], at);
	CHECK_INT(k_mutex_unlock(&mutex), -EINVAL);
	user_end(&user);
}

BOARD_TEST(test_mutex_reent_lock_forever)
{
	check_lock_for(K_TICKS_FOREVER, 0, 0, 10000);
}

BOARD_TEST(test_mutex_reent_lock_no_wait)
{
	check_lock_for(0, -EBUSY, -EPERM, 0);
}

BOARD_TEST(test_mutex_reent_lock_timeout_fail)
{
	check_lock_for(5000, -EAGAIN, -EPERM, 5000);
}

BOARD_TEST(test_mutex_reent_lock_timeout_pass)
{
	check_lock_for(20000, 0, 0, 10000);
}

static void own_until_told(void *p1, void *p2, void *p3)
{
	USER_CHECK(!k_mutex_lock(&mutex, K_FOREVER));
	USER_CHECK(!k_sem_take(&sem, K_FOREVER));
	USER_CHECK(!k_mutex_unlock(&mutex));
	USER_CHECK(k_thread_priority_get(k_current_get()) == 8);
}

/* The owner runs as the best who waits does, and as itself when nobody waits any more. */
BOARD_TEST(test_mutex_priority_inheritance)
{
	REQUIRE(make(&user, own_until_told, 8, NULL));
	k_thread_start(user.thread);
	k_run_ready_threads();
	CHECK_INT(k_thread_priority_get(user.thread), 8);

	REQUIRE(user_make(&other, lock_for, (void *)5000, NULL, NULL));
	k_thread_access_grant(other.thread, &mutex);
	k_thread_priority_set(other.thread, 3);
	k_thread_start(other.thread);
	k_run_ready_threads();
	CHECK_INT(k_thread_priority_get(user.thread), 3);
	k_sleep(K_MSEC(6));
	CHECK_INT((int)user_page.word[0], -EAGAIN);
	CHECK_INT(k_thread_priority_get(user.thread), 8);
	user_end(&other);

	REQUIRE(user_make(&other, lock_for, (void *)K_TICKS_FOREVER, NULL, NULL));
	k_thread_access_grant(other.thread, &mutex);
	k_thread_priority_set(other.thread, 2);
	k_thread_start(other.thread);
	k_run_ready_threads();
	CHECK_INT(k_thread_priority_get(user.thread), 2);
	k_sem_give(&sem);
	CHECK_INT(k_thread_join(user.thread, K_FOREVER), 0);
	CHECK_INT(k_thread_join(other.thread, K_FOREVER), 0);
	CHECK_INT((int)user_page.word[0], 0);
	check_user_code();
	user_end(&user);
	user_end(&other);
}

static void die_owning(void *p1, void *p2, void *p3)
{
	USER_CHECK(!k_mutex_lock(&mutex, K_NO_WAIT));
	MUST_FAULT(k_oops());
}

/* Not given back, as in Zephyr; who waits for it is not harmed otherwise. */
BOARD_TEST(mutex_of_a_dead_thread_stays_taken)
{
	REQUIRE(make(&user, die_owning, 1, NULL));
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
	CHECK_INT(k_mutex_lock(&mutex, K_NO_WAIT), -EBUSY);
	CHECK_INT(k_mutex_lock(&mutex, K_MSEC(1)), -EAGAIN);
	CHECK_INT(k_mutex_unlock(&mutex), -EPERM);
	CHECK_INT(k_mutex_init(&mutex), 0);
	CHECK_INT(k_mutex_lock(&mutex, K_NO_WAIT), 0);
}

static void init_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_mutex_init(p1));
}

static void lock_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_mutex_lock(p1, K_NO_WAIT));
}

static void unlock_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_mutex_unlock(p1));
}

static void condvar_init_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_condvar_init(p1));
}

static void signal_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_condvar_signal(p1));
}

static void broadcast_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_condvar_broadcast(p1));
}

static void wait_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_condvar_wait(p1, &mutex, K_NO_WAIT));
}

static void wait_with_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_condvar_wait(&condvar, p1, K_NO_WAIT));
}

static void check_null(k_thread_entry_t entry)
{
	REQUIRE(make(&user, entry, 1, NULL));
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
}

/* Another type, no permission, and (but for init) not initialised. */
static void check_invalid(k_thread_entry_t entry, enum k_objects type, bool init)
{
	void *fresh = k_object_alloc(type);

	REQUIRE(fresh);
	REQUIRE(make(&user, entry, 1, &sem));
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
	REQUIRE(make(&user, entry, 1, fresh));
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
	if (!init) {
		REQUIRE(make(&user, entry, 1, fresh));
		k_thread_access_grant(user.thread, fresh);
		user_refused(&user, HOST_FAULT_OOPS);
		user_end(&user);
	}
	k_object_free(fresh);
}

BOARD_TEST(test_mutex_init_null)
{
	check_null(init_refused);
}

BOARD_TEST(test_mutex_init_invalid_obj)
{
	check_invalid(init_refused, K_OBJ_MUTEX, true);
}

BOARD_TEST(test_mutex_lock_null)
{
	check_null(lock_refused);
}

BOARD_TEST(test_mutex_lock_invalid_obj)
{
	check_invalid(lock_refused, K_OBJ_MUTEX, false);
}

BOARD_TEST(test_mutex_unlock_null)
{
	check_null(unlock_refused);
}

BOARD_TEST(test_mutex_unlock_invalid_obj)
{
	check_invalid(unlock_refused, K_OBJ_MUTEX, false);
}

static void wait_for(void *p1, void *p2, void *p3)
{
	USER_CHECK(!k_mutex_lock(&mutex, K_FOREVER));
	user_page.word[0] = (uintptr_t)k_condvar_wait(&condvar, &mutex, K_TICKS((k_ticks_t)(intptr_t)p1));
	/* It is the waiter's again, signal or not. */
	USER_CHECK(!k_mutex_unlock(&mutex));
	user_page.word[1] = (uintptr_t)k_uptime_ticks();
	user_page.count++;
}

static void check_wait_for(intptr_t us, bool signal, int result, int at)
{
	REQUIRE(make(&user, wait_for, 1, (void *)us));
	k_thread_start(user.thread);
	k_run_ready_threads();
	CHECK_INT(k_mutex_lock(&mutex, K_NO_WAIT), 0);
	CHECK_INT(k_mutex_unlock(&mutex), 0);
	k_sleep(K_MSEC(1));
	if (signal)
		CHECK_INT(k_condvar_signal(&condvar), 0);
	CHECK_INT(k_thread_join(user.thread, K_MSEC(20)), 0);
	CHECK_INT((int)user_page.word[0], result);
	CHECK_INT(user_page.word[1], at);
	check_user_code();
	user_end(&user);
}

BOARD_TEST(test_condvar_wait_forever_wake)
{
	check_wait_for(K_TICKS_FOREVER, true, 0, 1000);
}

BOARD_TEST(test_condvar_wait_timeout_wake)
{
	check_wait_for(5000, true, 0, 1000);
}

BOARD_TEST(test_condvar_wait_timeout)
{
	check_wait_for(5000, false, -EAGAIN, 5000);
}

BOARD_TEST(test_condvar_wait_nowait)
{
	check_wait_for(0, false, -EAGAIN, 0);
}

BOARD_TEST(test_condvar_multiple_threads_wait_wake)
{
	static struct user waiters[3];

	objects_ready();
	for (int i = 0; i < 3; i++) {
		REQUIRE(user_make(&waiters[i], wait_for, (void *)K_TICKS_FOREVER, NULL, NULL));
		k_thread_access_grant(waiters[i].thread, &mutex, &condvar);
		k_thread_start(waiters[i].thread);
	}
	k_run_ready_threads();
	CHECK_INT(user_page.count, 0);
	CHECK_INT(k_condvar_signal(&condvar), 0);
	k_run_ready_threads();
	CHECK_INT(user_page.count, 1);
	CHECK_INT(k_condvar_broadcast(&condvar), 2);
	k_run_ready_threads();
	CHECK_INT(user_page.count, 3);
	CHECK_INT(k_condvar_broadcast(&condvar), 0);
	check_user_code();
	for (int i = 0; i < 3; i++)
		user_end(&waiters[i]);
}

static void signal_it(void *p1, void *p2, void *p3)
{
	USER_CHECK(!k_condvar_signal(p1));
	USER_CHECK(!k_condvar_broadcast(p1));
	USER_CHECK(!k_condvar_init(p1));
}

BOARD_TEST(test_condvar_define)
{
	REQUIRE(make(&user, signal_it, 1, &defined_condvar));
	k_thread_access_grant(user.thread, &defined_condvar);
	user_allowed(&user);
	user_end(&user);
}

BOARD_TEST(test_condvar_init_null)
{
	check_null(condvar_init_refused);
	check_invalid(condvar_init_refused, K_OBJ_CONDVAR, true);
}

BOARD_TEST(test_condvar_signal_null)
{
	check_null(signal_refused);
	check_invalid(signal_refused, K_OBJ_CONDVAR, false);
}

BOARD_TEST(test_condvar_broadcast_null)
{
	check_null(broadcast_refused);
	check_invalid(broadcast_refused, K_OBJ_CONDVAR, false);
}

BOARD_TEST(test_condvar_wait_null)
{
	check_null(wait_refused);
	check_invalid(wait_refused, K_OBJ_CONDVAR, false);
	check_null(wait_with_refused);
	check_invalid(wait_with_refused, K_OBJ_MUTEX, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mutex_lock_unlock),
		cmocka_unit_test(test_mutex_recursive),
		cmocka_unit_test(test_mutex_reent_lock_forever),
		cmocka_unit_test(test_mutex_reent_lock_no_wait),
		cmocka_unit_test(test_mutex_reent_lock_timeout_fail),
		cmocka_unit_test(test_mutex_reent_lock_timeout_pass),
		cmocka_unit_test(test_mutex_priority_inheritance),
		cmocka_unit_test(mutex_of_a_dead_thread_stays_taken),
		cmocka_unit_test(test_mutex_init_null),
		cmocka_unit_test(test_mutex_init_invalid_obj),
		cmocka_unit_test(test_mutex_lock_null),
		cmocka_unit_test(test_mutex_lock_invalid_obj),
		cmocka_unit_test(test_mutex_unlock_null),
		cmocka_unit_test(test_mutex_unlock_invalid_obj),
		cmocka_unit_test(test_condvar_wait_forever_wake),
		cmocka_unit_test(test_condvar_wait_timeout_wake),
		cmocka_unit_test(test_condvar_wait_timeout),
		cmocka_unit_test(test_condvar_wait_nowait),
		cmocka_unit_test(test_condvar_multiple_threads_wait_wake),
		cmocka_unit_test(test_condvar_define),
		cmocka_unit_test(test_condvar_init_null),
		cmocka_unit_test(test_condvar_signal_null),
		cmocka_unit_test(test_condvar_broadcast_null),
		cmocka_unit_test(test_condvar_wait_null),
	};

	return RUN(tests);
}
