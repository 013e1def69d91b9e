/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * When a call switches threads. Every call that makes a better thread ready lets it run at once, if
 * the caller's priority is preemptible and neither the scheduler nor interrupts are locked. To abort
 * another thread is no such call.
 */
#include "posix/on_board.h"

#include <string.h>

static struct k_thread caller, waiter;
K_THREAD_STACK_DEFINE(caller_stack, 8192);
K_THREAD_STACK_DEFINE(waiter_stack, 8192);
K_HEAP_DEFINE(pool, 4096);

static struct k_sem sem, other_sem;
static struct k_mutex mutex;
static struct k_event event;
static struct k_queue queue;
static struct k_condvar condvar;
static struct k_timer timer;
static struct k_futex futex;

static char order[32];

static void note(char who)
{
	size_t length = strlen(order);

	if (length + 1 < sizeof(order))
		order[length] = who;
}

static void note_once(void *p1, void *p2, void *p3)
{
	note((char)(uintptr_t)p1);
}

static k_tid_t make(struct k_thread *thread, k_thread_stack_t *stack, k_thread_entry_t entry,
		    void *p1, int prio, k_timeout_t delay)
{
	k_tid_t made = k_thread_create(thread, stack, 8192, entry, p1, NULL, NULL, prio, 0, delay);

	CHECK(made == thread);
	return made;
}

/* Run code in a thread of this priority, to its end. */
static void run_caller(k_thread_entry_t entry, void *p1, int prio)
{
	memset(order, 0, sizeof(order));
	make(&caller, caller_stack, entry, p1, prio, K_FOREVER);
	k_thread_start(&caller);
	CHECK_INT(k_thread_join(&caller, K_FOREVER), 0);
	k_thread_abort(&waiter);
}

#define PRIO_OF_WAITER 5

static void start_one(void *p1, void *p2, void *p3)
{
	make(&waiter, waiter_stack, note_once, (void *)'w', PRIO_OF_WAITER, K_FOREVER);
	note('a');
	k_thread_start(&waiter);
	note('b');
	k_thread_join(&waiter, K_FOREVER);
}

static void create_one(void *p1, void *p2, void *p3)
{
	note('a');
	make(&waiter, waiter_stack, note_once, (void *)'w', PRIO_OF_WAITER, K_NO_WAIT);
	note('b');
	k_thread_join(&waiter, K_FOREVER);
}

static void start_one_that_is_delayed(void *p1, void *p2, void *p3)
{
	make(&waiter, waiter_stack, note_once, (void *)'w', PRIO_OF_WAITER, K_MSEC(5));
	note('a');
	k_thread_start(&waiter);
	note('b');
	k_thread_join(&waiter, K_FOREVER);
}

BOARD_TEST(a_better_thread_runs_when_it_is_started)
{
	static const k_thread_entry_t ways[] = { start_one, create_one, start_one_that_is_delayed };

	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		run_caller(ways[i], NULL, PRIO_OF_WAITER + 1);
		CHECK(!strcmp(order, "awb"));
		/* Neither an equal nor one that is preempted by nobody. */
		run_caller(ways[i], NULL, PRIO_OF_WAITER);
		CHECK(!strcmp(order, "abw"));
		run_caller(ways[i], NULL, -1);
		CHECK(!strcmp(order, "abw"));
	}
}

static void user_starts(void *p1, void *p2, void *p3)
{
	user_page.word[0] = 1;
	k_thread_start(p1);
	user_page.word[1] = user_page.word[2];
}

static void user_is_started(void *p1, void *p2, void *p3)
{
	user_page.word[2] = user_page.word[0];
}

