/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory domains: who is a member may touch what the domain's partitions grant, and nobody else.
 */
#include "posix/on_board.h"

#include <rtos/alloc.h>
#include <string.h>

#define PAGE	 4096
#define RW_PARTS (CONFIG_MAX_DOMAIN_PARTITIONS - 2) /* beside the common and the read-only one */

static uint8_t *rw_memory; /* every other page is one partition */
static uint8_t ro_memory[PAGE] __attribute__((aligned(PAGE)));
static uint8_t spare_memory[2 * PAGE] __attribute__((aligned(PAGE)));
static struct k_mem_partition rw_parts[RW_PARTS], ro_part;
static struct user user;
static struct k_sem sem;

static void parts_make(void)
{
	rw_memory = page_alloc(2 * RW_PARTS);
	for (size_t i = 0; i < RW_PARTS; i++)
		rw_parts[i] = (struct k_mem_partition){ (uintptr_t)rw_memory + 2 * PAGE * i, PAGE,
							K_MEM_PARTITION_P_RW_U_RW };
	ro_part = (struct k_mem_partition){ (uintptr_t)ro_memory, PAGE, K_MEM_PARTITION_P_RO_U_RO };
	memset(ro_memory, 7, PAGE);
}

/* A thread in a domain with every slot used. */
static bool member_make(k_thread_entry_t entry, void *p1)
{
	parts_make();
	if (!user_make(&user, entry, p1, NULL, NULL))
		return false;
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &ro_part), 0);
	for (size_t i = 0; i < RW_PARTS; i++)
		CHECK_INT(k_mem_domain_add_partition(&user.domain, &rw_parts[i]), 0);
	return true;
}

static void member_end(void)
{
	user_end(&user);
	rfree(rw_memory);
}

static void use_all(void *p1, void *p2, void *p3)
{
	volatile uint8_t *rw = p1;

	for (size_t i = 0; i < RW_PARTS; i++) {
		rw[2 * PAGE * i] = (uint8_t)i;
		USER_CHECK(rw[2 * PAGE * i] == (uint8_t)i);
		rw[2 * PAGE * i + PAGE - 1] = (uint8_t)i;
	}
	USER_CHECK(*(volatile uint8_t *)ro_memory == 7);
}

static void read_one(void *p1, void *p2, void *p3)
{
	volatile uint8_t value = 0;

	MUST_FAULT(value = *(volatile uint8_t *)p1);
	USER_CHECK(!value);
}

static void write_one(void *p1, void *p2, void *p3)
{
	MUST_FAULT(*(volatile uint8_t *)p1 = 1);
}

static void write_allowed(void *p1, void *p2, void *p3)
{
	*(volatile uint8_t *)p1 = 1;
}

/* The thread once more, with another entry. */
static void remake(k_thread_entry_t entry, void *p1)
{
	CHECK(k_thread_create(user.thread, user.stack, USER_STACK_SIZE, entry, p1, NULL, NULL, 1,
			      K_USER, K_FOREVER));
	CHECK_INT(k_mem_domain_add_thread(&user.domain, user.thread), 0);
}

BOARD_TEST(test_mem_domain_valid_access)
{
	REQUIRE(member_make(use_all, NULL));
	k_thread_abort(user.thread);
	remake(use_all, rw_memory);
	user_allowed(&user);
	member_end();
}

BOARD_TEST(test_mem_domain_invalid_access)
{
	parts_make();
	for (size_t i = 0; i < RW_PARTS; i += 7) {
		run_refused(read_one, (void *)rw_parts[i].start, NULL, NULL, HOST_FAULT_ACCESS);
		run_refused(write_one, (void *)rw_parts[i].start, NULL, NULL, HOST_FAULT_ACCESS);
	}
	run_refused(read_one, ro_memory, NULL, NULL, HOST_FAULT_ACCESS);
	run_refused(write_one, ro_memory, NULL, NULL, HOST_FAULT_ACCESS);
	rfree(rw_memory);
}

BOARD_TEST(test_mem_domain_no_writes_to_ro)
{
	REQUIRE(member_make(write_one, ro_memory));
	CHECK_INT(user_refused(&user, HOST_FAULT_ACCESS)->access, HOST_ACCESS_WRITE);
	CHECK_INT(ro_memory[0], 7);
	member_end();
}

