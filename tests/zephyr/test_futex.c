/* SPDX-License-Identifier: BSD-3-Clause */
/* Futexes, and what is built on them: semaphores and mutexes in user memory. */
#include "../posix/on_board.h"

#include <limits.h>
#include <rtos/alloc.h>
#include <string.h>
#include <zephyr/app_memory/app_memdomain.h>
#include <zephyr/sys/mutex.h>
#include <zephyr/sys/sem.h>

#define THREADS 4

static struct {
	struct k_futex futex;
	struct sys_sem sem;
	struct sys_mutex mutex;
	int counted;
} shared APP_TASK_BSS;

static struct k_futex closed;
static struct user users[THREADS];

static void start_over(void)
{
	memset(&shared, 0, sizeof(shared));
}

static void wait_for(void *p1, void *p2, void *p3)
{
	const k_timeout_t timeout = K_TICKS((k_ticks_t)(intptr_t)p2);

	USER_CHECK(k_futex_wait(&shared.futex, 0, timeout) == (int)(intptr_t)p1);
	user_page.count++;
}

BOARD_TEST(test_futex_wait_timeout_and_nowait)
{
	start_over();
	run_allowed(wait_for, (void *)(intptr_t)-ETIMEDOUT, (void *)(intptr_t)5000, NULL);
	CHECK_INT(k_uptime_ticks(), 5000);
	run_allowed(wait_for, (void *)(intptr_t)-ETIMEDOUT, (void *)0, NULL);
	shared.futex.val = 1;
	run_allowed(wait_for, (void *)(intptr_t)-EAGAIN, (void *)(intptr_t)-1, NULL);
	CHECK_INT(user_page.count, 3);
	CHECK_INT(k_uptime_ticks(), 5000);
}

static void start(k_thread_entry_t entry, void *p1, void *p2)
{
	for (int i = 0; i < THREADS; i++) {
		REQUIRE(user_make(&users[i], entry, p1, p2, NULL));
		k_thread_priority_set(users[i].thread, THREADS - i);
		k_thread_start(users[i].thread);
	}
	k_run_ready_threads();
}

static void end(void)
{
	if (user_page.failed)
		check_failed("user code", user_page.failed, "USER_CHECK()", 0, 0);
	for (int i = 0; i < THREADS; i++)
		user_end(&users[i]);
}

BOARD_TEST(test_futex_wake_one_and_all)
{
	start_over();
	start(wait_for, NULL, (void *)(intptr_t)-1);
	CHECK_INT(user_page.count, 0);
	CHECK_INT(k_futex_wake(&shared.futex, false), 1);
	k_run_ready_threads();
	CHECK_INT(user_page.count, 1);
	/* The best of them. */
	CHECK_INT(k_thread_join(users[THREADS - 1].thread, K_NO_WAIT), 0);
	/* Nobody waits there. */
	CHECK_INT(k_futex_wake(&shared.sem.futex, true), 0);
	CHECK_INT(k_futex_wake(&shared.futex, true), THREADS - 1);
	k_run_ready_threads();
	CHECK_INT(user_page.count, THREADS);
	CHECK_INT(k_futex_wake(&shared.futex, true), 0);
	end();
}

static void wake_bad(void *p1, void *p2, void *p3)
{
	USER_CHECK(k_futex_wait(p1, 0, K_FOREVER) == -EACCES);
	USER_CHECK(k_futex_wake(p1, true) == -EACCES);
	USER_CHECK(k_futex_wait(NULL, 0, K_FOREVER) == -EACCES);
	/* It can be read, and not written. */
	USER_CHECK(((const volatile struct k_futex *)p2)->val == 0);
	USER_CHECK(k_futex_wait(p2, 0, K_FOREVER) == -EACCES);
	USER_CHECK(k_futex_wake(p2, true) == -EACCES);
	USER_CHECK(k_futex_wait((void *)((uintptr_t)&shared.futex + 1), 0, K_FOREVER) == -EINVAL);
	USER_CHECK(k_futex_wake((void *)((uintptr_t)&shared.futex + 1), false) == -EINVAL);
	user_page.count++;
}

BOARD_TEST(test_user_futex_bad)
{
	static const struct k_futex constant;

	start_over();
	run_allowed(wake_bad, &closed, (void *)(uintptr_t)&constant, NULL);
	CHECK_INT(user_page.count, 1);
}