BOARD_TEST(a_better_thread_runs_when_a_user_thread_starts_it)
{
	static struct user first, second;

	REQUIRE(user_make(&first, user_starts, NULL, NULL, NULL));
	REQUIRE(user_make(&second, user_is_started, NULL, NULL, NULL));
	k_thread_abort(first.thread);
	CHECK(k_thread_create(first.thread, first.stack, USER_STACK_SIZE, user_starts,
			      second.thread, NULL, NULL, 6, K_USER, K_FOREVER));
	k_mem_domain_add_thread(&first.domain, first.thread);
	k_thread_access_grant(first.thread, second.thread);
	user_allowed(&first);
	CHECK_INT(user_page.word[1], 1);
	user_end(&first);
	user_end(&second);
}

/* Everything that makes a waiting thread ready, with the wait that it ends. */
enum way {
	SEM_GIVE,
	SEM_RESET,
	MUTEX_UNLOCK,
	EVENT_POST,
	EVENT_SET,
	EVENT_SET_MASKED,
	QUEUE_APPEND,
	QUEUE_PREPEND,
	QUEUE_CANCEL,
	CONDVAR_SIGNAL,
	CONDVAR_BROADCAST,
	TIMER_STOP,
	FUTEX_WAKE,
	THREAD_RESUME,
	WAKEUP,
	THREAD_START,
	PRIORITY_SET,
	WAYS
};

static void wait_for(void *p1, void *p2, void *p3)
{
	switch ((enum way)(uintptr_t)p1) {
	case SEM_GIVE:
	case SEM_RESET:
		k_sem_take(&sem, K_FOREVER);
		break;
	case MUTEX_UNLOCK:
		k_mutex_lock(&mutex, K_FOREVER);
		k_mutex_unlock(&mutex);
		break;
	case EVENT_POST:
	case EVENT_SET:
	case EVENT_SET_MASKED:
		k_event_wait(&event, 1, false, K_FOREVER);
		break;
	case QUEUE_APPEND:
	case QUEUE_PREPEND:
	case QUEUE_CANCEL:
		k_queue_get(&queue, K_FOREVER);
		break;
	case CONDVAR_SIGNAL:
	case CONDVAR_BROADCAST:
		k_mutex_lock(&mutex, K_FOREVER);
		k_condvar_wait(&condvar, &mutex, K_FOREVER);
		k_mutex_unlock(&mutex);
		break;
	case TIMER_STOP:
		k_timer_status_sync(&timer);
		break;
	case FUTEX_WAKE:
		k_futex_wait(&futex, 0, K_FOREVER);
		break;
	case THREAD_RESUME:
		k_thread_suspend(k_current_get());
		break;
	case WAKEUP:
		k_sleep(K_FOREVER);
		break;
	default:
		break;
	}
	note('w');
}

static void make_ready(enum way way)
{
	switch (way) {
	case SEM_GIVE:
		k_sem_give(&sem);
		break;
	case SEM_RESET:
		k_sem_reset(&sem);
		break;
	case MUTEX_UNLOCK:
		k_mutex_unlock(&mutex);
		break;
	case EVENT_POST:
		k_event_post(&event, 1);
		break;
	case EVENT_SET:
		k_event_set(&event, 1);
		break;
	case EVENT_SET_MASKED:
		k_event_set_masked(&event, 1, 1);
		break;
	case QUEUE_APPEND:
		CHECK_INT(k_queue_alloc_append(&queue, order), 0);
		break;
	case QUEUE_PREPEND:
		CHECK_INT(k_queue_alloc_prepend(&queue, order), 0);
		break;
	case QUEUE_CANCEL:
		k_queue_cancel_wait(&queue);
		break;
	case CONDVAR_SIGNAL:
		k_condvar_signal(&condvar);
		break;
	case CONDVAR_BROADCAST:
		k_condvar_broadcast(&condvar);
		break;
	case TIMER_STOP:
		k_timer_stop(&timer);
		break;
	case FUTEX_WAKE:
		k_futex_wake(&futex, true);
		break;
	case THREAD_RESUME:
		k_thread_resume(&waiter);
		break;
	case WAKEUP:
		k_wakeup(&waiter);
		break;
	case THREAD_START:
		k_thread_start(&waiter);
		break;
	case PRIORITY_SET:
		k_thread_priority_set(&waiter, PRIO_OF_WAITER);
		break;
	default:
		break;
	}
}

