/* SPDX-License-Identifier: BSD-3-Clause */
/* Bytes, sorting, searching, and the functions that end a module's thread. */
#define _GNU_SOURCE
#include "tally.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void *__memcpy_chk(void *to, const void *from, size_t size, size_t room);
void *__memmove_chk(void *to, const void *from, size_t size, size_t room);
void *__memset_chk(void *to, int byte, size_t size, size_t room);
void __stack_chk_fail(void);
void __assert_fail(const char *text, const char *file, unsigned int line, const char *function);

static void fill(uint8_t *bytes, size_t size)
{
	uint32_t number = 1;

	for (size_t i = 0; i < size; i++) {
		number = number * 1664525u + 1013904223u;
		bytes[i] = number >> 24;
	}
}

static void call_bytes(struct tally *tally, size_t size)
{
	uint8_t *from = tally->bytes[0], *to = tally->bytes[1];
	const size_t room = sizeof(tally->bytes[0]);
	void *(*volatile copy)(void *, const void *, size_t) = memcpy;
	void *(*volatile move)(void *, const void *, size_t) = memmove;
	void *(*volatile set)(void *, int, size_t) = memset;
	int (*volatile compare)(const void *, const void *, size_t) = memcmp;
	int (*volatile differ)(const void *, const void *, size_t) = bcmp;
	void *(*volatile find)(const void *, int, size_t) = memchr;
	void *(*volatile find_last)(const void *, int, size_t) = memrchr;
	void *(*volatile find_bytes)(const void *, size_t, const void *, size_t) = memmem;
	void *(*volatile copy_chk)(void *, const void *, size_t, size_t) = __memcpy_chk;
	void *(*volatile move_chk)(void *, const void *, size_t, size_t) = __memmove_chk;
	void *(*volatile set_chk)(void *, int, size_t, size_t) = __memset_chk;

	fill(from, room);
	TALLY_CHECK(tally, set(to, 0x5a, size + 1) == to && (!size || to[size - 1] == 0x5a));
	TALLY_CHECK(tally, find(to, 0xa5, size + 1) == NULL);
	TALLY_CHECK(tally, find_last(to, 0x5a, size + 1) == to + size);
	TALLY_CHECK(tally, copy(to, from, size) == to && compare(to, from, size) == 0);
	TALLY_CHECK(tally, !differ(to, from, size) && differ(to, from, size + 1));
	TALLY_CHECK(tally, to[size] == 0x5a && find(to, to[size], size + 1) != NULL);
	TALLY_CHECK(tally, move(to + 3, to, size) == to + 3 && compare(to + 3, from, size) == 0);
	TALLY_CHECK(tally, find_bytes(from, room, from + size, 40) == from + size);
	TALLY_CHECK(tally, copy_chk(to, from, size, room) == to);
	TALLY_CHECK(tally, move_chk(to + 1, to, size, room) == to + 1);
	TALLY_CHECK(tally, compare(to + 1, from, size) == 0);
	TALLY_CHECK(tally, set_chk(to, 7, size + 1, room) == to && to[size] == 7);
}

static int by_number(const void *a, const void *b)
{
	int32_t left, right;

	memcpy(&left, a, sizeof(left));
	memcpy(&right, b, sizeof(right));
	return left < right ? -1 : left > right;
}

static int by_number_counted(const void *a, const void *b, void *calls)
{
	(*(unsigned int *)calls)++;
	return by_number(a, b);
}

static int32_t number_at(const uint8_t *to, size_t index, size_t size)
{
	int32_t number;

	memcpy(&number, to + index * size, sizeof(number));
	return number;
}

/* Elements are a number, then bytes that go with it. */
static void make_elements(uint8_t *to, size_t count, size_t size, unsigned int factor)
{
	for (size_t i = 0; i < count; i++) {
		int32_t number = (int32_t)(i * factor % 1000);

		memset(to + i * size, number & 0xff, size);
		memcpy(to + i * size, &number, sizeof(number));
	}
}

