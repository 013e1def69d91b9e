/* SPDX-License-Identifier: BSD-3-Clause */
#include "failing_malloc.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __real_free(void *old);
void __wrap_free(void *old);

/* Blocks that are in use, by open addressing. Those of the C library's own calls (strdup()) are not
 * among them. */
#define PLACES 65536
static void *blocks[PLACES];
static size_t live;

static size_t place_of(const void *block)
{
	size_t place = (uintptr_t)block / 16 % PLACES;

	while (blocks[place] && blocks[place] != block)
		place = (place + 1) % PLACES;
	return place;
}

static void *note(void *block)
{
	if (block && live < PLACES / 2) {
		blocks[place_of(block)] = block;
		live++;
	}
	return block;
}

static void forget(const void *block)
{
	size_t place = place_of(block);

	if (!block || !blocks[place])
		return;
	blocks[place] = NULL;
	live--;
	/* what follows may have been put there because this place was taken */
	for (place = (place + 1) % PLACES; blocks[place]; place = (place + 1) % PLACES) {
		void *const moved = blocks[place];

		blocks[place] = NULL;
		blocks[place_of(moved)] = moved;
	}
}

size_t malloc_live(void)
{
	return live;
}

static unsigned long count, fail_at;

void malloc_fail_at(unsigned long n)
{
	fail_at = n ? count + n : 0;
}

unsigned long malloc_count(void)
{
	return count;
}

static bool fails(void)
{
	return ++count == fail_at;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : note(__real_malloc(size));
}

void *__wrap_calloc(size_t number, size_t size)
{
	return fails() ? NULL : note(__real_calloc(number, size));
}

void *__wrap_realloc(void *old, size_t size)
{
	if (fails())
		return NULL;
	forget(old);
	return note(__real_realloc(old, size));
}

void __wrap_free(void *old)
{
	forget(old);
	__real_free(old);
}
