/* SPDX-License-Identifier: BSD-3-Clause */
#include <rtos/alloc.h>

#include "arena.h"
#include "board.h"
#include "heap.h"
#include "object.h"
#include "protect.h"
#include "scheduler.h"
#include "shared_heap.h"
#include "syscall.h"

#include <rtos/userspace_helper.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define SHARED_HEAP_SIZE       ((size_t)32 << 20)
#define SHARED_HEAP_SIZE_SMALL ((size_t)512 << 10) /* where rights changes cost by the byte */

struct buffer_heap {
	struct arena_region *region;
	struct k_heap heap;
};

/* Audio data: what user threads may see, and what lies between LL components. */
static struct buffer_heap shared, supervisors;

/* What sof_sys_heap_get() gives out: a handle, as the kernel heap is made before any k_heap. */
static struct k_heap kernel_handle;

/* The bookkeeping of a heap. NULL: the heap's memory was freed, though the structure still points
 * to its bookkeeping; that of another heap may be at the same address by now. */
static struct heap *record_of(const struct sys_heap *heap)
{
	struct heap *record = heap->heap;

	return heap_is(record) && heap_start(record) == (uintptr_t)heap->init_mem ? record : NULL;
}

struct heap *heap_of_k_heap(const struct k_heap *h)
{
	/* By address, and only then looked into: user threads hand in any pointer. */
	uintptr_t address = (uintptr_t)h;
	struct heap_block block;
	bool freed;

	if (h == &kernel_handle)
		return heap_kernel;
	if (h != &shared.heap) {
		if (address % _Alignof(struct k_heap) || !heap_contains(heap_kernel, address) ||
		    !heap_nearest(heap_kernel, address, &block, &freed) || freed)
			return NULL;
		if (address < block.start || address + sizeof(*h) > block.start + block.size)
			return NULL;
	}
	return record_of(&h->heap);
}

void k_heap_init(struct k_heap *h, void *mem, size_t bytes)
{
	heap_forget_overwritten((uintptr_t)mem, bytes);
	memset(h, 0, sizeof(*h));
	h->heap.init_mem = mem;
	h->heap.init_bytes = bytes;
	h->heap.heap = heap_create(mem, bytes, bytes, "k_heap");
}

/* Threads that wait for memory try again: what was freed may serve any of them. */
static void wake_waiters(struct k_heap *h)
{
	bool any = false;

	while (sched_wake(&h->wait_q, 0))
		any = true;
	if (any)
		sched_preempt();
}

void k_heap_deinit(struct k_heap *h)
{
	heap_destroy(record_of(&h->heap));
	memset(&h->heap, 0, sizeof(h->heap));
	wake_waiters(h);
}

void *k_heap_aligned_alloc(struct k_heap *h, size_t align, size_t bytes, k_timeout_t timeout)
{
	k_ticks_t end;
	int ret;

	if (timeout.ticks < 0 || __builtin_add_overflow(z_board_page.now, timeout.ticks, &end))
		end = K_TICKS_FOREVER;
	for (;;) {
		struct heap *heap = record_of(&h->heap);
		void *block = heap ? heap_alloc(heap, bytes, align) : NULL;

		if (end != K_TICKS_FOREVER)
			timeout = K_TICKS(MAX(end - z_board_page.now, 0));
		if (block || !heap || !timeout.ticks)
			return block;
		ret = sched_wait(&h->wait_q, timeout);
		/* an interrupt, or no thread is left that could free memory */
		if (ret && ret != -EAGAIN)
			return NULL;
	}
}

void *k_heap_alloc(struct k_heap *h, size_t bytes, k_timeout_t timeout)
{
	return k_heap_aligned_alloc(h, 0, bytes, timeout);
}

/* Supervisor mode: the text is kernel memory. heap NULL: none is known. */
static void bad_free(const char *call, const void *mem, const struct heap *heap, const char *what)
{
	static char text[160];

	if (heap)
		snprintf(text, sizeof(text), "%s: %p is %s of the heap at %#zx (%zu bytes)", call,
			 mem, what, (size_t)heap_start(heap), heap_capacity(heap));
	else
		snprintf(text, sizeof(text), "%s: %p is in no heap", call, mem);
	z_fatal(K_ERR_KERNEL_PANIC, text);
}

void k_heap_free(struct k_heap *h, void *mem)
{
	struct heap *heap = record_of(&h->heap);

	if (!mem || !heap)
		return;
	if (heap_free(heap, mem))
		bad_free("k_heap_free()", mem, heap, "no live block");
	wake_waiters(h);
}

int sys_heap_runtime_stats_get(struct sys_heap *heap, struct sys_memory_stats *stats)
{
	struct heap *h = heap == &kernel_handle.heap ? heap_kernel : heap ? record_of(heap) : NULL;

	if (!h || !stats)
		return -EINVAL;
	stats->allocated_bytes = heap_used(h);
	stats->max_allocated_bytes = heap_high_water(h);
	stats->free_bytes = heap_capacity(h) - heap_used(h);
	return 0;
}

/* Guarded, whatever --heap says: overrunning an output buffer is the most common fault, and would
 * otherwise damage the next buffer. */
static int buffer_heap_make(struct buffer_heap *made, size_t size, enum host_memory_kind kind,
			    const char *name)
{
	made->region = arena_create(size, kind, name);
	if (!made->region)
		return -ENOMEM;
	protect_region_new(made->region->start, made->region->size);
	memset(&made->heap, 0, sizeof(made->heap));
	made->heap.heap.init_mem = (void *)made->region->start;
	made->heap.heap.init_bytes = made->region->size;
	made->heap.heap.heap = heap_create_guarded((void *)made->region->start, made->region->size,
						   made->region->size, name);
	return made->heap.heap.heap ? 0 : -ENOMEM;
}

