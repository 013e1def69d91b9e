/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file arena.h
 * \brief Address space for everything that can be closed by itself.
 *
 * One range is reserved at start. A region is a mapping of its own in it, with unmapped space on
 * both sides, so that what runs off either end faults and so that the kernel never merges two
 * regions into one mapping: splitting and merging is what makes mprotect() slow.
 * Regions end on a 2 MiB boundary; where huge pages are to be had they fill whole ones, so that
 * closing costs the same for any size.
 *
 * Memory outside the arena that can be closed too (a module's data, the common partition) is
 * entered with arena_adopt(), so that one table answers "whose is this address?".
 *
 * Calling mode: supervisor.
 */
#ifndef POSIX_ARENA_H
#define POSIX_ARENA_H

#include <host/fault.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena_region {
	uintptr_t start;
	size_t size;		    /**< bytes, a multiple of the page size */
	enum host_memory_kind kind; /**< what to call memory of the region that is nothing finer */
	char name[48];		    /**< owner, for reports */
	bool adopted;		    /**< not the arena's to unmap */
	bool keep; /**< it is never destroyed: a host thread that can't end lies in it */
};

/** Reserve the address range. 0 or -ENOMEM. */
int arena_init(void);
/** Unmap everything. Pointers into regions are dead afterwards. */
void arena_exit(void);

/**
 * Map a region of at least \p size bytes, readable and writable, zeroed, never executable.
 * \return the region; NULL when address space, memory or table slots are out.
 */
struct arena_region *arena_create(size_t size, enum host_memory_kind kind, const char *name);
/** Enter \p size bytes at \p start, page-aligned, that somebody else mapped. NULL as above. */
struct arena_region *arena_adopt(uintptr_t start, size_t size, enum host_memory_kind kind,
				 const char *name);
/** Unmap (or forget, when adopted). NULL is ignored. */
void arena_destroy(struct arena_region *region);

/** Region \p index by address, or NULL past the last. */
struct arena_region *arena_at(size_t index);
/** The region around \p address, or NULL. */
struct arena_region *arena_find(uintptr_t address);
/** The nearest region below and above an address of the arena in no region; NULL at the ends. */
void arena_neighbours(uintptr_t address, struct arena_region **below, struct arena_region **above);
/** True inside the reserved range. */
bool arena_contains(uintptr_t address);
/** Name of the region that last lay at \p address and has gone, or NULL. */
const char *arena_former_owner(uintptr_t address);

#endif /* POSIX_ARENA_H */
