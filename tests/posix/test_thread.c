/* SPDX-License-Identifier: BSD-3-Clause */
#include "on_board.h"

#include <board.h>
#include <heap.h>
#include <object.h>
#include <rtos/alloc.h>
#include <string.h>
#include <zephyr/internal/syscall_handler.h>

static struct user users[3];
static struct k_sem sem;

static void count(void *p1, void *p2, void *p3)
{
	user_page.count++;
}

static void wait_for_ever(void *p1, void *p2, void *p3)
{
	user_page.count++;
	k_sem_take(p1, K_FOREVER);
	user_page.count += 100;
}

static void set(void *p1, void *p2, void *p3)
{
	*(int *)p1 += 1;
}

BOARD_TEST(arguments_reach_the_entry)
{
	struct k_thread thread;
	k_thread_stack_t *stack = k_thread_stack_alloc(4096, 0);
	int *hits = rzalloc(SOF_MEM_FLAG_KERNEL, sizeof(*hits));

	CHECK(k_thread_create(&thread, stack, 4096, set, hits, NULL, NULL, 1, 0, K_NO_WAIT));
	CHECK_INT(k_thread_join(&thread, K_FOREVER), 0);
	CHECK_INT(*hits, 1);
	CHECK_INT(k_thread_join(&thread, K_NO_WAIT), 0);
	CHECK_INT(k_thread_stack_free(stack), 0);
	rfree(hits);
}

BOARD_TEST(supervisor_threads_stack_is_given_back)
{
	static struct k_thread thread;
	k_thread_stack_t *stack = k_thread_stack_alloc(4096, 0);
	static int hits;

	hits = 0;
	for (int i = 0; i < 5; i++) {
		REQUIRE(k_thread_create(&thread, stack, 4096, set, &hits, NULL, NULL, 1, 0,
					K_NO_WAIT));
		CHECK_INT(k_thread_stack_free(stack), -EBUSY);
		CHECK_INT(k_thread_join(&thread, K_FOREVER), 0);
	}
	CHECK_INT(hits, 5);
	CHECK_INT(k_thread_stack_free(stack), 0);
}

/* None of them makes a system call: each ends before the next begins. */
BOARD_TEST(threads_that_end_in_a_row_are_all_joined)
{
	for (int round = 0; round < 20; round++) {
		for (int i = 0; i < 3; i++) {
			REQUIRE(user_make(&users[i], count, NULL, NULL, NULL));
			k_thread_start(users[i].thread);
		}
		k_run_ready_threads();
		for (int i = 0; i < 3; i++) {
			CHECK_INT(k_thread_join(users[i].thread, K_NO_WAIT), 0);
			user_end(&users[i]);
		}
	}
	CHECK_INT(user_page.count, 60);
}

BOARD_TEST(join_says_busy_while_it_lives)
{
	REQUIRE(user_make(&users[0], count, NULL, NULL, NULL));
	CHECK_INT(k_thread_join(users[0].thread, K_NO_WAIT), -EBUSY);
	CHECK_INT(k_thread_join(users[0].thread, K_MSEC(5)), -EAGAIN);
	CHECK_INT(k_thread_join(users[0].thread, K_FOREVER), -EDEADLK);
	k_thread_start(users[0].thread);
	CHECK_INT(k_thread_join(users[0].thread, K_MSEC(5)), 0);
	user_end(&users[0]);
}

BOARD_TEST(thread_never_started_can_be_aborted)
{
	REQUIRE(user_make(&users[0], count, NULL, NULL, NULL));
	k_thread_abort(users[0].thread);
	CHECK_INT(k_thread_join(users[0].thread, K_FOREVER), 0);
	k_thread_start(users[0].thread);
	k_run_ready_threads();
	CHECK_INT(user_page.count, 0);
	k_thread_abort(users[0].thread);
	user_end(&users[0]);
	k_thread_abort(NULL);
}

BOARD_TEST(waiting_thread_can_be_aborted)
{
	CHECK_INT(k_sem_init(&sem, 0, 1), 0);
	REQUIRE(user_make(&users[0], wait_for_ever, &sem, NULL, NULL));
	k_thread_access_grant(users[0].thread, &sem);
	k_thread_start(users[0].thread);
	k_run_ready_threads();
	CHECK_INT(user_page.count, 1);
	k_thread_abort(users[0].thread);
	CHECK_INT(k_thread_join(users[0].thread, K_FOREVER), 0);
	/* It waits no more: the unit stays. */
	k_sem_give(&sem);
	CHECK_INT(k_sem_count_get(&sem), 1);
	CHECK_INT(user_page.count, 1);
	user_end(&users[0]);
}

