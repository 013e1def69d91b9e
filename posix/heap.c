/* SPDX-License-Identifier: BSD-3-Clause */
#include "heap.h"
#include "heap_private.h"
#include "arch/arch.h"
#include "arena.h"
#include "board.h"
#include "scheduler.h"
#include "track.h"

#include <host/platform.h>

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define UNIT	8u  /* sys_heap rounds blocks to this ... */
#define HEADER	8u  /* ... and puts this before each */
#define SPACING 16u /* blocks start on multiples of this here */

static struct heap *all_heaps;
static struct host_heap_shortage shortage;
static unsigned long alloc_count, alloc_fail_at;

static void set_rights(uintptr_t start, uintptr_t end, int prot)
{
	if (end > start)
		arch_mprotect(start, end - start, prot);
}

static size_t charge(size_t size)
{
	return ROUND_UP(size, UNIT) + HEADER;
}

/* Where the next block may begin at the earliest. */
static uintptr_t block_end(const struct heap *heap, const struct heap_block *block)
{
	if (heap->guarded)
		return ROUND_UP(block->start + block->size, PAGE_SIZE) + PAGE_SIZE;
	return ROUND_UP(block->start + block->size, SPACING) + TRACK_REDZONE;
}

size_t heap_memory_size(size_t capacity)
{
	/* A block of 1 byte is charged 16 and takes 32; large alignments need some more. */
	return ROUND_UP(2 * capacity + PAGE_SIZE, PAGE_SIZE);
}

void heap_enter(struct heap *heap, void *memory, size_t size, size_t capacity, const char *name)
{
	heap->start = (uintptr_t)memory;
	heap->size = size;
	heap->capacity = capacity;
	snprintf(heap->name, sizeof(heap->name), "%s", name);
	heap->next = all_heaps;
	all_heaps = heap;
	track_heap_new(heap, memory, size);
}

struct heap *heap_create(void *memory, size_t size, size_t capacity, const char *name)
{
	struct heap *heap = heap_kernel_zalloc(sizeof(*heap));

	if (heap)
		heap_enter(heap, memory, size, capacity, name);
	return heap;
}

size_t heap_guarded_memory_size(size_t capacity)
{
	/* A page and a closed one for each block, were all of them as small as can be. */
	return capacity / (UNIT + HEADER) * 2 * PAGE_SIZE + ROUND_UP(capacity, PAGE_SIZE) +
	       2 * PAGE_SIZE;
}

struct heap *heap_create_guarded(void *memory, size_t size, size_t capacity, const char *name)
{
	struct heap *heap = heap_create(memory, size, capacity, name);

	if (heap) {
		heap->guarded = true;
		heap_remark(heap);
	}
	return heap;
}

