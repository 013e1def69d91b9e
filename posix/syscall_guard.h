/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file syscall_guard.h
 * \brief Linux system calls from module code are caught: firmware has none to make.
 *
 * The host kernel's system-call user dispatch raises SIGSYS instead of running a call, while the
 * thread's selector byte (z_board_page.catch) says so and unless the call comes from the board's own
 * few lines of assembly (arch.h). Switching is a store. Kernels before 5.11 have no such thing, some
 * sandboxes refuse it (denied.h), and memory checkers make calls of their own on the module's thread:
 * there nothing is caught.
 */
#ifndef POSIX_SYSCALL_GUARD_H
#define POSIX_SYSCALL_GUARD_H

#include <stdbool.h>

/** Probe whether the host supports it, for denied.h. Main thread, before other threads exist. */
void syscall_guard_try(void);
/** For the calling user thread. */
void syscall_guard_arm(void);
void syscall_guard_disarm(void);

/** "Linux system call 1 (write)", in static storage. */
const char *syscall_guard_name(int number);

#endif /* POSIX_SYSCALL_GUARD_H */
