/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file arch/arch.h
 * \brief The CPU behind a few functions: stack switches, the hand-over of the baton, rights.
 *
 * One implementation a CPU: arch/x86_64.S.
 */
#ifndef POSIX_ARCH_H
#define POSIX_ARCH_H

#include <host/fault.h>
#include <signal.h>
#include <stdint.h>

#include "gate.h"

/**
 * Call \p fn(\p arg) on another stack.
 *
 * \param stack_top  first byte above that stack, 16-byte aligned
 * \param return_to  set to a cookie for arch_leave_stack(); may be NULL
 * \return what \p fn returned, or the value given to arch_leave_stack().
 */
uintptr_t arch_call_on_stack(uintptr_t stack_top, uintptr_t (*fn)(void *arg), void *arg,
			     uintptr_t *return_to);

/**
 * Return \p value from the arch_call_on_stack() that set \p return_to, from wherever on that
 * call's stack, a deeper one or a signal handler's. Frames between are abandoned.
 */
void arch_leave_stack(uintptr_t return_to, uintptr_t value) __attribute__((noreturn));

/**
 * Pass the baton: set *\p to and wake who waits on it, then wait until *\p mine is set, and clear
 * it. Both are words of z_board_page (board.h). From the first store on it touches no memory until
 * *\p mine reads as set, not even its own stack, so that the thread woken may close the caller's
 * memory at any time.
 *
 * \param to   NULL: only wait
 * \param mine NULL: only wake
 */
void arch_baton(const volatile uint32_t *to, const volatile uint32_t *mine);

/** Wait until somebody wakes who waits on \p word, unless it is not \p value any more. Also ends for a
 * signal, and for nothing. Bare system calls, these two: neither touches thread-local storage. */
void arch_futex_wait(uint32_t *word, uint32_t value);
/** Wake one. */
void arch_futex_wake(uint32_t *word);

/** mprotect() by a bare system call: returns 0 or -errno and touches no memory. */
long arch_mprotect(uintptr_t start, uintptr_t size, long prot);

/**
 * Handle \p signal with \p handler on the alternate stack, all signals blocked meanwhile. Its
 * return is made by code of this file, which may make system calls when others may not
 * (syscall_guard.h). NULL: the default action. 0 or -errno.
 */
long arch_sigaction(int signal, void (*handler)(int signal, siginfo_t *info, void *context));

/** Unblock SIGSEGV and SIGBUS, which a handler has blocked. */
void arch_unblock_faults(void);

/** write(), send(), read() and _exit() by bare system calls, which touch no other memory. @{ */
long arch_write(int fd, const void *from, size_t size);
/** To a socket; a file that happens to have its number is left alone. */
long arch_send(int fd, const void *from, size_t size);
long arch_read(int fd, void *to, size_t size);
void arch_exit(int code) __attribute__((noreturn));
/** @} */

/** The host's number of the calling thread, without looking at thread-local storage. */
int arch_gettid(void);
/** \name FS base: address of the calling thread's thread-local storage, which neither reads. @{ */
uintptr_t arch_thread_pointer(void);
void arch_set_thread_pointer(uintptr_t pointer);
/** @} */

/** All code of this file that makes system calls. */
extern const char arch_syscalls_start[], arch_syscalls_end[];

/** The faster way that this host supports. */
enum arch_thread_pointer_by arch_find_thread_pointer_by(void);

/** \name The gate @{ */
/**
 * Enter user mode: call the entry with its three arguments from the top of the user stack. Closes
 * kernel memory and does not return (see user_returned()). Call protect_prepare_user() before.
 */
void arch_enter_user(struct arch_core *core, uintptr_t user_sp) __attribute__((noreturn));
/** Open and close kernel memory in C code on a stack that stays open: signal handlers. */
void arch_kernel_open(void);
void arch_kernel_close(uint32_t user_rights);

/* What the assembly calls, in supervisor mode on the privileged stack. */
/** \p tp: FS base as it was in user mode, 0 where it is not switched. */
uintptr_t syscall_dispatch(const struct arch_user_frame *frame, uintptr_t tp);
/** The entry of a user thread has returned. */
void user_returned(void) __attribute__((noreturn));
/** Rights changed while the thread entered user mode: prepare again. */
void protect_prepare_again(void);
/** A system call made in supervisor mode. */
uintptr_t syscall_direct(unsigned int id, uintptr_t a0, uintptr_t a1, uintptr_t a2, uintptr_t a3,
			 uintptr_t a4, uintptr_t a5);
/** @} */

/** \name The thread's rights register (PKRU), where the backend uses it @{ */
/** Only where the CPU has the register. */
uint32_t arch_rights_read(void);
void arch_rights_write(uint32_t rights);

/**
 * A signal handler (SA_SIGINFO, SA_ONSTACK) that goes on to fault_on_signal() with the supervisor's
 * rights. The host's kernel starts handlers with rights to hardly anything, their own stack
 * included: nothing is touched before.
 */
void arch_signal_entry(int number, siginfo_t *info, void *context);

/** The rights that a signal handler's ucontext_t says were interrupted. */
uint32_t arch_rights_interrupted(const void *context);
/** A signal handler with this ucontext_t returns to these rights instead of those it came from. */
void arch_rights_on_return(void *context, uint32_t rights);
/** @} */

/** Registers as they are at the return of this call. */
void arch_registers(struct host_registers *out);

#endif /* POSIX_ARCH_H */
