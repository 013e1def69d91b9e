/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file file_plan.h
 * \brief The files that a command line and its control script name.
 */
#ifndef TESTBENCH_FILE_PLAN_H
#define TESTBENCH_FILE_PLAN_H

#include "options.h"
#include "problem.h"

/**
 * Refuse a run that would write a file that it reads, or write one twice (file_use.h), and keep
 * standard output for data when an output is to go there. Before any file is opened for writing.
 *
 * \return 0; -EINVAL with \p why filled (EXIT_BAD_INPUT); -ENOMEM
 */
int file_plan_check(const struct options *options, struct problem *why);

#endif /* TESTBENCH_FILE_PLAN_H */
