/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What lies at an address: the tables of regions, heaps and stacks, asked in turn.
 */
#include "arena.h"
#include "board.h"
#include "fault.h"
#include "guarded_call.h"
#include "heap.h"
#include "host_memory.h"
#include "object.h"
#include "scheduler.h"
#include "stack.h"

#include <stdio.h>
#include <string.h>

#define CANONICAL_LIMIT ((uintptr_t)1 << 47)

static void set_owner(struct host_address_info *out, const char *name)
{
	snprintf(out->owner, sizeof(out->owner), "%s", name);
}

static void describe_heap(struct heap *heap, uintptr_t address, struct host_address_info *out)
{
	struct heap_block block;
	bool freed;

	if (!heap_nearest(heap, address, &block, &freed))
		return;
	out->block = block.start;
	out->block_size = block.size;
	out->block_free = freed;
	if (block.label)
		snprintf(out->block_label, sizeof(out->block_label), "%s", block.label);
	if (address < block.start)
		out->block_offset = (ptrdiff_t)(address - block.start);
	else if (address < block.start + block.size)
		out->block_offset = 0;
	else
		out->block_offset = (ptrdiff_t)(address - (block.start + block.size)) + 1;
}

/* An address of the arena in no region: what ran off an end, or belonged to one that has gone. */
static void describe_gap(uintptr_t address, struct host_address_info *out)
{
	const char *former = arena_former_owner(address);
	struct arena_region *below, *above;
	const struct stack *stack = stack_around(address);
	struct heap *heap;

	if (former) {
		out->kind = HOST_MEMORY_RELEASED;
		set_owner(out, former);
		return;
	}
	if (guarded_call_is_below_stack(address)) {
		out->kind = HOST_MEMORY_STACK_GUARD;
		set_owner(out, "LL modules");
		return;
	}
	arena_neighbours(address, &below, &above);
	out->kind = HOST_MEMORY_GUARD;
	out->region_start = below ? below->start + below->size : 0;
	out->region_end = above ? above->start : 0;
	if (!stack && above && address + ((uintptr_t)2 << 20) >= above->start)
		stack = stack_around(above->start);
	if (stack && (!below || stack->low - address < address - (below->start + below->size))) {
		out->kind = HOST_MEMORY_STACK_GUARD;
		set_owner(out, stack->region->name);
		return;
	}
	if (!below)
		return;
	set_owner(out, below->name);
	heap = heap_find(below->start + below->size - 1);
	if (heap)
		describe_heap(heap, address, out);
}

static void describe_region(const struct arena_region *region, uintptr_t address,
			    struct host_address_info *out)
{
	const struct stack *stack = stack_around(address);
	struct heap *heap = heap_find(address);

	out->kind = region->kind;
	out->region_start = region->start;
	out->region_end = region->start + region->size;
	set_owner(out, region->name);
	if (heap)
		describe_heap(heap, address, out);
	else if (stack && address >= stack->low)
		out->kind = HOST_MEMORY_USER_STACK;
}

static void describe_kernel(uintptr_t address, struct host_address_info *out)
{
	const char *object;

	out->kind = HOST_MEMORY_KERNEL_DATA;
	out->region_start = (uintptr_t)z_kernel_data_start;
	out->region_end = z_board_page.kernel_end;
	set_owner(out, "kernel");
	if (!heap_contains(heap_kernel, address))
		return;
	out->kind = HOST_MEMORY_KERNEL_HEAP;
	describe_heap(heap_kernel, address, out);
	object = out->block_free ? NULL : object_describe((const void *)out->block);
	if (object && !out->block_label[0])
		snprintf(out->block_label, sizeof(out->block_label), "%s", object);
	if (!strcmp(out->block_label, "kernel stack"))
		out->kind = HOST_MEMORY_KERNEL_STACK;
}

static bool is_own(uintptr_t address, const struct k_thread *thread)
{
	const struct k_mem_domain *domain = thread ? thread->mem_domain_info.mem_domain : NULL;
	const struct arena_region *region = arena_find(address);

	for (size_t i = 0; domain && i < CONFIG_MAX_DOMAIN_PARTITIONS; i++)
		if (domain->partitions[i].size &&
		    address - domain->partitions[i].start < domain->partitions[i].size)
			return true;
	return thread && thread->arch && thread->arch->stack && region &&
	       region == thread->arch->stack->region;
}

void host_address_describe(uintptr_t address, const struct k_thread *thread,
			   struct host_address_info *out)
{
	const struct arena_region *region = arena_find(address);

	memset(out, 0, sizeof(*out));
	if (address < PAGE_SIZE || address >= -(uintptr_t)PAGE_SIZE)
		out->kind = HOST_MEMORY_NULL;
	else if (address >= CANONICAL_LIMIT && address < -CANONICAL_LIMIT)
		out->kind = HOST_MEMORY_NON_CANONICAL;
	else if (region)
		describe_region(region, address, out);
	else if (arena_contains(address))
		describe_gap(address, out);
	else if (address >= (uintptr_t)z_kernel_data_start && address < z_board_page.kernel_end)
		describe_kernel(address, out);
	else if (address - (uintptr_t)&z_board_page < PAGE_SIZE)
		out->kind = HOST_MEMORY_BOARD_PAGE;
	else
		out->kind = host_memory_kind(address, &out->region_start, &out->region_end,
					     out->owner, sizeof(out->owner));
	out->own = is_own(address, thread);
}
