/* SPDX-License-Identifier: BSD-3-Clause */
#include "on_board.h"

#include <rtos/alloc.h>
#include <rtos/panic.h>
#include <string.h>
#include <zephyr/internal/syscall_handler.h>

#define ADD_UP (K_SYSCALL_LIMIT - 3) /* a number that is free */

static struct user user;
static struct k_sem sem;
static struct k_event event;

static uintptr_t add_up(const uintptr_t *arg)
{
	return arg[0] + arg[1] + arg[2] + arg[3] + arg[4] + arg[5];
}

static void six_arguments(void *p1, void *p2, void *p3)
{
	USER_CHECK(z_syscall(ADD_UP, 1, 20, 300, 4000, 50000, 600000) == 654321);
	USER_CHECK(z_syscall(ADD_UP, UINTPTR_MAX, 1, 0, 0, 0, 0) == 0);
	USER_CHECK(k_is_user_context());
}

BOARD_TEST(all_six_arguments_arrive)
{
	CHECK_INT(z_syscall_register(ADD_UP, add_up), 0);
	CHECK_INT(z_syscall_register(ADD_UP, NULL), -EINVAL);
	run_allowed(six_arguments, NULL, NULL, NULL);
}

static void all_calls(void *p1, void *p2, void *p3)
{
	k_ticks_t start = k_uptime_ticks();

	USER_CHECK(!k_sem_init(&sem, 1, 2) && k_sem_init(&sem, 3, 2) == -EINVAL);
	USER_CHECK(!k_sem_take(&sem, K_NO_WAIT) && k_sem_take(&sem, K_NO_WAIT) == -EBUSY);
	USER_CHECK(k_sem_take(&sem, K_MSEC(2)) == -EAGAIN);
	USER_CHECK(k_uptime_ticks() == start + 2000);
	k_sem_give(&sem);
	USER_CHECK(!k_event_post(&event, 3));
	USER_CHECK(k_event_wait(&event, 1, false, K_NO_WAIT) == 1);
	USER_CHECK(k_event_wait_safe(&event, 1, false, K_FOREVER) == 1);
	USER_CHECK(k_event_set(&event, 8) == 2);
	USER_CHECK(!k_event_wait(&event, 8, true, K_USEC(5)));
	k_yield();
	k_sleep(K_SECONDS(1));
	USER_CHECK(k_uptime_ticks() == start + 2000 + 5 + 1000000);
	USER_CHECK(k_thread_join(k_current_get(), K_NO_WAIT) == -EBUSY);
	USER_CHECK(k_thread_join(k_current_get(), K_FOREVER) == -EDEADLK);
}

BOARD_TEST(calls_do_in_user_mode_what_they_do_in_the_kernel)
{
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	k_event_init(&event);
	REQUIRE(user_make(&user, all_calls, NULL, NULL, NULL));
	k_thread_access_grant(user.thread, &sem, &event);
	user_allowed(&user);
	CHECK_INT(k_sem_count_get(&sem), 1);
	user_end(&user);
}

static void event_refused(void *p1, void *p2, void *p3)
{
	switch ((uintptr_t)p2) {
	case 0:
		MUST_FAULT(k_event_post(p1, 1));
		break;
	case 1:
		MUST_FAULT(k_event_set(p1, 1));
		break;
	case 2:
		MUST_FAULT(k_event_wait(p1, 1, false, K_NO_WAIT));
		break;
	case 3:
		MUST_FAULT(k_event_wait_safe(p1, 1, false, K_NO_WAIT));
		break;
	case 4:
		MUST_FAULT(k_sem_give(p1));
		break;
	case 5:
		MUST_FAULT(k_sem_take(p1, K_NO_WAIT));
		break;
	case 6:
		MUST_FAULT(k_thread_abort(p1));
		break;
	case 7:
		MUST_FAULT(k_thread_join(p1, K_NO_WAIT));
		break;
	case 8:
		MUST_FAULT(k_sem_init(p1, 1, 1));
		break;
	}
}

BOARD_TEST(no_call_takes_what_is_not_granted)
{
	k_event_init(&event);
	for (uintptr_t call = 0; call < 9; call++) {
		const struct host_fault *fault;

		run_refused(event_refused, &event, (void *)call, NULL, HOST_FAULT_OOPS);
		run_refused(event_refused, k_current_get(), (void *)call, NULL, HOST_FAULT_OOPS);
		run_refused(event_refused, NULL, (void *)call, NULL, HOST_FAULT_OOPS);
		fault = run_refused(event_refused, (void *)&user_page, (void *)call, NULL,
				    HOST_FAULT_OOPS);
		CHECK(fault->in_syscall && fault->syscall_pc && fault->pc == fault->syscall_pc);
	}
}

