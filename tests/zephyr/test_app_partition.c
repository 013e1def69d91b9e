/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Partitions made of variables: their values at start, their size, and that they are closed to
 * whoever has not got them.
 */
#include "posix/on_board.h"

#include <string.h>
#include <zephyr/internal/syscall_handler.h>
#include <zephyr/app_memory/app_memdomain.h>

#define PAGE 4096

K_APPMEM_PARTITION_DEFINE(values_part);
K_APP_DMEM(values_part) static volatile int data = 1356;
K_APP_BMEM(values_part) static volatile int zeroed, zeroed_anyway = 20420;

K_APPMEM_PARTITION_DEFINE(sized_part);
K_APP_DMEM(sized_part) static uint8_t first[PAGE] __attribute__((aligned(PAGE))) = { 1 };
K_APP_DMEM(sized_part) static uint8_t second[2 * PAGE] __attribute__((aligned(PAGE))) = { 2 };
K_APP_BMEM(sized_part) static uint8_t third[PAGE] __attribute__((aligned(PAGE)));

K_APPMEM_PARTITION_DEFINE(empty_part);

static struct user user;

static void check_values(void *p1, void *p2, void *p3)
{
	USER_CHECK(data == 1356);
	USER_CHECK(zeroed == 0);
	USER_CHECK(zeroed_anyway == 0);
	data = zeroed = zeroed_anyway = 7;
}

static void values_of_one_board(void)
{
	REQUIRE(user_make(&user, check_values, NULL, NULL, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &values_part), 0);
	user_allowed(&user);
	CHECK_INT(data + zeroed + zeroed_anyway, 21);
	user_end(&user);
}

static void test_mem_part_assign_bss_vars_zero(void **state)
{
	/* The second board finds none of what the first has left. */
	on_board(values_of_one_board);
	on_board(values_of_one_board);
}

BOARD_TEST(test_mem_part_auto_determ_size)
{
	CHECK_INT(sized_part.size, 4 * PAGE);
	CHECK_INT(sized_part.start % PAGE, 0);
	CHECK(sized_part.start == (uintptr_t)first || sized_part.start == (uintptr_t)second);
	CHECK((uintptr_t)third == sized_part.start + 3 * PAGE);
	CHECK_INT(sized_part.attr, K_MEM_PARTITION_P_RW_U_RW);
	CHECK_INT(first[0] + second[0] + third[0], 3);
	CHECK_INT(values_part.size, PAGE);
	CHECK((uintptr_t)&data - values_part.start < PAGE);
	CHECK((uintptr_t)&zeroed - values_part.start < PAGE);
}

BOARD_TEST(partition_without_variables_can_not_be_added)
{
	static struct k_mem_domain domain;

	CHECK_INT(empty_part.size, 0);
	CHECK_INT(k_mem_domain_init(&domain, 0, NULL), 0);
	CHECK_INT(k_mem_domain_add_partition(&domain, &empty_part), -EINVAL);
	CHECK_INT(k_mem_domain_deinit(&domain), 0);
}

static void read_it(void *p1, void *p2, void *p3)
{
	volatile uint8_t value = 0;

	MUST_FAULT(value = *(volatile uint8_t *)p1);
	USER_CHECK(!value);
}

static void write_it(void *p1, void *p2, void *p3)
{
	MUST_FAULT(*(volatile uint8_t *)p1 = 9);
}

static void check_closed(k_thread_entry_t entry, void *address)
{
	const struct host_fault *fault;

	REQUIRE(user_make(&user, entry, address, NULL, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &values_part), 0);
	fault = user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(fault->address, (uintptr_t)address);
	CHECK_INT(fault->where.kind, HOST_MEMORY_MODULE_DATA);
	CHECK(!strcmp(fault->where.owner, "sized_part"));
	user_end(&user);
}

/* Who has one partition has not got the next, from its first byte to its last. */
BOARD_TEST(partition_is_closed_to_who_has_not_got_it)
{
	uint8_t *last = (uint8_t *)sized_part.start + sized_part.size - 1;

	check_closed(read_it, first);
	check_closed(write_it, first);
	check_closed(read_it, second);
	check_closed(read_it, last);
	check_closed(write_it, last);
	CHECK_INT(first[0], 1);
}

