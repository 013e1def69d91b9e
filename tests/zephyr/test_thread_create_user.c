/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Threads, stacks and objects that user threads make: what they need for it, and every reason to
 * refuse.
 */
#include "posix/on_board.h"

#include <string.h>
#include <zephyr/internal/syscall_handler.h>

#define STACK_SIZE USER_STACK_SIZE

/* What the user thread asks for. Its own priority is 1. */
static struct {
	struct k_thread *thread;
	k_thread_stack_t *stack;
	size_t size;
	int prio;
	uint32_t options;
	k_timeout_t delay;
} request APP_TASK_BSS;

K_HEAP_DEFINE(pool, 8192);
K_THREAD_STACK_DEFINE(defined_stack, STACK_SIZE);

static struct user user;
static struct k_sem sem;

static size_t pool_used(void)
{
	struct sys_memory_stats stats;

	CHECK_INT(sys_heap_runtime_stats_get(&pool.heap, &stats), 0);
	return stats.allocated_bytes;
}

static void child(void *p1, void *p2, void *p3)
{
	USER_CHECK(k_is_user_context());
	USER_CHECK(p1 == (void *)1 && p2 == (void *)2 && p3 == (void *)3);
	user_page.count++;
	/* It may use its own object. */
	k_thread_abort(k_current_get());
	USER_CHECK(false);
}

static k_tid_t create(void)
{
	return k_thread_create(request.thread, request.stack, request.size, child, (void *)1,
			       (void *)2, (void *)3, request.prio, request.options, request.delay);
}

static void create_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(create());
}

/* A thread that may use a fresh thread object and a fresh stack. */
static bool make(k_thread_entry_t entry)
{
	memset(&request, 0, sizeof(request));
	request.thread = k_object_alloc(K_OBJ_THREAD);
	request.stack = k_thread_stack_alloc(STACK_SIZE, K_USER);
	request.size = STACK_SIZE;
	request.prio = 2;
	request.options = K_USER;
	request.delay = K_NO_WAIT;
	CHECK(request.thread && request.stack);
	if (!user_make(&user, entry, NULL, NULL, NULL))
		return false;
	k_thread_access_grant(user.thread, request.thread, request.stack);
	return true;
}

static void drop(struct k_thread *thread, k_thread_stack_t *stack)
{
	k_object_free(thread);
	CHECK_INT(k_thread_stack_free(stack), 0);
	user_end(&user);
}

/* Refused, and nothing has come of it. */
static void check_refused(struct k_thread *thread, k_thread_stack_t *stack)
{
	user_refused(&user, HOST_FAULT_OOPS);
	k_object_access_grant(stack, k_current_get());
	CHECK_INT(z_object_validate(thread, K_OBJ_THREAD, _OBJ_INIT_FALSE), 0);
	CHECK_INT(z_object_validate(stack, K_OBJ_THREAD_STACK_ELEMENT, _OBJ_INIT_FALSE), 0);
	CHECK_INT(user_page.count, 0);
	CHECK_INT(user.domain.members, 0);
	drop(thread, stack);
}

static void create_and_join(void *p1, void *p2, void *p3)
{
	USER_CHECK(create() == request.thread);
	USER_CHECK(!k_thread_join(request.thread, K_FOREVER));
	USER_CHECK(user_page.count == 1);
	/* Thread object and stack are free for another. */
	USER_CHECK(create() == request.thread);
	USER_CHECK(!k_thread_join(request.thread, K_FOREVER));
	USER_CHECK(user_page.count == 2);
}

BOARD_TEST(test_create_new_thread_from_user)
{
	REQUIRE(make(create_and_join));
	user_allowed(&user);
	CHECK_INT(user_page.count, 2);
	drop(request.thread, request.stack);
}

BOARD_TEST(stack_may_be_a_variable)
{
	REQUIRE(make(create_and_join));
	CHECK_INT(k_thread_stack_free(request.stack), 0);
	request.stack = defined_stack;
	k_thread_access_grant(user.thread, defined_stack);
	user_allowed(&user);
	CHECK_INT(user_page.count, 2);
	k_object_free(request.thread);
	user_end(&user);
}

BOARD_TEST(test_new_user_thread_with_in_use_stack_obj)
{
	k_thread_stack_t *stack;

	REQUIRE(make(create_refused));
	stack = request.stack;
	request.stack = user.stack;
	k_thread_access_grant(user.thread, user.stack);
	check_refused(request.thread, stack);
}

BOARD_TEST(test_create_new_thread_from_user_no_access_stack)
{
	REQUIRE(make(create_refused));
	k_object_access_revoke(request.stack, user.thread);
	check_refused(request.thread, request.stack);
}

