/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file arch/arch.h
 * \brief The CPU behind a few functions: stack switches and the hand-over of the baton.
 *
 * One implementation a CPU: arch/x86_64.S.
 */
#ifndef POSIX_ARCH_H
#define POSIX_ARCH_H

#include <host/fault.h>
#include <stdint.h>

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
 * it. Touches no memory but those two words from the first store on, not even its own stack, so
 * that the thread woken may close the caller's memory at any time.
 *
 * \param to   NULL: only wait
 * \param mine NULL: only wake
 */
void arch_baton(uint32_t *to, uint32_t *mine);

/** mprotect() by a bare system call: returns 0 or -errno and touches no memory. */
long arch_mprotect(uintptr_t start, uintptr_t size, long prot);

/** Registers as they are at the return of this call. */
void arch_registers(struct host_registers *out);

#endif /* POSIX_ARCH_H */
