/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file run.h
 * \brief One run: build the graph by IPC4, tick it to the end of its files, take it down.
 *
 * Built are, in this order: pipelines, instances (both in the graph's order), connections,
 * configurations. Pipelines are paused and then run from downstream to upstream, and stopped the
 * other way. When every input has ended, or after graph.ticks_max, every pipeline is told the end
 * of its stream; what is inside then comes out as far as the modules let it. Where one goes on for
 * ever, as generators do and mixers that make silence of nothing, the run ends all the same, and
 * silence is kept only until outputs last as long as inputs.
 *
 * A run that can't go on is told: nothing moves although an input is not at its end, or the file
 * ends of one part of the graph rest for that long while others play.
 */
#ifndef TESTBENCH_RUN_H
#define TESTBENCH_RUN_H

#include "catalog.h"
#include "graph.h"
#include "options.h"
#include "outcome.h"
#include "problem.h"

/** Its memory, and that of what catalog, outcome and why point to, must be the program's data. */
struct run {
	const struct options *options;
	struct catalog *catalog;
	const struct graph *graph; /**< checked, its files open */
	struct outcome *outcome;   /**< reserved */
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
int run_graph(void *arg);

/** From a fault that ends the run where it is: fill the outcome with what is known, \p dead being
 * the instance that faulted. No allocation, no lock; all memory open. */
void run_settle(const char *dead);

#endif /* TESTBENCH_RUN_H */
