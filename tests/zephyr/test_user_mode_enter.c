/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A kernel thread that goes on in user mode: for good, inside its domain as that is then, and only
 * on a stack of user memory.
 */
#include "posix/on_board.h"

#include <string.h>

#define PAGE 4096

static uint8_t memory[PAGE] __attribute__((aligned(PAGE)));
static struct k_mem_partition part;
static struct k_mem_domain alternate;
static struct user user;
static struct k_sem sem;
static int kernel_data;

K_KERNEL_STACK_DEFINE(kernel_stack, 8192);
K_THREAD_STACK_DEFINE(user_stack, 8192);

/* A kernel thread on a user stack, in the domain that user_make() made. */
static bool make(k_thread_entry_t entry, uint32_t options, void *p1, void *p2, void *p3)
{
	part = (struct k_mem_partition){ (uintptr_t)memory, PAGE, K_MEM_PARTITION_P_RW_U_RW };
	if (!user_make(&user, entry, NULL, NULL, NULL))
		return false;
	k_thread_abort(user.thread);
	CHECK(k_thread_create(user.thread, user.stack, USER_STACK_SIZE, entry, p1, p2, p3, 1,
			      options, K_FOREVER));
	CHECK_INT(k_mem_domain_add_thread(&user.domain, user.thread), 0);
	return true;
}

static void in_user_mode(void *p1, void *p2, void *p3)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	USER_CHECK(k_is_user_context());
	USER_CHECK(p1 == (void *)1 && p2 == (void *)2 && p3 == (void *)3);
	k_sem_give(&sem);
	user_page.word[0] = here;
	user_page.count++;
	/* There is no way back. */
	MUST_FAULT(kernel_data = 1);
}

static void enter(void *p1, void *p2, void *p3)
{
	CHECK(!k_is_user_context());
	kernel_data = 7;
	k_thread_name_set(NULL, "dropped");
	k_thread_user_mode_enter(in_user_mode, (void *)1, (void *)2, (void *)3);
}

static void check_enter(uint32_t options)
{
	const struct host_fault *fault;

	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	REQUIRE(make(enter, options, NULL, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	fault = user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(fault->where.kind, HOST_MEMORY_KERNEL_DATA);
	CHECK(!strcmp(fault->thread_name, "dropped"));
	CHECK_INT(kernel_data, 7);
	CHECK_INT(user_page.count, 1);
	CHECK_INT(k_sem_count_get(&sem), 1);
	/* On its user stack, and near the top of it. */
	CHECK(user_page.word[0] > (uintptr_t)user.stack + USER_STACK_SIZE / 2);
	CHECK(user_page.word[0] < (uintptr_t)user.stack + USER_STACK_SIZE);
	user_end(&user);
}

BOARD_TEST(test_user_mode_enter)
{
	check_enter(0);
}

static void essential_enter(void *p1, void *p2, void *p3)
{
	k_thread_user_mode_enter(in_user_mode, (void *)1, (void *)2, (void *)3);
}

/* A user thread is nothing the system can't go on without. */
BOARD_TEST(user_mode_is_not_essential)
{
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	REQUIRE(make(essential_enter, K_ESSENTIAL, NULL, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(user.thread->base.user_options & (K_ESSENTIAL | K_USER), K_USER);
	user_end(&user);
}

static void write_memory(void *p1, void *p2, void *p3)
{
	*(volatile uint8_t *)memory = 1;
	user_page.count++;
}

static void write_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(*(volatile uint8_t *)memory = 1);
}

static void add_thread_and_drop(void *p1, void *p2, void *p3)
{
	CHECK_INT(k_mem_domain_add_thread(&alternate, k_current_get()), 0);
	k_thread_user_mode_enter(write_memory, NULL, NULL, NULL);
}

BOARD_TEST(test_domain_add_thread_drop_to_user)
{
	REQUIRE(make(add_thread_and_drop, 0, NULL, NULL, NULL));
	CHECK_INT(k_mem_domain_init(&alternate, 0, NULL), 0);
	CHECK_INT(user_memory_attach_common_partition(&alternate), 0);
	CHECK_INT(k_mem_domain_add_partition(&alternate, &part), 0);
	user_allowed(&user);
	CHECK_INT(user_page.count, 1);
	CHECK_INT(k_mem_domain_deinit(&alternate), 0);
	user_end(&user);
}

static void add_part_and_drop(void *p1, void *p2, void *p3)
{
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &part), 0);
	k_thread_user_mode_enter(write_memory, NULL, NULL, NULL);
}

BOARD_TEST(test_domain_add_part_drop_to_user)
{
	REQUIRE(make(add_part_and_drop, 0, NULL, NULL, NULL));
	user_allowed(&user);
	CHECK_INT(user_page.count, 1);
	user_end(&user);
}

static void remove_part_and_drop(void *p1, void *p2, void *p3)
{
	/* A kernel thread may still write there, the user thread not. */
	CHECK_INT(k_mem_domain_remove_partition(&user.domain, &part), 0);
	memory[0] = 0;
	k_thread_user_mode_enter(write_refused, NULL, NULL, NULL);
}

BOARD_TEST(test_domain_remove_part_drop_to_user)
{
	REQUIRE(make(remove_part_and_drop, 0, NULL, NULL, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &part), 0);
	CHECK_INT(user_refused(&user, HOST_FAULT_ACCESS)->address, (uintptr_t)memory);
	CHECK_INT(memory[0], 0);
	user_end(&user);
}

static void enter_from_user(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_thread_user_mode_enter(in_user_mode, NULL, NULL, NULL));
}

