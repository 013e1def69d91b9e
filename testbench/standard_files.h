/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file standard_files.h
 * \brief What was printed to standard output arrived.
 */
#ifndef TESTBENCH_STANDARD_FILES_H
#define TESTBENCH_STANDARD_FILES_H

#include "problem.h"

/** Flush standard output: a problem with EXIT_RUN_FAILED when any of it could not be written. */
int standard_output_finish(struct problem *why);

#endif /* TESTBENCH_STANDARD_FILES_H */
