/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The kernel's own heap: memory behind the program's zeroed variables, and a table of blocks that
 * is there from the start, as there is no other heap to take it from.
 */
#include "board.h"
#include "heap.h"
#include "heap_private.h"
#include "image.h"
#include "track.h"

#include <string.h>

#define KERNEL_BLOCKS_MAX 16384

/* Last in kernel memory (program.ld): only what is in use of it is closed and opened. */
static uint8_t kernel_memory[64 << 20]
	__attribute__((section(".bss.z_kernel_heap"), aligned(PAGE_SIZE)));
static struct heap_block kernel_blocks[KERNEL_BLOCKS_MAX];
static struct heap kernel_heap;
static size_t kernel_size; /* of kernel_memory in use */
struct heap *heap_kernel;

/* Closing costs by the size of what is closed, so the heap begins small and grows by steps. */
static size_t kernel_step(void)
{
	return track_small_regions() ? (size_t)1 << 20 : (size_t)4 << 20;
}

int heap_kernel_init(void)
{
	memset(&kernel_heap, 0, sizeof(kernel_heap));
	kernel_heap.blocks = kernel_blocks;
	kernel_heap.room = KERNEL_BLOCKS_MAX;
	heap_forget_all();
	heap_kernel = &kernel_heap;
	heap_enter(&kernel_heap, kernel_memory, kernel_size, sizeof(kernel_memory), "kernel");
	return 0;
}

bool heap_kernel_grow(size_t size)
{
	uintptr_t end = heap_kernel_end();
	size_t more = ROUND_UP(size, kernel_step());

	if (more > sizeof(kernel_memory) - kernel_size)
		return false;
	kernel_size += more;
	kernel_heap.size = kernel_size;
	image_extend(end, end + more);
	track_gap((void *)end, more);
	return true;
}

void heap_kernel_exit(void)
{
	if (!heap_kernel)
		return;
	track_heap_delete(&kernel_heap, kernel_memory, kernel_heap.size);
	heap_kernel = NULL;
	heap_forget_all();
}

void *heap_kernel_zalloc(size_t size)
{
	void *block = heap_alloc(heap_kernel, size, 0);

	if (block)
		memset(block, 0, size);
	return block;
}

void heap_kernel_free(const void *block)
{
	if (block)
		heap_free(heap_kernel, block);
}

uintptr_t heap_kernel_end(void)
{
	if (!kernel_size)
		kernel_size = kernel_step();
	return (uintptr_t)kernel_memory + kernel_size;
}

uintptr_t heap_kernel_memory_end(void)
{
	return (uintptr_t)kernel_memory + sizeof(kernel_memory);
}
