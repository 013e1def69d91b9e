/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file call_storage.h
 * \brief Thread-local storage for guarded calls: a copy of the supervisor thread's own.
 *
 * An LL module can write to all memory, and most easily to what FS base points to: the C library's
 * record of the thread, the program's and the libraries' thread-local variables, and the table of
 * their addresses (DTV). Guarded calls run with FS base set to a copy of all of these. A module
 * that overwrites the copy ends its own call; the supervisor continues with the original.
 *
 * The copy lasts from call to call. The libraries' variables are copied anew for each call, because
 * calls to the C library change them (errno). The rest is compared after each call.
 *
 * Not under a memory checker, which keeps state of its own there, and not for other threads than
 * the supervisor's first: there is no copy, and damage is not detected.
 *
 * Calling mode: supervisor.
 */
#ifndef POSIX_CALL_STORAGE_H
#define POSIX_CALL_STORAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The calling host thread is the supervisor's: \p frame is an address in its first function's
 * frame, \p top the end of its stack. The C library puts the storage between the two. */
void call_storage_source(uintptr_t frame, uintptr_t top);
/** Bytes that the copy takes; 0: there is none. */
size_t call_storage_size(void);
/** The copy is damaged, or its memory is gone: the next call gets a new one. */
void call_storage_forget(void);

/** FS base for a call by the calling thread, whose own is \p tp, with the copy at \p memory; 0: no
 * copy. */
uintptr_t call_storage_begin(uintptr_t tp, uintptr_t memory);
/** Describe what the call overwrote. False: nothing. Does not use thread-local storage. */
bool call_storage_is_damaged(char *text, size_t size);
/** As far as it can be said in the middle of a call to the C library, with \p tp for FS base. */
bool call_storage_is_lost(uintptr_t tp);

#endif /* POSIX_CALL_STORAGE_H */
