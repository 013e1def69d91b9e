/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file output_guard.h
 * \brief Removes a temporary file when the program dies.
 *
 * A child process waits for the end of a pipe, and so for the end of this process, by whatever
 * signal. A signal handler can't do it: it may find the memory that it needs closed.
 *
 * Calling mode: host memory open.
 */
#ifndef TESTBENCH_OUTPUT_GUARD_H
#define TESTBENCH_OUTPUT_GUARD_H

#include <sys/types.h>

struct output_guard {
	pid_t child;
	int pipe; /**< the write end */
};

/** Guard \p path. \return 0 or a negative errno */
int output_guard_start(struct output_guard *guard, const char *path);
/** The file has its final name, or is gone. One that was never started is { 0, -1 }. */
void output_guard_stop(struct output_guard *guard);

#endif /* TESTBENCH_OUTPUT_GUARD_H */
