/* SPDX-License-Identifier: BSD-3-Clause */
#include "stack.h"
#include "arena.h"
#include "board.h"
#include "heap.h"
#include "object.h"
#include "protect.h"
#include "scheduler.h"
#include "static_data.h"
#include "syscall.h"
#include "thread.h"
#include "track.h"

#include <string.h>

#define ALT_SIZE ((size_t)32 << 10)
#define PATTERN	 0xaa

#if defined(__SANITIZE_THREAD__)
#define HOST_SIZE                                                                                  \
	((size_t)4 << 20) /* its run-time keeps its thread state in thread-local storage */
#elif defined(__SANITIZE_ADDRESS__)
#define HOST_SIZE ((size_t)256 << 10)
#else
#define HOST_SIZE ((size_t)64 << 10)
#endif

static struct stack *all_stacks;

size_t stack_alt_size(void)
{
	return ALT_SIZE;
}

size_t stack_host_size(void)
{
	return HOST_SIZE;
}

size_t stack_footprint(size_t size)
{
	/* More than any region: refused there, where a sum that wrapped around would not be. */
	if (size > SIZE_MAX / 2)
		return SIZE_MAX / 2;
	return ROUND_UP(size, PAGE_SIZE) + ALT_SIZE + HOST_SIZE;
}

size_t stack_extent(const struct stack *stack)
{
	return stack->host_low + HOST_SIZE - stack->low;
}

uintptr_t stack_top(const struct stack *stack)
{
	return stack->low + stack->size;
}

uintptr_t stack_host_top(const struct stack *stack)
{
	return stack->host_low + HOST_SIZE;
}

struct stack *stack_create_in(struct arena_region *region, uintptr_t low, size_t size)
{
	struct stack *stack = heap_kernel_zalloc(sizeof(*stack));

	if (!stack)
		return NULL;
	size = ROUND_UP(size, PAGE_SIZE);
	stack->low = low;
	stack->size = size;
	stack->alt_low = low + size;
	stack->host_low = stack->alt_low + ALT_SIZE;
	stack->region = region;
	if (object_add((void *)low, K_OBJ_THREAD_STACK_ELEMENT, false)) {
		heap_kernel_free(stack);
		return NULL;
	}
	stack->valgrind_id[0] = track_stack_new((void *)low, (void *)stack->alt_low);
	stack->valgrind_id[1] = track_stack_new((void *)stack->alt_low, (void *)stack->host_low);
	stack->valgrind_id[2] =
		track_stack_new((void *)stack->host_low, (void *)(stack->host_low + HOST_SIZE));
	stack->next = all_stacks;
	all_stacks = stack;
	return stack;
}

/* In a region of its own. */
static struct stack *stack_create(size_t size, const char *name)
{
	struct arena_region *region =
		arena_create(stack_footprint(size), HOST_MEMORY_USER_STACK, name);
	struct stack *stack;

	if (!region)
		return NULL;
	protect_region_new(region->start, region->size);
	stack = stack_create_in(region, region->start, size);
	if (!stack) {
		protect_region_gone(region->start, region->size);
		arena_destroy(region);
		return NULL;
	}
	stack->region_is_ours = true;
	return stack;
}

static void untrack(const struct stack *stack)
{
	for (size_t i = 0; i < ARRAY_SIZE(stack->valgrind_id); i++)
		track_stack_delete(stack->valgrind_id[i]);
}

static int stack_destroy(struct stack *stack)
{
	struct stack **link = &all_stacks;

	if (stack->in_use)
		return -EBUSY;
	while (*link != stack)
		link = &(*link)->next;
	*link = stack->next;
	untrack(stack);
	object_remove((void *)stack->low);
	if (stack->region_is_ours) {
		protect_region_gone(stack->region->start, stack->region->size);
		arena_destroy(stack->region);
	}
	heap_kernel_free(stack);
	return 0;
}

