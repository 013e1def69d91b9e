/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file watchdog.h
 * \brief A limit on the CPU time of one call into a module.
 *
 * CPU time, so that neither a debugger's stop nor a busy machine sets it off. A thread that waits
 * uses none: arming the timer each time the thread goes on is all there is to do, and a run in
 * which no call of a user thread outlasts its limit sees no signal.
 *
 * LL modules are called every tick, and their calls are too short to arm a timer for each. Their
 * thread has one timer that expires after each quarter of the limit, in CPU time, and counts the
 * expiries during a call. A call that waits starts a new count.
 */
#ifndef POSIX_WATCHDOG_H
#define POSIX_WATCHDOG_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/** Not SIGXCPU: that one is sent when the process exceeds RLIMIT_CPU, to whichever of its threads
 * does not block it. */
#define WATCHDOG_SIGNAL SIGVTALRM

struct z_thread_arch;

/** \p limit_ms 0: none. */
void watchdog_init(unsigned int limit_ms);
unsigned int watchdog_limit_ms(void);
/** Probe whether the host denies the timer (denied.h). */
void watchdog_try(void);
/** Create the timer of the calling host thread: a user thread, or a kernel thread that a module
 * made. */
void watchdog_create(struct z_thread_arch *arch);
/** Limit the calls that the calling host thread, of a kernel thread, makes. Cheap when already
 * watched. */
void watchdog_watch(struct z_thread_arch *arch);
void watchdog_delete(struct z_thread_arch *arch);
/** True if a watchdog timer sent this WATCHDOG_SIGNAL. Touches no memory but \p info. */
bool watchdog_sent(const siginfo_t *info);
/** A new call begins. */
void watchdog_arm(struct z_thread_arch *arch);
/** At the end of a system call: arm if the thread has waited in it; tell if the time ran out. */
void watchdog_check(struct z_thread_arch *arch);

/** From the handler of the timer's signal, which interrupted supervisor code at \p pc: true when the
 * call under way has used up its time, and can be ended here. */
bool watchdog_ran_out(struct z_thread_arch *arch, uintptr_t pc);

#endif /* POSIX_WATCHDOG_H */
