/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file stack.h
 * \brief User stacks, with what the host needs beside each.
 *
 * From low to high: closed memory, the user stack of exactly the size asked for (in pages), the
 * alternate signal stack, and the host stack, on top of which lies thread-local storage as user code
 * sees it (user_storage.h) and on which host code runs that must not eat a module's stack
 * (formatting of log lines). All of it is open to the thread's domain and closed to others.
 *
 * Calling mode: supervisor.
 */
#ifndef POSIX_STACK_H
#define POSIX_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/kernel.h>

struct arena_region;

struct stack {
	uintptr_t low; /**< first byte of the user stack: the k_thread_stack_t pointer */
	size_t size;   /**< of the user stack */
	uintptr_t alt_low, host_low;
	struct arena_region *region;
	bool region_is_ours; /**< made for this stack, goes with it */
	bool in_use;
	bool user;	      /**< a user thread runs on it, or a thread that may become one */
	bool kernel_only;     /**< a variable for kernel threads */
	bool pooled;	      /**< a user thread allocated it */
	const void *variable; /**< what stands for it when it was defined as a variable, or NULL */
	unsigned int valgrind_id[3];
	struct stack *next;
};

/** Bytes a stack of \p size takes up with everything beside it. */
size_t stack_footprint(size_t size);
/** All of a stack's memory that its thread may touch, from low. */
size_t stack_extent(const struct stack *stack);

/** A stack at the low end of \p region. NULL: no memory. */
struct stack *stack_create_in(struct arena_region *region, uintptr_t low, size_t size);
/** The board goes: stacks that are left are counted as blocks that nobody freed. */
void stack_forget_all(void);

/** By its k_thread_stack_t pointer, NULL when unknown. */
struct stack *stack_find(const void *low);
/** As stack_find(); a variable's is made when it is asked for first. */
struct stack *stack_open(const void *low);
/** What its users know it by: the object of that name. */
void *stack_object(const struct stack *stack);
/** By any address in its user stack, or in the closed page below it. NULL when none. */
struct stack *stack_around(uintptr_t address);

/** Fill it with a pattern, to see later how deep it was used. */
void stack_paint(const struct stack *stack);
/** Bytes at the low end that still hold the pattern. */
size_t stack_unused(const struct stack *stack);

uintptr_t stack_top(const struct stack *stack);
/** First byte above the storage and the stack for host code. */
uintptr_t stack_host_top(const struct stack *stack);
size_t stack_alt_size(void);
size_t stack_host_size(void);

#endif /* POSIX_STACK_H */
