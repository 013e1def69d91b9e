/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file reporter.h
 * \brief A process that works for this one where a fault has made it unreliable.
 *
 * A thread that faults may hold locks of the C library, so the path of a fault report must neither
 * allocate nor take a lock. Looking up names and lines needs both. The reporter is a copy of this
 * process, forked before a module runs: its C library is intact whatever happens to this one. It
 * waits for orders, can read all memory of this process, closed pages included, and writes to the
 * standard files that both have. Memory mapped shared before reporter_start() is common to both.
 *
 * The kernel ends the reporter together with this process. It must not touch the board: its copy of
 * that is the one of the time of the fork.
 */
#ifndef TESTBENCH_REPORTER_H
#define TESTBENCH_REPORTER_H

#include <stddef.h>
#include <stdio.h>

/**
 * Carry out an order, in the reporter. The result, >= 0, is what reporter_ask() returns.
 *
 * \param about text that came with the order, else ""
 */
typedef int (*reporter_fn)(int order, const char *about);

/**
 * Fork the reporter. Main thread, while it is the only one.
 *
 * \return 0, or a negative errno: reporter_ask() then fails, and reporter_missing() says why
 */
int reporter_start(reporter_fn serve);

/** End the reporter. Does nothing when there is none. Takes no lock. */
void reporter_stop(void);

/**
 * Have an order carried out and wait until that is done, for 60 s at most. It allocates nothing and
 * takes no lock; from any thread, one at a time, signal handlers included.
 *
 * \return the result; a negative errno when there is no reporter, it has died, or is too late. All
 *         later calls fail then
 */
int reporter_ask(int order);

/** The socket that orders go through (host_fault_last_report_set()), -1: there is no reporter. */
int reporter_socket(void);

/** Why reporter_ask() failed, or will: "..."; NULL: it did not. */
const char *reporter_missing(void);

/** \name In the reporter @{ */

/** Read \p size bytes of the other process into the same address here. 0 or a negative errno. */
int reporter_fetch(void *at, size_t size);
/** /proc/PID/mem of the other process. */
int reporter_memory(void);
/** /proc/PID/maps of the other process as it is now: close it. NULL when memory is out. */
FILE *reporter_maps(void);
/** @} */

#endif /* TESTBENCH_REPORTER_H */