BOARD_TEST(test_mem_domain_remove_add_partition)
{
	REQUIRE(member_make(write_allowed, ro_memory));
	k_thread_abort(user.thread);
	remake(use_all, rw_memory);
	user_allowed(&user);

	CHECK_INT(k_mem_domain_remove_partition(&user.domain, &rw_parts[0]), 0);
	for (size_t i = 1; i < RW_PARTS; i += 5) {
		remake(write_allowed, (void *)rw_parts[i].start);
		user_allowed(&user);
	}
	remake(write_one, (void *)rw_parts[0].start);
	user_refused(&user, HOST_FAULT_ACCESS);

	CHECK_INT(k_mem_domain_add_partition(&user.domain, &rw_parts[0]), 0);
	remake(use_all, rw_memory);
	user_allowed(&user);
	member_end();
}

static void call_init(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_mem_domain_init(p1, 0, NULL));
}

static void call_add_partition(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_mem_domain_add_partition(p1, p2));
}

static void call_remove_partition(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_mem_domain_remove_partition(p1, p2));
}

static void call_add_thread(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_mem_domain_add_thread(p1, k_current_get()));
}

BOARD_TEST(test_mem_domain_api_supervisor_only)
{
	static struct k_mem_domain domain;

	parts_make();
	CHECK_INT(k_mem_domain_init(&domain, 0, NULL), 0);
	run_refused(call_init, &domain, NULL, NULL, HOST_FAULT_OOPS);
	run_refused(call_add_partition, &domain, &rw_parts[0], NULL, HOST_FAULT_OOPS);
	run_refused(call_remove_partition, &domain, &rw_parts[0], NULL, HOST_FAULT_OOPS);
	run_refused(call_add_thread, &domain, NULL, NULL, HOST_FAULT_OOPS);
	CHECK_INT(domain.num_partitions, 0);
	CHECK_INT(domain.members, 0);
	rfree(rw_memory);
}

BOARD_TEST(test_mem_domain_boot_threads)
{
	CHECK(k_current_get()->mem_domain_info.mem_domain == &k_mem_domain_default);
	CHECK_INT(k_mem_domain_deinit(&k_mem_domain_default), -EINVAL);
}

static void spin_politely(void *p1, void *p2, void *p3)
{
	volatile uint8_t *stop = p1;

	while (!*stop) {
		user_page.count++;
		k_yield();
	}
}

/* One virtual core: the thread is moved while it is ready, in the middle of its loop. */
BOARD_TEST(test_mem_domain_migration)
{
	static struct k_mem_domain destination;
	int before;

	parts_make();
	CHECK_INT(k_mem_domain_init(&destination, 0, NULL), 0);
	CHECK_INT(user_memory_attach_common_partition(&destination), 0);
	CHECK_INT(k_mem_domain_add_partition(&destination, &rw_parts[0]), 0);
	REQUIRE(user_make(&user, spin_politely, (void *)rw_parts[0].start, NULL, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &rw_parts[0]), 0);
	user.thread->base.prio = -1; /* the supervisor's own, so that both take turns */
	k_thread_start(user.thread);
	for (int i = 0; i < 3; i++)
		k_yield();
	before = user_page.count;
	CHECK(before > 0);
	CHECK_INT(k_mem_domain_add_thread(&destination, user.thread), 0);
	CHECK_INT(k_mem_domain_add_thread(&destination, user.thread), 0);
	CHECK_INT(user.domain.members, 0);
	CHECK_INT(destination.members, 1);
	CHECK_INT(k_mem_domain_deinit(&destination), -EBUSY);
	CHECK_INT(k_mem_domain_remove_partition(&user.domain, &rw_parts[0]), 0);
	for (int i = 0; i < 3; i++)
		k_yield();
	CHECK(user_page.count > before);
	*(uint8_t *)rw_parts[0].start = 1;
	CHECK_INT(k_thread_join(user.thread, K_MSEC(1)), 0);
	CHECK_INT(k_mem_domain_deinit(&destination), 0);
	member_end();
}

