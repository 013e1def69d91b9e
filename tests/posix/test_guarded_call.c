/* SPDX-License-Identifier: BSD-3-Clause */
/* Supervisor code that faults in a guarded call: the call ends, the firmware goes on. */
#include "on_board.h"

#include <call_storage.h>
#include <errno.h>
#include <host/guarded_call.h>
#include <rtos/alloc.h>
#include <scheduler.h>
#include <signal.h>
#include <string.h>

static uintptr_t twice(void *arg)
{
	return 2 * (uintptr_t)arg;
}

/* Sanitizers and the compiler would find NULL itself out. */
static volatile uintptr_t nowhere = 8;

static uintptr_t write_to_null(void *arg)
{
	*(volatile int *)nowhere = 1;
	return 1;
}

static volatile int deepest = INT32_MAX;

static int deeper(volatile int *before)
{
	volatile int here[64] = { *before + 1 };

	return here[0] == deepest ? 0 : deeper(here) + here[0];
}

static uintptr_t recurse(void *arg)
{
	volatile int zero = 0;

	return (uintptr_t)deeper(&zero);
}

static uintptr_t call_inner(void *arg)
{
	uintptr_t result = 0;

	CHECK_INT(host_guarded_call("inner.0", arg, NULL, &result), -EFAULT);
	CHECK(!strcmp(take_fault()->owner, "inner.0"));
	/* Whoever goes on is the outer one again. */
	return write_to_null(NULL);
}

static uintptr_t lock_and_fault(void *arg)
{
	k_sched_lock();
	return write_to_null(NULL);
}

static uintptr_t panic(void *arg)
{
	k_panic();
	return 0;
}

static void call_faults(uintptr_t (*fn)(void *arg), enum host_fault_kind kind)
{
	const struct host_fault *fault;
	uintptr_t result = 7;

	CHECK_INT(host_guarded_call("module.3", fn, NULL, &result), -EFAULT);
	fault = take_fault();
	REQUIRE(fault);
	CHECK_INT(fault->kind, kind);
	CHECK(!fault->user_mode);
	CHECK(!strcmp(fault->owner, "module.3"));
	CHECK(!take_fault());
}

BOARD_TEST(result_is_the_functions)
{
	uintptr_t result = 0;

	CHECK_INT(host_guarded_call("module.3", twice, (void *)21, &result), 0);
	CHECK_INT(result, 42);
}

BOARD_TEST(faults_end_the_call_and_name_the_owner)
{
	for (int i = 0; i < 3; i++) {
		call_faults(write_to_null, HOST_FAULT_ACCESS);
		call_faults(panic, HOST_FAULT_OOPS);
	}
}

BOARD_TEST(signals_are_as_they_were_after_a_fault)
{
	sigset_t before, after;

	pthread_sigmask(SIG_SETMASK, NULL, &before);
	call_faults(write_to_null, HOST_FAULT_ACCESS);
	pthread_sigmask(SIG_SETMASK, NULL, &after);
	for (int i = 1; i < 32; i++)
		CHECK_INT(sigismember(&before, i), sigismember(&after, i));
}

BOARD_TEST(scheduler_lock_is_given_back)
{
	call_faults(lock_and_fault, HOST_FAULT_ACCESS);
	CHECK_INT(sched_current->arch->sched_locked, 0);
}

BOARD_TEST(calls_nest)
{
	uintptr_t result;
	const struct host_fault *fault;

	CHECK_INT(host_guarded_call("outer.0", call_inner, write_to_null, &result), -EFAULT);
	fault = take_fault();
	REQUIRE(fault);
	CHECK(!strcmp(fault->owner, "outer.0"));
	CHECK_INT(host_guarded_call("outer.0", call_inner, recurse, &result), -EFAULT);
	CHECK(take_fault());
}

