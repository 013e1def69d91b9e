/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file guarded_call.h
 * \brief Guarded calls (host/guarded_call.h): interface for the rest of posix/.
 *
 * Calling mode: supervisor, on the thread that makes the call or from its signal handler, unless a
 * function says otherwise.
 */
#ifndef POSIX_GUARDED_CALL_H
#define POSIX_GUARDED_CALL_H

#include <host/guarded_call.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zephyr/kernel.h>

struct z_thread_arch;

/** A call under way: on the caller's stack, in a list with those it is nested in. */
struct guarded_call {
	const char *owner;
	uintptr_t base_sp; /**< arch_leave_stack() cookie */
	struct guarded_call *outer;
	uintptr_t tp;		   /**< FS base of the thread; the call's code has another */
	unsigned int sched_locked; /**< as it was when the call began */
	k_ticks_t began;	   /**< virtual time */
	unsigned int overtime;	   /**< expiries of the watchdog's timer during the call */
};

/**
 * Set FS base to the thread's own if the calling thread is in a guarded call, whose code may have
 * destroyed what it had. Any mode; reads no thread-local storage.
 * \return what FS base was; 0: no such call, and FS base is unchanged
 */
uintptr_t guarded_call_take_own_storage(void);
/** The calling thread is in a guarded call. Any mode; reads no thread-local storage. */
bool guarded_call_is_here(void);
/** End the innermost call of the calling thread: it returns -EFAULT. */
void guarded_call_leave(struct z_thread_arch *arch) __attribute__((noreturn));
/** The stack of guarded calls, if \p arch has a call under way. False: no call. Any thread. */
bool guarded_call_stack(const struct z_thread_arch *arch, uintptr_t *low, size_t *size);
/** \p address is within a page below that stack, or farther below as a large frame reaches. Any
 * thread. */
bool guarded_call_is_below_stack(uintptr_t address);
/** Free the stack when the board ends. */
void guarded_calls_forget(void);

/** Owner of the code that \p thread runs: of the innermost call, else of the thread; "": unknown.
 * Any thread. */
const char *thread_owner(const struct k_thread *thread);

#endif /* POSIX_GUARDED_CALL_H */