static int is_sorted(const uint8_t *to, size_t count, size_t size)
{
	for (size_t i = 0; i < count; i++) {
		if (i && number_at(to, i - 1, size) > number_at(to, i, size))
			return 0;
		for (size_t byte = 4; byte < size; byte++)
			if (to[i * size + byte] != (number_at(to, i, size) & 0xff))
				return 0;
	}
	return 1;
}

static void call_sort(struct tally *tally, size_t count, size_t size, unsigned int factor)
{
	void (*volatile sort)(void *, size_t, size_t, int (*)(const void *, const void *)) = qsort;
	void (*volatile sort_r)(void *, size_t, size_t, int (*)(const void *, const void *, void *),
				void *) = qsort_r;
	void *(*volatile search)(const void *, const void *, size_t, size_t,
				 int (*)(const void *, const void *)) = bsearch;
	uint8_t *to = tally->bytes[0];
	unsigned int calls = 0;
	int32_t key = count ? (int32_t)((count - 1) * factor % 1000) : 5;

	make_elements(to, count, size, factor);
	sort(to, count, size, by_number);
	TALLY_CHECK(tally, is_sorted(to, count, size));
	TALLY_CHECK(tally, (search(&key, to, count, size, by_number) != NULL) == (count > 0));
	key = 1001;
	TALLY_CHECK(tally, search(&key, to, count, size, by_number) == NULL);
	tally_add(tally, to, count * size);
	make_elements(to, count, size, factor);
	sort_r(to, count, size, by_number_counted, &calls);
	TALLY_CHECK(tally, is_sorted(to, count, size) && (calls > 0) == (count > 1));
}

static void call_numbers(struct tally *tally)
{
	int (*volatile abs_fn)(int) = abs;
	long (*volatile labs_fn)(long) = labs;
	long long (*volatile llabs_fn)(long long) = llabs;
	div_t (*volatile div_fn)(int, int) = div;
	ldiv_t (*volatile ldiv_fn)(long, long) = ldiv;
	lldiv_t (*volatile lldiv_fn)(long long, long long) = lldiv;

	TALLY_CHECK(tally, abs_fn(-5) == 5 && abs_fn(2147483647) == 2147483647);
	TALLY_CHECK(tally, labs_fn(-5) == 5 && llabs_fn(-(1LL << 40)) == 1LL << 40);
	TALLY_CHECK(tally, div_fn(-7, 2).quot == -3 && div_fn(-7, 2).rem == -1);
	TALLY_CHECK(tally, ldiv_fn(1L << 40, 3).rem == 1 && lldiv_fn(9, -4).quot == -2);
}

/* They end the thread: tests/rogue calls them. Here they are only imported. */
static void import_ends(struct tally *tally)
{
	void (*volatile abort_fn)(void) = abort;
	void (*volatile exit_fn)(int) = exit;
	void (*volatile stack_fn)(void) = __stack_chk_fail;
	void (*volatile assert_fn)(const char *, const char *, unsigned int, const char *) =
		__assert_fail;

	TALLY_CHECK(tally, abort_fn && exit_fn && stack_fn && assert_fn);
}

void call_memory(struct tally *tally)
{
	static const size_t sizes[] = { 0, 1, 7, 64, 1000, 2 * LONG };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		call_bytes(tally, sizes[i]);
	call_sort(tally, 0, 4, 1);
	call_sort(tally, 1, 4, 1);
	call_sort(tally, 2, 4, 999);
	call_sort(tally, 10, 4, 7919);
	call_sort(tally, 1500, 4, 7919);
	call_sort(tally, 1500, 4, 0);
	call_sort(tally, 1000, 6, 1);
	call_sort(tally, 999, 5, 999);
	call_sort(tally, 40, 150, 37);
	call_numbers(tally);
	import_ends(tally);
	errno = ERANGE;
	TALLY_CHECK(tally, *__errno_location() == ERANGE);
	errno = 0;
}
