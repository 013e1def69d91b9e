/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file kernel_lock.h
 * \brief Who has the kernel, and which cores' threads want it: one word.
 *
 * Where virtual cores run side by side (cores.h), the baton of the scheduler is this lock. A thread
 * gets it in one of two ways: its scheduler chose it (kernel_lock_pass()), or it came back from user
 * mode by itself (kernel_lock_take()) and, if somebody had the kernel, is among those whom
 * kernel_lock_drop() serves in turn. Nobody overtakes: the lock is never free while a core waits.
 *
 * A thread waits on a word of its own, its baton; waking it is the business of who passes.
 * The word lies in kernel memory, so no user thread can forge it.
 *
 * Calling mode: supervisor rights; who may call is said at each.
 */
#ifndef POSIX_KERNEL_LOCK_H
#define POSIX_KERNEL_LOCK_H

#include <stdbool.h>

/** Held by the thread with this index; nobody waits. No other thread runs. */
void kernel_lock_init(unsigned int index);

/** \name Anyone @{ */
/** Index of the thread that has it; -1: nobody. Steady only for who asks about itself. */
int kernel_lock_holder(void);
/** The thread \p index, on \p core, comes back from user mode. True: it has the kernel. False: it is
 * to wait for its baton, and has it then. */
bool kernel_lock_take(unsigned int index, unsigned int core);
/** @} */

/** \name Who holds it @{ */
/** The thread on this core waits for it. */
bool kernel_lock_is_wanted_by(unsigned int core);
bool kernel_lock_is_wanted(void);
/** Thread \p index of \p core has it now, whether it waits or not. */
void kernel_lock_pass(unsigned int index, unsigned int core);
/** The next of the waiting cores has it now: returns its thread's index, to be woken. -1: none
 * waits, it is free, and the caller has nothing to do with the kernel any more. */
int kernel_lock_drop(void);
/** Wait until the threads of all these cores (a bit each) wait for the lock. */
void kernel_lock_await(unsigned int cores);
/** @} */

#endif /* POSIX_KERNEL_LOCK_H */