enum lock { NO_LOCK, SPIN_LOCK, NESTED_SPIN_LOCK, IRQ_LOCK, SCHED_LOCK, COOPERATIVE, LOCKS };

static const char *const expected[LOCKS] = {
	[NO_LOCK] = "awbcd",  [SPIN_LOCK] = "abcwd",  [NESTED_SPIN_LOCK] = "abcwd",
	[IRQ_LOCK] = "abcwd", [SCHED_LOCK] = "abwcd", [COOPERATIVE] = "abcdw",
};

/* a: the waiter waits. b: it was made ready. c: no lock is held. d: another call that reschedules. */
static void release(enum way way, enum lock lock)
{
	struct k_spinlock outer = { 0 }, inner = { 0 };
	k_spinlock_key_t key = 0, inner_key = 0;
	unsigned int irq_key = 0;

	note('a');
	if (lock == SPIN_LOCK || lock == NESTED_SPIN_LOCK)
		key = k_spin_lock(&outer);
	if (lock == NESTED_SPIN_LOCK) {
		inner_key = k_spin_lock(&inner);
		k_spin_unlock(&inner, inner_key);
	}
	if (lock == IRQ_LOCK)
		irq_key = irq_lock();
	if (lock == SCHED_LOCK)
		k_sched_lock();
	make_ready(way);
	note('b');
	if (lock == SPIN_LOCK || lock == NESTED_SPIN_LOCK)
		k_spin_unlock(&outer, key);
	if (lock == IRQ_LOCK)
		irq_unlock(irq_key);
	if (lock == SCHED_LOCK)
		k_sched_unlock();
	note('c');
	k_sem_give(&other_sem);
	note('d');
}

static void release_locked(void *p1, void *p2, void *p3)
{
	enum way way = (enum way)((uintptr_t)p1 % WAYS);
	enum lock lock = (enum lock)((uintptr_t)p1 / WAYS);
	bool started = way != THREAD_START;
	int prio = k_current_get()->base.prio;

	k_sem_init(&sem, 0, 1);
	k_sem_init(&other_sem, 0, 100);
	k_mutex_init(&mutex);
	k_event_init(&event);
	k_queue_init(&queue);
	k_condvar_init(&condvar);
	k_timer_init(&timer, NULL, NULL);
	k_timer_start(&timer, K_SECONDS(100), K_NO_WAIT);
	if (way == MUTEX_UNLOCK)
		k_mutex_lock(&mutex, K_FOREVER);
	make(&waiter, waiter_stack, wait_for, (void *)way,
	     way == PRIORITY_SET ? prio + 1 : PRIO_OF_WAITER, started ? K_NO_WAIT : K_FOREVER);
	/* It runs until it waits; the one whose priority is set is ready all along. */
	if (started && way != PRIORITY_SET)
		k_sleep(K_MSEC(1));
	/* While it waits for the mutex, its owner has its priority. */
	if (way == MUTEX_UNLOCK && prio >= 0)
		CHECK_INT(k_thread_priority_get(k_current_get()), PRIO_OF_WAITER);
	release(way, lock);
	k_timer_stop(&timer);
	k_thread_join(&waiter, K_FOREVER);
}

BOARD_TEST(no_call_switches_threads_while_a_lock_is_held)
{
	k_thread_heap_assign(k_current_get(), &pool);
	for (uintptr_t lock = 0; lock < LOCKS; lock++) {
		for (uintptr_t way = 0; way < WAYS; way++) {
			int prio = lock == COOPERATIVE ? -1 : PRIO_OF_WAITER + 1;

			/* A cooperative one is lent nothing that is worse than what it has. */
			run_caller(release_locked, (void *)(lock * WAYS + way), prio);
			if (strcmp(order, expected[lock]))
				check_failed(__FILE__, __LINE__, order, (long long)lock,
					     (long long)way);
		}
	}
	k_thread_heap_assign(k_current_get(), NULL);
}