BOARD_TEST(test_mem_part_overlap)
{
	static struct k_mem_domain domain;
	struct k_mem_partition whole = { (uintptr_t)spare_memory, 2 * PAGE,
					 K_MEM_PARTITION_P_RW_U_RW };
	struct k_mem_partition low = { (uintptr_t)spare_memory, PAGE, K_MEM_PARTITION_P_RW_U_RW };
	struct k_mem_partition high = { (uintptr_t)spare_memory + PAGE, PAGE,
					K_MEM_PARTITION_P_RO_U_RO };

	CHECK_INT(k_mem_domain_init(&domain, 0, NULL), 0);
	CHECK_INT(k_mem_domain_add_partition(&domain, &whole), 0);
	CHECK_INT(k_mem_domain_add_partition(&domain, &whole), -EINVAL);
	CHECK_INT(k_mem_domain_add_partition(&domain, &low), -EINVAL);
	CHECK_INT(k_mem_domain_add_partition(&domain, &high), -EINVAL);
	CHECK_INT(k_mem_domain_remove_partition(&domain, &whole), 0);
	CHECK_INT(k_mem_domain_add_partition(&domain, &low), 0);
	CHECK_INT(k_mem_domain_add_partition(&domain, &high), 0);
	CHECK_INT(k_mem_domain_add_partition(&domain, &whole), -EINVAL);
	/* Also behind a hole. */
	CHECK_INT(k_mem_domain_remove_partition(&domain, &low), 0);
	CHECK_INT(k_mem_domain_add_partition(&domain, &whole), -EINVAL);
	CHECK_INT(k_mem_domain_deinit(&domain), 0);
}

BOARD_TEST(test_mem_part_assert_add_overmax)
{
	struct k_mem_partition one_more = { (uintptr_t)spare_memory, PAGE,
					    K_MEM_PARTITION_P_RW_U_RW };

	REQUIRE(member_make(write_allowed, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &one_more), -ENOSPC);
	CHECK_INT(user.domain.num_partitions, CONFIG_MAX_DOMAIN_PARTITIONS);
	member_end();
}

BOARD_TEST(test_mem_domain_remove_part_fail)
{
	struct k_mem_partition absent = { (uintptr_t)spare_memory, PAGE,
					  K_MEM_PARTITION_P_RW_U_RW };

	REQUIRE(user_make(&user, write_allowed, NULL, NULL, NULL));
	CHECK_INT(k_mem_domain_remove_partition(&user.domain, &absent), -ENOENT);
	CHECK_INT(k_mem_domain_remove_partition(&user.domain, NULL), -EINVAL);
	CHECK_INT(k_mem_domain_remove_partition(NULL, &absent), -EINVAL);
	user_end(&user);
}

BOARD_TEST(test_mem_domain_init_fail)
{
	static struct k_mem_domain domain;
	struct k_mem_partition good = { (uintptr_t)spare_memory, PAGE, K_MEM_PARTITION_P_RW_U_RW };
	struct k_mem_partition *with_hole[] = { &good, NULL };

	CHECK_INT(k_mem_domain_init(&domain, 2, with_hole), -EINVAL);
	CHECK_INT(domain.num_partitions, 1);
	CHECK_INT(k_mem_domain_init(NULL, 0, NULL), -EINVAL);
	CHECK_INT(k_mem_domain_init(&domain, 1, NULL), -EINVAL);
	CHECK_INT(k_mem_domain_init(&domain, CONFIG_MAX_DOMAIN_PARTITIONS + 1, with_hole), -EINVAL);
	CHECK_INT(k_mem_domain_init(&domain, 1, with_hole), 0);
}

BOARD_TEST(test_mem_part_add_error_null)
{
	static struct k_mem_domain domain;
	struct k_mem_partition good = { (uintptr_t)spare_memory, PAGE, K_MEM_PARTITION_P_RW_U_RW };

	CHECK_INT(k_mem_domain_init(&domain, 0, NULL), 0);
	CHECK_INT(k_mem_domain_add_partition(&domain, NULL), -EINVAL);
	CHECK_INT(k_mem_domain_add_partition(NULL, &good), -EINVAL);
	CHECK_INT(k_mem_domain_add_thread(&domain, NULL), -EINVAL);
	CHECK_INT(k_mem_domain_add_thread(NULL, k_current_get()), -EINVAL);
	CHECK_INT(k_mem_domain_deinit(NULL), -EINVAL);
}

static void add_refused(uintptr_t start, size_t size, k_mem_partition_attr_t attr)
{
	static struct k_mem_domain domain;
	struct k_mem_partition part = { start, size, attr };

	CHECK_INT(k_mem_domain_init(&domain, 0, NULL), 0);
	CHECK_INT(k_mem_domain_add_partition(&domain, &part), -EINVAL);
	CHECK_INT(domain.num_partitions, 0);
}

BOARD_TEST(test_mem_part_add_error_zerosize)
{
	add_refused((uintptr_t)spare_memory, 0, K_MEM_PARTITION_P_RW_U_RW);
}