static void abort_self(void *p1, void *p2, void *p3)
{
	k_thread_abort(k_current_get());
	user_page.failed = __LINE__;
}

BOARD_TEST(thread_can_end_itself)
{
	run_allowed(abort_self, NULL, NULL, NULL);
}

BOARD_TEST(object_and_stack_can_be_used_again)
{
	REQUIRE(user_make(&users[0], count, NULL, NULL, NULL));
	user_run(&users[0]);
	for (int i = 0; i < 10; i++) {
		REQUIRE(k_thread_create(users[0].thread, users[0].stack, USER_STACK_SIZE, count,
					NULL, NULL, NULL, 1, K_USER, K_FOREVER));
		CHECK_INT(k_mem_domain_add_thread(&users[0].domain, users[0].thread), 0);
		user_run(&users[0]);
	}
	CHECK_INT(user_page.count, 11);
	user_end(&users[0]);
}

BOARD_TEST(live_thread_and_its_stack_are_not_taken_over)
{
	static struct k_thread other;
	k_thread_stack_t *stack = k_thread_stack_alloc(4096, K_USER);

	REQUIRE(user_make(&users[0], count, NULL, NULL, NULL));
	CHECK(!k_thread_create(&other, users[0].stack, USER_STACK_SIZE, count, NULL, NULL, NULL, 1,
			       K_USER, K_FOREVER));
	CHECK(!k_thread_create(users[0].thread, stack, 4096, count, NULL, NULL, NULL, 1, K_USER,
			       K_FOREVER));
	CHECK_INT(k_thread_stack_free(users[0].stack), -EBUSY);
	user_allowed(&users[0]);
	CHECK_INT(user_page.count, 1);
	user_end(&users[0]);
	CHECK_INT(k_thread_stack_free(stack), 0);
}

/* A's object is made anew elsewhere while B runs on the stack that A once had. */
BOARD_TEST(former_stack_is_left_to_its_new_thread)
{
	static struct k_thread a, b, c;
	k_thread_stack_t *first = k_thread_stack_alloc(4096, K_USER);
	k_thread_stack_t *second = k_thread_stack_alloc(4096, K_USER);

	REQUIRE(k_thread_create(&a, first, 4096, count, NULL, NULL, NULL, 1, 0, K_NO_WAIT));
	CHECK_INT(k_thread_join(&a, K_FOREVER), 0);
	REQUIRE(k_thread_create(&b, first, 4096, count, NULL, NULL, NULL, 1, K_USER, K_FOREVER));
	REQUIRE(k_thread_create(&a, second, 4096, count, NULL, NULL, NULL, 1, K_USER, K_FOREVER));
	CHECK(!k_thread_create(&c, first, 4096, count, NULL, NULL, NULL, 1, K_USER, K_FOREVER));
	k_thread_abort(&a);
	k_thread_abort(&b);
	CHECK_INT(k_thread_stack_free(first), 0);
	CHECK_INT(k_thread_stack_free(second), 0);
}

BOARD_TEST(threads_run_out_at_the_limit)
{
	static struct k_thread threads[BOARD_MAX_THREADS];
	k_thread_stack_t *stacks[BOARD_MAX_THREADS];
	int made = 0;

	/* The supervisor is one. */
	for (; made < BOARD_MAX_THREADS - 1; made++) {
		stacks[made] = k_thread_stack_alloc(4096, K_USER);
		REQUIRE(k_thread_create(&threads[made], stacks[made], 4096, count, NULL, NULL, NULL,
					1, K_USER, K_FOREVER));
	}
	stacks[made] = k_thread_stack_alloc(4096, K_USER);
	CHECK(!k_thread_create(&threads[made], stacks[made], 4096, count, NULL, NULL, NULL, 1,
			       K_USER, K_FOREVER));
	CHECK(!k_object_alloc(K_OBJ_THREAD));
	k_thread_abort(&threads[7]);
	CHECK(k_thread_create(&threads[7], stacks[7], 4096, count, NULL, NULL, NULL, 1, K_USER,
			      K_FOREVER));
	CHECK_INT(k_thread_stack_free(stacks[made]), 0);
	while (made-- > 0) {
		k_thread_abort(&threads[made]);
		CHECK_INT(k_thread_stack_free(stacks[made]), 0);
	}
}

