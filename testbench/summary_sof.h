/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file summary_sof.h
 * \brief The lines that SOF's testbench prints, for scripts that read them.
 *
 * A file's id is that of its component, instance above module; its type is that of module adapters (22),
 * copies are calls of its end. Samples count every channel.
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_SUMMARY_SOF_H
#define TESTBENCH_SUMMARY_SOF_H

#include <stdio.h>

#include "graph.h"
#include "options.h"
#include "outcome.h"

/** Before round \p round, from 0. */
void summary_sof_start(FILE *out, const struct options *options, unsigned int round);
/** After it; summary_verdict() ends it. */
void summary_sof_print(FILE *out, const struct options *options, const struct graph *graph,
		       const struct outcome *outcome, enum exit_code code, size_t faults);

#endif /* TESTBENCH_SUMMARY_SOF_H */
