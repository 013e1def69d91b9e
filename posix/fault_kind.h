/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault_kind.h
 * \brief Derive the kind and the address of a fault from its signal.
 *
 * Calling mode: supervisor, from the signal handler of the faulting thread, before memory is opened
 * or closed for anybody else.
 */
#ifndef POSIX_FAULT_KIND_H
#define POSIX_FAULT_KIND_H

#include <host/fault.h>
#include <signal.h>
#include <ucontext.h>

/** Fill in kind, access, address, registers, text and what else depends on the signal. The thread,
 * its stack and fs_base are filled in already. */
void fault_kind_read(struct host_fault *fault, int signal, const siginfo_t *info,
		     const ucontext_t *context);

#endif /* POSIX_FAULT_KIND_H */
