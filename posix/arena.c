/* SPDX-License-Identifier: BSD-3-Clause */
#include "arena.h"
#include "board.h"
#include "heap.h"
#include "protect.h"
#include "track.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define ARENA_MOST  ((size_t)16 << 30)
#define ARENA_LEAST ((size_t)256 << 20)
#define CHUNK	    ((size_t)2 << 20)
#define REGIONS_MAX 1024
#define FORMER_MAX  64

static struct {
	uintptr_t start;
	size_t size;
	struct arena_region *sorted[REGIONS_MAX]; /* by address, adopted ones too */
	size_t count;
	struct arena_region slots[REGIONS_MAX]; /* size 0: free */
	struct arena_region former[FORMER_MAX]; /* a ring of regions that have gone */
	size_t former_next;
} arena;

int arena_init(void)
{
	size_t size = ARENA_MOST;
	void *base = MAP_FAILED;

	/* Less where the process's address space is limited. */
	for (; size >= ARENA_LEAST; size /= 2) {
		base = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
			    0);
		if (base != MAP_FAILED)
			break;
	}
	if (base == MAP_FAILED)
		return -ENOMEM;
	memset(&arena, 0, sizeof(arena));
	arena.start = (uintptr_t)base;
	arena.size = size;
	return 0;
}

void arena_exit(void)
{
	bool keep = false;

	for (size_t i = 0; i < arena.count; i++)
		keep = keep || arena.sorted[i]->keep;
	if (arena.start && !keep)
		munmap((void *)arena.start, arena.size);
	memset(&arena, 0, sizeof(arena));
}

bool arena_contains(uintptr_t address)
{
	return arena.start && address - arena.start < arena.size;
}

/* Index of the first region that starts above address. */
static size_t upper_bound(uintptr_t address)
{
	size_t low = 0, high = arena.count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (arena.sorted[middle]->start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct arena_region *enter(uintptr_t start, size_t size, enum host_memory_kind kind,
				  const char *name)
{
	struct arena_region *region = arena.slots;
	size_t at = upper_bound(start);

	while (region < arena.slots + REGIONS_MAX && region->size)
		region++;
	if (region == arena.slots + REGIONS_MAX)
		return NULL;

	*region = (struct arena_region){ .start = start, .size = size, .kind = kind };
	snprintf(region->name, sizeof(region->name), "%s", name);
	memmove(&arena.sorted[at + 1], &arena.sorted[at],
		(arena.count - at) * sizeof(arena.sorted[0]));
	arena.sorted[at] = region;
	arena.count++;
	return region;
}

/* Start of a free run of chunks, with a free chunk before and after it. */
static uintptr_t find_space(size_t chunks)
{
	uintptr_t at = ROUND_UP(arena.start, CHUNK) + CHUNK;

	for (size_t i = upper_bound(arena.start); i < arena.count; i++) {
		const struct arena_region *region = arena.sorted[i];

		if (!arena_contains(region->start))
			continue;
		if (region->start >= at + (chunks + 1) * CHUNK)
			break;
		at = ROUND_UP(region->start + region->size, CHUNK) + CHUNK;
	}
	return at + (chunks + 1) * CHUNK <= arena.start + arena.size ? at : 0;
}

static struct arena_region *no_space(const char *name, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < arena.count; i++)
		if (arena_contains(arena.sorted[i]->start))
			used += arena.sorted[i]->size;
	heap_note_shortage(HOST_HEAP_BOARD, name, size, arena.size - used, arena.size);
	return NULL;
}

struct arena_region *arena_create(size_t size, enum host_memory_kind kind, const char *name)
{
	size_t chunks = ROUND_UP(size, CHUNK) / CHUNK;
	uintptr_t at;
	void *memory;
	struct arena_region *region;

	if (!size || size > arena.size / 2)
		return no_space(name, size);
	at = find_space(chunks);
	if (!at)
		return no_space(name, size);
	/* Memcheck walks a range each time its rights change, so there a region is only as large
	 * as it must be; elsewhere whole huge pages are cheapest. */
	size = track_small_regions() ? ROUND_UP(size, PAGE_SIZE) : chunks * CHUNK;
	at += chunks * CHUNK - size;

	memory = mmap((void *)at, size, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	if (memory == MAP_FAILED)
		return no_space(name, size);
	/* What is never closed need not be cleared by the 2 MiB. Refused without huge pages: only
	 * slower. */
	if (!track_small_regions() && z_board_page.backend && z_board_page.backend->isolates)
		madvise(memory, size, MADV_HUGEPAGE);

	region = enter(at, size, kind, name);
	if (!region)
		mmap(memory, size, PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
	return region;
}

struct arena_region *arena_adopt(uintptr_t start, size_t size, enum host_memory_kind kind,
				 const char *name)
{
	struct arena_region *region = enter(start, size, kind, name);

	if (region)
		region->adopted = true;
	return region;
}

void arena_destroy(struct arena_region *region)
{
	size_t at;

	if (!region || region->keep)
		return;
	at = upper_bound(region->start) - 1;
	memmove(&arena.sorted[at], &arena.sorted[at + 1],
		(arena.count - at - 1) * sizeof(arena.sorted[0]));
	arena.count--;
	if (!region->adopted) {
		/* Back to reserved address space: a stale pointer faults, and is still known. */
		mmap((void *)region->start, region->size, PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
		arena.former[arena.former_next++ % FORMER_MAX] = *region;
	}
	*region = (struct arena_region){ 0 };
}

struct arena_region *arena_at(size_t index)
{
	return index < arena.count ? arena.sorted[index] : NULL;
}

struct arena_region *arena_find(uintptr_t address)
{
	size_t at = upper_bound(address);

	if (!at || address - arena.sorted[at - 1]->start >= arena.sorted[at - 1]->size)
		return NULL;
	return arena.sorted[at - 1];
}

void arena_neighbours(uintptr_t address, struct arena_region **below, struct arena_region **above)
{
	size_t at = upper_bound(address);

	*below = at && arena_contains(arena.sorted[at - 1]->start) ? arena.sorted[at - 1] : NULL;
	*above = at < arena.count && arena_contains(arena.sorted[at]->start) ? arena.sorted[at] :
									       NULL;
}

const char *arena_former_owner(uintptr_t address)
{
	for (size_t i = 0; i < FORMER_MAX; i++) {
		/* Latest first: a slot of the ring may have been used by several. */
		const struct arena_region *region =
			&arena.former[(arena.former_next - 1 - i) % FORMER_MAX];

		if (region->size && address - region->start < region->size)
			return region->name;
	}
	return NULL;
}
