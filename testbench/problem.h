/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file problem.h
 * \brief What went wrong, as the one line a user reads, and the exit code that goes with it.
 *
 * Functions that can fail take a struct problem, fill it once and return a negative errno. Only
 * main() prints it. The first text stays: what fails later while cleaning up is a consequence.
 */
#ifndef TESTBENCH_PROBLEM_H
#define TESTBENCH_PROBLEM_H

#include <stddef.h>

/** Exit codes of the program; the README lists them. */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_BAD_INPUT = 1, /**< usage, input files, output name, blobs, module names */
	EXIT_RUN_FAILED = 2,
	EXIT_FAULT = 3,	   /**< a module broke isolation or crashed */
	EXIT_WATCHDOG = 4, /**< a module did not return */
	EXIT_STALLED = 4,  /**< nothing moved any more */
};

struct problem {
	enum exit_code code; /**< EXIT_DONE: nothing went wrong */
	char text[1200];     /**< one line, no line break at its end */
};

/**
 * Note what went wrong, unless something is noted already. Line breaks and other control
 * characters, from file names say, are escaped (host/printable.h), so that the text stays one line.
 *
 * \return -\p err, for "return problem_set(...)"
 */
int problem_set(struct problem *problem, enum exit_code code, int err, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/** Write "sof-testbench: TEXT" to stderr; nothing when there is no problem,
 * or when its text is empty because a fault report has said it all. */
void problem_print(const struct problem *problem);

#endif /* TESTBENCH_PROBLEM_H */
