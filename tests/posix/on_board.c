/* SPDX-License-Identifier: BSD-3-Clause */
#include "on_board.h"

#include <rtos/alloc.h>
#include <stdio.h>
#include <string.h>
#include <valgrind/valgrind.h>

#define FAULTS_KEPT 16
#define PAGE	    4096

volatile struct user_page user_page APP_TASK_BSS;

static struct {
	void (*body)(void);
	char failure[256]; /* the first */
	struct host_fault faults[FAULTS_KEPT];
	char texts[FAULTS_KEPT][192];
	size_t told, taken;
	unsigned int strays; /* expected at most */
} run;

void check_failed(const char *file, int line, const char *what, long long a, long long b)
{
	if (run.failure[0])
		return;
	snprintf(run.failure, sizeof(run.failure), "%s:%d: %s (%lld, %lld)", file, line, what, a,
		 b);
}

static void on_fault(const struct host_fault *fault, void *arg)
{
	/* When all that were told have been taken, their room is free again. */
	if (run.taken == run.told)
		run.taken = run.told = 0;
	if (run.told >= FAULTS_KEPT)
		return;
	snprintf(run.texts[run.told], sizeof(run.texts[0]), "%s", fault->text);
	run.faults[run.told++] = *fault;
}

void expect_strays(unsigned int count)
{
	run.strays = count;
}

const struct host_fault *take_fault(void)
{
	return run.taken < run.told ? &run.faults[run.taken++] : NULL;
}

const char *fault_text(void)
{
	return run.taken ? run.texts[run.taken - 1] : "";
}

static int firmware(void *arg)
{
	memset((void *)&user_page, 0, sizeof(user_page));
	run.body();
	return 77;
}

void on_board_with(const struct host_config *config, void (*body)(void))
{
	const struct host_fault *fault;
	int result = 0;
	size_t left;

	memset(&run, 0, sizeof(run));
	run.body = body;
	assert_int_equal(host_init(config), 0);
	host_fault_handler_set(on_fault, NULL);
	CHECK_INT(host_run(firmware, NULL, &result), 0);
	fault = take_fault();
	if (fault)
		check_failed(fault->thread_name, user_page.line, run.texts[run.taken - 1],
			     fault->kind, (long long)fault->address);
	CHECK_INT(result, 77);
	CHECK(host_stray_supervisor_accesses() <= run.strays);
	host_fault_handler_set(NULL, NULL);
	left = host_exit();
	CHECK_INT(left, 0);
	if (run.failure[0])
		fail_msg("%s", run.failure);
}

void on_board(void (*body)(void))
{
	const struct host_config config = {
		.isolation = HOST_ISOLATION_REQUIRED,
		.on_fault = HOST_ON_FAULT_MUTE,
	};

	on_board_with(&config, body);
}

bool user_make(struct user *user, k_thread_entry_t entry, void *p1, void *p2, void *p3)
{
	memset(user, 0, sizeof(*user));
	CHECK_INT(k_mem_domain_init(&user->domain, 0, NULL), 0);
	CHECK_INT(user_memory_attach_common_partition(&user->domain), 0);
	user->stack = k_thread_stack_alloc(USER_STACK_SIZE, K_USER);
	user->thread = k_object_alloc(K_OBJ_THREAD);
	if (!user->stack || !user->thread ||
	    !k_thread_create(user->thread, user->stack, USER_STACK_SIZE, entry, p1, p2, p3, 1,
			     K_USER, K_FOREVER)) {
		check_failed(__FILE__, __LINE__, "user_make()", !!user->stack, !!user->thread);
		k_object_free(user->thread);
		k_thread_stack_free(user->stack);
		memset(user, 0, sizeof(*user));
		return false;
	}
	k_thread_name_set(user->thread, "user");
	CHECK_INT(k_mem_domain_add_thread(&user->domain, user->thread), 0);
	return true;
}

void user_run(struct user *user)
{
	if (!user->thread)
		return;
	k_thread_start(user->thread);
	CHECK_INT(k_thread_join(user->thread, K_FOREVER), 0);
}

void user_end(struct user *user)
{
	if (!user->thread)
		return;
	k_thread_abort(user->thread);
	k_object_free(user->thread);
	CHECK_INT(k_thread_stack_free(user->stack), 0);
	CHECK_INT(k_mem_domain_deinit(&user->domain), 0);
	user->thread = NULL;
}

static void page_clear(void)
{
	user_page.line = user_page.passed = user_page.failed = 0;
}

void user_allowed(struct user *user)
{
	const struct host_fault *fault;

	page_clear();
	user_run(user);
	fault = take_fault();
	if (fault)
		check_failed("no fault expected near line", user_page.line, fault_text(),
			     fault->kind, (long long)fault->address);
	if (user_page.failed)
		check_failed("user code", user_page.failed, "USER_CHECK()", 0, 0);
}

const struct host_fault *user_refused(struct user *user, enum host_fault_kind kind)
{
	static const struct host_fault none;
	const struct host_fault *fault;

	page_clear();
	user_run(user);
	if (user_page.failed)
		check_failed("user code", user_page.failed, "USER_CHECK()", 0, 0);
	if (user_page.passed || !user_page.line)
		check_failed("user code", user_page.passed, "was not refused", user_page.line, 0);
	fault = take_fault();
	if (!fault) {
		check_failed("user code", user_page.line, "no fault was told", 0, 0);
		return &none;
	}
	if (fault->kind != kind || !fault->user_mode)
		check_failed("user code", user_page.line, fault_text(), fault->kind, kind);
	CHECK(fault->thread == user->thread);
	CHECK(host_thread_fault(user->thread) != NULL);
	return fault;
}

void run_allowed(k_thread_entry_t entry, void *p1, void *p2, void *p3)
{
	struct user *user = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*user));

	REQUIRE(user);
	if (user_make(user, entry, p1, p2, p3))
		user_allowed(user);
	user_end(user);
	rfree(user);
}

const struct host_fault *run_refused(k_thread_entry_t entry, void *p1, void *p2, void *p3,
				     enum host_fault_kind kind)
{
	static const struct host_fault none;
	const struct host_fault *fault = &none;
	struct user *user = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*user));

	if (user && user_make(user, entry, p1, p2, p3))
		fault = user_refused(user, kind);
	if (user)
		user_end(user);
	rfree(user);
	return fault;
}

void *page_alloc(size_t pages)
{
	void *memory = rballoc_align(SOF_MEM_FLAG_KERNEL, pages * PAGE, PAGE);

	if (memory)
		memset(memory, 0, pages * PAGE);
	else
		check_failed(__FILE__, __LINE__, "page_alloc()", 0, 0);
	return memory;
}

bool signals_are_delayed(void)
{
#if defined(__SANITIZE_THREAD__)
	return true;
#else
	return false;
#endif
}

bool runs_slowly(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	return true;
#else
	return RUNNING_ON_VALGRIND;
#endif
}
