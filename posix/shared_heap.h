/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file shared_heap.h
 * \brief The heap of audio data between domains, in a region of its own.
 */
#ifndef POSIX_SHARED_HEAP_H
#define POSIX_SHARED_HEAP_H

#include <stdbool.h>
#include <stddef.h>

struct k_heap;

int shared_heap_init(void);
/** Returns the number of blocks nobody freed. */
size_t shared_heap_exit(void);

/** \p heap is the handle of this heap, which user threads may not allocate from. */
bool shared_heap_is(const struct k_heap *heap);

#endif /* POSIX_SHARED_HEAP_H */
