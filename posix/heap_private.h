/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file heap_private.h
 * \brief What a heap is made of: for heap.c and heap_kernel.c alone.
 */
#ifndef POSIX_HEAP_PRIVATE_H
#define POSIX_HEAP_PRIVATE_H

#include "heap.h"

#define FREED_REMEMBERED 32

struct heap {
	uintptr_t start;
	size_t size;
	size_t capacity;
	size_t used, high_water;
	struct heap_block *blocks; /* by address */
	size_t count, room;
	struct heap_block freed[FREED_REMEMBERED];
	size_t freed_next;
	bool guarded;
	struct heap *next;
	char name[48]; /**< for whoever looks with a debugger */
};

/** Make \p heap, zeroed, one of the heaps that heap_find() knows. */
void heap_enter(struct heap *heap, void *memory, size_t size, size_t capacity, const char *name);
/** Know none any more. */
void heap_forget_all(void);
/** Let the kernel heap have \p size bytes more at its end. False: there are none. */
bool heap_kernel_grow(size_t size);

#endif /* POSIX_HEAP_PRIVATE_H */
