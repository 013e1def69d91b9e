/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Copies between the kernel and a user thread, through system calls of the test's own: memory that
 * is the caller's is copied, any other is refused without being touched.
 */
#include "posix/on_board.h"

#include <rtos/alloc.h>
#include <string.h>
#include <zephyr/internal/syscall_handler.h>

#define PAGE 4096
#define BUF  32

enum {
	CALL_NLEN = K_SYSCALL_LIMIT - 8,
	CALL_FROM_COPY,
	CALL_TO_COPY,
	CALL_STRING_COPY,
	CALL_STRING_ALLOC_COPY,
	CALL_ALLOC_FROM_COPY,
};

static const char text[] = "what the kernel tells";
static char kernel_string[BUF] = "closed to user threads";
static char kernel_buffer[BUF];
static uint8_t *pages; /* the first is the thread's, the second nobody's */
static struct user user;

K_HEAP_DEFINE(pool, 1024);

static uintptr_t call_nlen(const uintptr_t *arg)
{
	int err = 5;
	size_t length = k_usermode_string_nlen((const char *)arg[0], arg[1], &err);

	return err ? (uintptr_t)err : length;
}

static uintptr_t call_from_copy(const uintptr_t *arg)
{
	return (uintptr_t)k_usermode_from_copy(kernel_buffer, (void *)arg[0], arg[1]);
}

static uintptr_t call_to_copy(const uintptr_t *arg)
{
	return (uintptr_t)k_usermode_to_copy((void *)arg[0], text, arg[1]);
}

static uintptr_t call_string_copy(const uintptr_t *arg)
{
	return (uintptr_t)k_usermode_string_copy(kernel_buffer, (const char *)arg[0], arg[1]);
}

/* What came is kept for the test to see, and the block goes back. */
static uintptr_t keep(char *copy, size_t length)
{
	memset(kernel_buffer, 0, BUF);
	if (!copy)
		return 0;
	memcpy(kernel_buffer, copy, length);
	k_heap_free(&pool, copy);
	return 1;
}

static uintptr_t call_string_alloc_copy(const uintptr_t *arg)
{
	char *copy = k_usermode_string_alloc_copy((const char *)arg[0], arg[1]);

	return keep(copy, copy ? strlen(copy) : 0);
}

static uintptr_t call_alloc_from_copy(const uintptr_t *arg)
{
	return keep(k_usermode_alloc_from_copy((void *)arg[0], arg[1]), arg[1]);
}

static void calls_ready(void)
{
	CHECK_INT(z_syscall_register(CALL_NLEN, call_nlen), 0);
	CHECK_INT(z_syscall_register(CALL_FROM_COPY, call_from_copy), 0);
	CHECK_INT(z_syscall_register(CALL_TO_COPY, call_to_copy), 0);
	CHECK_INT(z_syscall_register(CALL_STRING_COPY, call_string_copy), 0);
	CHECK_INT(z_syscall_register(CALL_STRING_ALLOC_COPY, call_string_alloc_copy), 0);
	CHECK_INT(z_syscall_register(CALL_ALLOC_FROM_COPY, call_alloc_from_copy), 0);
	memset(kernel_buffer, 0, BUF);
	CHECK_INT(strlen(kernel_string), 22);
}

static intptr_t call(unsigned int id, const void *address, size_t size)
{
	return (intptr_t)z_syscall(id, (uintptr_t)address, size, 0, 0, 0, 0);
}

/* With a page of its own and a closed one behind it. */
static void check_allowed(k_thread_entry_t entry, bool with_pool)
{
	struct k_mem_partition part;

	calls_ready();
	pages = page_alloc(2);
	part = (struct k_mem_partition){ (uintptr_t)pages, PAGE, K_MEM_PARTITION_P_RW_U_RW };
	REQUIRE(user_make(&user, entry, pages, kernel_string, NULL));
	CHECK_INT(k_mem_domain_add_partition(&user.domain, &part), 0);
	if (with_pool)
		k_thread_heap_assign(user.thread, &pool);
	user_allowed(&user);
	user_end(&user);
	rfree(pages);
}

