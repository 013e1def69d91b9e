/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file watchdog.h
 * \brief A limit on the CPU time of one call into a user thread.
 *
 * CPU time, so that neither a debugger's stop nor a busy machine sets it off. A thread that waits
 * uses none: arming the timer each time the thread goes on is all there is to do, and a run in
 * which no call outlasts its limit sees no signal.
 */
#ifndef POSIX_WATCHDOG_H
#define POSIX_WATCHDOG_H

#include <signal.h>
#include <stdbool.h>

/** Not SIGXCPU: that one is sent when the process exceeds RLIMIT_CPU, to whichever of its threads
 * does not block it. */
#define WATCHDOG_SIGNAL SIGVTALRM

struct z_thread_arch;

/** \p limit_ms 0: none. */
void watchdog_init(unsigned int limit_ms);
unsigned int watchdog_limit_ms(void);
/** Find out whether the host denies the timer (denied.h). */
void watchdog_try(void);
/** Timer of the calling host thread. */
void watchdog_create(struct z_thread_arch *arch);
void watchdog_delete(struct z_thread_arch *arch);
/** A watchdog timer sent this WATCHDOG_SIGNAL; false: somebody else did. Touches no memory but
 * \p info. */
bool watchdog_sent(const siginfo_t *info);
/** A new call begins. */
void watchdog_arm(struct z_thread_arch *arch);
/** At the end of a system call: arm if the thread has waited in it; tell if the time ran out. */
void watchdog_check(struct z_thread_arch *arch);

#endif /* POSIX_WATCHDOG_H */