BOARD_TEST(stack_ends_at_closed_memory)
{
	const struct host_fault *fault;
	uintptr_t result;

	for (int i = 0; i < 2; i++) {
		CHECK_INT(host_guarded_call("module.3", recurse, NULL, &result), -EFAULT);
		fault = take_fault();
		REQUIRE(fault);
		CHECK(fault->stack_overflow);
		CHECK_INT(fault->where.kind, HOST_MEMORY_STACK_GUARD);
		CHECK(fault->stack_size >= 256 << 10);
	}
}

static void be_renamed(void *p1, void *p2, void *p3)
{
	k_thread_name_set(k_current_get(), "innocent.0");
	MUST_FAULT(*(volatile int *)((uintptr_t)p1 + 8) = 1);
}

BOARD_TEST(owner_is_not_the_threads_name)
{
	static struct user user;
	const struct host_fault *fault;

	REQUIRE(user_make(&user, be_renamed, NULL, NULL, NULL));
	host_thread_owner_set(user.thread, "guilty.1");
	fault = user_refused(&user, HOST_FAULT_ACCESS);
	CHECK(!strcmp(fault->owner, "guilty.1"));
	CHECK(!strcmp(fault->thread_name, "innocent.0"));
	user_end(&user);
}

static void fault_later(void *p1, void *p2, void *p3)
{
	write_to_null(NULL);
}

static uintptr_t make_thread(void *arg)
{
	struct k_thread *thread = arg;
	k_thread_stack_t *stack = k_thread_stack_alloc(4096, 0);

	CHECK(k_thread_create(thread, stack, 4096, fault_later, NULL, NULL, NULL, 1, 0, K_FOREVER));
	return (uintptr_t)stack;
}

BOARD_TEST(threads_belong_to_who_made_them)
{
	static struct k_thread thread;
	const struct host_fault *fault;
	uintptr_t stack;

	CHECK_INT(host_guarded_call("maker.2", make_thread, &thread, &stack), 0);
	k_thread_start(&thread);
	CHECK_INT(k_thread_join(&thread, K_FOREVER), 0);
	fault = take_fault();
	REQUIRE(fault);
	CHECK(!strcmp(fault->owner, "maker.2"));
	CHECK_INT(k_thread_stack_free((void *)stack), 0);
}

static uintptr_t spin(void *arg)
{
	for (volatile int i = 0;; i++)
		;
	return 0;
}

static void spin_twice(void)
{
	call_faults(spin, HOST_FAULT_WATCHDOG);
	call_faults(spin, HOST_FAULT_WATCHDOG);
}

/* Its code is the program's, where the watchdog looks for a better place for a while. */
static void watchdog_ends_the_call(void **state)
{
	const struct host_config config = { .isolation = HOST_ISOLATION_REQUIRED,
					    .on_fault = HOST_ON_FAULT_MUTE,
					    .watchdog_ms = 20 };

	if (signals_are_delayed())
		skip();
	on_board_with(&config, spin_twice);
}

static uintptr_t wait_a_little(void *arg)
{
	for (int i = 0; i < 100; i++) {
		for (volatile int k = 0; k < 400000; k++)
			;
		k_sleep(K_MSEC(1));
	}
	return 5;
}

static void wait_often(void)
{
	uintptr_t result = 0;

	CHECK_INT(host_guarded_call("patient.0", wait_a_little, NULL, &result), 0);
	CHECK_INT(result, 5);
}

/* Each wait begins the time anew. */
static void watchdog_lets_waiting_calls_be(void **state)
{
	const struct host_config config = { .isolation = HOST_ISOLATION_REQUIRED,
					    .on_fault = HOST_ON_FAULT_MUTE,
					    .watchdog_ms = 20 };

	on_board_with(&config, wait_often);
}

/* Damage to thread-local storage: with a memory checker's own data there, it is not looked for. */
static bool storage_is_copied(void)
{
	return call_storage_size() != 0;
}

