/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Functions and variables of the C library that user threads need in another form than the host's.
 * The program's symbols come before the C library's, for modules and for other libraries.
 *
 *   qsort(), qsort_r()  The host's allocates a copy of larger arrays and asks the host's kernel how
 *                       much memory there is. Here: heapsort, in place, a few words of stack. As on
 *                       the board the order of equal elements is not defined; it is the same in
 *                       every run and in every mode.
 *   signgam             lgamma() writes it. The host's lies in libm's data, which is read-only; here
 *                       it lies in the common partition, which all domains share.
 */
#include "board.h"

#include <math.h>
#include <rtos/userspace_helper.h>
#include <stdlib.h>
#include <string.h>

#define SWAP_BYTES 64

/* Which of the two lgamma() writes depends on the C library's version. */
APP_TASK_BSS int signgam;
extern int __signgam __attribute__((alias("signgam")));

struct sorting {
	uint8_t *first;
	size_t size;
	int (*compare)(const void *a, const void *b, void *arg);
	void *arg;
};

static uint8_t *element(const struct sorting *sorting, size_t index)
{
	return sorting->first + index * sorting->size;
}

static bool less(const struct sorting *sorting, size_t a, size_t b)
{
	return sorting->compare(element(sorting, a), element(sorting, b), sorting->arg) < 0;
}

static void swap(const struct sorting *sorting, size_t a, size_t b)
{
	uint8_t *left = element(sorting, a), *right = element(sorting, b), kept[SWAP_BYTES];
	size_t part;

	for (size_t done = 0; done < sorting->size; done += part) {
		part = MIN(sorting->size - done, sizeof(kept));
		memcpy(kept, left + done, part);
		memcpy(left + done, right + done, part);
		memcpy(right + done, kept, part);
	}
}

/* Move the element at \p root down until no child is greater. */
static void sift_down(const struct sorting *sorting, size_t root, size_t count)
{
	/* root < count / 2: it has a child. */
	while (root < count / 2) {
		size_t child = 2 * root + 1;

		if (child + 1 < count && less(sorting, child, child + 1))
			child++;
		if (!less(sorting, root, child))
			return;
		swap(sorting, root, child);
		root = child;
	}
}

void qsort_r(void *base, size_t count, size_t size,
	     int (*compare)(const void *a, const void *b, void *arg), void *arg)
{
	const struct sorting sorting = { base, size, compare, arg };

	for (size_t root = count / 2; root > 0; root--)
		sift_down(&sorting, root - 1, count);
	for (size_t left = count; left > 1; left--) {
		swap(&sorting, 0, left - 1);
		sift_down(&sorting, 0, left - 1);
	}
}

static int compare_two(const void *a, const void *b, void *arg)
{
	int (*const *compare)(const void *, const void *) = arg;

	return (*compare)(a, b);
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *a, const void *b))
{
	qsort_r(base, count, size, compare_two, &compare);
}