static void read_constant(void *p1, void *p2, void *p3)
{
	USER_CHECK(first[0] == 1);
	MUST_FAULT(*(volatile uint8_t *)p1 = 9);
}

BOARD_TEST(partition_may_be_added_for_reading_only)
{
	struct k_mem_partition read_only = sized_part;

	read_only.attr = K_MEM_PARTITION_P_RO_U_RO;
	REQUIRE(user_make(&user, read_constant, first, NULL, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &read_only), 0);
	CHECK_INT(user_refused(&user, HOST_FAULT_ACCESS)->access, HOST_ACCESS_WRITE);
	user_end(&user);
}

static void run_on(void *p1, void *p2, void *p3)
{
	k_sem_give(p1);
	k_sem_take(p2, K_FOREVER);
}

static void count_and_wait(void *p1, void *p2, void *p3)
{
	k_sem_take(p1, K_FOREVER);
	first[1]++;
	third[1]++;
	k_sem_give(p2);
}

static uintptr_t sum_of_variables(const uintptr_t *arg)
{
	first[0]++;
	return (uintptr_t)(first[0] + second[0] + third[0] + data);
}

#define SUM_SYSCALL (K_SYSCALL_LIMIT - 1)

static void call_sum(void *p1, void *p2, void *p3)
{
	user_page.word[0] = z_syscall(SUM_SYSCALL, 0, 0, 0, 0, 0, 0);
	user_page.word[1] = z_syscall(SUM_SYSCALL, 0, 0, 0, 0, 0, 0);
}

/* Behind the gate, between user threads and after them; BOARD_TEST() counts each stray access. */
BOARD_TEST(supervisor_code_reaches_every_partition)
{
	static struct k_sem there, go;
	static struct k_thread kernel_thread;
	k_thread_stack_t *stack = k_thread_stack_alloc(8192, 0);
	struct k_mem_partition read_only = sized_part;

	z_syscall_register(SUM_SYSCALL, sum_of_variables);
	/* One that lacks both, in a system call, and when it has ended. */
	run_allowed(call_sum, NULL, NULL, NULL);
	CHECK_INT(user_page.word[0], 4 + 1356);
	CHECK_INT(user_page.word[1], 5 + 1356);
	CHECK_INT(first[0]++, 3);
	/* While one waits in user mode's system call, and another supervisor thread runs. */
	CHECK_INT(k_sem_init(&there, 0, 9), 0);
	CHECK_INT(k_sem_init(&go, 0, 9), 0);
	CHECK(k_thread_create(&kernel_thread, stack, 8192, count_and_wait, &there, &go, NULL, 5, 0,
			      K_NO_WAIT));
	REQUIRE(user_make(&user, run_on, &there, &go, NULL));
	k_thread_access_grant(user.thread, &there, &go);
	user_allowed(&user);
	CHECK_INT(k_thread_join(&kernel_thread, K_FOREVER), 0);
	CHECK_INT(first[1] + third[1], 2);
	user_end(&user);
	CHECK_INT(k_thread_stack_free(stack), 0);
	/* One that may read. */
	read_only.attr = K_MEM_PARTITION_P_RO_U_RO;
	REQUIRE(user_make(&user, call_sum, NULL, NULL, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &read_only), 0);
	user_allowed(&user);
	first[0]++;
	user_end(&user);
	/* One that faults. */
	run_refused(write_it, second, NULL, NULL, HOST_FAULT_ACCESS);
	second[0]++;
	CHECK_INT(second[0], 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mem_part_assign_bss_vars_zero),
		cmocka_unit_test(test_mem_part_auto_determ_size),
		cmocka_unit_test(partition_without_variables_can_not_be_added),
		cmocka_unit_test(partition_is_closed_to_who_has_not_got_it),
		cmocka_unit_test(partition_may_be_added_for_reading_only),
		cmocka_unit_test(supervisor_code_reaches_every_partition),
	};

	return RUN(tests);
}
