/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file user_storage.h
 * \brief Thread-local storage for user mode: a copy of the thread's own, in its domain's memory.
 *
 * A host thread has one thread-local storage, with the C library's record of the thread behind it.
 * User code needs it (errno, locale, stack protector), and may write to it, so the kernel must not
 * depend on it. The host thread of a user thread therefore has its stack and storage in kernel
 * memory; user code runs with FS base set to a copy above its user stack. The gate switches between
 * the two. Damage to the copy affects only the module: the thread can always end normally.
 *
 * Not under a memory checker, which keeps state of its own there: user code has the host thread's
 * storage then, and a thread that destroys it is abandoned (thread_abandon()).
 *
 * Calling mode: supervisor.
 */
#ifndef POSIX_USER_STORAGE_H
#define POSIX_USER_STORAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <zephyr/kernel.h>

/** True if threads have separate storage for each mode. */
bool user_storage_is_apart(void);
/** Bytes of kernel memory for a host thread's stack and for the data that reveals damage. */
size_t user_storage_host_size(void);
/** The part of \p block that is the host thread's stack. */
void *user_storage_host_stack(void *block, size_t *size);

/** Make the copy for the calling thread, which is about to enter user mode for the first time.
 * \p frame: an address in its first function's frame. */
void user_storage_make(struct k_thread *thread, uintptr_t frame);

/** True if the C library's record in the copy was changed. \p at: its first wrong byte. */
bool user_storage_is_damaged(const struct k_thread *thread, size_t *at);
/** Raise a fault for the calling thread if its record was changed. */
void user_storage_check(void);

#endif /* POSIX_USER_STORAGE_H */
