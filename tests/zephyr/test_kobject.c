/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Kernel objects: a user thread may use one when it is that type, initialised, and granted to it.
 * Each refusal ends the calling thread and nothing else.
 */
#include "posix/on_board.h"

#include <heap.h>
#include <object.h>
#include <rtos/alloc.h>
#include <string.h>
#include <thread.h>
#include <zephyr/internal/syscall_handler.h>

K_HEAP_DEFINE(pool, 2048);

static struct user user, other;
static struct k_sem sem;
static struct k_mutex mutex;
static struct k_timer timer;

static void give(void *p1, void *p2, void *p3)
{
	k_sem_give(p1);
}

static void give_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_sem_give(p1));
}

static void take_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_sem_take(p1, K_NO_WAIT));
}

static void grant(void *p1, void *p2, void *p3)
{
	k_object_access_grant(p1, p2);
}

static void grant_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_object_access_grant(p1, p2));
}

static void sem_ready(void)
{
	CHECK_INT(k_sem_init(&sem, 0, 10), 0);
}

BOARD_TEST(test_kobject_access_grant)
{
	sem_ready();
	REQUIRE(user_make(&user, take_refused, NULL, NULL, NULL));
	k_thread_access_grant(user.thread, NULL, &sem, NULL);
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
}

BOARD_TEST(test_kobject_access_grant_error)
{
	k_object_access_grant(NULL, k_current_get());
	CHECK_INT(host_fault_count(), 0);
}

BOARD_TEST(test_kobject_access_grant_error_user)
{
	sem_ready();
	REQUIRE(user_make(&user, grant_refused, &sem, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
}

BOARD_TEST(test_kobject_access_grant_error_user_null)
{
	REQUIRE(user_make(&user, grant_refused, NULL, NULL, NULL));
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
}

static void all_grant_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_object_access_all_grant(p1));
}

