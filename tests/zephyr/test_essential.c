/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Essential threads: however one ends, the fault is told and the board ends, as after a panic.
 */
#include "posix/on_board.h"

#include <rtos/alloc.h>
#include <stdio.h>
#include <string.h>

static struct {
	void (*body)(void);
	int returned;
	unsigned int faults;
	enum host_fault_kind kind;
	char text[192], thread[32];
	bool ran_on; /* a thread ran after the board had died */
} run;

static struct k_thread essential, other;
static struct k_sem sem;
static struct k_timer timer;
static struct user user;

static void on_fault(const struct host_fault *fault, void *arg)
{
	if (run.faults++)
		return;
	run.kind = fault->kind;
	snprintf(run.text, sizeof(run.text), "%s", fault->text);
	snprintf(run.thread, sizeof(run.thread), "%s", fault->thread_name);
}

static int firmware(void *arg)
{
	run.body();
	return 77;
}

/* The body does not return, or the board ends anyhow: with a failure, and one fault told. */
static void on_dying_board(void (*body)(void), const char *who)
{
	const struct host_config config = {
		.isolation = HOST_ISOLATION_REQUIRED,
		.on_fault = HOST_ON_FAULT_MUTE,
	};

	memset(&run, 0, sizeof(run));
	run.body = body;
	assert_int_equal(host_init(&config), 0);
	host_fault_handler_set(on_fault, NULL);
	assert_int_equal(host_run(firmware, NULL, &run.returned), 0);
	host_fault_handler_set(NULL, NULL);
	host_exit();
	assert_int_equal(run.returned, -EFAULT);
	assert_int_equal(run.faults, 1);
	if (who)
		assert_string_equal(run.thread, who);
	assert_false(run.ran_on);
}

static void must_tell_why(void)
{
	assert_int_equal(run.kind, HOST_FAULT_OOPS);
	assert_non_null(strstr(run.text, "essential"));
}

static void wait(void *p1, void *p2, void *p3)
{
	k_sem_take(&sem, K_FOREVER);
}

static void nothing(void *p1, void *p2, void *p3)
{
}

static void make(struct k_thread *thread, const char *name, k_thread_entry_t entry,
		 uint32_t options)
{
	k_thread_create(thread, k_thread_stack_alloc(8192, 0), 8192, entry, NULL, NULL, NULL, 3,
			options, K_NO_WAIT);
	k_thread_name_set(thread, name);
}

static void abort_it(void *p1, void *p2, void *p3)
{
	k_thread_abort(&essential);
	run.ran_on = true;
}

static void abort_by_first(void)
{
	k_sem_init(&sem, 0, 1);
	make(&essential, "essential", wait, K_ESSENTIAL);
	k_sleep(K_MSEC(1));
	abort_it(NULL, NULL, NULL);
}

static void abort_before_it_ran(void)
{
	k_sem_init(&sem, 0, 1);
	make(&essential, "essential", wait, K_ESSENTIAL);
	abort_it(NULL, NULL, NULL);
}

static void dies_in_other_thread(k_thread_entry_t entry)
{
	k_sem_init(&sem, 0, 1);
	make(&essential, "essential", wait, K_ESSENTIAL);
	make(&other, "other", entry, 0);
	k_sleep(K_MSEC(10));
	run.ran_on = true;
}

static void abort_by_other(void)
{
	dies_in_other_thread(abort_it);
}

static void run_ready(void)
{
	k_sem_init(&sem, 0, 1);
	make(&essential, "essential", wait, K_ESSENTIAL);
	make(&other, "other", abort_it, 0);
	k_run_ready_threads();
	run.ran_on = true;
}

static void abort_itself(void *p1, void *p2, void *p3)
{
	k_thread_abort(k_current_get());
}

static void ends_itself(void)
{
	make(&essential, "essential", abort_itself, K_ESSENTIAL);
	k_sleep(K_MSEC(10));
	run.ran_on = true;
}

static void returns(void)
{
	make(&essential, "essential", nothing, K_ESSENTIAL);
	k_sleep(K_FOREVER);
	run.ran_on = true;
}

static void expired(struct k_timer *which)
{
	k_thread_abort(&essential);
	run.ran_on = true;
}

static void abort_by_interrupt(void)
{
	k_sem_init(&sem, 0, 1);
	make(&essential, "essential", wait, K_ESSENTIAL);
	k_timer_init(&timer, expired, NULL);
	k_timer_start(&timer, K_MSEC(1), K_NO_WAIT);
	k_sleep(K_MSEC(10));
	run.ran_on = true;
}

static void read_null(void *p1, void *p2, void *p3)
{
	*(volatile int *)p1 = 1;
}

static void make_essential_user(k_thread_entry_t entry)
{
	if (!user_make(&user, entry, NULL, NULL, NULL))
		return;
	k_thread_name_set(user.thread, "essential");
	user.thread->base.user_options |= K_ESSENTIAL;
	k_thread_start(user.thread);
	k_sleep(K_MSEC(10));
	run.ran_on = true;
}

static void user_faults(void)
{
	make_essential_user(read_null);
}

static void user_returns(void)
{
	make_essential_user(nothing);
}

static void an_essential_thread_that_is_aborted_ends_the_board(void **state)
{
	on_dying_board(abort_by_first, "supervisor");
	must_tell_why();
	on_dying_board(abort_before_it_ran, "supervisor");
	must_tell_why();
	on_dying_board(abort_by_other, "other");
	must_tell_why();
	on_dying_board(run_ready, "other");
	must_tell_why();
	on_dying_board(ends_itself, "essential");
	must_tell_why();
}

static void an_essential_thread_that_is_aborted_by_an_interrupt_ends_the_board(void **state)
{
	/* An interrupt is no thread: the fault is told of whichever was the last to run. */
	on_dying_board(abort_by_interrupt, NULL);
	must_tell_why();
}

static void an_essential_thread_that_returns_ends_the_board(void **state)
{
	on_dying_board(returns, "essential");
	must_tell_why();
	on_dying_board(user_returns, "essential");
	must_tell_why();
}

static void an_essential_thread_that_faults_ends_the_board(void **state)
{
	on_dying_board(user_faults, "essential");
	assert_int_equal(run.kind, HOST_FAULT_ACCESS);
}

BOARD_TEST(an_essential_thread_may_live_when_the_board_stops)
{
	static k_thread_stack_t *stack;

	k_sem_init(&sem, 0, 1);
	stack = k_thread_stack_alloc(8192, 0);
	CHECK(k_thread_create(&essential, stack, 8192, wait, NULL, NULL, NULL, 3, K_ESSENTIAL,
			      K_NO_WAIT));
	k_sleep(K_MSEC(1));
	essential.base.user_options = 0;
	k_thread_abort(&essential);
	CHECK_INT(k_thread_stack_free(stack), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_essential_thread_that_is_aborted_ends_the_board),
		cmocka_unit_test(
			an_essential_thread_that_is_aborted_by_an_interrupt_ends_the_board),
		cmocka_unit_test(an_essential_thread_that_returns_ends_the_board),
		cmocka_unit_test(an_essential_thread_that_faults_ends_the_board),
		cmocka_unit_test(an_essential_thread_may_live_when_the_board_stops),
	};

	return RUN(tests);
}