BOARD_TEST(stack_must_be_a_stack)
{
	k_thread_stack_t *stack;

	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	REQUIRE(make(create_refused));
	stack = request.stack;
	request.stack = (k_thread_stack_t *)&sem;
	k_thread_access_grant(user.thread, &sem);
	check_refused(request.thread, stack);
	REQUIRE(make(create_refused));
	stack = request.stack;
	request.stack = NULL;
	check_refused(request.thread, stack);
}

static void check_size_refused(size_t size)
{
	REQUIRE(make(create_refused));
	request.size = size;
	check_refused(request.thread, request.stack);
}

BOARD_TEST(test_create_new_thread_from_user_invalid_stacksize)
{
	check_size_refused(SIZE_MAX);
	check_size_refused(0);
}

BOARD_TEST(test_create_new_thread_from_user_huge_stacksize)
{
	check_size_refused(STACK_SIZE + 1);
	check_size_refused((size_t)1 << 40);
}

static void check_options_refused(uint32_t options)
{
	REQUIRE(make(create_refused));
	request.options = options;
	check_refused(request.thread, request.stack);
}

BOARD_TEST(test_create_new_supervisor_thread_from_user)
{
	check_options_refused(0);
	check_options_refused(K_INHERIT_PERMS);
}

BOARD_TEST(test_create_new_essential_thread_from_user)
{
	check_options_refused(K_USER | K_ESSENTIAL);
}

static void check_prio_refused(int prio)
{
	REQUIRE(make(create_refused));
	request.prio = prio;
	check_refused(request.thread, request.stack);
}

BOARD_TEST(test_create_new_higher_prio_thread_from_user)
{
	check_prio_refused(0);
	check_prio_refused(-1);
	check_prio_refused(K_HIGHEST_THREAD_PRIO);
}

BOARD_TEST(test_create_new_invalid_prio_thread_from_user)
{
	check_prio_refused(6000);
	check_prio_refused(K_LOWEST_THREAD_PRIO);
	check_prio_refused(INT32_MIN);
	check_prio_refused(256 + 2); /* which would be 2 in eight bits */
}

BOARD_TEST(test_kobject_reinitialize_thread_kobj)
{
	struct k_thread *thread;

	/* One that it has no permission on. */
	REQUIRE(make(create_refused));
	k_object_access_revoke(request.thread, user.thread);
	check_refused(request.thread, request.stack);
	/* One that is alive: its own. */
	REQUIRE(make(create_refused));
	thread = request.thread;
	request.thread = user.thread;
	check_refused(thread, request.stack);
	/* None at all. */
	REQUIRE(make(create_refused));
	thread = request.thread;
	request.thread = NULL;
	check_refused(thread, request.stack);
}

static void create_with_bad_pointer(void *p1, void *p2, void *p3)
{
	MUST_FAULT(z_syscall(K_SYSCALL_K_THREAD_CREATE, (uintptr_t)request.thread,
			     (uintptr_t)request.stack, request.size, (uintptr_t)child,
			     (uintptr_t)p1, 0));
}

/* The arguments that go through memory must lie in the caller's. */
BOARD_TEST(arguments_must_be_the_callers_memory)
{
	REQUIRE(make(create_with_bad_pointer));
	check_refused(request.thread, request.stack);
	REQUIRE(make(create_with_bad_pointer));
	k_thread_abort(user.thread);
	CHECK(k_thread_create(user.thread, user.stack, STACK_SIZE, create_with_bad_pointer,
			      k_current_get(), NULL, NULL, 1, K_USER, K_FOREVER));
	CHECK_INT(k_mem_domain_add_thread(&user.domain, user.thread), 0);
	k_thread_access_grant(user.thread, request.thread, request.stack);
	check_refused(request.thread, request.stack);
}

static void create_only(void *p1, void *p2, void *p3)
{
	USER_CHECK(create() == request.thread);
}

/* A delay that is more than there are ticks must not stop the time of others. */
BOARD_TEST(delay_that_wraps_around_harms_nobody)
{
	k_sleep(K_MSEC(5));
	REQUIRE(make(create_only));
	request.delay = K_TICKS(INT64_MAX);
	user_allowed(&user);
	CHECK_INT(k_sleep(K_MSEC(5)), 0);
	CHECK_INT(k_uptime_ticks(), 10000);
	CHECK_INT(k_thread_join(request.thread, K_MSEC(1)), -EAGAIN);
	CHECK_INT(user_page.count, 0);
	k_thread_start(request.thread);
	CHECK_INT(k_thread_join(request.thread, K_MSEC(1)), 0);
	CHECK_INT(user_page.count, 1);
	drop(request.thread, request.stack);
}