BOARD_TEST(user_mode_is_entered_from_supervisor_mode_only)
{
	run_refused(enter_from_user, NULL, NULL, NULL, HOST_FAULT_OOPS);
	CHECK_INT(user_page.count, 0);
}

static void check_kernel_only(k_thread_stack_t *stack, size_t size)
{
	static struct k_thread thread;
	const struct host_fault *fault;

	REQUIRE(k_thread_create(&thread, stack, size, essential_enter, NULL, NULL, NULL, 1, 0,
				K_NO_WAIT));
	CHECK_INT(k_thread_join(&thread, K_FOREVER), 0);
	fault = take_fault();
	CHECK(fault && fault->kind == HOST_FAULT_OOPS && !fault->user_mode);
	CHECK(strstr(fault_text(), "kernel stack"));
	CHECK_INT(user_page.count, 0);
}

BOARD_TEST(test_kernel_only_thread)
{
	k_thread_stack_t *stack = k_thread_stack_alloc(8192, 0);
	static struct k_thread thread;

	check_kernel_only(kernel_stack, K_KERNEL_STACK_SIZEOF(kernel_stack));
	check_kernel_only(stack, 8192);
	CHECK_INT(k_thread_stack_free(stack), 0);
	/* Nor does a user thread start on one. */
	CHECK(!k_thread_create(&thread, kernel_stack, 8192, in_user_mode, NULL, NULL, NULL, 1,
			       K_USER, K_FOREVER));
}

BOARD_TEST(stack_variable_is_good_for_either)
{
	static struct k_thread thread;
	static struct k_mem_domain domain;

	part = (struct k_mem_partition){ (uintptr_t)memory, PAGE, K_MEM_PARTITION_P_RW_U_RW };
	CHECK_INT(k_mem_domain_init(&domain, 0, NULL), 0);
	CHECK_INT(user_memory_attach_common_partition(&domain), 0);
	CHECK_INT(k_mem_domain_add_partition(&domain, &part), 0);
	for (int dropped = 0; dropped < 2; dropped++) {
		REQUIRE(k_thread_create(&thread, user_stack, K_THREAD_STACK_SIZEOF(user_stack),
					dropped ? add_thread_and_drop : write_memory, NULL, NULL,
					NULL, 1, dropped ? 0 : K_USER, K_FOREVER));
		CHECK_INT(k_mem_domain_add_thread(&domain, &thread), 0);
		if (dropped) {
			CHECK_INT(k_mem_domain_init(&alternate, 0, NULL), 0);
			CHECK_INT(user_memory_attach_common_partition(&alternate), 0);
			CHECK_INT(k_mem_domain_add_partition(&alternate, &part), 0);
		}
		k_thread_start(&thread);
		CHECK_INT(k_thread_join(&thread, K_FOREVER), 0);
		CHECK_INT(user_page.count, dropped + 1);
	}
	CHECK_INT(k_mem_domain_deinit(&alternate), 0);
	CHECK_INT(k_mem_domain_deinit(&domain), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_user_mode_enter),
		cmocka_unit_test(user_mode_is_not_essential),
		cmocka_unit_test(test_domain_add_thread_drop_to_user),
		cmocka_unit_test(test_domain_add_part_drop_to_user),
		cmocka_unit_test(test_domain_remove_part_drop_to_user),
		cmocka_unit_test(user_mode_is_entered_from_supervisor_mode_only),
		cmocka_unit_test(test_kernel_only_thread),
		cmocka_unit_test(stack_variable_is_good_for_either),
	};

	return RUN(tests);
}
