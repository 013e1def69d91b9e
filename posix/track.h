/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file track.h
 * \brief One place that tells memory checkers which bytes are whose.
 *
 * Maps "this is a heap", "this block lives", "this block is gone" to Valgrind's client requests,
 * AddressSanitizer's poisoning, or nothing. Valgrind is asked at run time, so one build serves;
 * AddressSanitizer is a build of its own.
 */
#ifndef POSIX_TRACK_H
#define POSIX_TRACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Closed bytes kept behind each block of a heap, so that an overrun by one is found. */
#define TRACK_REDZONE 16

/** \p size bytes at \p memory become a heap with no block in it. */
void track_heap_new(void *heap, void *memory, size_t size);
/** The heap is gone; its memory is ordinary again. */
void track_heap_delete(void *heap, void *memory, size_t size);
void track_block_new(void *heap, void *block, size_t size);
void track_block_free(void *heap, void *block, size_t size);
/** \name Who a block is for
 * Memcheck shows the stack that made a block, and follows it no further than the privileged stack.
 * So a block that a system call hands out is entered by the caller, back on its own stack. @{ */
/** As track_block_new(), in a system call of this thread. Supervisor mode. */
void track_block_handed_out(void *heap, void *block, size_t size);
/** This thread's system call is over. Any mode. */
void track_call_over(void);
/** @} */
/** \p owner's heap is about to go, and \p block was never freed: tell, with who made it. */
void track_block_left(const char *owner, void *block, size_t size);
/** Bytes no block owns lost their marks because their rights changed: mark them again. */
void track_gap(void *memory, size_t size);

/**
 * \name Stacks that Valgrind has to know
 * Memcheck marks what lies below the stack pointer as inaccessible whenever the stack pointer moves
 * up. It must not do so when the thread only changes to another stack: both stacks, the one left and
 * the one entered, must be known and must not overlap. @{ */
/** [low, high) is a stack. Returns an id for track_stack_delete(). */
unsigned int track_stack_new(void *low, void *high);
void track_stack_delete(unsigned int id);
/**
 * Call these around the creation of a host thread on a stack of our own. Valgrind takes all of the
 * mapping below the new thread's stack pointer for its stack, which here holds other stacks as well;
 * track_thread_created() makes Valgrind forget that stack. No other stack may be registered in
 * between.
 *
 * \return what track_thread_created() expects
 */
unsigned int track_thread_creating(void);
void track_thread_created(unsigned int before);
/**
 * The stack pointer will be set to \p top, inside a stack that was in use further down before. Memcheck
 * marks memory as accessible where the stack pointer moves step by step; it does not mark the red zone
 * below \p top, in which the first return address is written.
 */
void track_stack_entry(uintptr_t top);
/** @} */
/** Frames were abandoned on this stack: forget their redzones. */
void track_stack_abandoned(void *low, size_t size);

/** All of a stack is about to be read, also what lies below its stack pointer. */
void track_stack_inspect(void *low, size_t size);

/** Rights changes cost by the byte here (Memcheck): keep what is closed small. */
bool track_small_regions(void);
/** The C heap and the main stack belong to the checker: they can't be closed. */
bool track_owns_host_memory(void);

/** The baton passes from one thread to another: what the first wrote, the second may read. */
void track_baton_release(const volatile void *word);
void track_baton_acquire(const volatile void *word);

#endif /* POSIX_TRACK_H */
