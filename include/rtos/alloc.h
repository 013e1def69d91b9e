/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/alloc.h
 * \brief Memory: kernel heap, shared-buffer heap, module heaps.
 *
 * Which heap serves a request:
 *   heap given                               -> that heap (a module's), whatever the other flags
 *   no heap, SOF_MEM_FLAG_USER_SHARED_BUFFER -> shared-buffer heap, open to all DP modules
 *   no heap                                  -> kernel heap, closed to user threads
 * Freed blocks go back where they came from: sof_heap_free() and rfree() find the heap by address,
 * so the wrong heap argument is an oops and not a corruption.
 *
 * Calling mode: supervisor, except sof_heap_alloc() and sof_heap_free() (syscall). A user thread
 * that calls rmalloc() and kin faults on kernel memory, as on the board.
 */
#ifndef RTOS_ALLOC_H
#define RTOS_ALLOC_H

#include <rtos/bit.h>
#include <rtos/string.h>
#include <sof/lib/memory.h>
#include <sof/lib/vregion.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/kernel.h>

#define SOF_MEM_FLAG_DMA		BIT(2)
#define SOF_MEM_FLAG_NO_COPY		BIT(3)
#define SOF_MEM_FLAG_COHERENT		BIT(4)
#define SOF_MEM_FLAG_L3			BIT(5)
#define SOF_MEM_FLAG_LOW_POWER		BIT(6)
#define SOF_MEM_FLAG_KERNEL		BIT(7)
#define SOF_MEM_FLAG_USER		BIT(8)
#define SOF_MEM_FLAG_USER_SHARED_BUFFER BIT(9)
#define SOF_MEM_FLAG_LARGE_BUFFER	BIT(10)

#ifndef PLATFORM_DCACHE_ALIGN
#define PLATFORM_DCACHE_ALIGN 64
#endif

/** All: NULL when \p bytes is 0 or memory is out. */
void *rmalloc(uint32_t flags, size_t bytes);
void *rmalloc_align(uint32_t flags, size_t bytes, uint32_t alignment);
void *rzalloc(uint32_t flags, size_t bytes);
void *rballoc_align(uint32_t flags, size_t bytes, uint32_t alignment);
static inline void *rballoc(uint32_t flags, size_t bytes)
{
	return rballoc_align(flags, bytes, PLATFORM_DCACHE_ALIGN);
}
/** NULL is ignored; a pointer that is no live block is a panic that names it. */
void rfree(void *ptr);

/** (syscall) \p alignment: power of two, 0 for the natural one. */
void *sof_heap_alloc(struct k_heap *heap, uint32_t flags, size_t bytes, size_t alignment);
/** (syscall) NULL is ignored. */
void sof_heap_free(struct k_heap *heap, void *addr);

/** The kernel heap, for statistics. */
struct k_heap *sof_sys_heap_get(void);
struct k_heap *sof_sys_user_heap_get(void);

/** The shared-buffer heap's range, to be granted to domains. */
uintptr_t get_shared_buffer_heap_start(void);
size_t get_shared_buffer_heap_size(void);

/** Where an owner's allocations go. */
struct mod_alloc_ctx {
	struct k_heap *heap;  /**< NULL: by flags, as above */
	struct vregion *vreg; /**< NULL on the host */
};

static inline void *sof_ctx_alloc(struct mod_alloc_ctx *ctx, uint32_t flags, size_t size,
				  size_t alignment)
{
	return sof_heap_alloc(ctx ? ctx->heap : NULL, flags, size, alignment);
}

static inline void *sof_ctx_zalloc(struct mod_alloc_ctx *ctx, uint32_t flags, size_t size,
				   size_t alignment)
{
	void *block = sof_ctx_alloc(ctx, flags, size, alignment);

	if (block)
		memset(block, 0, size);
	return block;
}

static inline void sof_ctx_free(struct mod_alloc_ctx *ctx, void *ptr)
{
	sof_heap_free(ctx ? ctx->heap : NULL, ptr);
}

#endif /* RTOS_ALLOC_H */
