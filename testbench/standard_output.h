/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file standard_output.h
 * \brief Standard output as a file: "-o -".
 *
 * Calling mode: host memory open, before the board starts.
 */
#ifndef TESTBENCH_STANDARD_OUTPUT_H
#define TESTBENCH_STANDARD_OUTPUT_H

#include <stdbool.h>

#include "problem.h"

/** Is it "-", or a name under which Linux has it ("/dev/stdout")? */
bool standard_output_is(const char *path);

/**
 * Keep standard output for data: what the program prints goes to standard error from here on.
 * Again does no harm.
 *
 * \return 0 or a negative errno with \p why filled: it is closed, or a file opened for appending,
 *         in which a header can't be completed
 */
int standard_output_claim(struct problem *why);

/** Descriptor of the standard output that the program was started with. */
int standard_output_fd(void);

#endif /* TESTBENCH_STANDARD_OUTPUT_H */
