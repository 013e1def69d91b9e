/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault_writers.h
 * \brief Who was allowed to write to whose memory, under HOST_ON_FAULT_CONTINUE.
 *
 * A module whose memory another module has overwritten may fault later, without a defect of its own.
 * Such a fault must not be blamed on it alone.
 *
 * Calling mode: supervisor, from the signal handler.
 */
#ifndef POSIX_FAULT_WRITERS_H
#define POSIX_FAULT_WRITERS_H

#include <host/fault.h>

void fault_writers_forget(void);
/** This write is let through. */
void fault_writers_note(const struct host_fault *fault);
/** Set fault->writers, and fault->suspects where the fault has an owner, if others were allowed to write
 * to memory that its code uses. The texts are valid until the next call. */
void fault_writers_name(struct host_fault *fault);

#endif /* POSIX_FAULT_WRITERS_H */