static size_t buffer_heap_remove(struct buffer_heap *made)
{
	size_t left = 0;

	if (made->heap.heap.heap) {
		left = heap_blocks(made->heap.heap.heap);
		k_heap_deinit(&made->heap);
	}
	if (made->region) {
		protect_region_gone(made->region->start, made->region->size);
		arena_destroy(made->region);
	}
	made->region = NULL;
	return left;
}

static size_t buffer_heap_size(void)
{
	bool small = z_board_page.kernel_end - (uintptr_t)z_kernel_data_start < ((size_t)16 << 20);

	return small ? SHARED_HEAP_SIZE_SMALL : SHARED_HEAP_SIZE;
}

static int shared_heap_make(size_t size)
{
	int ret = buffer_heap_make(&shared, size, HOST_MEMORY_SHARED_HEAP, "shared buffers");

	if (ret)
		buffer_heap_remove(&shared);
	return ret;
}

int shared_heap_init(void)
{
	return shared_heap_make(buffer_heap_size());
}

/* The heap is made for the first buffer, as many runs have none. */
void *supervisor_buffer_alloc(size_t bytes)
{
	if (!supervisors.region && buffer_heap_make(&supervisors, buffer_heap_size(),
						    HOST_MEMORY_KERNEL_HEAP, "LL buffers"))
		buffer_heap_remove(&supervisors);
	/* No shortage to report: the caller has a way out. */
	if (!supervisors.region || bytes > supervisors.region->size / 4)
		return NULL;
	supervisor_buffers_open();
	return heap_alloc(supervisors.heap.heap.heap, bytes, 0);
}

void supervisor_buffers_open(void)
{
	if (supervisors.region)
		protect_open(supervisors.region->start);
}

int host_shared_heap_reserve(size_t bytes)
{
	if (bytes <= shared.region->size)
		return 0;
	if (heap_blocks(shared.heap.heap.heap))
		return -EBUSY;
	buffer_heap_remove(&shared);
	return shared_heap_make(bytes);
}

size_t shared_heap_exit(void)
{
	return buffer_heap_remove(&supervisors) + buffer_heap_remove(&shared);
}

bool shared_heap_is(const struct k_heap *heap)
{
	return heap == &shared.heap;
}

uintptr_t get_shared_buffer_heap_start(void)
{
	return shared.region->start;
}

size_t get_shared_buffer_heap_size(void)
{
	return shared.region->size;
}

struct k_heap *sof_sys_heap_get(void)
{
	return &kernel_handle;
}

struct k_heap *sof_sys_user_heap_get(void)
{
	return NULL;
}

void *z_impl_sof_heap_alloc(struct k_heap *h, uint32_t flags, size_t bytes, size_t alignment)
{
	struct heap *heap;

	if (h)
		heap = heap_of_k_heap(h);
	else if (flags & SOF_MEM_FLAG_USER_SHARED_BUFFER)
		heap = shared.heap.heap.heap;
	else
		heap = heap_kernel;
	return heap_alloc(heap, bytes, alignment);
}

void *sof_heap_alloc(struct k_heap *heap, uint32_t flags, size_t bytes, size_t alignment)
{
	if (k_is_user_context())
		return (void *)z_syscall(K_SYSCALL_SOF_HEAP_ALLOC, (uintptr_t)heap, flags, bytes,
					 alignment, 0, 0);
	return z_impl_sof_heap_alloc(heap, flags, bytes, alignment);
}

void z_impl_sof_heap_free(struct k_heap *h, void *addr)
{
	struct heap *heap = h ? heap_of_k_heap(h) : heap_of_block(addr);
	struct heap_block block = { 0 };
	bool freed;

	if (!addr)
		return;
	if (!heap_contains(heap, (uintptr_t)addr))
		bad_free("sof_heap_free()", addr, heap, "outside");
	heap_nearest(heap, (uintptr_t)addr, &block, &freed);
	if (heap_free(heap, addr))
		bad_free("sof_heap_free()", addr, heap, "no live block");
	if (heap == heap_kernel)
		object_forget_range(addr, block.size);
}

void sof_heap_free(struct k_heap *heap, void *addr)
{
	if (k_is_user_context())
		z_syscall(K_SYSCALL_SOF_HEAP_FREE, (uintptr_t)heap, (uintptr_t)addr, 0, 0, 0, 0);
	else
		z_impl_sof_heap_free(heap, addr);
}

void *rmalloc_align(uint32_t flags, size_t bytes, uint32_t alignment)
{
	return z_impl_sof_heap_alloc(NULL, flags, bytes, alignment);
}

void *rmalloc(uint32_t flags, size_t bytes)
{
	return rmalloc_align(flags, bytes, 0);
}

void *rzalloc(uint32_t flags, size_t bytes)
{
	void *block = rmalloc(flags, bytes);

	if (block)
		memset(block, 0, bytes);
	return block;
}

void *rballoc_align(uint32_t flags, size_t bytes, uint32_t alignment)
{
	return rmalloc_align(flags, bytes, alignment);
}

void rfree(void *ptr)
{
	z_impl_sof_heap_free(NULL, ptr);
}

void host_memory_label(const void *block, const char *format, ...)
{
	struct heap *heap = heap_find((uintptr_t)block);
	char text[64];
	va_list args;

	if (!heap)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	heap_label(heap, block, text);
}
