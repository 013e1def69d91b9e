/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file failing_malloc.h
 * \brief The C heap, with an allocation that fails. For programs linked with --wrap of malloc,
 * calloc and realloc, which catch calls of the program's own objects.
 */
#ifndef TESTS_FAILING_MALLOC_H
#define TESTS_FAILING_MALLOC_H

/** The n-th allocation from now on fails; 0: none does. */
void malloc_fail_at(unsigned long n);
/** Allocations so far. */
unsigned long malloc_count(void);

#endif /* TESTS_FAILING_MALLOC_H */
