/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Partitions made of variables: their values at start, their size, and that they are closed to
 * whoever has not got them.
 */
#include "posix/on_board.h"

#include <string.h>
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mem_part_assign_bss_vars_zero),
		cmocka_unit_test(test_mem_part_auto_determ_size),
		cmocka_unit_test(partition_without_variables_can_not_be_added),
		cmocka_unit_test(partition_is_closed_to_who_has_not_got_it),
		cmocka_unit_test(partition_may_be_added_for_reading_only),
	};

	return RUN(tests);
}
