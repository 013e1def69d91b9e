/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host/guarded_call.h
 * \brief Calls of code that may fault, made by supervisor code on behalf of somebody.
 *
 * A DP module has a thread of its own, which a fault ends. An LL module runs on the firmware's
 * thread, with the firmware's rights: a guarded call lets a fault end the call instead of the
 * thread, gives the code a stack that ends at a closed page, limits its CPU time (watchdog), and
 * tells fault reports whose code it was.
 *
 * Calling mode: supervisor.
 */
#ifndef HOST_GUARDED_CALL_H
#define HOST_GUARDED_CALL_H

#include <stdint.h>

struct k_thread;

/**
 * Call \p fn(\p arg) on the guarded stack. Calls nest.
 *
 * Whatever the code changed before its fault stays changed; the scheduler lock and the signal mask
 * are set back. With HOST_ON_FAULT_ABORT a fault does not return.
 *
 * \param owner    who the code belongs to, in reports; must stay until the call is over
 * \param[out] result what \p fn returned
 * \return 0; -EFAULT: a fault or the watchdog ended the call, and has been told; -ENOMEM: no stack
 */
int host_guarded_call(const char *owner, uintptr_t (*fn)(void *arg), void *arg, uintptr_t *result);

/** Faults of \p thread are \p owner's (copied), and so are those of threads that it creates later.
 * Unlike the thread's name, no module can change it. */
void host_thread_owner_set(struct k_thread *thread, const char *owner);

#endif /* HOST_GUARDED_CALL_H */
