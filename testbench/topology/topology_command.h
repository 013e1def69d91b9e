/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file topology_command.h
 * \brief What the command line asks of a topology.
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_TOPOLOGY_TOPOLOGY_COMMAND_H
#define TESTBENCH_TOPOLOGY_TOPOLOGY_COMMAND_H

#include <stdio.h>

#include "audio_file.h"
#include "control/control.h"
#include "graph.h"
#include "options.h"
#include "problem.h"

/**
 * The graph of options->topology: of the pipelines that -p names, else of those that are meant.
 * Heaps and stacks are twice those of the topology, as the host's pointers are twice as wide.
 *
 * Where several sets of pipelines can be meant, they are listed to \p list, one a line. --dot is
 * written as well.
 *
 * \param inputs formats of options->inputs, in that order
 * \param graph  empty; graph_free() is due in any case
 * \param controls empty; all of the topology's, those of other pipelines without a node.
 *                 controls_free() is due in any case
 * \return 0 or a negative errno with \p why filled
 */
int topology_compile(const struct options *options, const struct audio_format *inputs,
		     struct graph *graph, struct controls *controls, FILE *list,
		     struct problem *why);

/** --controls: those of options->topology, of no node. As above. */
int topology_list_controls(const struct options *options, struct controls *controls,
			   struct problem *why);

/** --show-topology: print it to \p out, and write --dot. 0 or a negative errno with \p why filled */
int topology_command(const struct options *options, FILE *out, struct problem *why);

#endif /* TESTBENCH_TOPOLOGY_TOPOLOGY_COMMAND_H */
