/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file run.h
 * \brief One run: build the pipeline by IPC4, tick it to the end of the file, take it down.
 */
#ifndef TESTBENCH_RUN_H
#define TESTBENCH_RUN_H

#include "audio_file.h"
#include "blob.h"
#include "catalog.h"
#include "options.h"
#include "outcome.h"
#include "problem.h"

/** Its memory, and that of what catalog, outcome and why point to, must be the program's data. */
struct run {
	const struct options *options;
	struct catalog *catalog;
	struct audio_input *input;
	struct audio_output *output;
	struct blob *blobs; /**< one a module of the chain; size 0: none */
	struct outcome *outcome;
	struct problem *why;
};

/**
 * For host_run(): do it all. Whatever fails, everything built is taken down again, and the outcome
 * holds what is known.
 *
 * \param arg struct run
 * \return 0 or a negative errno; -EFAULT when a module faulted and faults stop the run, with the
 *         problem left to the fault's own report
 */
int run_pipeline(void *arg);

#endif /* TESTBENCH_RUN_H */
