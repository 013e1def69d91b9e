/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Plain variables of the program as kernel objects: what is granted before they are initialised,
 * or before a thread is made, is there afterwards.
 */
#include "posix/on_board.h"

#include <heap.h>
#include <object.h>
#include <rtos/alloc.h>
#include <stdio.h>
#include <string.h>
#include <thread.h>
#include <zephyr/internal/syscall_handler.h>

static struct user user;

static void give(void *p1, void *p2, void *p3)
{
	k_sem_give(p1);
}

static void give_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_sem_give(p1));
}

K_THREAD_STACK_DEFINE(stack, USER_STACK_SIZE);

/* A user thread that is a variable, in the domain of user. */
static void start(struct k_thread *thread, k_thread_entry_t entry, void *p1)
{
	CHECK(k_thread_create(thread, stack, USER_STACK_SIZE, entry, p1, NULL, NULL, 1, K_USER,
			      K_FOREVER));
	CHECK_INT(k_mem_domain_add_thread(&user.domain, thread), 0);
	k_thread_start(thread);
	CHECK_INT(k_thread_join(thread, K_FOREVER), 0);
}

BOARD_TEST(a_thread_is_granted_objects_before_it_is_made)
{
	static struct k_sem sem;
	static struct k_thread thread;

	REQUIRE(user_make(&user, give, NULL, NULL, NULL));
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	k_object_access_grant(&sem, &thread);
	/* Nobody else has it by that: neither who is there nor who comes next. */
	CHECK_INT(z_object_validate(&sem, K_OBJ_SEM, _OBJ_INIT_TRUE), -EPERM);
	run_refused(give_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
	start(&thread, give, &sem);
	CHECK_INT(k_sem_count_get(&sem), 1);
	user_end(&user);
}

BOARD_TEST(what_a_thread_was_granted_before_may_be_revoked)
{
	static struct k_sem sem;
	static struct k_thread thread;

	REQUIRE(user_make(&user, give, NULL, NULL, NULL));
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	k_object_access_grant(&sem, &thread);
	k_object_access_revoke(&sem, &thread);
	start(&thread, give_refused, &sem);
	CHECK(take_fault());
	CHECK(strstr(fault_text(), "the semaphore at"));
	CHECK(strstr(fault_text(), "was not granted"));
	CHECK_INT(k_sem_count_get(&sem), 0);
	user_end(&user);
}

BOARD_TEST(a_thread_that_has_ended_is_granted_for_its_next_life)
{
	static struct k_sem sem;
	static struct k_thread thread;

	REQUIRE(user_make(&user, give, NULL, NULL, NULL));
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	k_object_access_grant(&sem, &thread);
	start(&thread, give, &sem);
	/* With the thread its permissions went. */
	start(&thread, give_refused, &sem);
	CHECK(take_fault());
	k_object_access_grant(&sem, &thread);
	start(&thread, give, &sem);
	CHECK_INT(k_sem_count_get(&sem), 2);
	user_end(&user);
}

BOARD_TEST(what_was_promised_to_a_thread_object_goes_with_it)
{
	static struct k_sem sem;
	struct k_thread *thread = k_object_alloc(K_OBJ_THREAD);
	int index;

	REQUIRE(thread);
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	k_object_access_grant(&sem, thread);
	index = thread_index(thread);
	CHECK(index > 0);
	CHECK_INT(object_validate(&sem, K_OBJ_SEM, (unsigned int)index, _OBJ_INIT_TRUE), 0);
	k_object_free(thread);
	CHECK_INT(object_validate(&sem, K_OBJ_SEM, (unsigned int)index, _OBJ_INIT_TRUE), -EPERM);
	run_refused(give_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
}

BOARD_TEST(a_thread_that_can_not_be_made_keeps_what_it_was_granted)
{
	static struct k_sem sem;
	static struct k_thread thread;

	REQUIRE(user_make(&user, give, NULL, NULL, NULL));
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	k_object_access_grant(&sem, &thread);
	for (unsigned long n = 1; n < 4; n++) {
		host_alloc_fail_at(n);
		CHECK(!k_thread_create(&thread, stack, USER_STACK_SIZE, give, &sem, NULL, NULL, 1,
				       K_USER, K_FOREVER) ||
		      n == 3);
		host_alloc_fail_at(0);
		if (thread_is_live(&thread))
			break;
		/* Nor has it anybody else who is made meanwhile. */
		run_refused(give_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
	}
	if (thread_is_live(&thread))
		k_thread_abort(&thread);
	else
		start(&thread, give, &sem);
	user_end(&user);
}

BOARD_TEST(an_object_is_granted_before_it_is_initialised)
{
	static struct k_sem sem;

	REQUIRE(user_make(&user, give, &sem, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	user_allowed(&user);
	CHECK_INT(k_sem_count_get(&sem), 1);
	user_end(&user);
}

BOARD_TEST(an_object_is_opened_to_all_before_it_is_initialised)
{
	static struct k_sem sem;

	k_object_access_all_grant(&sem);
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	run_allowed(give, &sem, NULL, NULL);
	CHECK_INT(k_sem_count_get(&sem), 1);
}

BOARD_TEST(what_was_granted_too_early_is_revoked_as_well)
{
	static struct k_sem sem;

	REQUIRE(user_make(&user, give_refused, &sem, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	k_object_access_revoke(&sem, user.thread);
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	user_refused(&user, HOST_FAULT_OOPS);
	user_end(&user);
}

static void init_every_kind(void *p1, void *p2, void *p3)
{
	void *const *object = p1;

	USER_CHECK(!k_sem_init(object[0], 0, 9));
	k_sem_give(object[0]);
	USER_CHECK(!k_mutex_init(object[1]));
	USER_CHECK(!k_mutex_lock(object[1], K_NO_WAIT));
	USER_CHECK(!k_condvar_init(object[2]));
	k_event_init(object[3]);
	USER_CHECK(!k_event_post(object[3], 1));
	k_queue_init(object[4]);
	USER_CHECK(k_queue_is_empty(object[4]));
}

static void *objects[5] APP_TASK_BSS;

BOARD_TEST(a_user_thread_initialises_what_it_was_granted)
{
	static struct k_sem sem;
	static struct k_mutex mutex;
	static struct k_condvar condvar;
	static struct k_event event;
	static struct k_queue queue;

	objects[0] = &sem;
	objects[1] = &mutex;
	objects[2] = &condvar;
	objects[3] = &event;
	objects[4] = &queue;
	REQUIRE(user_make(&user, init_every_kind, objects, NULL, NULL));
	k_thread_access_grant(user.thread, &sem, &mutex, &condvar, &event, &queue);
	user_allowed(&user);
	CHECK_INT(k_sem_count_get(&sem), 1);
	user_end(&user);
}

static void make_thread(void *p1, void *p2, void *p3)
{
	USER_CHECK(k_thread_create(p1, p2, USER_STACK_SIZE, give, p3, NULL, NULL, 1,
				   K_USER | K_INHERIT_PERMS, K_NO_WAIT) == p1);
	USER_CHECK(!k_thread_join(p1, K_FOREVER));
}

BOARD_TEST(a_user_thread_makes_a_thread_that_is_a_variable)
{
	static struct k_thread thread;
	static struct k_sem sem;

	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	REQUIRE(user_make(&user, make_thread, &thread, stack, &sem));
	k_thread_access_grant(user.thread, &thread, stack, &sem);
	user_allowed(&user);
	CHECK_INT(k_sem_count_get(&sem), 1);
	user_end(&user);
}

static void init_refused(void *p1, void *p2, void *p3)
{
	MUST_FAULT(k_sem_init(p1, 0, 1));
}

BOARD_TEST(a_variable_that_was_not_granted_is_no_object)
{
	static struct k_sem sem;

	run_refused(init_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
	CHECK(strstr(fault_text(), "nothing was ever initialised there"));
	run_refused(give_refused, &sem, NULL, NULL, HOST_FAULT_OOPS);
	CHECK(strstr(fault_text(), "nothing was ever initialised there"));
}

BOARD_TEST(the_report_says_that_an_object_was_never_initialised)
{
	static struct k_sem sem;

	REQUIRE(user_make(&user, give_refused, &sem, NULL, NULL));
	k_thread_access_grant(user.thread, &sem);
	user_refused(&user, HOST_FAULT_OOPS);
	CHECK(strstr(fault_text(), "was granted, and never initialised"));
	user_end(&user);
}

static void grant_on(void *p1, void *p2, void *p3)
{
	k_object_access_grant(p1, p2);
	k_object_release(p1);
	MUST_FAULT(k_object_access_grant(p1, p2));
}

BOARD_TEST(a_user_thread_grants_what_is_not_initialised_yet)
{
	static struct user other;
	static struct k_sem sem;

	REQUIRE(user_make(&other, give, &sem, NULL, NULL));
	REQUIRE(user_make(&user, grant_on, &sem, other.thread, NULL));
	k_thread_access_grant(user.thread, &sem, other.thread);
	user_refused(&user, HOST_FAULT_OOPS);
	CHECK_INT(k_sem_init(&sem, 0, 9), 0);
	user_allowed(&other);
	CHECK_INT(k_sem_count_get(&sem), 1);
	user_end(&user);
	user_end(&other);
}

BOARD_TEST(what_is_no_variable_can_not_be_granted)
{
	struct k_sem on_stack;
	void *block = rmalloc(SOF_MEM_FLAG_KERNEL, 64);

	/* Before it is an object, heap memory is none that the board's build could know. */
	k_object_access_grant(block, k_current_get());
	k_object_access_grant(&on_stack, k_current_get());
	k_object_access_grant((void *)(uintptr_t)0xffffffff, k_current_get());
	k_object_access_grant(give, k_current_get());
	CHECK(!object_is_promised(block, 0));
	CHECK(!object_is_promised(&on_stack, 0));
	CHECK(!object_is_promised((void *)(uintptr_t)0xffffffff, 0));
	CHECK(!object_is_promised(give, 0));
	rfree(block);
}

static uint8_t first_values[32] APP_TASK_DATA = "what it was before the first run";

/* memmem(), in any memory: that of the sanitizers reports what is no variable. */
__attribute__((no_sanitize("address"), no_sanitize("thread"), noinline)) static const uint8_t *
find_copy(const uint8_t *at, const uint8_t *end)
{
	size_t same;

	for (; at + sizeof(first_values) <= end; at++) {
		for (same = 0; same < sizeof(first_values); same++)
			if (at[same] != first_values[same])
				break;
		if (same == sizeof(first_values))
			return at;
	}
	return NULL;
}

/* Rights of every mapping that holds a copy of the first values. */
static void look_for_copies(char rights[64][5], size_t *count)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	const uintptr_t own = (uintptr_t)first_values;
	char line[512];

	*count = 0;
	while (maps && fgets(line, sizeof(line), maps)) {
		const uint8_t *at, *found;
		uintptr_t start, end;
		char right[5];

		if (sscanf(line, "%lx-%lx %4s", &start, &end, right) != 3 || right[0] != 'r' ||
		    end - start > 16 << 20 || strstr(line, "[v") || (own >= start && own < end))
			continue;
		for (at = (const uint8_t *)start;
		     *count < 64 && (found = find_copy(at, (const uint8_t *)end)); at = found + 1)
			memcpy(rights[(*count)++], right, sizeof(right));
	}
	if (maps)
		fclose(maps);
}

/* Each board begins with them, whatever a run wrote into the variables or next to their copy. */
static void first_values_come_back_from_a_copy_that_is_read_only(void **state)
{
	static const struct host_config plain = { .isolation = HOST_ISOLATION_REQUIRED };
	static const char expected[] = "what it was before the first run";
	static char rights[64][5];
	size_t count;

	assert_int_equal(host_init(&plain), 0);
	look_for_copies(rights, &count);
	assert_int_equal(host_exit(), 0);
	assert_in_range(count, 1, 63);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(rights[i][1], '-');
	memset(first_values, 7, sizeof(first_values));
	assert_int_equal(host_init(&plain), 0);
	assert_memory_equal(first_values, expected, sizeof(first_values));
	assert_int_equal(host_exit(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_values_come_back_from_a_copy_that_is_read_only),
		cmocka_unit_test(a_thread_is_granted_objects_before_it_is_made),
		cmocka_unit_test(what_a_thread_was_granted_before_may_be_revoked),
		cmocka_unit_test(a_thread_that_has_ended_is_granted_for_its_next_life),
		cmocka_unit_test(what_was_promised_to_a_thread_object_goes_with_it),
		cmocka_unit_test(a_thread_that_can_not_be_made_keeps_what_it_was_granted),
		cmocka_unit_test(an_object_is_granted_before_it_is_initialised),
		cmocka_unit_test(an_object_is_opened_to_all_before_it_is_initialised),
		cmocka_unit_test(what_was_granted_too_early_is_revoked_as_well),
		cmocka_unit_test(a_user_thread_initialises_what_it_was_granted),
		cmocka_unit_test(a_user_thread_makes_a_thread_that_is_a_variable),
		cmocka_unit_test(a_variable_that_was_not_granted_is_no_object),
		cmocka_unit_test(the_report_says_that_an_object_was_never_initialised),
		cmocka_unit_test(a_user_thread_grants_what_is_not_initialised_yet),
		cmocka_unit_test(what_is_no_variable_can_not_be_granted),
	};

	return RUN(tests);
}
