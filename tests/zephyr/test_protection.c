/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Constants, text and data keep their rights; stacks are as large as they say; threads and stacks
 * made at run time.
 */
#include "posix/on_board.h"

#include <rtos/alloc.h>
#include <string.h>

static struct user user;
static const uint8_t constant[16] = { 1 };
static uint8_t data_code[4096] __attribute__((aligned(4096)));

static void write_it(void *p1, void *p2, void *p3)
{
	MUST_FAULT(*(volatile uint8_t *)p1 = 0);
}

static void run_it(void *p1, void *p2, void *p3)
{
	MUST_FAULT(((void (*)(void))(uintptr_t)p1)());
}

BOARD_TEST(test_write_ro)
{
	run_refused(write_it, (void *)(uintptr_t)constant, NULL, NULL, HOST_FAULT_ACCESS);
}

BOARD_TEST(test_write_text)
{
	run_refused(write_it, (void *)(uintptr_t)write_it, NULL, NULL, HOST_FAULT_ACCESS);
}

static void check_execution(void *code, struct k_mem_partition *part)
{
	const struct host_fault *fault;

	REQUIRE(user_make(&user, run_it, code, NULL, NULL));
	if (part)
		CHECK_INT(k_mem_domain_add_partition(&user.domain, part), 0);
	fault = user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(fault->access, HOST_ACCESS_EXECUTE);
	CHECK_INT(fault->address, (uintptr_t)code);
	user_end(&user);
}

BOARD_TEST(test_exec_data)
{
	struct k_mem_partition part = { (uintptr_t)data_code, sizeof(data_code),
					K_MEM_PARTITION_P_RW_U_RW };

	data_code[0] = 0xc3;
	check_execution(data_code, &part);
}

static void run_stack(void *p1, void *p2, void *p3)
{
	volatile uint8_t code[16] = { 0xc3 };

	MUST_FAULT(((void (*)(void))(uintptr_t)code)());
}

BOARD_TEST(test_exec_stack)
{
	CHECK_INT(run_refused(run_stack, NULL, NULL, NULL, HOST_FAULT_ACCESS)->access,
		  HOST_ACCESS_EXECUTE);
}

BOARD_TEST(test_exec_heap)
{
	struct k_heap *heap = module_driver_heap_init();
	struct k_mem_partition part;
	uint8_t *code;

	REQUIRE(heap);
	code = k_heap_alloc(heap, 16, K_NO_WAIT);
	code[0] = 0xc3;
	module_driver_heap_partition(heap, &part);
	check_execution(code, &part);
	module_driver_heap_remove(heap);
}

void __stack_chk_fail(void);

/* What the compiler's own check calls when a canary was overwritten. */
static void smash(void *p1, void *p2, void *p3)
{
	MUST_FAULT(__stack_chk_fail());
}

static void fine(void *p1, void *p2, void *p3)
{
	user_page.count++;
}

BOARD_TEST(test_stackprot)
{
	run_refused(smash, NULL, NULL, NULL, HOST_FAULT_STACK_SMASHED);
	/* It ended that thread only. */
	run_allowed(fine, NULL, NULL, NULL);
	CHECK_INT(user_page.count, 1);
}

static void whole_buffer(void *p1, void *p2, void *p3)
{
	volatile uint8_t *low = p1;
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	/* From the first byte up to where this frame begins. */
	for (volatile uint8_t *byte = low; (uintptr_t)byte < here - 512; byte += 16)
		*byte = 1;
	USER_CHECK(low[USER_STACK_SIZE - 1] == low[USER_STACK_SIZE - 1]);
	MUST_FAULT(low[-1] = 1);
}

BOARD_TEST(test_stack_buffer)
{
	REQUIRE(user_make(&user, fine, NULL, NULL, NULL));
	k_thread_abort(user.thread);
	CHECK(k_thread_create(user.thread, user.stack, USER_STACK_SIZE, whole_buffer, user.stack,
			      NULL, NULL, 1, K_USER, K_FOREVER));
	CHECK_INT(k_mem_domain_add_thread(&user.domain, user.thread), 0);
	CHECK_INT(user_refused(&user, HOST_FAULT_ACCESS)->where.kind, HOST_MEMORY_STACK_GUARD);
	user_end(&user);
}

static struct k_sem sem;

static void give(void *p1, void *p2, void *p3)
{
	k_sem_give(p1);
}

static void give_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_sem_give(p1));
}

BOARD_TEST(test_dyn_thread_perms)
{
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	run_refused(give_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
	REQUIRE(user_make(&user, give, &sem, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	user_allowed(&user);
	user_end(&user);
}

BOARD_TEST(test_thread_index_management)
{
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	for (int round = 0; round < 3; round++) {
		REQUIRE(user_make(&user, give, &sem, NULL, NULL));
		k_thread_access_grant(user.thread, &sem);
		user_allowed(&user);
		user_end(&user);
		/* The next has its index, and none of its rights. */
		run_refused(give_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
	}
}

BOARD_TEST(test_kernel_create_dyn_user_thread)
{
	run_allowed(fine, NULL, NULL, NULL);
	CHECK_INT(user_page.count, 1);
}

BOARD_TEST(test_dynamic_thread_stack_alloc)
{
	k_thread_stack_t *stacks[8];

	for (int i = 0; i < 8; i++) {
		stacks[i] = k_thread_stack_alloc(USER_STACK_SIZE, i % 2 ? K_USER : 0);
		CHECK(stacks[i]);
	}
	for (int i = 0; i < 8; i++)
		CHECK_INT(k_thread_stack_free(stacks[i]), 0);
	CHECK_INT(k_thread_stack_free(stacks[0]), -EINVAL);
	CHECK(!k_thread_stack_alloc(SIZE_MAX, K_USER));
	REQUIRE(user_make(&user, fine, NULL, NULL, NULL));
	CHECK_INT(k_thread_stack_free(user.stack), -EBUSY);
	user_end(&user);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_write_ro),
		cmocka_unit_test(test_write_text),
		cmocka_unit_test(test_exec_data),
		cmocka_unit_test(test_exec_stack),
		cmocka_unit_test(test_exec_heap),
		cmocka_unit_test(test_stackprot),
		cmocka_unit_test(test_stack_buffer),
		cmocka_unit_test(test_dyn_thread_perms),
		cmocka_unit_test(test_thread_index_management),
		cmocka_unit_test(test_kernel_create_dyn_user_thread),
		cmocka_unit_test(test_dynamic_thread_stack_alloc),
	};

	return RUN(tests);
}