void stack_forget_all(void)
{
	struct stack **link = &all_stacks;

	/* Those of variables were nobody's to free. */
	while (*link) {
		if ((*link)->variable && !(*link)->in_use)
			stack_destroy(*link);
		else
			link = &(*link)->next;
	}
	for (struct stack *stack = all_stacks; stack; stack = stack->next)
		untrack(stack);
	all_stacks = NULL;
}

struct stack *stack_find(const void *low)
{
	for (struct stack *stack = all_stacks; stack; stack = stack->next)
		if (stack->low == (uintptr_t)low || (low && stack->variable == low))
			return stack;
	return NULL;
}

void *stack_object(const struct stack *stack)
{
	return (void *)(stack->variable ? (uintptr_t)stack->variable : stack->low);
}

struct stack *stack_open(const void *low)
{
	struct stack *stack = stack_find(low);
	bool user = false;
	size_t size;

	if (stack)
		return stack;
	size = static_stack_size(low, &user);
	stack = size ? stack_create(size, "stack") : NULL;
	if (!stack)
		return NULL;
	/* The variable is the object. */
	object_remove((void *)stack->low);
	stack->variable = low;
	stack->user = user;
	stack->kernel_only = !user;
	return stack;
}

char *z_thread_stack_buffer(k_thread_stack_t *low)
{
	struct stack *stack = stack_open(low);

	return stack ? (char *)stack->low : NULL;
}

struct stack *stack_around(uintptr_t address)
{
	for (struct stack *stack = all_stacks; stack; stack = stack->next)
		if (address + PAGE_SIZE >= stack->low && address < stack_top(stack))
			return stack;
	return NULL;
}

void stack_paint(const struct stack *stack)
{
	track_stack_abandoned((void *)stack->low, stack->size);
	memset((void *)stack->low, PATTERN, stack->size);
}

__attribute__((no_sanitize("address", "thread"))) size_t stack_unused(const struct stack *stack)
{
	const volatile uint8_t *byte = (const uint8_t *)stack->low;
	size_t unused = 0;

	protect_open(stack->low);
	track_stack_inspect((void *)stack->low, stack->size);
	while (unused < stack->size && byte[unused] == PATTERN)
		unused++;
	return unused;
}

static size_t pooled(void)
{
	size_t count = 0;

	for (struct stack *stack = all_stacks; stack; stack = stack->next)
		count += stack->pooled;
	return count;
}

k_thread_stack_t *z_impl_k_thread_stack_alloc(size_t size, int flags)
{
	bool for_user = sched_current->arch->in_syscall;
	struct stack *stack;

	if (!size || (for_user && (size > CONFIG_DYNAMIC_THREAD_STACK_SIZE ||
				   pooled() >= CONFIG_DYNAMIC_THREAD_POOL_SIZE)))
		return NULL;
	stack = stack_create(size, "stack");
	if (!stack)
		return NULL;
	stack->user = (flags & (int)K_USER) != 0;
	if (for_user) {
		stack->pooled = true;
		/* It goes with its last user. */
		if (object_add((void *)stack->low, K_OBJ_THREAD_STACK_ELEMENT, true)) {
			stack_destroy(stack);
			return NULL;
		}
		object_grant((void *)stack->low, sched_current->arch->index);
	}
	return (k_thread_stack_t *)stack->low;
}

k_thread_stack_t *k_thread_stack_alloc(size_t size, int flags)
{
	if (k_is_user_context())
		return (void *)syscall2(K_SYSCALL_K_THREAD_STACK_ALLOC, size, (uintptr_t)flags);
	return z_impl_k_thread_stack_alloc(size, flags);
}

int z_impl_k_thread_stack_free(k_thread_stack_t *low)
{
	struct stack *stack = stack_find(low);

	return stack && !stack->variable ? stack_destroy(stack) : -EINVAL;
}

int k_thread_stack_free(k_thread_stack_t *low)
{
	if (k_is_user_context())
		return (int)syscall1(K_SYSCALL_K_THREAD_STACK_FREE, (uintptr_t)low);
	return z_impl_k_thread_stack_free(low);
}