static void string_nlen(void *p1, void *p2, void *p3)
{
	char *page = p1, *end = page + PAGE;
	char mine[] = "mine";

	USER_CHECK(call(CALL_NLEN, mine, BUF) == 4);
	USER_CHECK(call(CALL_NLEN, mine, 2) == 2);
	USER_CHECK(call(CALL_NLEN, mine, 0) == 0);
	USER_CHECK(call(CALL_NLEN, "constant", BUF) == 8);
	/* Up to the last byte it may read, and not one further. */
	memcpy(end - 4, "end", 4);
	USER_CHECK(call(CALL_NLEN, end - 4, PAGE) == 3);
	end[-1] = '.';
	USER_CHECK(call(CALL_NLEN, end - 4, 4) == 4);
	USER_CHECK(call(CALL_NLEN, end - 4, 5) == -1);
	USER_CHECK(call(CALL_NLEN, p2, BUF) == -1);
	USER_CHECK(call(CALL_NLEN, NULL, BUF) == -1);
	USER_CHECK(call(CALL_NLEN, (void *)(uintptr_t)-1, BUF) == -1);
	USER_CHECK(call(CALL_NLEN, (void *)0xfff0000000000000u, BUF) == -1);
}

BOARD_TEST(test_string_nlen)
{
	check_allowed(string_nlen, false);
}

static void from_copy(void *p1, void *p2, void *p3)
{
	char *page = p1;

	memcpy(page + PAGE - 8, "12345678", 8);
	USER_CHECK(call(CALL_FROM_COPY, p2, 8) == EFAULT);
	USER_CHECK(call(CALL_FROM_COPY, NULL, 8) == EFAULT);
	USER_CHECK(call(CALL_FROM_COPY, page + PAGE - 8, 9) == EFAULT);
	USER_CHECK(call(CALL_FROM_COPY, page, SIZE_MAX) == EFAULT);
	USER_CHECK(call(CALL_FROM_COPY, page - 1, 2) == EFAULT);
	USER_CHECK(call(CALL_FROM_COPY, page + PAGE - 8, 8) == 0);
}

BOARD_TEST(test_from_copy)
{
	check_allowed(from_copy, false);
	CHECK(!memcmp(kernel_buffer, "12345678", 9));
}

static void to_copy(void *p1, void *p2, void *p3)
{
	char *page = p1;
	char mine[sizeof(text)];

	USER_CHECK(call(CALL_TO_COPY, p2, sizeof(text)) == EFAULT);
	USER_CHECK(call(CALL_TO_COPY, NULL, sizeof(text)) == EFAULT);
	/* It may read that, not write it. */
	USER_CHECK(call(CALL_TO_COPY, text, sizeof(text)) == EFAULT);
	USER_CHECK(call(CALL_TO_COPY, page + PAGE - 1, 2) == EFAULT);
	USER_CHECK(!page[PAGE - 1]);
	USER_CHECK(call(CALL_TO_COPY, mine, SIZE_MAX) == EFAULT);
	USER_CHECK(call(CALL_TO_COPY, mine, sizeof(text)) == 0);
	USER_CHECK(!strcmp(mine, text));
	USER_CHECK(call(CALL_TO_COPY, page, sizeof(text)) == 0);
	USER_CHECK(!strcmp(page, text));
}

BOARD_TEST(test_to_copy)
{
	check_allowed(to_copy, false);
	CHECK_INT(strlen(kernel_string), 22);
}

static void string_copy(void *p1, void *p2, void *p3)
{
	char *page = p1;

	memset(page + PAGE - 8, 'x', 8);
	USER_CHECK(call(CALL_STRING_COPY, p2, BUF) == EFAULT);
	USER_CHECK(call(CALL_STRING_COPY, NULL, BUF) == EFAULT);
	USER_CHECK(call(CALL_STRING_COPY, page + PAGE - 8, BUF) == EFAULT);
	USER_CHECK(call(CALL_STRING_COPY, "four", 4) == EINVAL);
	USER_CHECK(call(CALL_STRING_COPY, "four", 0) == EINVAL);
	USER_CHECK(call(CALL_STRING_COPY, "", 1) == 0);
	USER_CHECK(call(CALL_STRING_COPY, "four", 5) == 0);
}