static void create_dynamic(void *p1, void *p2, void *p3)
{
	request.thread = k_object_alloc(K_OBJ_THREAD);
	request.stack = k_thread_stack_alloc(STACK_SIZE, (int)K_USER);
	USER_CHECK(request.thread && request.stack);
	USER_CHECK(create() == request.thread);
	USER_CHECK(!k_thread_join(request.thread, K_FOREVER));
	USER_CHECK(!k_thread_stack_free(request.stack));
	k_object_release(request.thread);
	USER_CHECK(k_object_access_check(request.thread) == -EBADF);
	USER_CHECK(user_page.count == 1);
}

BOARD_TEST(test_user_create_dyn_user_thread)
{
	REQUIRE(make(create_dynamic));
	k_object_free(request.thread);
	CHECK_INT(k_thread_stack_free(request.stack), 0);
	k_thread_heap_assign(user.thread, &pool);
	user_allowed(&user);
	CHECK_INT(pool_used(), 0);
	user_end(&user);
}

static void leave_dynamic(void *p1, void *p2, void *p3)
{
	request.thread = k_object_alloc(K_OBJ_THREAD);
	request.stack = k_thread_stack_alloc(STACK_SIZE, (int)K_USER);
	request.delay = K_MSEC(1);
	USER_CHECK(create() == request.thread);
}

/* Its maker has ended when it runs: object and stack go with the child, not before. */
BOARD_TEST(dynamic_thread_outlives_its_maker)
{
	REQUIRE(make(leave_dynamic));
	k_object_free(request.thread);
	CHECK_INT(k_thread_stack_free(request.stack), 0);
	k_thread_heap_assign(user.thread, &pool);
	user_allowed(&user);
	CHECK(pool_used() > 0);
	k_sleep(K_MSEC(2));
	CHECK_INT(user_page.count, 1);
	CHECK_INT(pool_used(), 0);
	CHECK_INT(k_object_access_check(request.thread), -EBADF);
	CHECK_INT(k_thread_stack_free(request.stack), -EINVAL);
	user_end(&user);
}

static void use_stack_pool(void *p1, void *p2, void *p3)
{
	k_thread_stack_t *stacks[CONFIG_DYNAMIC_THREAD_POOL_SIZE];

	USER_CHECK(!k_thread_stack_alloc(0, (int)K_USER));
	USER_CHECK(!k_thread_stack_alloc(CONFIG_DYNAMIC_THREAD_STACK_SIZE + 1, (int)K_USER));
	USER_CHECK(!k_thread_stack_alloc(SIZE_MAX, (int)K_USER));
	for (size_t i = 0; i < ARRAY_SIZE(stacks); i++) {
		stacks[i] = k_thread_stack_alloc(CONFIG_DYNAMIC_THREAD_STACK_SIZE, (int)K_USER);
		USER_CHECK(stacks[i]);
	}
	USER_CHECK(!k_thread_stack_alloc(4096, (int)K_USER));
	USER_CHECK(!k_thread_stack_free(stacks[0]));
	USER_CHECK(k_thread_stack_free(stacks[0]) == -EINVAL);
	stacks[0] = k_thread_stack_alloc(4096, (int)K_USER);
	USER_CHECK(stacks[0]);
	user_page.word[0] = (uintptr_t)stacks[0];
	USER_CHECK(k_thread_stack_free(NULL) == -EINVAL);
	/* The rest goes with the thread. */
}

BOARD_TEST(test_dynamic_thread_stack_pool)
{
	k_thread_stack_t *beside;

	run_allowed(use_stack_pool, NULL, NULL, NULL);
	CHECK_INT(k_thread_stack_free((k_thread_stack_t *)user_page.word[0]), -EINVAL);
	/* The supervisor has its own: the pool is whole. */
	beside = k_thread_stack_alloc(4 * CONFIG_DYNAMIC_THREAD_STACK_SIZE, 0);
	CHECK(beside);
	run_allowed(use_stack_pool, NULL, NULL, NULL);
	CHECK_INT(k_thread_stack_free(beside), 0);
}

static void free_stack_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_thread_stack_free(p1));
}

BOARD_TEST(stack_of_another_is_not_freed)
{
	k_thread_stack_t *stack = k_thread_stack_alloc(STACK_SIZE, K_USER);

	run_refused(free_stack_refused, stack, NULL, NULL, HOST_FAULT_OOPS);
	CHECK_INT(k_thread_stack_free(stack), 0);
}