static void log_call(void *p1, void *p2, void *p3)
{
	const struct {
		uintptr_t text, length, module_length;
	} *args = p1;
	uintptr_t text = args->text, length = args->length, module_length = args->module_length;

	MUST_FAULT(
		z_syscall(K_SYSCALL_SOF_LOG, 1, (uintptr_t) "m", text, length, module_length, 0));
}

BOARD_TEST(log_reads_only_what_its_caller_may)
{
	const char *text = "no end";
	uintptr_t *args = (uintptr_t *)user_page.word;
	const uintptr_t tries[][3] = {
		{ (uintptr_t)&sem, 8, 2 },	  { (uintptr_t)text, 6, 2 },
		{ (uintptr_t)text, 0, 2 },	  { (uintptr_t)text, 7, 0 },
		{ (uintptr_t)text, 7, 1 },	  { 0, 4, 2 },
		{ UINTPTR_MAX - 2, 8, 2 },	  { (uintptr_t)text, SIZE_MAX, 2 },
		{ (uintptr_t)text, 7, SIZE_MAX },
	};

	for (size_t i = 0; i < ARRAY_SIZE(tries); i++) {
		memcpy(args, tries[i], sizeof(tries[i]));
		run_refused(log_call, args, NULL, NULL, HOST_FAULT_OOPS);
	}
}

static void fatal_text(void *p1, void *p2, void *p3)
{
	MUST_FAULT(z_fatal(K_ERR_KERNEL_OOPS, p1));
}

BOARD_TEST(text_of_an_oops_is_told_as_far_as_it_may_be_read)
{
	uint8_t *page = page_alloc(2);
	struct k_mem_partition part = { (uintptr_t)page, 4096, K_MEM_PARTITION_P_RW_U_RW };

	memset(page, 'x', 4096);
	strcpy((char *)page + 4096, "secret");
	run_refused(fatal_text, page + 4096, NULL, NULL, HOST_FAULT_OOPS);
	CHECK(!fault_text()[0]);
	REQUIRE(user_make(&user, fatal_text, page + 4093, NULL, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &part), 0);
	user_refused(&user, HOST_FAULT_OOPS);
	CHECK(!strcmp(fault_text(), "xxx"));
	user_end(&user);
	run_refused(fatal_text, NULL, NULL, NULL, HOST_FAULT_OOPS);
	rfree(page);
}

static void assertion(void *p1, void *p2, void *p3)
{
	MUST_FAULT(assert(p1 == (void *)&user_page));
}

BOARD_TEST(assertion_in_user_mode_is_told_as_one)
{
	run_refused(assertion, NULL, NULL, NULL, HOST_FAULT_ASSERT);
	CHECK(strstr(fault_text(), "user_page"));
	CHECK(strstr(fault_text(), "test_syscall.c:"));
}

static void abort_essential(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_thread_abort(p1));
}

BOARD_TEST(essential_thread_is_not_aborted_by_a_user)
{
	static struct user essential;

	REQUIRE(user_make(&essential, abort_essential, NULL, NULL, NULL));
	essential.thread->base.user_options |= K_ESSENTIAL;
	REQUIRE(user_make(&user, abort_essential, essential.thread, NULL, NULL));
	k_thread_access_grant(user.thread, essential.thread);
	user_refused(&user, HOST_FAULT_OOPS);
	CHECK_INT(k_thread_join(essential.thread, K_NO_WAIT), -EBUSY);
	user_end(&user);
	essential.thread->base.user_options = K_USER;
	user_end(&essential);
}

static void rmalloc_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(rmalloc(0, 16));
}

BOARD_TEST(kernel_functions_fault_on_kernel_memory)
{
	CHECK_INT(run_refused(rmalloc_refused, NULL, NULL, NULL, HOST_FAULT_ACCESS)->where.kind,
		  HOST_MEMORY_KERNEL_DATA);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_six_arguments_arrive),
		cmocka_unit_test(calls_do_in_user_mode_what_they_do_in_the_kernel),
		cmocka_unit_test(no_call_takes_what_is_not_granted),
		cmocka_unit_test(log_reads_only_what_its_caller_may),
		cmocka_unit_test(text_of_an_oops_is_told_as_far_as_it_may_be_read),
		cmocka_unit_test(assertion_in_user_mode_is_told_as_one),
		cmocka_unit_test(essential_thread_is_not_aborted_by_a_user),
		cmocka_unit_test(kernel_functions_fault_on_kernel_memory),
	};

	return RUN(tests);
}
