/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file standard_files.h
 * \brief Standard input, output and error: that they are there, and that output arrives.
 */
#ifndef TESTBENCH_STANDARD_FILES_H
#define TESTBENCH_STANDARD_FILES_H

#include "problem.h"

/**
 * Open those that are closed on /dev/null, so that no file opened later gets their numbers. The
 * first thing in main().
 *
 * \return 0; -errno when /dev/null can't be opened
 */
int standard_files_open(void);

/** Flush standard output: a problem with EXIT_RUN_FAILED when any of it could not be written. */
int standard_output_finish(struct problem *why);

#endif /* TESTBENCH_STANDARD_FILES_H */
