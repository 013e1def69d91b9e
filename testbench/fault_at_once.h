/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fault_at_once.h
 * \brief The report of a fault after which nothing in this process can be relied on.
 *
 * A module that was let in with --allow-host-calls, or that a sanitizer's run-time stops, may fault
 * inside the C library and hold its locks (malloc(), stdio, the loader's). No other code can
 * take them then, neither libdw for a report with names nor the rest of the run. The report is
 * therefore made without any allocation or lock, and the run ends, whatever --on-fault says.
 */
#ifndef TESTBENCH_FAULT_AT_ONCE_H
#define TESTBENCH_FAULT_AT_ONCE_H

#include <stdbool.h>

#include <host/fault.h>

#include "options.h"

/** True if the faulting thread may hold locks of the C library. */
bool fault_holds_locks(const struct host_fault *fault, const struct options *options);
/** Report on stderr and, with --report, to that file, and end the process with EXIT_FAULT. From a
 * signal handler. */
void fault_end_at_once(const struct host_fault *fault, const struct options *options)
	__attribute__((noreturn));

#endif /* TESTBENCH_FAULT_AT_ONCE_H */
