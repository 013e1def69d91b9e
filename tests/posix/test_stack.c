/* SPDX-License-Identifier: BSD-3-Clause */
#include "on_board.h"

#include <arena.h>
#include <heap.h>
#include <rtos/alloc.h>
#include <stack.h>
#include <string.h>

static struct user user;

static void nothing(void *p1, void *p2, void *p3)
{
}

BOARD_TEST(size_is_that_asked_for_in_pages)
{
	k_thread_stack_t *low = k_thread_stack_alloc(5000, K_USER);
	const struct stack *stack = stack_find(low);

	REQUIRE(stack);
	CHECK_INT(stack->low, (uintptr_t)low);
	CHECK_INT(stack->size, 8192);
	CHECK_INT(stack_top(stack), stack->low + 8192);
	CHECK(stack_around(stack->low) == stack && stack_around(stack_top(stack) - 1) == stack);
	CHECK(stack_around(stack->low - 1) == stack && !stack_around(stack->low - 4097));
	CHECK(!stack_find((char *)low + 1));
	CHECK_INT(k_thread_stack_free(low), 0);
	CHECK_INT(k_thread_stack_free(low), -EINVAL);
	CHECK_INT(k_thread_stack_free(NULL), -EINVAL);
	CHECK(!k_thread_stack_alloc(0, K_USER));
	CHECK(!k_thread_stack_alloc((size_t)1 << 40, K_USER));
	CHECK(!k_thread_stack_alloc(SIZE_MAX, K_USER));
}

BOARD_TEST(thread_needs_a_known_stack_that_is_large_enough)
{
	static struct k_thread thread;
	k_thread_stack_t *low = k_thread_stack_alloc(4096, K_USER);
	k_thread_stack_t fake[64];

	CHECK(!k_thread_create(&thread, low, 4097, nothing, NULL, NULL, NULL, 1, K_USER,
			       K_FOREVER));
	CHECK(!k_thread_create(&thread, low, SIZE_MAX, nothing, NULL, NULL, NULL, 1, K_USER,
			       K_FOREVER));
	CHECK(!k_thread_create(&thread, fake, 64, nothing, NULL, NULL, NULL, 1, K_USER, K_FOREVER));
	CHECK(!k_thread_create(&thread, NULL, 4096, nothing, NULL, NULL, NULL, 1, K_USER,
			       K_FOREVER));
	CHECK_INT(k_thread_stack_free(low), 0);
}

BOARD_TEST(paint_shows_how_deep_it_was_used)
{
	k_thread_stack_t *low = k_thread_stack_alloc(8192, K_USER);
	const struct stack *stack = stack_find(low);

	REQUIRE(stack);
	stack_paint(stack);
	CHECK_INT(stack_unused(stack), 8192);
	*(char *)(stack->low + 5000) = 1;
	CHECK_INT(stack_unused(stack), 5000);
	*(char *)stack->low = 1;
	CHECK_INT(stack_unused(stack), 0);
	CHECK_INT(k_thread_stack_free(low), 0);
}

static __attribute__((noinline)) void use(void *p1, void *p2, void *p3)
{
	volatile char deep[4000];

	/* one by one: compilers leave out a memset() whose bytes nobody reads */
	for (size_t i = 0; i < sizeof(deep); i++)
		deep[i] = 1;
	user_page.count = deep[10];
}

BOARD_TEST(high_water_is_what_the_thread_used)
{
	size_t unused = 0;

	REQUIRE(user_make(&user, use, NULL, NULL, NULL));
	CHECK_INT(k_thread_stack_space_get(user.thread, &unused), 0);
	CHECK_INT(unused, USER_STACK_SIZE);
	user_allowed(&user);
	CHECK_INT(k_thread_stack_space_get(user.thread, &unused), 0);
	/* Frames are larger in a build that checks them. */
	CHECK((unused >= 2048 || runs_slowly()) && unused <= USER_STACK_SIZE - 4000);
	user_end(&user);
}

static void write_low_end(void *p1, void *p2, void *p3)
{
	*(volatile char *)p1 = 1;
	*(volatile char *)((char *)p1 + USER_STACK_SIZE - 1) += 0;
	MUST_FAULT(*((volatile char *)p1 - 1) = 1);
}

