/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault_step.h
 * \brief Letting one access through: HOST_ON_FAULT_CONTINUE.
 *
 * All memory is opened, the instruction runs again with the CPU's trap flag set, and the trap that
 * follows it closes everything as it was. Each instruction is told once and counted from then on.
 *
 * Calling mode: supervisor, from the signal handler.
 */
#ifndef POSIX_FAULT_STEP_H
#define POSIX_FAULT_STEP_H

#include <host/fault.h>
#include <stdbool.h>
#include <ucontext.h>

/** Accesses of one thread, and different instructions of a run, that are let through. Each access
 * costs two signals, and each instruction a report, so a run without these limits could take hours. */
#define FAULT_ACCESSES_MAX     10000
#define FAULT_INSTRUCTIONS_MAX 256

/** Counts a fault of this instruction. True the first time, and when there is no room to count. */
bool fault_is_new(uintptr_t pc);
void fault_step_forget(void);

/** Its address is memory that exists and could be open, no limit is reached, and it is not an access
 * of the kernel's code to the kernel's memory. If not for one of the latter two reasons,
 * fault->refusal tells which. */
bool fault_can_let_through(struct host_fault *fault);
/** All regions are open: on return from the signal run one instruction like that. */
void fault_step(const struct host_fault *fault, ucontext_t *context);
/** It has run: close, and go on in user mode on return from the signal. */
void fault_stepped(ucontext_t *context);

#endif /* POSIX_FAULT_STEP_H */