BOARD_TEST(a_waiter_that_is_aborted_is_forgotten)
{
	start_over();
	start(wait_for, NULL, (void *)(intptr_t)-1);
	k_thread_abort(users[THREADS - 1].thread);
	CHECK_INT(k_futex_wake(&shared.futex, true), THREADS - 1);
	k_run_ready_threads();
	CHECK_INT(user_page.count, THREADS - 1);
	end();
}

static void sem_alone(void *p1, void *p2, void *p3)
{
	USER_CHECK(sys_sem_init(&shared.sem, 0, 0) == -EINVAL);
	USER_CHECK(sys_sem_init(&shared.sem, 2, 1) == -EINVAL);
	USER_CHECK(sys_sem_init(&shared.sem, 0, (unsigned int)INT_MAX + 1) == -EINVAL);
	USER_CHECK(sys_sem_init(&shared.sem, 0, 2) == 0);
	USER_CHECK(sys_sem_take(&shared.sem, K_NO_WAIT) == -ETIMEDOUT);
	USER_CHECK(sys_sem_take(&shared.sem, K_MSEC(3)) == -ETIMEDOUT);
	USER_CHECK(k_uptime_ticks() == 3000);
	USER_CHECK(sys_sem_give(&shared.sem) == 0);
	USER_CHECK(sys_sem_give(&shared.sem) == 0);
	USER_CHECK(sys_sem_give(&shared.sem) == -EAGAIN);
	USER_CHECK(sys_sem_count_get(&shared.sem) == 2);
	USER_CHECK(sys_sem_take(&shared.sem, K_NO_WAIT) == 0);
	USER_CHECK(sys_sem_take(&shared.sem, K_FOREVER) == 0);
	USER_CHECK(sys_sem_count_get(&shared.sem) == 0);
	user_page.count++;
}

BOARD_TEST(test_sem_take_give_limit_and_timeout)
{
	start_over();
	run_allowed(sem_alone, NULL, NULL, NULL);
	CHECK_INT(user_page.count, 1);
}

static void sem_count(void *p1, void *p2, void *p3)
{
	for (int i = 0; i < (int)(intptr_t)p1; i++) {
		USER_CHECK(sys_sem_take(&shared.sem, K_FOREVER) == 0);
		shared.counted++;
		if (!p2)
			k_yield();
		USER_CHECK(sys_sem_give(&shared.sem) == 0);
	}
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

BOARD_TEST(test_sem_multiple_threads_wait)
{
	start_over();
	CHECK_INT(sys_sem_init(&shared.sem, 0, THREADS), 0);
	start(sem_count, (void *)(intptr_t)1, NULL);
	CHECK_INT(shared.counted, 0);
	CHECK_INT(sys_sem_give(&shared.sem), 0);
	k_run_ready_threads();
	CHECK_INT(user_page.count, THREADS);
	CHECK_INT(shared.counted, THREADS);
	CHECK_INT(sys_sem_count_get(&shared.sem), 1);
	end();
}

static void mutex_owner(void *p1, void *p2, void *p3)
{
	USER_CHECK(sys_mutex_unlock(&shared.mutex) == -EINVAL);
	USER_CHECK(sys_mutex_lock(&shared.mutex, K_FOREVER) == 0);
	USER_CHECK(sys_mutex_lock(&shared.mutex, K_NO_WAIT) == 0);
	USER_CHECK(sys_mutex_unlock(&shared.mutex) == 0);
	k_sleep(K_MSEC(10));
	USER_CHECK(sys_mutex_unlock(&shared.mutex) == 0);
	/* It is the other one's now, which waits for it. */
	USER_CHECK(sys_mutex_unlock(&shared.mutex) == -EPERM);
	user_page.count++;
}

static void mutex_other(void *p1, void *p2, void *p3)
{
	USER_CHECK(sys_mutex_unlock(&shared.mutex) == -EPERM);
	USER_CHECK(sys_mutex_lock(&shared.mutex, K_NO_WAIT) == -EBUSY);
	USER_CHECK(sys_mutex_lock(&shared.mutex, K_MSEC(1)) == -EAGAIN);
	USER_CHECK(k_uptime_ticks() == 1000);
	USER_CHECK(sys_mutex_lock(&shared.mutex, K_FOREVER) == 0);
	USER_CHECK(k_uptime_ticks() == 10000);
	USER_CHECK(sys_mutex_unlock(&shared.mutex) == 0);
	user_page.count++;
}

BOARD_TEST(test_mutex_is_its_owner_s)
{
	start_over();
	sys_mutex_init(&shared.mutex);
	REQUIRE(user_make(&users[0], mutex_owner, NULL, NULL, NULL));
	REQUIRE(user_make(&users[1], mutex_other, NULL, NULL, NULL));
	k_thread_start(users[0].thread);
	k_run_ready_threads();
	k_thread_start(users[1].thread);
	CHECK_INT(k_thread_join(users[1].thread, K_FOREVER), 0);
	CHECK_INT(k_thread_join(users[0].thread, K_FOREVER), 0);
	CHECK_INT(user_page.count, 2);
	if (user_page.failed)
		check_failed("user code", user_page.failed, "USER_CHECK()", 0, 0);
	user_end(&users[0]);
	user_end(&users[1]);
}

static SYS_MUTEX_DEFINE(kernels_mutex);

static void bad_mutexes(void *p1, void *p2, void *p3)
{
	struct sys_mutex *const bad[] = { &kernels_mutex, NULL, (struct sys_mutex *)p1,
					  (struct sys_mutex *)(uintptr_t)0xffffffff };

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		USER_CHECK(sys_mutex_lock(bad[i], K_NO_WAIT) == -EACCES);
		USER_CHECK(sys_mutex_unlock(bad[i]) == -EACCES);
		sys_mutex_init(bad[i]);
	}
	USER_CHECK(sys_mutex_lock((void *)((char *)&shared.mutex + 1), K_NO_WAIT) == -EINVAL);
	/* What lies in the memory is nobody's business. */
	shared.mutex.val = 0xffffffff;
	USER_CHECK(sys_mutex_lock(&shared.mutex, K_NO_WAIT) == 0);
	shared.mutex.val = 0;
	USER_CHECK(sys_mutex_lock(&shared.mutex, K_NO_WAIT) == 0);
	USER_CHECK(sys_mutex_unlock(&shared.mutex) == 0);
	USER_CHECK(sys_mutex_unlock(&shared.mutex) == 0);
	USER_CHECK(sys_mutex_unlock(&shared.mutex) == -EINVAL);
}