BOARD_TEST(all_of_the_stack_and_nothing_below_it_is_open)
{
	const struct host_fault *fault;
	void **argument;

	REQUIRE(user_make(&user, write_low_end, NULL, NULL, NULL));
	argument = (void **)user.stack;
	k_thread_abort(user.thread);
	REQUIRE(k_thread_create(user.thread, user.stack, USER_STACK_SIZE, write_low_end, argument,
				NULL, NULL, 1, K_USER, K_FOREVER));
	CHECK_INT(k_mem_domain_add_thread(&user.domain, user.thread), 0);
	fault = user_refused(&user, HOST_FAULT_ACCESS);
	CHECK_INT(fault->address, (uintptr_t)user.stack - 1);
	CHECK_INT(fault->where.kind, HOST_MEMORY_STACK_GUARD);
	CHECK_INT(fault->stack_size, USER_STACK_SIZE);
	user_end(&user);
}

/* Through memory, so that the compiler does not turn it into a loop. */
static __attribute__((noinline)) int dig(volatile int *depth)
{
	volatile char frame[128];

	frame[0] = (char)*depth;
	++*depth;
	return *depth ? dig(depth) + frame[0] : 0;
}

static void overflow(void *p1, void *p2, void *p3)
{
	volatile int depth = 0;

	MUST_FAULT(dig(&depth));
}

BOARD_TEST(overflow_is_told_as_such)
{
	const struct host_fault *fault;

	fault = run_refused(overflow, NULL, NULL, NULL, HOST_FAULT_ACCESS);
	CHECK(fault->stack_overflow);
	CHECK_INT(fault->where.kind, HOST_MEMORY_STACK_GUARD);
	CHECK(fault->access != HOST_ACCESS_NONE);
}

BOARD_TEST(stack_beside_a_heap_needs_no_region_of_its_own)
{
	const struct module_heap_config config = { .name = "both",
						   .heap_bytes = 4096,
						   .stack_bytes = 8192 };
	struct k_heap *heap = module_driver_heap_init_ext(&config);
	struct k_mem_partition part;
	uintptr_t beside, apart;

	REQUIRE(heap);
	module_driver_heap_partition(heap, &part);
	beside = (uintptr_t)user_stack_allocate_beside(heap, 8192, K_USER);
	CHECK_INT(beside, part.start);
	CHECK(beside + stack_footprint(8192) <= (uintptr_t)heap->heap.init_mem);
	/* The second goes elsewhere, and so does one that is too large. */
	apart = (uintptr_t)user_stack_allocate_beside(heap, 8192, K_USER);
	CHECK(apart && apart - part.start >= part.size);
	CHECK_INT(user_stack_free((void *)apart), 0);
	CHECK_INT(user_stack_free((void *)beside), 0);
	apart = (uintptr_t)user_stack_allocate_beside(heap, 1 << 20, K_USER);
	CHECK(apart && apart - part.start >= part.size);
	CHECK_INT(user_stack_free((void *)apart), 0);
	CHECK_INT(user_stack_free(NULL), 0);
	module_driver_heap_remove(heap);
}

BOARD_TEST(every_failing_allocation_of_a_stack_is_clean)
{
	k_thread_stack_t *low = NULL;
	unsigned long n = 0;
	size_t before = 0, after = 0;

	while (arena_at(before))
		before++;
	while (!low && ++n < 20) {
		host_alloc_fail_at(n);
		low = k_thread_stack_alloc(4096, K_USER);
		host_alloc_fail_at(0);
		if (!low) {
			for (after = 0; arena_at(after); after++)
				;
			CHECK_INT(after, before);
		}
	}
	CHECK(low && n > 1);
	CHECK_INT(k_thread_stack_free(low), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(size_is_that_asked_for_in_pages),
		cmocka_unit_test(thread_needs_a_known_stack_that_is_large_enough),
		cmocka_unit_test(paint_shows_how_deep_it_was_used),
		cmocka_unit_test(high_water_is_what_the_thread_used),
		cmocka_unit_test(all_of_the_stack_and_nothing_below_it_is_open),
		cmocka_unit_test(overflow_is_told_as_such),
		cmocka_unit_test(stack_beside_a_heap_needs_no_region_of_its_own),
		cmocka_unit_test(every_failing_allocation_of_a_stack_is_clean),
	};

	return RUN(tests);
}
