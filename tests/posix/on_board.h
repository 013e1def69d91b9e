/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file on_board.h
 * \brief Tests that run on a board of their own, and user threads that must, or must not, fault.
 *
 * Each BOARD_TEST() gets a fresh board and passes only if, beside its own checks, supervisor code
 * never touched closed memory, no fault was told that the test did not take, and host_exit() found
 * no block left behind. cmocka's assertions leave by longjmp(), which must not cross threads, so
 * inside a board CHECK() and REQUIRE() note the first failure, and cmocka hears of it afterwards.
 *
 * User code can write only what its domain grants. What it has to tell lies in user_page, in the
 * common partition, which user_make() attaches:
 *
 * \code
 * static void entry(void *p1, void *p2, void *p3)
 * {
 *	USER_CHECK(k_is_user_context());
 *	MUST_FAULT(*(volatile int *)p1 = 1);
 * }
 * ...
 * run_refused(entry, p1, NULL, NULL, HOST_FAULT_ACCESS);
 * \endcode
 *
 * A refusal that does not come is a failure, and so is reaching the line after it.
 */
#ifndef TESTS_POSIX_ON_BOARD_H
#define TESTS_POSIX_ON_BOARD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <host/fault.h>
#include <host/platform.h>
#include <rtos/userspace_helper.h>
#include <valgrind/valgrind.h>
#include <zephyr/kernel.h>

#define BOARD_TEST(name)                                                                           \
	static void name##_on_board(void);                                                         \
	static void name(void **state)                                                             \
	{                                                                                          \
		on_board(name##_on_board);                                                         \
	}                                                                                          \
	static void name##_on_board(void)

/** Run \p body as the firmware's main() of a fresh board; then check what every test checks. */
void on_board(void (*body)(void));
/** The same, with a board made by \p config. */
void on_board_with(const struct host_config *config, void (*body)(void));

/** Supervisor code of a test: note a failure and go on. */
void check_failed(const char *file, int line, const char *what, long long a, long long b);
#define CHECK(cond) ((cond) ? (void)0 : check_failed(__FILE__, __LINE__, #cond, 0, 0))
#define CHECK_INT(a, b)                                                                            \
	do {                                                                                       \
		const long long check_a = (long long)(a), check_b = (long long)(b);                \
		if (check_a != check_b)                                                            \
			check_failed(__FILE__, __LINE__, #a " == " #b, check_a, check_b);          \
	} while (0)
/** Note it and leave the function. */
#define REQUIRE(cond)                                                                              \
	do {                                                                                       \
		if (!(cond)) {                                                                     \
			check_failed(__FILE__, __LINE__, #cond, 0, 0);                             \
			return;                                                                    \
		}                                                                                  \
	} while (0)

/** Supervisor code of the test touches closed memory up to so many times; else never. */
void expect_strays(unsigned int count);

/** What user threads of a test have to tell. Open to all of them. */
struct user_page {
	int line;	   /**< where the access that must fault was about to be made */
	int passed;	   /**< where code went on after it */
	int failed;	   /**< line of the first USER_CHECK() that did not hold */
	int count;	   /**< free for the test */
	uintptr_t word[8]; /**< likewise */
};
extern volatile struct user_page user_page;

#define USER_CHECK(cond)                                                                           \
	do {                                                                                       \
		if (!(cond) && !user_page.failed)                                                  \
			user_page.failed = __LINE__;                                               \
	} while (0)
#define MUST_FAULT(statement)                                                                      \
	do {                                                                                       \
		user_page.line = __LINE__;                                                         \
		VALGRIND_DISABLE_ERROR_REPORTING;                                                  \
		statement;                                                                         \
		VALGRIND_ENABLE_ERROR_REPORTING;                                                   \
		user_page.passed = __LINE__;                                                       \
	} while (0)

/** A user thread in a domain of its own, with the common partition in it. */
struct user {
	struct k_mem_domain domain;
	struct k_thread *thread;
	k_thread_stack_t *stack;
};
#define USER_STACK_SIZE 8192

/** Make it; it does not run yet. On failure a check has failed and \p user->thread is NULL. */
bool user_make(struct user *user, k_thread_entry_t entry, void *p1, void *p2, void *p3);
/** Start it and wait for its end. */
void user_run(struct user *user);
/** End it and give everything back. */
void user_end(struct user *user);

/** Make, run, end; nothing may fault, no USER_CHECK() may fail. */
void run_allowed(k_thread_entry_t entry, void *p1, void *p2, void *p3);
/** Make, run, end; the line of MUST_FAULT() must fault with \p kind, in user mode or in a system
 * call on its behalf, and the line after must not be reached. Returns the facts. */
const struct host_fault *run_refused(k_thread_entry_t entry, void *p1, void *p2, void *p3,
				     enum host_fault_kind kind);
/** The same for a thread that was made and prepared by the test. */
void user_allowed(struct user *user);
const struct host_fault *user_refused(struct user *user, enum host_fault_kind kind);

/** The oldest fault told that was not taken yet, or NULL. */
const struct host_fault *take_fault(void);
/** Text of the fault taken last; the fault's own is gone with its thread. */
const char *fault_text(void);

/** A page-aligned page of memory for a partition, from the kernel heap. rfree() it. */
void *page_alloc(size_t pages);

/** True where signals of timers arrive late or not at all (ThreadSanitizer holds them back). */
bool signals_are_delayed(void);
/** True where each step costs tens of times more: Valgrind, sanitizers. */
bool runs_slowly(void);

/** Close the gap between a test's name and cmocka's table. */
#define RUN(tests) cmocka_run_group_tests(tests, NULL, NULL)

#endif /* TESTS_POSIX_ON_BOARD_H */