BOARD_TEST(creator_may_give_up_the_object_before_the_end)
{
	struct user user;

	REQUIRE(user_make(&user, count, NULL, NULL, NULL));
	/* The thread itself holds the last permission: object and record go with it. */
	k_object_access_revoke(user.thread, k_current_get());
	k_thread_start(user.thread);
	k_run_ready_threads();
	CHECK_INT(user_page.count, 1);
	CHECK_INT(object_validate(user.thread, K_OBJ_THREAD, 0, _OBJ_INIT_ANY), -EBADF);
	CHECK_INT(k_thread_stack_free(user.stack), 0);
	CHECK_INT(k_mem_domain_deinit(&user.domain), 0);
}

BOARD_TEST(freed_object_of_a_live_thread_ends_it)
{
	struct user user;

	REQUIRE(user_make(&user, count, NULL, NULL, NULL));
	k_object_free(user.thread);
	CHECK_INT(k_thread_stack_free(user.stack), 0);
	CHECK_INT(k_mem_domain_deinit(&user.domain), 0);
	k_object_free(k_current_get());
}

BOARD_TEST(name_and_figures_are_kept)
{
	k_thread_runtime_stats_t stats = { 0 };
	size_t unused = 0;

	REQUIRE(user_make(&users[0], count, NULL, NULL, NULL));
	k_thread_name_set(users[0].thread, "a name that is longer than thirty-one characters");
	CHECK_INT(strlen(k_thread_name_get(users[0].thread)), CONFIG_THREAD_MAX_NAME_LEN - 1);
	CHECK_INT(k_thread_cpu_pin(users[0].thread, 0), 0);
	CHECK_INT(k_thread_cpu_pin(users[0].thread, CONFIG_CORE_COUNT), -EINVAL);
	user_run(&users[0]);
	/* Also once it has ended. */
	CHECK_INT(k_thread_runtime_stats_get(users[0].thread, &stats), 0);
	CHECK(stats.execution_cycles > 0);
	CHECK_INT(k_thread_stack_space_get(users[0].thread, &unused), 0);
	CHECK(unused > 0 && unused < USER_STACK_SIZE);
	CHECK_INT(k_thread_runtime_stats_get(NULL, &stats), -EINVAL);
	CHECK_INT(k_thread_stack_space_get(NULL, &unused), -EINVAL);
	user_end(&users[0]);
}

BOARD_TEST(every_failing_allocation_of_a_thread_is_clean)
{
	static struct k_thread thread;
	k_thread_stack_t *stack = k_thread_stack_alloc(4096, K_USER);
	const size_t before = heap_blocks(heap_kernel);
	static const uint32_t options[] = { K_USER, 0 };

	for (size_t o = 0; o < 2; o++) {
		k_tid_t made = NULL;
		unsigned long n = 0;

		while (!made && ++n < 50) {
			host_alloc_fail_at(n);
			made = k_thread_create(&thread, stack, 4096, count, NULL, NULL, NULL, 1,
					       options[o], K_FOREVER);
			host_alloc_fail_at(0);
			if (!made)
				CHECK_INT(heap_blocks(heap_kernel), before);
		}
		CHECK(n > 1 && made);
		k_thread_abort(&thread);
	}
	CHECK_INT(k_thread_stack_free(stack), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arguments_reach_the_entry),
		cmocka_unit_test(supervisor_threads_stack_is_given_back),
		cmocka_unit_test(threads_that_end_in_a_row_are_all_joined),
		cmocka_unit_test(join_says_busy_while_it_lives),
		cmocka_unit_test(thread_never_started_can_be_aborted),
		cmocka_unit_test(waiting_thread_can_be_aborted),
		cmocka_unit_test(thread_can_end_itself),
		cmocka_unit_test(object_and_stack_can_be_used_again),
		cmocka_unit_test(live_thread_and_its_stack_are_not_taken_over),
		cmocka_unit_test(former_stack_is_left_to_its_new_thread),
		cmocka_unit_test(threads_run_out_at_the_limit),
		cmocka_unit_test(creator_may_give_up_the_object_before_the_end),
		cmocka_unit_test(freed_object_of_a_live_thread_ends_it),
		cmocka_unit_test(name_and_figures_are_kept),
		cmocka_unit_test(every_failing_allocation_of_a_thread_is_clean),
	};

	return RUN(tests);
}