static void expired(struct k_timer *which)
{
	note('t');
	k_sem_give(&sem);
}

static void busy_and_locked(void *p1, void *p2, void *p3)
{
	unsigned int key;

	k_sem_init(&sem, 0, 1);
	k_timer_init(&timer, expired, NULL);
	make(&waiter, waiter_stack, wait_for, (void *)SEM_GIVE, PRIO_OF_WAITER, K_NO_WAIT);
	k_timer_start(&timer, K_MSEC(1), K_NO_WAIT);
	key = irq_lock();
	k_busy_wait(3000);
	note('a');
	CHECK_INT(k_uptime_ticks(), 3000);
	/* The interrupt comes now, and when it is over the best thread runs. */
	irq_unlock(key);
	note('b');
	k_thread_join(&waiter, K_FOREVER);
}

BOARD_TEST(a_timer_expires_when_interrupts_are_unlocked)
{
	run_caller(busy_and_locked, NULL, PRIO_OF_WAITER + 1);
	CHECK(!strcmp(order, "atwb"));
}

static void wait_while_locked(void *p1, void *p2, void *p3)
{
	unsigned int key = irq_lock();

	k_sem_init(&sem, 0, 1);
	make(&waiter, waiter_stack, wait_for, (void *)SEM_GIVE, PRIO_OF_WAITER, K_NO_WAIT);
	note('a');
	/* Locks are no reason not to wait; others run with their own. */
	k_sleep(K_MSEC(1));
	k_sem_give(&sem);
	note('b');
	irq_unlock(key);
	k_yield();
	k_sem_give(&other_sem);
	note('c');
	k_thread_join(&waiter, K_FOREVER);
}

BOARD_TEST(a_thread_that_waits_has_its_lock_again_afterwards)
{
	k_sem_init(&other_sem, 0, 9);
	run_caller(wait_while_locked, NULL, PRIO_OF_WAITER + 1);
	CHECK(!strcmp(order, "abwc"));
}

static void join_waiter(void *p1, void *p2, void *p3)
{
	CHECK_INT(k_thread_join(&waiter, K_FOREVER), 0);
	note('j');
}

static struct k_thread joiner;
K_THREAD_STACK_DEFINE(joiner_stack, 8192);

static void abort_joined(void *p1, void *p2, void *p3)
{
	enum lock lock = (enum lock)(uintptr_t)p1;

	k_sem_init(&sem, 0, 1);
	k_sem_init(&other_sem, 0, 9);
	make(&waiter, waiter_stack, wait_for, (void *)SEM_GIVE, PRIO_OF_WAITER, K_NO_WAIT);
	make(&joiner, joiner_stack, join_waiter, NULL, -8, K_NO_WAIT);
	k_sleep(K_MSEC(1));
	if (lock == SCHED_LOCK)
		k_sched_lock();
	note('a');
	k_thread_abort(&waiter);
	note('b');
	CHECK_INT(k_thread_join(&waiter, K_NO_WAIT), 0);
	if (lock == SCHED_LOCK)
		k_sched_unlock();
	note('c');
	k_sem_give(&other_sem);
	note('d');
	k_thread_join(&joiner, K_FOREVER);
}

BOARD_TEST(who_aborts_another_thread_keeps_running)
{
	run_caller(abort_joined, (void *)NO_LOCK, PRIO_OF_WAITER + 1);
	CHECK(!strcmp(order, "abcjd"));
	run_caller(abort_joined, (void *)SCHED_LOCK, PRIO_OF_WAITER + 1);
	CHECK(!strcmp(order, "abjcd"));
	run_caller(abort_joined, (void *)COOPERATIVE, -1);
	CHECK(!strcmp(order, "abcdj"));
}

static void unlock_too_often(void *p1, void *p2, void *p3)
{
	k_sched_lock();
	k_sched_unlock();
	note('a');
	k_sched_unlock();
	note('b');
}

