/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault.h
 * \brief One place where every fault ends: facts are gathered, told, and the thread is ended.
 */
#ifndef POSIX_FAULT_H
#define POSIX_FAULT_H

#include <host/fault.h>
#include <host/platform.h>
#include <signal.h>
#include <stddef.h>
#include <zephyr/kernel.h>

/** Beyond Zephyr's K_ERR_*. */
#define FAULT_REASON_ASSERT   100u
#define FAULT_REASON_WATCHDOG 101u
#define FAULT_REASON_ABORT    102u
#define FAULT_REASON_CHECKER  103u /* found by a sanitizer */

int fault_init(enum host_on_fault policy);
void fault_exit(void);

/** What arch_signal_entry() (arch/arch.h) goes on with. Nobody else calls it. */
void fault_on_signal(int signal, siginfo_t *info, void *context);

/** \name Alternate signal stacks
 * A fault can't be handled on the stack that overflowed. AddressSanitizer wants its own back
 * before a thread ends. @{ */
void fault_use_alt_stack(void *low, size_t size);
void fault_restore_alt_stack(void);
/** Take the fault signals out of \p blocked, for the host thread that waits while the board runs, and
 * give it a signal stack that stays open. The host's kernel delivers a signal for the process to its
 * first thread if that has it unblocked: not to a board thread, whose signal stack may be closed.
 * Before fault_restore_alt_stack(). */
void fault_accept_signals(sigset_t *blocked);
/** The supervisor's: in memory that is always open, as a signal may find kernel memory closed. */
void *fault_supervisor_alt_stack(void);
/** @} */

/** Report a stall: a module on a supervisor thread, the LL task's
 * (sched_current->arch->module_call), waits for something that never comes. The thread continues
 * with host_module_call.told set. */
void fault_tell_stall(const struct host_wait *wait);
/** End the guarded call of the calling thread if its stall has been reported: it did not return but
 * waits again, and may do so for ever. Otherwise returns. */
void fault_end_stalled_call(void);
/** Report what a guarded call did, found only after its code returned: no line is known. Ends the
 * call. */
void fault_tell_after_call(const char *text) __attribute__((noreturn));

/**
 * Report an error that a memory checker has found and is about to end the process for. Returns only
 * if nobody listens, or where no module ran. Supervisor mode, all memory open; the checker may hold
 * its locks.
 *
 * \param text what the checker calls the error
 * \param user it was found in user mode
 */
void fault_tell_checker(const char *text, uintptr_t address, enum host_access access, bool user);

/** Call the firmware's k_sys_fatal_error_handler() (fatal.c). */
void fatal_tell_firmware(const struct host_fault *fault);

#endif /* POSIX_FAULT_H */
