/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sanitizer.h
 * \brief Errors that sanitizers find in module code: __asan_on_error() and __ubsan_on_report() report them
 * as faults.
 */
#ifndef POSIX_SANITIZER_H
#define POSIX_SANITIZER_H

#include <stdbool.h>
#include <stdint.h>

/**
 * In the signal handler, of a thread that has just left user mode: its read of \p address faulted
 * because AddressSanitizer has found an error and collects what it knows about it. All memory is open
 * then, and the thread is to go on, in supervisor mode, up to __asan_on_error(). Always false in
 * other builds.
 */
bool sanitizer_takes_over(uintptr_t pc, uintptr_t address);

/** The program is built with UndefinedBehaviorSanitizer: its findings in user mode come by system
 * call, as FAULT_REASON_CHECKER. */
bool sanitizer_finds_undefined(void);

#endif /* POSIX_SANITIZER_H */
