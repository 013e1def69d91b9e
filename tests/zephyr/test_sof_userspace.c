/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What SOF's own user-space tests ask for: semaphores, heap calls, the mailbox.
 */
#include "posix/on_board.h"

#include <rtos/alloc.h>
#include <string.h>

static struct user user;
static struct k_sem sem;

K_SEM_DEFINE(test_sem, 0, 2);

static void give(void *p1, void *p2, void *p3)
{
	k_sem_give(p1);
}

/* One thread starts at once, one after a delay, and gets its permission in between. */
BOARD_TEST(user_space)
{
	REQUIRE(user_make(&user, give, &test_sem, NULL, NULL));
	k_thread_access_grant(user.thread, &test_sem);
	user_allowed(&user);
	REQUIRE(k_thread_create(user.thread, user.stack, USER_STACK_SIZE, give, &test_sem, NULL,
				NULL, 1, K_USER, K_MSEC(10)));
	CHECK_INT(k_mem_domain_add_thread(&user.domain, user.thread), 0);
	k_thread_access_grant(user.thread, &test_sem);
	CHECK_INT(k_thread_join(user.thread, K_MSEC(20)), 0);
	CHECK_INT(k_sem_count_get(&test_sem), 2);
	user_end(&user);
}

static void alloc_and_free(void *p1, void *p2, void *p3)
{
	uint8_t *block = sof_heap_alloc(p1, 0, 100, 64);

	USER_CHECK(block && (uintptr_t)block % 64 == 0);
	if (block)
		memset(block, 1, 100);
	USER_CHECK(!sof_heap_alloc(p1, 0, 1 << 20, 0));
	USER_CHECK(!sof_heap_alloc(p1, 0, 0, 0));
	sof_heap_free(p1, block);
	sof_heap_free(p1, NULL);
}

static bool make_with_heap(k_thread_entry_t entry, struct k_heap *heap, void *p1, void *p2)
{
	struct k_mem_partition part;

	if (!heap || !user_make(&user, entry, p1, p2, NULL))
		return false;
	module_driver_heap_partition(heap, &part);
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &part), 0);
	return true;
}

BOARD_TEST(test_user_heap_alloc)
{
	struct k_heap *heap = module_driver_heap_init();

	REQUIRE(make_with_heap(alloc_and_free, heap, heap, NULL));
	user_allowed(&user);
	user_end(&user);
	module_driver_heap_remove(heap);
}

static void alloc_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(sof_heap_alloc(p1, (uint32_t)(uintptr_t)p2, 16, 0));
}

static void free_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(sof_heap_free(p1, p2));
}

static void check_refused(k_thread_entry_t entry, struct k_heap *heap, void *p1, void *p2)
{
	REQUIRE(make_with_heap(entry, heap, p1, p2));
	user_refused(&user, HOST_FAULT_OOPS);
	CHECK_INT(k_thread_join(user.thread, K_FOREVER), 0);
	user_end(&user);
}

BOARD_TEST(test_user_heap_null_and_forbidden_flags)
{
	struct k_heap *heap = module_driver_heap_init();

	check_refused(alloc_refused, heap, NULL, NULL);
	check_refused(alloc_refused, heap, heap, (void *)(uintptr_t)SOF_MEM_FLAG_KERNEL);
	check_refused(alloc_refused, heap, heap,
		      (void *)(uintptr_t)SOF_MEM_FLAG_USER_SHARED_BUFFER);
	check_refused(free_refused, heap, NULL, heap->heap.init_mem);
	module_driver_heap_remove(heap);
}

BOARD_TEST(test_user_heap_that_is_no_heap)
{
	struct k_heap *heap = module_driver_heap_init();

	check_refused(alloc_refused, heap, heap->heap.init_mem, NULL);
	check_refused(alloc_refused, heap, &sem, NULL);
	check_refused(alloc_refused, heap, (void *)((uintptr_t)heap + 8), NULL);
	check_refused(alloc_refused, heap, (void *)(uintptr_t)0x10, NULL);
	check_refused(free_refused, heap, &sem, heap->heap.init_mem);
	module_driver_heap_remove(heap);
}

BOARD_TEST(test_user_heap_of_somebody_else)
{
	struct k_heap *mine = module_driver_heap_init(), *theirs = module_driver_heap_init();
	void *block;

	REQUIRE(mine && theirs);
	block = k_heap_alloc(theirs, 16, K_NO_WAIT);
	check_refused(alloc_refused, mine, theirs, NULL);
	check_refused(free_refused, mine, theirs, block);
	check_refused(free_refused, mine, mine, block);
	check_refused(alloc_refused, mine, sof_sys_heap_get(), NULL);
	check_refused(free_refused, mine, mine, mine->heap.init_mem);
	k_heap_free(theirs, block);
	module_driver_heap_remove(theirs);
	module_driver_heap_remove(mine);
}

static void write_mailbox(void *p1, void *p2, void *p3)
{
	*(volatile uint32_t *)p1 = 0x12345678;
}

static void write_mailbox_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(*(volatile uint32_t *)p1 = 0);
}

BOARD_TEST(test_mailbox)
{
	void *mailbox = user_mailbox();

	REQUIRE(user_make(&user, write_mailbox, mailbox, NULL, NULL));
	CHECK_INT(user_mailbox_grant(&user.domain, true), 0);
	user_allowed(&user);
	CHECK_INT(*(uint32_t *)user_mailbox(), 0x12345678);
	CHECK_INT(user_mailbox_revoke(&user.domain), 0);
	user_end(&user);
	run_refused(write_mailbox_refused, mailbox, NULL, NULL, HOST_FAULT_ACCESS);
}

/* Three domains with crossed partitions: each sees its own and what it shares with the next. */
static void shared_chain(void *p1, void *p2, void *p3)
{
	*(volatile uint8_t *)p2 = (uint8_t)(*(volatile uint8_t *)p1 + 1);
	MUST_FAULT(*(volatile uint8_t *)p3 = 0);
}

BOARD_TEST(shared_mem)
{
	uint8_t *pages = page_alloc(5);

	REQUIRE(pages);
	for (int i = 0; i < 3; i++) {
		struct k_mem_partition in = { (uintptr_t)pages + 4096 * (uintptr_t)i, 4096,
					      K_MEM_PARTITION_P_RO_U_RO };
		struct k_mem_partition out = { (uintptr_t)pages + 4096 * (uintptr_t)(i + 1), 4096,
					       K_MEM_PARTITION_P_RW_U_RW };

		REQUIRE(user_make(&user, shared_chain, (void *)in.start, (void *)out.start,
				  (void *)in.start));
		CHECK_INT(k_mem_domain_add_partition(&user.domain, &in), 0);
		CHECK_INT(k_mem_domain_add_partition(&user.domain, &out), 0);
		user_refused(&user, HOST_FAULT_ACCESS);
		user_end(&user);
	}
	CHECK_INT(pages[3 * 4096], 3);
	rfree(pages);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(user_space),
		cmocka_unit_test(test_user_heap_alloc),
		cmocka_unit_test(test_user_heap_null_and_forbidden_flags),
		cmocka_unit_test(test_user_heap_that_is_no_heap),
		cmocka_unit_test(test_user_heap_of_somebody_else),
		cmocka_unit_test(test_mailbox),
		cmocka_unit_test(shared_mem),
	};

	return RUN(tests);
}