static void alloc_each_type(void *p1, void *p2, void *p3)
{
	const bool possible = p1;

	for (int type = K_OBJ_ANY - 1; type <= K_OBJ_LAST + 1; type++) {
		void *object = k_object_alloc((enum k_objects)type);

		if (type < K_OBJ_CONDVAR || type > K_OBJ_TIMER) {
			USER_CHECK(!object);
			continue;
		}
		USER_CHECK(!object == !possible);
		if (!object)
			continue;
		USER_CHECK(!k_object_access_check(object));
		k_object_release(object);
		USER_CHECK(k_object_access_check(object) == -EBADF);
	}
}

/* Kernel memory for a user thread is from its pool, and there is none without one. */
BOARD_TEST(objects_of_a_user_thread_are_from_its_pool)
{
	run_allowed(alloc_each_type, NULL, NULL, NULL);
	REQUIRE(user_make(&user, alloc_each_type, (void *)1, NULL, NULL));
	k_thread_heap_assign(user.thread, &pool);
	user_allowed(&user);
	CHECK_INT(pool_used(), 0);
	user_end(&user);
}

static void alloc_until_empty(void *p1, void *p2, void *p3)
{
	enum k_objects type = (enum k_objects)(uintptr_t)p1;

	while (k_object_alloc(type))
		user_page.count++;
	USER_CHECK(!k_object_alloc(type));
}

static void check_out_of_memory(enum k_objects type)
{
	user_page.count = 0;
	REQUIRE(user_make(&user, alloc_until_empty, (void *)(uintptr_t)type, NULL, NULL));
	k_thread_heap_assign(user.thread, &pool);
	user_allowed(&user);
	CHECK(user_page.count > 3);
	CHECK_INT(pool_used(), 0);
	user_end(&user);
}

BOARD_TEST(test_kobj_create_out_of_memory)
{
	check_out_of_memory(K_OBJ_SEM);
	check_out_of_memory(K_OBJ_TIMER);
	check_out_of_memory(K_OBJ_THREAD);
	/* It was its pool only that was empty. */
	run_allowed(use_stack_pool, NULL, NULL, NULL);
}

static void alloc_thread_fails(void *p1, void *p2, void *p3)
{
	USER_CHECK(!k_object_alloc(K_OBJ_THREAD));
	USER_CHECK(k_object_alloc(K_OBJ_SEM));
}

BOARD_TEST(test_thread_alloc_out_of_idx)
{
	void *threads[CONFIG_MAX_THREAD_BYTES * 8];
	size_t count = 0;

	REQUIRE(user_make(&user, alloc_thread_fails, NULL, NULL, NULL));
	k_thread_heap_assign(user.thread, &pool);
	while (count < ARRAY_SIZE(threads) && (threads[count] = k_object_alloc(K_OBJ_THREAD)))
		count++;
	CHECK(count < ARRAY_SIZE(threads));
	user_allowed(&user);
	while (count)
		k_object_free(threads[--count]);
	CHECK_INT(pool_used(), 0);
	user_end(&user);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_create_new_thread_from_user),
		cmocka_unit_test(stack_may_be_a_variable),
		cmocka_unit_test(test_new_user_thread_with_in_use_stack_obj),
		cmocka_unit_test(test_create_new_thread_from_user_no_access_stack),
		cmocka_unit_test(stack_must_be_a_stack),
		cmocka_unit_test(test_create_new_thread_from_user_invalid_stacksize),
		cmocka_unit_test(test_create_new_thread_from_user_huge_stacksize),
		cmocka_unit_test(test_create_new_supervisor_thread_from_user),
		cmocka_unit_test(test_create_new_essential_thread_from_user),
		cmocka_unit_test(test_create_new_higher_prio_thread_from_user),
		cmocka_unit_test(test_create_new_invalid_prio_thread_from_user),
		cmocka_unit_test(test_kobject_reinitialize_thread_kobj),
		cmocka_unit_test(arguments_must_be_the_callers_memory),
		cmocka_unit_test(delay_that_wraps_around_harms_nobody),
		cmocka_unit_test(test_user_create_dyn_user_thread),
		cmocka_unit_test(dynamic_thread_outlives_its_maker),
		cmocka_unit_test(test_dynamic_thread_stack_pool),
		cmocka_unit_test(stack_of_another_is_not_freed),
		cmocka_unit_test(objects_of_a_user_thread_are_from_its_pool),
		cmocka_unit_test(test_kobj_create_out_of_memory),
		cmocka_unit_test(test_thread_alloc_out_of_idx),
	};

	return RUN(tests);
}