BOARD_TEST(test_mutex_bad_address)
{
	struct sys_mutex *thread = (struct sys_mutex *)(void *)k_current_get();

	start_over();
	CHECK_INT(sys_mutex_lock(NULL, K_NO_WAIT), -EINVAL);
	CHECK_INT(sys_mutex_lock(thread, K_NO_WAIT), -EINVAL);
	CHECK_INT(sys_mutex_unlock(NULL), -EINVAL);
	CHECK_INT(sys_mutex_unlock(thread), -EINVAL);
	CHECK_INT(sys_mutex_lock(&kernels_mutex, K_NO_WAIT), 0);
	CHECK_INT(sys_mutex_unlock(&kernels_mutex), 0);
	CHECK_INT(sys_sem_init(NULL, 0, 1), -EINVAL);
	run_allowed(bad_mutexes, thread, NULL, NULL);
}

static struct k_thread lender;
K_THREAD_STACK_DEFINE(lender_stack, 8192);

static void lend(void *p1, void *p2, void *p3)
{
	CHECK_INT(sys_mutex_lock(p1, K_MSEC(5)), -EAGAIN);
	CHECK_INT(sys_mutex_lock(p1, K_FOREVER), 0);
	CHECK_INT(sys_mutex_unlock(p1), 0);
}

BOARD_TEST(test_mutex_lends_priority)
{
	struct k_thread *self = k_current_get();
	int prio = k_thread_priority_get(self);

	start_over();
	CHECK_INT(sys_mutex_lock(&shared.mutex, K_FOREVER), 0);
	CHECK(k_thread_create(&lender, lender_stack, 8192, lend, &shared.mutex, NULL, NULL, -8, 0,
			      K_NO_WAIT));
	k_sleep(K_MSEC(1));
	CHECK_INT(k_thread_priority_get(self), -8);
	k_sleep(K_MSEC(5));
	CHECK_INT(sys_mutex_unlock(&shared.mutex), 0);
	CHECK_INT(k_thread_priority_get(self), prio);
	CHECK_INT(k_thread_join(&lender, K_FOREVER), 0);
}

static void lock_and_die(void *p1, void *p2, void *p3)
{
	struct sys_mutex *mutex = p1;

	for (uintptr_t i = 0; i < (uintptr_t)p2; i++)
		user_page.count += sys_mutex_lock(&mutex[i], K_NO_WAIT) == 0;
}

