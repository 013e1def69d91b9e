/* SPDX-License-Identifier: BSD-3-Clause */
#include "on_board.h"

#include <arena.h>
#include <protect.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)2 << 20)

static struct arena_region *region_new(size_t size, const char *name)
{
	struct arena_region *region = arena_create(size, HOST_MEMORY_MODULE_HEAP, name);

	if (region)
		protect_region_new(region->start, region->size);
	return region;
}

static void region_end(struct arena_region *region)
{
	protect_region_gone(region->start, region->size);
	arena_destroy(region);
}

BOARD_TEST(region_is_zeroed_and_ends_on_a_chunk)
{
	static const size_t sizes[] = { 1, 4096, 4097, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK };

	for (size_t i = 0; i < 7; i++) {
		struct arena_region *region = region_new(sizes[i], "zeroed");

		REQUIRE(region);
		CHECK(region->size >= sizes[i]);
		CHECK_INT(region->size % 4096, 0);
		CHECK_INT((region->start + region->size) % CHUNK, 0);
		CHECK_INT(*(char *)region->start, 0);
		CHECK_INT(((char *)region->start)[region->size - 1], 0);
		memset((void *)region->start, 0xff, region->size);
		CHECK(arena_find(region->start) == region);
		CHECK(arena_find(region->start + region->size - 1) == region);
		CHECK(arena_find(region->start - 1) != region);
		CHECK(arena_find(region->start + region->size) != region);
		region_end(region);
	}
	CHECK(!arena_create(0, HOST_MEMORY_MODULE_HEAP, "empty"));
	CHECK(!arena_create(SIZE_MAX, HOST_MEMORY_MODULE_HEAP, "all"));
	CHECK(!arena_create((size_t)1 << 40, HOST_MEMORY_MODULE_HEAP, "too much"));
}

static void check_apart(void)
{
	const struct arena_region *last = NULL, *region;

	for (size_t i = 0; (region = arena_at(i)) != NULL; i++) {
		if (!arena_contains(region->start))
			continue;
		if (last)
			CHECK(region->start >= last->start + last->size + CHUNK);
		last = region;
	}
}

BOARD_TEST(regions_are_never_adjacent)
{
	struct arena_region *regions[40] = { NULL };
	unsigned int seed = 7;

	for (int round = 0; round < 400; round++) {
		const int slot = rand_r(&seed) % 40;

		if (regions[slot]) {
			region_end(regions[slot]);
			regions[slot] = NULL;
		} else {
			regions[slot] =
				region_new((size_t)(rand_r(&seed) % 3 + 1) * CHUNK - 4096, "apart");
			REQUIRE(regions[slot]);
		}
		check_apart();
	}
	for (int i = 0; i < 40; i++)
		if (regions[i])
			region_end(regions[i]);
}

static void touch(void *p1, void *p2, void *p3)
{
	MUST_FAULT(*(volatile char *)p1 = 1);
}

static void check_guard(struct user *user, uintptr_t address, enum host_memory_kind kind)
{
	const struct host_fault *fault;

	if (!user_make(user, touch, (void *)address, NULL, NULL))
		return;
	fault = user_refused(user, HOST_FAULT_ACCESS);
	CHECK_INT(fault->access, HOST_ACCESS_WRITE);
	CHECK_INT(fault->address, address);
	CHECK_INT(fault->where.kind, kind);
	user_end(user);
}

BOARD_TEST(both_sides_of_a_region_are_closed)
{
	static struct user user;
	struct arena_region *region = region_new(8192, "guarded");

	REQUIRE(region);
	check_guard(&user, region->start - 1, HOST_MEMORY_GUARD);
	check_guard(&user, region->start + region->size, HOST_MEMORY_GUARD);
	check_guard(&user, region->start + region->size + 4096, HOST_MEMORY_GUARD);
	region_end(region);
}

BOARD_TEST(space_is_used_again_and_its_former_owner_known)
{
	struct arena_region *region = region_new(4096, "first owner");
	const uintptr_t start = region ? region->start : 0;

	REQUIRE(region);
	CHECK(!arena_former_owner(start));
	*(char *)start = 1;
	region_end(region);
	CHECK(!arena_find(start));
	CHECK(arena_former_owner(start) && !strcmp(arena_former_owner(start), "first owner"));
	region = region_new(4096, "second owner");
	REQUIRE(region);
	CHECK_INT(region->start, start);
	CHECK_INT(*(char *)start, 0);
	region_end(region);
	CHECK(arena_former_owner(start) && !strcmp(arena_former_owner(start), "second owner"));
	/* More than the ring remembers. */
	for (int i = 0; i < 200; i++) {
		region = region_new(4096, "another");
		REQUIRE(region);
		region_end(region);
	}
	CHECK(arena_former_owner(start) && !strcmp(arena_former_owner(start), "another"));
}

BOARD_TEST(table_of_regions_has_an_end)
{
	struct arena_region *first = NULL, *region;
	size_t before = 0, count = 0;

	while (arena_at(before))
		before++;
	/* Adopted ones need no memory. */
	for (uintptr_t at = 0x10000; (region = arena_adopt(at, 4096, HOST_MEMORY_MODULE_DATA, "a"));
	     at += 8192) {
		first = first ? first : region;
		CHECK(region->adopted);
		count++;
		REQUIRE(count < 100000);
	}
	CHECK(count > 500);
	CHECK(!arena_create(4096, HOST_MEMORY_MODULE_HEAP, "one too many"));
	CHECK(arena_find(0x10000) == first);
	CHECK(!arena_find(0x10000 + 4096));
	for (uintptr_t at = 0x10000; count; at += 8192, count--)
		arena_destroy(arena_find(at));
	CHECK(!arena_at(before));
	arena_destroy(NULL);
}

BOARD_TEST(neighbours_are_those_of_the_arena)
{
	struct arena_region *a = region_new(4096, "a"), *b = region_new(4096, "b");
	struct arena_region *below, *above;

	REQUIRE(a && b && a->start < b->start);
	arena_neighbours(b->start - 1, &below, &above);
	CHECK(below == a && above == b);
	arena_neighbours(a->start - 1, &below, &above);
	CHECK(above == a);
	arena_neighbours(0, &below, &above);
	CHECK(!below);
	CHECK(arena_contains(a->start) && !arena_contains((uintptr_t)&below) && !arena_contains(0));
	region_end(b);
	region_end(a);
}

/* Many at once, without any user thread in between: each can still be written. */
BOARD_TEST(hundreds_of_regions_can_be_used)
{
	struct arena_region *regions[300] = { NULL };

	for (int i = 0; i < 300; i++) {
		regions[i] = region_new(4096, "many");
		REQUIRE(regions[i]);
	}
	for (int i = 0; i < 300; i++) {
		protect_open(regions[i]->start);
		*(volatile char *)regions[i]->start = 1;
	}
	for (int i = 0; i < 300; i++)
		region_end(regions[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(region_is_zeroed_and_ends_on_a_chunk),
		cmocka_unit_test(regions_are_never_adjacent),
		cmocka_unit_test(both_sides_of_a_region_are_closed),
		cmocka_unit_test(space_is_used_again_and_its_former_owner_known),
		cmocka_unit_test(table_of_regions_has_an_end),
		cmocka_unit_test(neighbours_are_those_of_the_arena),
		cmocka_unit_test(hundreds_of_regions_can_be_used),
	};

	return RUN(tests);
}
