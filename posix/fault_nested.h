/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault_nested.h
 * \brief Faults inside the handling of a fault: kernel memory is damaged.
 *
 * An LL module runs in supervisor mode and can overwrite all of the kernel's memory. The handler of
 * the fault that follows then faults itself, before it can report anything. What is left is the
 * board page, whose writable view a module does not find: it holds the name of the module.
 *
 * Calling mode: from a signal handler, during a guarded call or after one that faulted. Nothing here reads kernel memory or thread-local storage,
 * allocates, or returns through the C library.
 */
#ifndef POSIX_FAULT_NESTED_H
#define POSIX_FAULT_NESTED_H

#include <stdbool.h>

/**
 * Did the signal with this \p context interrupt the handling of a fault, which runs on the signal
 * stack or on the fault stack?
 */
bool fault_is_nested(const void *context);

/** Report the damage, and end the program with the exit code of a fault. */
void fault_end_program(void) __attribute__((noreturn));

#endif /* POSIX_FAULT_NESTED_H */
