/* SPDX-License-Identifier: BSD-3-Clause */
#include "image.h"
#include "board.h"
#include "heap.h"
#include "protect.h"
#include "track.h"

#include <string.h>
#include <sys/mman.h>

#define HUGE_PAGE ((size_t)2 << 20)

extern uint8_t z_image_end[];

bool image_contains(uintptr_t address)
{
	return address >= (uintptr_t)z_kernel_data_start && address < (uintptr_t)z_image_end;
}

/* Pages never written stay so: each page in use makes closing dearer. */
static void copy_used(uint8_t *to, const uint8_t *from, size_t size)
{
	static const uint8_t zeros[PAGE_SIZE];

	for (size_t i = 0; i < size; i += PAGE_SIZE)
		if (memcmp(from + i, zeros, PAGE_SIZE))
			memcpy(to + i, from + i, PAGE_SIZE);
}

/*
 * A copy of all of it in one anonymous mapping, moved into place by one call: at no time is
 * anything missing.
 */
static int take_over(size_t size)
{
	uint8_t *space = mmap(NULL, size + HUGE_PAGE, PROT_NONE,
			      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	uint8_t *copy;

	if (space == MAP_FAILED)
		return -ENOMEM;
	/* Huge pages move as they are only from one border of theirs to another. */
	copy = (uint8_t *)ROUND_UP((uintptr_t)space, HUGE_PAGE);
	if (mmap(copy, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
		 0) == MAP_FAILED)
		goto fail;
	madvise(copy, size, MADV_HUGEPAGE);
	copy_used(copy, z_kernel_data_start, size);
	if (mremap(copy, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, z_kernel_data_start) ==
	    MAP_FAILED)
		goto fail;
	if (copy > space)
		munmap(space, (size_t)(copy - space));
	munmap(copy + size, (size_t)(space + HUGE_PAGE - copy));
	return 0;

fail:
	munmap(space, size + HUGE_PAGE);
	return -ENOMEM;
}

int image_init(bool closing)
{
	uintptr_t end = heap_kernel_end();

	/* Memory checkers keep their own idea of where the program's variables are. */
	if (track_owns_host_memory())
		return 0;
	/* Without it all works, only slower: several mappings instead of one. Each time: a fork
	 * splits huge pages that are written to while the child has them. */
	if (closing)
		take_over(end - (uintptr_t)z_kernel_data_start);
	mprotect((void *)end, heap_kernel_memory_end() - end, PROT_NONE);
	return 0;
}

void image_extend(uintptr_t from, uintptr_t to)
{
	mprotect((void *)from, to - from, PROT_READ | PROT_WRITE);
	z_board->kernel_end = to;
	protect_kernel_grown();
}