/* As many as one table has room for, and no more; whoever dies leaves room. */
BOARD_TEST(mutexes_of_dead_threads_use_up_nothing)
{
	struct sys_mutex *page = page_alloc(1);
	struct k_mem_partition part = { (uintptr_t)page, 4096, K_MEM_PARTITION_P_RW_U_RW };

	REQUIRE(page);
	start_over();
	for (int round = 0; round < 3; round++) {
		user_page.count = 0;
		REQUIRE(user_make(&users[0], lock_and_die, page, (void *)1024, NULL));
		CHECK_INT(k_mem_domain_add_partition(&users[0].domain, &part), 0);
		user_allowed(&users[0]);
		CHECK_INT(user_page.count, 256);
		/* Nobody has unlocked it, and its place has not been needed yet. */
		if (!round)
			CHECK_INT(sys_mutex_lock(&page[0], K_NO_WAIT), -EBUSY);
		CHECK_INT(sys_mutex_lock(&shared.mutex, K_NO_WAIT), 0);
		CHECK_INT(sys_mutex_unlock(&shared.mutex), 0);
		user_end(&users[0]);
	}
	CHECK_INT(sys_mutex_lock(&page[0], K_NO_WAIT), -EBUSY);
	sys_mutex_init(&page[0]);
	CHECK_INT(sys_mutex_lock(&page[0], K_NO_WAIT), 0);
	CHECK_INT(sys_mutex_unlock(&page[0]), 0);
	rfree(page);
}

static void mutex_count(void *p1, void *p2, void *p3)
{
	for (int i = 0; i < (int)(intptr_t)p1; i++) {
		USER_CHECK(sys_mutex_lock(&shared.mutex, K_FOREVER) == 0);
		shared.counted++;
		USER_CHECK(sys_mutex_unlock(&shared.mutex) == 0);
	}
	__atomic_fetch_add(&user_page.count, 1, __ATOMIC_SEQ_CST);
}

/* From several cores at the same time, where the backend has them side by side. */
static void hammer(k_thread_entry_t entry)
{
	const int rounds = runs_slowly() ? 200 : 4000;

	for (int i = 0; i < THREADS; i++) {
		REQUIRE(user_make(&users[i], entry, (void *)(intptr_t)rounds, (void *)1, NULL));
		CHECK_INT(k_thread_cpu_pin(users[i].thread, i), 0);
		k_thread_start(users[i].thread);
	}
	k_run_ready_threads();
	CHECK_INT(user_page.count, THREADS);
	CHECK_INT(shared.counted, THREADS * rounds);
	end();
}

static void hammer_mutex(void)
{
	start_over();
	hammer(mutex_count);
	CHECK_INT(sys_mutex_unlock(&shared.mutex), -EINVAL);
}

static void hammer_sem(void)
{
	start_over();
	CHECK_INT(sys_sem_init(&shared.sem, 1, 1), 0);
	hammer(sem_count);
	CHECK_INT(sys_sem_count_get(&shared.sem), 1);
	CHECK_INT(shared.sem.waiters, 0);
}

static void both_keep_others_out_on_all_cores(void **state)
{
	static const enum host_isolation backends[] = { HOST_ISOLATION_NONE,
							HOST_ISOLATION_REQUIRED };

	for (size_t i = 0; i < ARRAY_SIZE(backends); i++) {
		const struct host_config config = { .isolation = backends[i],
						    .on_fault = HOST_ON_FAULT_MUTE,
						    .watchdog_ms = 20000,
						    .cores = THREADS };

		on_board_with(&config, hammer_mutex);
		on_board_with(&config, hammer_sem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_futex_wait_timeout_and_nowait),
		cmocka_unit_test(test_futex_wake_one_and_all),
		cmocka_unit_test(test_user_futex_bad),
		cmocka_unit_test(a_waiter_that_is_aborted_is_forgotten),
		cmocka_unit_test(test_sem_take_give_limit_and_timeout),
		cmocka_unit_test(test_sem_multiple_threads_wait),
		cmocka_unit_test(test_mutex_is_its_owner_s),
		cmocka_unit_test(test_mutex_bad_address),
		cmocka_unit_test(test_mutex_lends_priority),
		cmocka_unit_test(mutexes_of_dead_threads_use_up_nothing),
		cmocka_unit_test(both_keep_others_out_on_all_cores),
	};

	return RUN(tests);
}