/* Index of the first block that starts above address. */
static size_t upper_bound(const struct heap *heap, uintptr_t address)
{
	size_t low = 0, high = heap->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (heap->blocks[middle].start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void forget_labels(struct heap *heap)
{
	for (size_t i = 0; i < heap->count; i++)
		heap_kernel_free(heap->blocks[i].label);
	for (size_t i = 0; i < FREED_REMEMBERED; i++)
		heap_kernel_free(heap->freed[i].label);
}

/* Freeing memory also ends the heaps inside it. */
static void drop(struct heap *heap)
{
	struct heap **link = &all_heaps;
	uintptr_t start = heap->start;
	size_t size = heap->size;

	while (*link != heap)
		link = &(*link)->next;
	*link = heap->next;
	track_heap_delete(heap, (void *)start, size);
	forget_labels(heap);
	heap_kernel_free(heap->blocks);
	heap_kernel_free(heap);
	heap_forget_range(start, size);
}

void heap_destroy(struct heap *heap)
{
	if (!heap)
		return;
	for (size_t i = 0; i < heap->count; i++)
		track_block_left(heap->name, (void *)heap->blocks[i].start, heap->blocks[i].size);
	drop(heap);
}

bool heap_is(const struct heap *heap)
{
	const struct heap *known = all_heaps;

	while (known && known != heap)
		known = known->next;
	return known != NULL;
}

static struct heap *first_that(bool (*fits)(const struct heap *heap, uintptr_t start, size_t size),
			       uintptr_t start, size_t size)
{
	struct heap *heap = all_heaps;

	while (heap && (heap == heap_kernel || !fits(heap, start, size)))
		heap = heap->next;
	return heap;
}

static bool begins_in(const struct heap *heap, uintptr_t start, size_t size)
{
	return heap->start - start < size;
}

void heap_forget_range(uintptr_t start, size_t size)
{
	struct heap *heap;

	while ((heap = first_that(begins_in, start, size)))
		drop(heap);
}

/* A heap's memory is reused for another heap without being an allocated block of the first. */
static bool is_overwritten(const struct heap *heap, uintptr_t start, size_t size)
{
	const struct heap_block *block;
	size_t at;

	if (heap->start >= start + size || start >= heap->start + heap->size)
		return false;
	at = upper_bound(heap, start);
	block = at ? &heap->blocks[at - 1] : NULL;
	return !block || start + size > block->start + block->size;
}

void heap_forget_overwritten(uintptr_t start, size_t size)
{
	struct heap *heap;

	while ((heap = first_that(is_overwritten, start, size)))
		drop(heap);
}

static int make_room(struct heap *heap)
{
	size_t room = heap->room ? 2 * heap->room : 32;
	struct heap_block *blocks;

	if (heap->count < heap->room)
		return 0;
	if (heap == heap_kernel)
		return -ENOMEM;
	blocks = heap_alloc(heap_kernel, room * sizeof(*blocks), 0);
	if (!blocks)
		return -ENOMEM;
	if (heap->count)
		memcpy(blocks, heap->blocks, heap->count * sizeof(*blocks));
	heap_kernel_free(heap->blocks);
	heap->blocks = blocks;
	heap->room = room;
	return 0;
}

/* First fit: heaps here hold hundreds of blocks, and none is made on the audio path. */
static uintptr_t find_gap(const struct heap *heap, size_t size, size_t align, size_t *at)
{
	uintptr_t from = heap->start + TRACK_REDZONE;

	for (size_t i = 0; i <= heap->count; i++) {
		uintptr_t end = i < heap->count ? heap->blocks[i].start : heap->start + heap->size;
		uintptr_t start = ROUND_UP(from, align);

		if (start < end && end - start >= ROUND_UP(size, SPACING) + TRACK_REDZONE) {
			*at = i;
			return start;
		}
		if (i < heap->count)
			from = block_end(heap, &heap->blocks[i]);
	}
	return 0;
}

/* The block's end lies on a page's end, as near as its alignment allows; the page behind it stays
 * closed, and the one before the first. */
static uintptr_t find_guarded_gap(const struct heap *heap, size_t size, size_t align, size_t *at)
{
	uintptr_t from = heap->start + PAGE_SIZE;

	for (size_t i = 0; i <= heap->count; i++) {
		uintptr_t end = i < heap->count ? ROUND_DOWN(heap->blocks[i].start, PAGE_SIZE) :
						  heap->start + heap->size;
		uintptr_t pages =
			from + ROUND_UP(size, PAGE_SIZE) + (align > PAGE_SIZE ? align : 0);

		if (pages + PAGE_SIZE <= end) {
			*at = i;
			return ROUND_DOWN(pages - size, align);
		}
		if (i < heap->count)
			from = block_end(heap, &heap->blocks[i]);
	}
	return 0;
}

static void note_shortage(const struct heap *heap, size_t size)
{
	const struct arena_region *region = arena_find(heap->start);
	enum host_heap_kind kind = HOST_HEAP_MODULE;

	if (heap == heap_kernel)
		kind = HOST_HEAP_KERNEL;
	else if (region && region->kind == HOST_MEMORY_SHARED_HEAP)
		kind = HOST_HEAP_SHARED;
	heap_note_shortage(kind, heap->name, size, heap->capacity - heap->used, heap->capacity);
}

void *heap_alloc(struct heap *heap, size_t size, size_t align)
{
	/* Without an alignment asked for, an odd size ends exactly at the closed page. */
	size_t natural = align;
	uintptr_t start;
	size_t at;

	if (++alloc_count == alloc_fail_at || !heap || !size)
		return NULL;
	if (align & (align - 1))
		return NULL;
	if (align < UNIT)
		natural = size % UNIT ? 1u : UNIT;
	if (align < SPACING)
		align = SPACING;
	if (size > heap->capacity || charge(size) > heap->capacity - heap->used) {
		note_shortage(heap, size);
		return NULL;
	}
	if (make_room(heap))
		return NULL;
	if (heap->guarded)
		start = find_guarded_gap(heap, size, natural, &at);
	else
		start = find_gap(heap, size, align, &at);
	if (!start && heap == heap_kernel && heap_kernel_grow(size + align + PAGE_SIZE))
		start = find_gap(heap, size, align, &at);
	if (!start) {
		note_shortage(heap, size + align);
		return NULL;
	}

	memmove(&heap->blocks[at + 1], &heap->blocks[at],
		(heap->count - at) * sizeof(heap->blocks[0]));
	heap->blocks[at] = (struct heap_block){ .start = start, .size = size };
	heap->count++;
	heap->used += charge(size);
	if (heap->used > heap->high_water)
		heap->high_water = heap->used;
	if (heap->guarded)
		set_rights(ROUND_DOWN(start, PAGE_SIZE), ROUND_UP(start + size, PAGE_SIZE),
			   PROT_READ | PROT_WRITE);
	if (heap != heap_kernel && sched_current && sched_current->arch->in_syscall)
		track_block_handed_out(heap, (void *)start, size);
	else
		track_block_new(heap, (void *)start, size);
	return (void *)start;
}

int heap_free(struct heap *heap, const void *block)
{
	size_t at = upper_bound(heap, (uintptr_t)block);
	struct heap_block gone;
	struct heap_block *slot;

	if (!at || heap->blocks[at - 1].start != (uintptr_t)block)
		return -EINVAL;
	gone = heap->blocks[at - 1];
	/* That frees blocks of the kernel heap. */
	heap_forget_range(gone.start, gone.size);
	at = upper_bound(heap, gone.start);
	memmove(&heap->blocks[at - 1], &heap->blocks[at],
		(heap->count - at) * sizeof(heap->blocks[0]));
	heap->count--;
	heap->used -= charge(gone.size);
	track_block_free(heap, (void *)gone.start, gone.size);
	if (heap->guarded)
		set_rights(ROUND_DOWN(gone.start, PAGE_SIZE),
			   ROUND_UP(gone.start + gone.size, PAGE_SIZE), PROT_NONE);

	slot = &heap->freed[heap->freed_next++ % FREED_REMEMBERED];
	heap_kernel_free(slot->label);
	*slot = gone;
	return 0;
}

bool heap_contains(const struct heap *heap, uintptr_t address)
{
	return heap && address - heap->start < heap->size;
}

uintptr_t heap_start(const struct heap *heap)
{
	return heap->start;
}

size_t heap_capacity(const struct heap *heap)
{
	return heap->capacity;
}

size_t heap_used(const struct heap *heap)
{
	return heap->used;
}

size_t heap_high_water(const struct heap *heap)
{
	return heap->high_water;
}

size_t heap_blocks(const struct heap *heap)
{
	return heap->count;
}

static uintptr_t distance(const struct heap_block *block, uintptr_t address)
{
	if (address < block->start)
		return block->start - address;
	return address < block->start + block->size ? 0 :
						      address - (block->start + block->size) + 1;
}

bool heap_nearest(const struct heap *heap, uintptr_t address, struct heap_block *out, bool *freed)
{
	size_t at = upper_bound(heap, address);
	const struct heap_block *best = NULL;

	*freed = false;
	/* Latest first: of several freed blocks over one address, the last owner is meant. */
	for (size_t i = 1; i <= FREED_REMEMBERED; i++) {
		const struct heap_block *gone =
			&heap->freed[(heap->freed_next - i) % FREED_REMEMBERED];

		if (gone->size && !distance(gone, address)) {
			best = gone;
			*freed = true;
			break;
		}
	}
	if (at && (!best || !distance(&heap->blocks[at - 1], address))) {
		best = &heap->blocks[at - 1];
		*freed = false;
	}
	if (at < heap->count &&
	    (!best || distance(best, address) > distance(&heap->blocks[at], address))) {
		best = &heap->blocks[at];
		*freed = false;
	}
	if (best)
		*out = *best;
	return best != NULL;
}

int heap_label(struct heap *heap, const void *block, const char *text)
{
	char *copy = heap_alloc(heap_kernel, strlen(text) + 1, 0);
	size_t at = upper_bound(heap, (uintptr_t)block);
	struct heap_block *found = at ? &heap->blocks[at - 1] : NULL;

	if (!copy)
		return -ENOMEM;
	if (!found || found->start != (uintptr_t)block) {
		heap_kernel_free(copy);
		return -ENOENT;
	}
	strcpy(copy, text);
	text = found->label;
	found->label = copy;
	heap_kernel_free(text);
	return 0;
}

static struct heap_block *block_at(const struct heap *heap, const void *block)
{
	size_t at = upper_bound(heap, (uintptr_t)block);

	return at && heap->blocks[at - 1].start == (uintptr_t)block ? &heap->blocks[at - 1] : NULL;
}

bool heap_is_users(const struct heap *heap, const void *block)
{
	const struct heap_block *found = block_at(heap, block);

	return found && found->users;
}

void heap_give_to_user(struct heap *heap, const void *block)
{
	struct heap_block *found = block_at(heap, block);

	if (found)
		found->users = true;
}

static void remark_gap(const struct heap *heap, uintptr_t from, uintptr_t to)
{
	track_gap((void *)from, to - from);
	if (heap->guarded)
		set_rights(ROUND_UP(from, PAGE_SIZE), ROUND_DOWN(to, PAGE_SIZE), PROT_NONE);
}

void heap_remark(const struct heap *heap)
{
	uintptr_t from = heap->start;

	for (size_t i = 0; i < heap->count; i++) {
		remark_gap(heap, from, heap->blocks[i].start);
		from = heap->blocks[i].start + heap->blocks[i].size;
	}
	remark_gap(heap, from, heap->start + heap->size);
}

/* Each block has pages of its own, followed by a closed page. */
static bool in_pages_of(const struct heap_block *block, uintptr_t start, size_t size)
{
	return start >= ROUND_DOWN(block->start, PAGE_SIZE) &&
	       start + size <= ROUND_UP(block->start + block->size, PAGE_SIZE);
}

bool heap_closes(const struct heap *heap, uintptr_t start, size_t size)
{
	size_t at = upper_bound(heap, start);

	if (!heap->guarded)
		return false;
	return !(at && in_pages_of(&heap->blocks[at - 1], start, size)) &&
	       !(at < heap->count && in_pages_of(&heap->blocks[at], start, size));
}

bool heap_needs_remark(const struct heap *heap)
{
	return heap != heap_kernel && (heap->guarded || track_small_regions());
}

struct heap *heap_find(uintptr_t address)
{
	for (struct heap *heap = all_heaps; heap; heap = heap->next)
		if (heap_contains(heap, address))
			return heap;
	return NULL;
}

struct heap *heap_of_block(const void *block)
{
	struct heap *found = NULL;

	for (struct heap *heap = all_heaps; heap; heap = heap->next)
		if (block_at(heap, block))
			found = heap;
	return found ? found : heap_find((uintptr_t)block);
}

void heap_for_each(void (*fn)(struct heap *heap, void *arg), void *arg)
{
	for (struct heap *heap = all_heaps; heap; heap = heap->next)
		fn(heap, arg);
}

void heap_forget_freed(struct heap *heap)
{
	for (size_t i = 0; i < FREED_REMEMBERED; i++) {
		const char *label = heap->freed[i].label;

		heap->freed[i] = (struct heap_block){ 0 };
		heap_kernel_free(label);
	}
	/* Freeing a label was itself remembered, without one. */
	memset(heap->freed, 0, sizeof(heap->freed));
}

void heap_forget_all(void)
{
	all_heaps = NULL;
}

void host_alloc_fail_at(unsigned long n)
{
	alloc_count = 0;
	alloc_fail_at = n;
}

unsigned long host_alloc_count(void)
{
	return alloc_count;
}

void heap_note_shortage(enum host_heap_kind kind, const char *name, size_t asked, size_t available,
			size_t size)
{
	shortage.kind = kind;
	snprintf(shortage.name, sizeof(shortage.name), "%s", name);
	shortage.asked = asked > SIZE_MAX - UNIT - HEADER ? asked : charge(asked);
	shortage.available = available;
	shortage.size = size;
	shortage.needed = size - available;
	if (__builtin_add_overflow(shortage.needed, shortage.asked, &shortage.needed))
		shortage.needed = SIZE_MAX;
}

bool host_heap_shortage(struct host_heap_shortage *out)
{
	*out = shortage;
	return shortage.asked != 0;
}

void host_heap_shortage_forget(void)
{
	shortage.asked = 0;
}