BOARD_TEST(scheduler_is_not_unlocked_more_often_than_locked)
{
	run_caller(unlock_too_often, NULL, 3);
	CHECK(!strcmp(order, "a"));
	CHECK(take_fault());
	CHECK(strstr(fault_text(), "k_sched_unlock"));
}

/* \name k_thread_join() */

static int joined[2];

static void join_each_other(void *p1, void *p2, void *p3)
{
	joined[(uintptr_t)p2] = k_thread_join(p1, K_FOREVER);
}

BOARD_TEST(two_threads_do_not_join_each_other)
{
	static struct k_thread two[2];

	for (uintptr_t i = 0; i < 2; i++)
		CHECK(k_thread_create(&two[i], i ? waiter_stack : caller_stack, 8192,
				      join_each_other, &two[!i], (void *)i, NULL, 3, 0, K_FOREVER));
	k_thread_start(&two[0]);
	k_thread_start(&two[1]);
	CHECK_INT(k_thread_join(&two[0], K_FOREVER), 0);
	CHECK_INT(joined[0], 0);
	CHECK_INT(joined[1], -EDEADLK);
}

static void join_in_every_way(void *p1, void *p2, void *p3)
{
	struct k_thread *self = k_current_get();
	static struct k_thread never_made;

	CHECK_INT(k_thread_join(self, K_NO_WAIT), -EBUSY);
	CHECK_INT(k_thread_join(self, K_MSEC(1)), -EDEADLK);
	CHECK_INT(k_thread_join(self, K_FOREVER), -EDEADLK);
	CHECK_INT(k_thread_join(&never_made, K_FOREVER), 0);
	k_sem_init(&sem, 0, 1);
	make(&waiter, waiter_stack, wait_for, (void *)SEM_GIVE, PRIO_OF_WAITER, K_NO_WAIT);
	CHECK_INT(k_thread_join(&waiter, K_NO_WAIT), -EBUSY);
	CHECK_INT(k_thread_join(&waiter, K_MSEC(1)), -EAGAIN);
	k_thread_abort(&waiter);
	CHECK_INT(k_thread_join(&waiter, K_NO_WAIT), 0);
	CHECK_INT(k_thread_join(&waiter, K_FOREVER), 0);
}

BOARD_TEST(join_tells_why_it_does_not_wait)
{
	run_caller(join_in_every_way, NULL, 3);
}

/* \name Threads that sleep for ever */

BOARD_TEST(sleep_for_ever_ends_with_wakeup_or_resume)
{
	memset(order, 0, sizeof(order));
	make(&waiter, waiter_stack, wait_for, (void *)WAKEUP, 3, K_NO_WAIT);
	k_sleep(K_MSEC(1));
	k_wakeup(&waiter);
	CHECK_INT(k_thread_join(&waiter, K_MSEC(1)), 0);
	make(&waiter, waiter_stack, wait_for, (void *)WAKEUP, 3, K_NO_WAIT);
	k_sleep(K_MSEC(1));
	k_thread_resume(&waiter);
	CHECK_INT(k_thread_join(&waiter, K_MSEC(1)), 0);
	CHECK(!strcmp(order, "ww"));
	k_thread_abort(&waiter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_better_thread_runs_when_it_is_started),
		cmocka_unit_test(a_better_thread_runs_when_a_user_thread_starts_it),
		cmocka_unit_test(no_call_switches_threads_while_a_lock_is_held),
		cmocka_unit_test(a_timer_expires_when_interrupts_are_unlocked),
		cmocka_unit_test(a_thread_that_waits_has_its_lock_again_afterwards),
		cmocka_unit_test(who_aborts_another_thread_keeps_running),
		cmocka_unit_test(scheduler_is_not_unlocked_more_often_than_locked),
		cmocka_unit_test(two_threads_do_not_join_each_other),
		cmocka_unit_test(join_tells_why_it_does_not_wait),
		cmocka_unit_test(sleep_for_ever_ends_with_wakeup_or_resume),
	};

	return RUN(tests);
}