BOARD_TEST(test_kobject_access_all_grant_error)
{
	sem_ready();
	run_refused(all_grant_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
}

/* A mutex, which the thread may use, is no semaphore. */
BOARD_TEST(test_syscall_invalid_kobject)
{
	CHECK_INT(k_mutex_init(&mutex), 0);
	REQUIRE(user_make(&user, take_refused, &mutex, NULL, NULL));
	k_thread_access_grant(user.thread, &mutex);
	user_refused(&user, HOST_FAULT_OOPS);
	CHECK(strstr(fault_text(), "refused"));
	user_end(&user);
}

BOARD_TEST(test_thread_without_kobject_permission)
{
	sem_ready();
	run_refused(give_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
	CHECK_INT(k_sem_count_get(&sem), 0);
}

/* A child that inherits, made by a kernel thread that holds the permission. */
static void remake(k_thread_entry_t entry, void *p1, void *p2, uint32_t options)
{
	CHECK(k_thread_create(user.thread, user.stack, USER_STACK_SIZE, entry, p1, p2, NULL, 1,
			      K_USER | options, K_FOREVER));
	CHECK_INT(k_mem_domain_add_thread(&user.domain, user.thread), 0);
}

BOARD_TEST(test_kobject_revoke_access)
{
	sem_ready();
	REQUIRE(user_make(&user, give, &sem, NULL, NULL));
	k_thread_abort(user.thread);
	k_object_access_grant(&sem, k_current_get());
	remake(give, &sem, NULL, K_INHERIT_PERMS);
	user_allowed(&user);
	k_object_access_revoke(&sem, k_current_get());
	remake(give_refused, &sem, NULL, K_INHERIT_PERMS);
	user_refused(&user, HOST_FAULT_OOPS);
	CHECK_INT(k_sem_count_get(&sem), 1);
	user_end(&user);
}

BOARD_TEST(test_kobject_grant_access_kobj)
{
	sem_ready();
	REQUIRE(user_make(&other, give, &sem, NULL, NULL));
	REQUIRE(user_make(&user, grant, &sem, other.thread, NULL));
	k_thread_access_grant(user.thread, &sem, other.thread);
	user_allowed(&user);
	user_allowed(&other);
	CHECK_INT(k_sem_count_get(&sem), 1);
	user_end(&user);
	user_end(&other);
}

BOARD_TEST(test_kobject_grant_access_kobj_invalid)
{
	sem_ready();
	REQUIRE(user_make(&other, give_refused, &sem, NULL, NULL));
	REQUIRE(user_make(&user, grant_refused, &sem, other.thread, NULL));
	k_thread_access_grant(user.thread, &sem);
	user_refused(&user, HOST_FAULT_OOPS);
	user_refused(&other, HOST_FAULT_OOPS);
	user_end(&user);
	user_end(&other);
}

static void release_and_give(void *p1, void *p2, void *p3)
{
	k_sem_give(p1);
	k_object_release(p1);
	MUST_FAULT(k_sem_give(p1));
}

BOARD_TEST(test_kobject_release_from_user)
{
	sem_ready();
	REQUIRE(user_make(&user, release_and_give, &sem, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	user_refused(&user, HOST_FAULT_OOPS);
	CHECK_INT(k_sem_count_get(&sem), 1);
	user_end(&user);
}

static void check_access(void *p1, void *p2, void *p3)
{
	USER_CHECK(!k_object_access_check(p1));
	USER_CHECK(k_object_access_check(p2) == -EPERM);
	USER_CHECK(k_object_access_check(p3) == -EBADF);
	USER_CHECK(k_object_access_check(NULL) == -EBADF);
	USER_CHECK(k_object_access_check((char *)p1 + 1) == -EBADF);
	USER_CHECK(!k_object_access_check(k_current_get()));
	k_object_release(p1);
	USER_CHECK(k_object_access_check(p1) == -EPERM);
}

BOARD_TEST(test_access)
{
	static int plain;

	sem_ready();
	CHECK_INT(k_mutex_init(&mutex), 0);
	REQUIRE(user_make(&user, check_access, &sem, &mutex, &plain));
	k_thread_access_grant(user.thread, &sem);
	user_allowed(&user);
	user_end(&user);
}

static void recycle_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_object_recycle(p1));
}

/* The caller's permission and no other is left, and it counts as initialised. */
BOARD_TEST(test_object_recycle)
{
	static struct k_sem fresh;

	CHECK_INT(k_object_register(&fresh, K_OBJ_SEM), 0);
	REQUIRE(user_make(&user, give_refused, &fresh, NULL, NULL));
	k_thread_access_grant(user.thread, &fresh);
	k_object_recycle(&fresh);
	k_object_recycle(NULL);
	CHECK_INT(z_object_validate(&fresh, K_OBJ_SEM, _OBJ_INIT_TRUE), 0);
	CHECK(k_object_is_valid(&fresh, K_OBJ_SEM));
	CHECK(!k_object_is_valid(&fresh, K_OBJ_MUTEX));
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
	run_refused(recycle_refused, &fresh, NULL, NULL, HOST_FAULT_OOPS);
}

BOARD_TEST(test_kobject_invalid)
{
	static int plain;

	k_object_access_all_grant(&plain);
	k_object_access_revoke(&plain, k_current_get());
	k_object_release(&plain);
	k_object_release(NULL);
	CHECK_INT(host_fault_count(), 0);
}

BOARD_TEST(test_kobject_access_all_grant)
{
	sem_ready();
	k_object_access_all_grant(&sem);
	run_allowed(give, &sem, NULL, NULL);
	run_allowed(give, &sem, NULL, NULL);
	CHECK_INT(k_sem_count_get(&sem), 2);
}

BOARD_TEST(test_thread_has_residual_permissions)
{
	sem_ready();
	REQUIRE(user_make(&user, give, &sem, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	user_allowed(&user);
	remake(give_refused, &sem, NULL, 0);
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
}

BOARD_TEST(test_kobject_access_grant_to_invalid_thread)
{
	static struct k_thread never_made;

	sem_ready();
	CHECK_INT(k_object_register(&never_made, K_OBJ_THREAD), 0);
	k_object_access_grant(&sem, &never_made);
	CHECK_INT(z_object_validate(&sem, K_OBJ_SEM, _OBJ_INIT_TRUE), -EPERM);
	/* Not because it was dropped: it is kept for the thread that may yet be made. */
	REQUIRE(thread_index(&never_made) > 0);
	CHECK_INT(object_validate(&sem, K_OBJ_SEM, (unsigned int)thread_index(&never_made),
				  _OBJ_INIT_TRUE),
		  0);
	/* Nor does a user thread get anywhere with it. */
	REQUIRE(user_make(&user, grant, &sem, &never_made, NULL));
	k_thread_access_grant(user.thread, &sem, &never_made);
	user_allowed(&user);
	CHECK_INT(z_object_validate(&sem, K_OBJ_SEM, _OBJ_INIT_TRUE), -EPERM);
	user_end(&user);
}

BOARD_TEST(test_kobject_access_invalid_kobject)
{
	static struct k_sem untracked;

	run_refused(take_refused, &untracked, NULL, NULL, HOST_FAULT_OOPS);
	run_refused(take_refused, (void *)(uintptr_t)0xffffffff, NULL, NULL, HOST_FAULT_OOPS);
}

BOARD_TEST(test_access_kobject_without_init_access)
{
	static struct k_sem fresh;

	CHECK_INT(k_object_register(&fresh, K_OBJ_SEM), 0);
	run_refused(take_refused, &fresh, NULL, NULL, HOST_FAULT_OOPS);
}

BOARD_TEST(test_access_kobject_without_init_with_access)
{
	static struct k_sem fresh;

	CHECK_INT(k_object_register(&fresh, K_OBJ_SEM), 0);
	REQUIRE(user_make(&user, take_refused, &fresh, NULL, NULL));
	k_thread_access_grant(user.thread, &fresh);
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
}

static void nothing(void *p1, void *p2, void *p3)
{
}

BOARD_TEST(test_mark_thread_exit_uninitialized)
{
	REQUIRE(user_make(&user, nothing, NULL, NULL, NULL));
	k_object_access_grant(user.stack, k_current_get());
	CHECK_INT(z_object_validate(user.thread, K_OBJ_THREAD, _OBJ_INIT_TRUE), 0);
	CHECK_INT(z_object_validate(user.stack, K_OBJ_THREAD_STACK_ELEMENT, _OBJ_INIT_TRUE), 0);
	user_allowed(&user);
	CHECK_INT(z_object_validate(user.thread, K_OBJ_THREAD, _OBJ_INIT_TRUE), -EINVAL);
	CHECK_INT(z_object_validate(user.stack, K_OBJ_THREAD_STACK_ELEMENT, _OBJ_INIT_TRUE),
		  -EINVAL);
	remake(nothing, NULL, NULL, 0);
	user_allowed(&user);
	user_end(&user);
}

static void free_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_object_free(p1));
}

BOARD_TEST(test_kobject_free_error)
{
	/* NULL is harmless in either mode: SOF counts on it. */
	k_object_free(NULL);
	run_refused(free_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
}

BOARD_TEST(test_kobject_init_error)
{
	CHECK(!k_object_alloc((enum k_objects)(K_OBJ_ANY - 1)));
	CHECK(!k_object_alloc(K_OBJ_ANY));
	CHECK(!k_object_alloc(K_OBJ_LAST));
	CHECK(!k_object_alloc((enum k_objects)(K_OBJ_LAST + 1)));
}

/* The kernel heap is the pool; filling it takes long, so the failure is made. */
BOARD_TEST(test_kobj_create_out_of_memory)
{
	void *obj;

	host_alloc_fail_at(1);
	CHECK(!k_object_alloc(K_OBJ_SEM));
	host_alloc_fail_at(0);
	obj = k_object_alloc(K_OBJ_SEM);
	CHECK(obj);
	k_object_free(obj);
}

BOARD_TEST(test_thread_alloc_out_of_idx)
{
	void *threads[CONFIG_MAX_THREAD_BYTES * 8];
	size_t count = 0;

	while (count < ARRAY_SIZE(threads) && (threads[count] = k_object_alloc(K_OBJ_THREAD)))
		count++;
	CHECK_INT(count, CONFIG_MAX_THREAD_BYTES * 8 - 1); /* the supervisor has one */
	k_object_free(threads[3]);
	CHECK((threads[3] = k_object_alloc(K_OBJ_THREAD)));
	while (count)
		k_object_free(threads[--count]);
}

BOARD_TEST(test_alloc_kobjects)
{
	static const enum k_objects types[] = { K_OBJ_CONDVAR, K_OBJ_EVENT, K_OBJ_MUTEX,
						K_OBJ_QUEUE,   K_OBJ_SEM,   K_OBJ_THREAD,
						K_OBJ_TIMER };

	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		void *obj = k_object_alloc(types[i]);

		CHECK(obj);
		CHECK_INT(z_object_validate(obj, types[i], _OBJ_INIT_ANY), 0);
		CHECK_INT(z_object_validate(obj, types[i], _OBJ_INIT_TRUE), -EINVAL);
		k_object_access_revoke(obj, k_current_get());
		CHECK_INT(z_object_validate(obj, types[i], _OBJ_INIT_ANY), -EBADF);
	}
}

BOARD_TEST(test_kobject_perm_error)
{
	static const enum k_objects types[] = { K_OBJ_CONDVAR, K_OBJ_EVENT, K_OBJ_MUTEX,
						K_OBJ_QUEUE,   K_OBJ_SEM,   K_OBJ_THREAD,
						K_OBJ_TIMER };

	REQUIRE(user_make(&other, nothing, NULL, NULL, NULL));
	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		void *obj = k_object_alloc(types[i]);

		REQUIRE(user_make(&user, grant_refused, obj, other.thread, NULL));
		k_thread_access_grant(user.thread, other.thread);
		user_refused(&user, HOST_FAULT_OOPS);
		user_end(&user);
		k_object_free(obj);
	}
	user_end(&other);
}

#define SEMAPHORES 16

static void check_generic(struct k_sem *one)
{
	k_object_access_revoke(one, k_current_get());
	CHECK_INT(z_object_validate(one, K_OBJ_SEM, _OBJ_INIT_TRUE), -EPERM);
	k_object_access_grant(one, k_current_get());
	CHECK_INT(z_object_validate(one, K_OBJ_SEM, _OBJ_INIT_TRUE), -EINVAL);
	CHECK_INT(k_sem_init(one, 0, 1), 0);
	CHECK_INT(z_object_validate(one, K_OBJ_SEM, _OBJ_INIT_TRUE), 0);
}

BOARD_TEST(test_generic_object)
{
	static struct k_sem fixed[SEMAPHORES];
	struct k_sem *dynamic[SEMAPHORES], on_stack = { 0 };

	CHECK_INT(z_object_validate(&on_stack, K_OBJ_SEM, _OBJ_INIT_TRUE), -EBADF);
	CHECK_INT(z_object_validate((char *)&sem + 1, K_OBJ_SEM, _OBJ_INIT_TRUE), -EBADF);
	CHECK_INT(z_object_validate((void *)(uintptr_t)0xffffffff, K_OBJ_SEM, _OBJ_INIT_TRUE),
		  -EBADF);
	for (int i = 0; i < SEMAPHORES; i++) {
		CHECK_INT(k_object_register(&fixed[i], K_OBJ_SEM), 0);
		check_generic(&fixed[i]);
		dynamic[i] = k_object_alloc(K_OBJ_SEM);
		REQUIRE(dynamic[i]);
		CHECK_INT(z_object_validate(dynamic[i], K_OBJ_SEM, _OBJ_INIT_TRUE), -EINVAL);
		CHECK_INT(k_sem_init(dynamic[i], 0, 1), 0);
		CHECK_INT(z_object_validate(dynamic[i], K_OBJ_SEM, _OBJ_INIT_TRUE), 0);
	}
	for (int i = 0; i < SEMAPHORES; i++) {
		k_object_free(dynamic[i]);
		CHECK_INT(z_object_validate(dynamic[i], K_OBJ_SEM, _OBJ_INIT_ANY), -EBADF);
	}
}

BOARD_TEST(test_kobj_assign_perms_on_alloc_obj)
{
	struct k_sem *one = k_object_alloc(K_OBJ_SEM);
	uintptr_t start = (uintptr_t)pool.heap.init_mem;

	REQUIRE(one);
	CHECK_INT(z_object_validate(one, K_OBJ_SEM, _OBJ_INIT_ANY), 0);
	CHECK((uintptr_t)one - start >= pool.heap.init_bytes);
	k_object_free(one);
	k_thread_heap_assign(k_current_get(), &pool);
	one = k_object_alloc(K_OBJ_SEM);
	CHECK(one && (uintptr_t)one - start < pool.heap.init_bytes);
	k_object_free(one);
	k_thread_heap_assign(k_current_get(), NULL);
}

BOARD_TEST(test_no_ref_dyn_kobj_release_mem)
{
	struct k_sem *one = k_object_alloc(K_OBJ_SEM);

	REQUIRE(one);
	CHECK_INT(k_sem_init(one, 0, 9), 0);
	REQUIRE(user_make(&user, give, one, NULL, NULL));
	k_object_access_grant(one, user.thread);
	k_object_access_revoke(one, k_current_get());
	user_allowed(&user);
	/* The last who held it has ended. */
	CHECK_INT(z_object_validate(one, K_OBJ_SEM, _OBJ_INIT_ANY), -EBADF);
	user_end(&user);
}

/* Objects and memory of the parent's domain reach the child; the parent's own object does not. */
static void inherit_child(void *p1, void *p2, void *p3)
{
	k_sem_give(p1);
	USER_CHECK(!k_mutex_lock(&mutex, K_NO_WAIT));
	USER_CHECK(!k_mutex_unlock(&mutex));
	k_timer_start(&timer, K_MSEC(1), K_NO_WAIT);
	USER_CHECK(k_timer_status_sync(&timer) == 1);
	user_page.word[0]++;
	MUST_FAULT(k_thread_priority_get(p2));
}

static struct k_thread parent_thread;

static void inherit_parent(void *p1, void *p2, void *p3)
{
	k_thread_create(user.thread, user.stack, USER_STACK_SIZE, inherit_child, &sem,
			&parent_thread, NULL, 1, K_USER | K_INHERIT_PERMS, K_NO_WAIT);
	CHECK(user.thread->mem_domain_info.mem_domain == &user.domain);
	CHECK_INT(k_thread_join(user.thread, K_FOREVER), 0);
}

BOARD_TEST(test_permission_inheritance)
{
	k_thread_stack_t *stack = k_thread_stack_alloc(4096, 0);
	const struct host_fault *fault;

	sem_ready();
	CHECK_INT(k_mutex_init(&mutex), 0);
	k_timer_init(&timer, NULL, NULL);
	REQUIRE(user_make(&user, nothing, NULL, NULL, NULL));
	k_thread_abort(user.thread);
	REQUIRE(k_thread_create(&parent_thread, stack, 4096, inherit_parent, NULL, NULL, NULL, 2, 0,
				K_FOREVER));
	CHECK_INT(k_mem_domain_add_thread(&user.domain, &parent_thread), 0);
	k_thread_access_grant(&parent_thread, &sem, &mutex, &timer);
	k_thread_start(&parent_thread);
	CHECK_INT(k_thread_join(&parent_thread, K_FOREVER), 0);
	fault = take_fault();
	CHECK(fault && fault->kind == HOST_FAULT_OOPS);
	CHECK_INT(user_page.word[0], 1);
	CHECK(user_page.line && !user_page.passed && !user_page.failed);
	CHECK_INT(k_sem_count_get(&sem), 1);
	CHECK_INT(k_thread_stack_free(stack), 0);
	user_end(&user);
}

/* The child's pool is the parent's at its creation, and an object it makes lies in there. */
static void alloc_sem(void *p1, void *p2, void *p3)
{
	user_page.word[0] = (uintptr_t)k_object_alloc(K_OBJ_SEM);
}

BOARD_TEST(test_inherit_resource_pool)
{
	k_thread_heap_assign(k_current_get(), &pool);
	REQUIRE(user_make(&user, alloc_sem, NULL, NULL, NULL));
	k_thread_heap_assign(k_current_get(), NULL);
	CHECK(user.thread->resource_pool == &pool);
	user_allowed(&user);
	CHECK(user_page.word[0] - (uintptr_t)pool.heap.init_mem < pool.heap.init_bytes);
	user_end(&user);
	/* The next has none, and gets none. */
	run_allowed(alloc_sem, NULL, NULL, NULL);
	CHECK_INT(user_page.word[0], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kobject_access_grant),
		cmocka_unit_test(test_kobject_access_grant_error),
		cmocka_unit_test(test_kobject_access_grant_error_user),
		cmocka_unit_test(test_kobject_access_grant_error_user_null),
		cmocka_unit_test(test_kobject_access_all_grant_error),
		cmocka_unit_test(test_syscall_invalid_kobject),
		cmocka_unit_test(test_thread_without_kobject_permission),
		cmocka_unit_test(test_kobject_revoke_access),
		cmocka_unit_test(test_kobject_grant_access_kobj),
		cmocka_unit_test(test_kobject_grant_access_kobj_invalid),
		cmocka_unit_test(test_kobject_release_from_user),
		cmocka_unit_test(test_access),
		cmocka_unit_test(test_object_recycle),
		cmocka_unit_test(test_kobject_invalid),
		cmocka_unit_test(test_kobject_access_all_grant),
		cmocka_unit_test(test_thread_has_residual_permissions),
		cmocka_unit_test(test_kobject_access_grant_to_invalid_thread),
		cmocka_unit_test(test_kobject_access_invalid_kobject),
		cmocka_unit_test(test_access_kobject_without_init_access),
		cmocka_unit_test(test_access_kobject_without_init_with_access),
		cmocka_unit_test(test_mark_thread_exit_uninitialized),
		cmocka_unit_test(test_kobject_free_error),
		cmocka_unit_test(test_kobject_init_error),
		cmocka_unit_test(test_kobj_create_out_of_memory),
		cmocka_unit_test(test_thread_alloc_out_of_idx),
		cmocka_unit_test(test_alloc_kobjects),
		cmocka_unit_test(test_kobject_perm_error),
		cmocka_unit_test(test_generic_object),
		cmocka_unit_test(test_kobj_assign_perms_on_alloc_obj),
		cmocka_unit_test(test_no_ref_dyn_kobj_release_mem),
		cmocka_unit_test(test_permission_inheritance),
		cmocka_unit_test(test_inherit_resource_pool),
	};

	return RUN(tests);
}
