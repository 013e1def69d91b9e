/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file heap.h
 * \brief Heaps whose books are kept apart from the memory they hand out.
 *
 * A module can write all over its own heap and the kernel still knows every block of it: no
 * header stands between blocks. What is counted is what the board's sys_heap would charge (blocks
 * rounded to 8 bytes, 8 bytes each on top); the memory behind is larger, so that redzones for the
 * checkers do not eat a module's allowance.
 *
 * Calling mode: supervisor.
 */
#ifndef POSIX_HEAP_H
#define POSIX_HEAP_H

#include <host/platform.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap;

struct heap_block {
	uintptr_t start;
	size_t size;	   /**< as asked for */
	const char *label; /**< NULL, or text from the kernel heap */
	bool users;	   /**< a user thread allocated it for itself, and may free it */
};

/** Record for host_heap_shortage() that an allocation of \p asked bytes failed in a heap of \p size
 * bytes, \p available of them free. */
void heap_note_shortage(enum host_heap_kind kind, const char *name, size_t asked, size_t available,
			size_t size);

/** Memory to reserve so that blocks charged with \p capacity bytes in all fit, redzones too. */
size_t heap_memory_size(size_t capacity);

/** Make a heap in \p size bytes at \p memory that hands out \p capacity bytes. NULL: no memory. */
struct heap *heap_create(void *memory, size_t size, size_t capacity, const char *name);
/**
 * The same with each block against a closed page, and freed blocks closed. Rights that change for
 * the whole memory undo this: heap_remark() does it again.
 */
struct heap *heap_create_guarded(void *memory, size_t size, size_t capacity, const char *name);
size_t heap_guarded_memory_size(size_t capacity);
/** Forget it and all its blocks. NULL is ignored. */
void heap_destroy(struct heap *heap);

/** Such a heap exists. Safe for any pointer. */
bool heap_is(const struct heap *heap);
/** Forget the heaps that begin in memory that is freed: the board needs no such call. Called by
 * heap_free() for each block, and for regions. */
void heap_forget_range(uintptr_t start, size_t size);
/** Memory becomes a heap: forget heaps that used it before, unless it is a block of theirs. */
void heap_forget_overwritten(uintptr_t start, size_t size);

/** \p align: power of two, 0 for 8. Not zeroed. NULL: no room, or size 0. */
void *heap_alloc(struct heap *heap, size_t size, size_t align);
/** 0; -EINVAL when \p block is not the start of a live block of this heap. */
int heap_free(struct heap *heap, const void *block);

uintptr_t heap_start(const struct heap *heap);
bool heap_contains(const struct heap *heap, uintptr_t address);
size_t heap_capacity(const struct heap *heap);
size_t heap_used(const struct heap *heap);
size_t heap_high_water(const struct heap *heap);
size_t heap_blocks(const struct heap *heap);

/** The block an address belongs to or lies nearest to; \p freed tells that it is gone.
 * False when there is none. */
bool heap_nearest(const struct heap *heap, uintptr_t address, struct heap_block *out, bool *freed);
/** 0; -ENOENT: no such block; -ENOMEM. */
int heap_label(struct heap *heap, const void *block, const char *text);
/** Whether a user thread owns a block, false when there is no such block. */
bool heap_is_users(const struct heap *heap, const void *block);
/** Let one own it. A pointer that is no block is ignored. */
void heap_give_to_user(struct heap *heap, const void *block);
/** Forget the blocks that have been freed, which are kept for reports. */
void heap_forget_freed(struct heap *heap);
/** Mark and close again what no block owns, after the rights of the memory changed. */
void heap_remark(const struct heap *heap);
/** A guarded heap keeps some of [start, start + size), which begins or ends in it, closed. */
bool heap_closes(const struct heap *heap, uintptr_t start, size_t size);
/** heap_remark() does anything for it. */
bool heap_needs_remark(const struct heap *heap);

/** The heap around \p address among all that exist, or NULL. */
struct heap *heap_find(uintptr_t address);
/** The heap that allocated \p block; of nested heaps the outermost. For an address that is no
 * block: as heap_find(). */
struct heap *heap_of_block(const void *block);
/** Call \p fn for every heap. */
void heap_for_each(void (*fn)(struct heap *heap, void *arg), void *arg);

/** The heap behind a k_heap, or NULL when \p h is no k_heap in kernel memory: safe for any pointer
 * a user thread hands in. */
struct k_heap;
struct heap *heap_of_k_heap(const struct k_heap *h);

/** \name The kernel heap: in .bss, right behind the kernel's data @{ */
int heap_kernel_init(void);
void heap_kernel_exit(void);
extern struct heap *heap_kernel;
void *heap_kernel_zalloc(size_t size);
void heap_kernel_free(const void *block);
/** First byte above the kernel heap as it is now: the end of closed kernel memory. */
uintptr_t heap_kernel_end(void);
/** How far it can grow. */
uintptr_t heap_kernel_memory_end(void);
/** @} */

/** \name Failing allocations, for tests
 * host_alloc_fail_at(n): the n-th allocation from now on fails, on any heap; 0: none does. @{ */
void host_alloc_fail_at(unsigned long n);
unsigned long host_alloc_count(void);
/** @} */

#endif /* POSIX_HEAP_H */