BOARD_TEST(test_mem_part_error_wraparound)
{
	add_refused(0xfffffffffffff800u, 2048, K_MEM_PARTITION_P_RW_U_RW);
	add_refused(0xfffffffffffff000u, PAGE, K_MEM_PARTITION_P_RW_U_RW);
	add_refused((uintptr_t)spare_memory, SIZE_MAX - 100, K_MEM_PARTITION_P_RW_U_RW);
}

/* Beyond Zephyr's tests: rights that can be written and executed, and parts of pages. */
BOARD_TEST(partition_must_be_pages_and_not_writable_code)
{
	add_refused((uintptr_t)spare_memory, PAGE, K_MEM_PARTITION_P_RWX_U_RWX);
	add_refused((uintptr_t)spare_memory + 64, PAGE, K_MEM_PARTITION_P_RW_U_RW);
	add_refused((uintptr_t)spare_memory, PAGE + 64, K_MEM_PARTITION_P_RW_U_RW);
}

BOARD_TEST(test_mem_part_remove_error_zerosize)
{
	struct k_mem_partition part = { (uintptr_t)spare_memory, PAGE, K_MEM_PARTITION_P_RW_U_RW };
	struct k_mem_partition none = { 0, 0, 0 };

	REQUIRE(user_make(&user, write_allowed, NULL, NULL, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &part), 0);
	part.size = 0;
	CHECK_INT(k_mem_domain_remove_partition(&user.domain, &part), -ENOENT);
	/* What looks like a free slot is none to remove. */
	CHECK_INT(k_mem_domain_remove_partition(&user.domain, &none), -ENOENT);
	CHECK_INT(user.domain.num_partitions, 2);
	user_end(&user);
}

static void write_wait_write(void *p1, void *p2, void *p3)
{
	*(volatile uint8_t *)p1 = 1;
	USER_CHECK(!k_sem_take(p2, K_FOREVER));
	MUST_FAULT(*(volatile uint8_t *)p1 = 2);
}

BOARD_TEST(test_domain_remove_partition_started_thread)
{
	struct k_mem_partition part = { (uintptr_t)spare_memory, PAGE, K_MEM_PARTITION_P_RW_U_RW };

	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	REQUIRE(user_make(&user, write_wait_write, spare_memory, &sem, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &part), 0);
	k_thread_access_grant(user.thread, &sem);
	k_thread_start(user.thread);
	k_run_ready_threads();
	CHECK_INT(spare_memory[0], 1);
	CHECK_INT(k_mem_domain_remove_partition(&user.domain, &part), 0);
	k_sem_give(&sem);
	user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(spare_memory[0], 1);
	user_end(&user);
}

BOARD_TEST(test_domain_remove_partition_hole_skip)
{
	struct k_mem_partition first;

	REQUIRE(member_make(write_allowed, NULL));
	k_thread_abort(user.thread);
	first = user.domain.partitions[2];
	CHECK_INT(k_mem_domain_remove_partition(&user.domain, &first), 0);
	for (size_t i = 1; i < RW_PARTS; i += 9) {
		remake(write_allowed, (void *)rw_parts[i].start);
		user_allowed(&user);
	}
	remake(write_one, (void *)first.start);
	user_refused(&user, HOST_FAULT_ACCESS);
	member_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mem_domain_valid_access),
		cmocka_unit_test(test_mem_domain_invalid_access),
		cmocka_unit_test(test_mem_domain_no_writes_to_ro),
		cmocka_unit_test(test_mem_domain_remove_add_partition),
		cmocka_unit_test(test_mem_domain_api_supervisor_only),
		cmocka_unit_test(test_mem_domain_boot_threads),
		cmocka_unit_test(test_mem_domain_migration),
		cmocka_unit_test(test_mem_part_overlap),
		cmocka_unit_test(test_mem_part_assert_add_overmax),
		cmocka_unit_test(test_mem_domain_remove_part_fail),
		cmocka_unit_test(test_mem_domain_init_fail),
		cmocka_unit_test(test_mem_part_add_error_null),
		cmocka_unit_test(test_mem_part_add_error_zerosize),
		cmocka_unit_test(test_mem_part_error_wraparound),
		cmocka_unit_test(partition_must_be_pages_and_not_writable_code),
		cmocka_unit_test(test_mem_part_remove_error_zerosize),
		cmocka_unit_test(test_domain_remove_partition_started_thread),
		cmocka_unit_test(test_domain_remove_partition_hole_skip),
	};

	return RUN(tests);
}
