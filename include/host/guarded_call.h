/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file host/guarded_call.h
 * \brief Calls of code that may fault, made by supervisor code on behalf of a module instance.
 *
 * A DP module has a thread of its own, which a fault ends. An LL module runs on the firmware's
 * thread, with the firmware's rights: a guarded call lets a fault end the call instead of the
 * thread, gives the code a stack that ends at a closed page, limits its CPU time (watchdog), and
 * names the owner of the code in fault reports.
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
 * are restored. With HOST_ON_FAULT_ABORT a fault does not return.
 *
 * \param owner    who the code belongs to, in reports; must stay valid until the call returns
 * \param[out] result what \p fn returned
 * \return 0; -EFAULT: a fault or the watchdog ended the call, as reported; -ENOMEM: no stack
 */
int host_guarded_call(const char *owner, uintptr_t (*fn)(void *arg), void *arg, uintptr_t *result);

/** Attribute faults of \p thread, and of threads that it creates later, to \p owner (copied).
 * Unlike the thread's name, a module cannot change the owner. */
void host_thread_owner_set(struct k_thread *thread, const char *owner);

#endif /* HOST_GUARDED_CALL_H */