static uintptr_t set_errno(void *arg)
{
	errno = (int)(uintptr_t)arg;
	return (uintptr_t)errno;
}

static uintptr_t overwrite_record(void *arg)
{
	volatile uint64_t *record = __builtin_thread_pointer();

	record[90] = ~record[90];
	return 0;
}

/* Not the compiler's way: it assumes that a function has one thread pointer. */
static uintptr_t read_thread_pointer(void)
{
	uintptr_t tp;

	__asm__ volatile("mov %%fs:0, %0" : "=r"(tp));
	return tp;
}

BOARD_TEST(code_may_set_errno)
{
	uintptr_t result = 0;

	errno = 7;
	for (int i = 1; i < 4; i++) {
		CHECK_INT(host_guarded_call("module.3", set_errno, (void *)(uintptr_t)i, &result),
			  0);
		CHECK_INT(result, i);
	}
	CHECK(!take_fault());
	CHECK_INT(errno, storage_is_copied() ? 7 : 3);
}

BOARD_TEST(code_that_overwrites_the_threads_record_is_named)
{
	uintptr_t result;

	if (!storage_is_copied())
		return;
	for (int i = 0; i < 3; i++) {
		call_faults(overwrite_record, HOST_FAULT_OOPS);
		CHECK_INT(host_guarded_call("module.4", twice, (void *)21, &result), 0);
		CHECK_INT(result, 42);
	}
}

static uintptr_t damage_and_call(void *arg)
{
	uintptr_t result;

	overwrite_record(NULL);
	host_guarded_call("inner.0", twice, NULL, &result);
	return 0;
}

BOARD_TEST(damage_before_an_inner_call_is_the_outer_ones)
{
	const struct host_fault *fault;
	uintptr_t result;

	if (!storage_is_copied())
		return;
	CHECK_INT(host_guarded_call("outer.0", damage_and_call, NULL, &result), -EFAULT);
	fault = take_fault();
	REQUIRE(fault);
	CHECK(!strcmp(fault->owner, "outer.0"));
	CHECK(!take_fault());
}

static uintptr_t call_one_that_damages(void *arg)
{
	const uintptr_t before = read_thread_pointer();
	uintptr_t result;

	CHECK_INT(host_guarded_call("inner.0", overwrite_record, NULL, &result), -EFAULT);
	CHECK(!strcmp(take_fault()->owner, "inner.0"));
	CHECK(read_thread_pointer() == before);
	CHECK_INT(host_guarded_call("inner.1", twice, (void *)21, &result), 0);
	return 3;
}

BOARD_TEST(damage_of_an_inner_call_is_not_the_outer_ones)
{
	const uintptr_t before = read_thread_pointer();
	uintptr_t result = 0;

	if (!storage_is_copied())
		return;
	CHECK_INT(host_guarded_call("outer.0", call_one_that_damages, NULL, &result), 0);
	CHECK_INT(result, 3);
	CHECK(!take_fault());
	CHECK(read_thread_pointer() == before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(result_is_the_functions),
		cmocka_unit_test(faults_end_the_call_and_name_the_owner),
		cmocka_unit_test(signals_are_as_they_were_after_a_fault),
		cmocka_unit_test(scheduler_lock_is_given_back),
		cmocka_unit_test(calls_nest),
		cmocka_unit_test(code_may_set_errno),
		cmocka_unit_test(code_that_overwrites_the_threads_record_is_named),
		cmocka_unit_test(damage_before_an_inner_call_is_the_outer_ones),
		cmocka_unit_test(damage_of_an_inner_call_is_not_the_outer_ones),
		cmocka_unit_test(stack_ends_at_closed_memory),
		cmocka_unit_test(owner_is_not_the_threads_name),
		cmocka_unit_test(threads_belong_to_who_made_them),
		cmocka_unit_test(watchdog_ends_the_call),
		cmocka_unit_test(watchdog_lets_waiting_calls_be),
	};

	return RUN(tests);
}
