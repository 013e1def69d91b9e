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

/** Counts a fault of this instruction. True the first time, and when there is no room to count. */
bool fault_is_new(uintptr_t pc);
void fault_repeats_forget(void);

/** Its address is memory that exists and could be open. */
bool fault_can_let_through(const struct host_fault *fault);
/** All regions are open: on return from the signal run one instruction like that. */
void fault_step(const struct host_fault *fault, ucontext_t *context);
/** It has run: close, and go on in user mode on return from the signal. */
void fault_stepped(ucontext_t *context);

#endif /* POSIX_FAULT_STEP_H */
