/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/kernel/heap.h
 * \brief Heaps of the caller's own memory. Included by zephyr/kernel.h. Supervisor mode.
 */
#ifndef ZEPHYR_KERNEL_HEAP_H
#define ZEPHYR_KERNEL_HEAP_H

#include <zephyr/kernel/thread.h>
#include <zephyr/sys/iterable_sections.h>

struct sys_heap {
	void *heap;	   /**< posix/heap.h's record */
	void *init_mem;	   /**< the memory it manages */
	size_t init_bytes; /**< how much */
};
struct k_heap {
	struct sys_heap heap;
	struct k_wait_q wait_q;
};
struct sys_memory_stats {
	size_t free_bytes, allocated_bytes, max_allocated_bytes;
};
/** Manage \p bytes at \p mem. The heap's books are kept in kernel memory, not in \p mem; they go with
 * k_heap_deinit(), with the memory when that is freed, and when the memory becomes another heap. */
void k_heap_init(struct k_heap *h, void *mem, size_t bytes);
/** Wait up to \p timeout for room. NULL when there is none by then, or the heap's memory has gone. */
void *k_heap_alloc(struct k_heap *h, size_t bytes, k_timeout_t timeout);
void *k_heap_aligned_alloc(struct k_heap *h, size_t align, size_t bytes, k_timeout_t timeout);
void k_heap_free(struct k_heap *h, void *mem);
int sys_heap_runtime_stats_get(struct sys_heap *heap, struct sys_memory_stats *stats);
/** Forget the heap and every block in it. Not Zephyr's. */
void k_heap_deinit(struct k_heap *h);

/** A heap of \p bytes in the program's own data, ready when the board starts. */
#define K_HEAP_DEFINE(name, bytes)                                                                 \
	static char z_heap_memory_##name[bytes] __attribute__((aligned(16)));                      \
	STRUCT_SECTION_ITERABLE(k_heap, name) = { .heap = { .init_mem = z_heap_memory_##name,      \
							    .init_bytes = (bytes) } }

#endif /* ZEPHYR_KERNEL_HEAP_H */
