/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file failing_malloc.h
 * \brief The C heap, with an allocation that fails. For programs linked with --wrap of malloc,
 * calloc, realloc and free, which catch calls of the program's own objects.
 */
#ifndef TESTS_FAILING_MALLOC_H
#define TESTS_FAILING_MALLOC_H

#include <stddef.h>

/** The n-th allocation from now on fails; 0: none does. */
void malloc_fail_at(unsigned long n);
/** Allocations so far. */
unsigned long malloc_count(void);

/** Blocks in use, of those that the program's own objects allocated. */
size_t malloc_live(void);

#endif /* TESTS_FAILING_MALLOC_H */
