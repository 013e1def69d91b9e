/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file summary.h
 * \brief The closing words of a run.
 */
#ifndef TESTBENCH_SUMMARY_H
#define TESTBENCH_SUMMARY_H

#include <stdio.h>

#include "options.h"
#include "outcome.h"

#define SUMMARY_VERDICT_SIZE 600

/** Table of modules, speed, frames, backend, verdict. */
void summary_print(FILE *out, const struct options *options, const struct outcome *outcome,
		   enum exit_code code, size_t faults);

/** The verdict in one line, without the word "verdict": guards that were not active are named. */
void summary_verdict(char *text, size_t size, const struct options *options,
		     const struct outcome *outcome, enum exit_code code, size_t faults);

/** "DP isolated", "DP" or "LL". */
const char *summary_mode(const struct sof_instance_stats *stats);

#endif /* TESTBENCH_SUMMARY_H */