BOARD_TEST(test_user_string_copy)
{
	check_allowed(string_copy, false);
	CHECK(!strcmp(kernel_buffer, "four"));
}

static void string_alloc_copy(void *p1, void *p2, void *p3)
{
	char *page = p1;

	memset(page + PAGE - 8, 'x', 8);
	USER_CHECK(!call(CALL_STRING_ALLOC_COPY, p2, BUF));
	USER_CHECK(!call(CALL_STRING_ALLOC_COPY, NULL, BUF));
	USER_CHECK(!call(CALL_STRING_ALLOC_COPY, page + PAGE - 8, BUF));
	USER_CHECK(!call(CALL_STRING_ALLOC_COPY, "four", 4));
	USER_CHECK(!call(CALL_ALLOC_FROM_COPY, p2, BUF));
	USER_CHECK(!call(CALL_ALLOC_FROM_COPY, page, SIZE_MAX));
	USER_CHECK(!call(CALL_ALLOC_FROM_COPY, page, 2048)); /* more than the pool has */
	USER_CHECK(call(CALL_ALLOC_FROM_COPY, "five", 5) == 1);
	USER_CHECK(call(CALL_STRING_ALLOC_COPY, "four", BUF) == 1);
}

BOARD_TEST(test_user_string_alloc_copy)
{
	struct sys_memory_stats stats;

	check_allowed(string_alloc_copy, true);
	CHECK(!strcmp(kernel_buffer, "four"));
	CHECK_INT(sys_heap_runtime_stats_get(&pool.heap, &stats), 0);
	CHECK_INT(stats.allocated_bytes, 0);
}

static void alloc_without_pool(void *p1, void *p2, void *p3)
{
	USER_CHECK(!call(CALL_STRING_ALLOC_COPY, "four", BUF));
	USER_CHECK(!call(CALL_ALLOC_FROM_COPY, "five", 5));
}

BOARD_TEST(no_copy_is_allocated_without_a_pool)
{
	check_allowed(alloc_without_pool, false);
}

static void names(void *p1, void *p2, void *p3)
{
	k_tid_t self = k_current_get();
	char name[CONFIG_THREAD_MAX_NAME_LEN];

	USER_CHECK(!k_thread_name_set(self, "chosen"));
	USER_CHECK(!k_thread_name_copy(self, name, sizeof(name)));
	USER_CHECK(!strcmp(name, "chosen"));
	USER_CHECK(k_thread_name_copy(self, name, 3) == -ENOSPC);
	USER_CHECK(k_thread_name_copy(self, p2, BUF) == -EFAULT);
	USER_CHECK(k_thread_name_copy(self, (char *)self, BUF) == -EFAULT);
	USER_CHECK(k_thread_name_set(self, p2) == -EFAULT);
	USER_CHECK(k_thread_name_set(self, NULL) == -EFAULT);
	USER_CHECK(!k_thread_name_copy(self, name, sizeof(name)));
	USER_CHECK(!strcmp(name, "chosen"));
}

/* The kernel's own calls that copy: refused with a result, as in Zephyr. */
BOARD_TEST(thread_names_are_copied_both_ways)
{
	check_allowed(names, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_string_nlen),
		cmocka_unit_test(test_from_copy),
		cmocka_unit_test(test_to_copy),
		cmocka_unit_test(test_user_string_copy),
		cmocka_unit_test(test_user_string_alloc_copy),
		cmocka_unit_test(no_copy_is_allocated_without_a_pool),
		cmocka_unit_test(thread_names_are_copied_both_ways),
	};

	return RUN(tests);
}
