/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file topology_graph.h
 * \brief From a topology, and the files at its ends, to a graph that can be run.
 *
 * Modules become nodes of their widget's name and UUID, in an order in which each comes after those
 * that feed it. A host or DAI copier becomes a file end of its name, with a copier module beside it
 * ("NAME.copier") where the plan needs one; the graph's input files are in the order of the
 * request's, and so are its output files. Taken over: pipelines with direction, priority, core
 * and power mode; base configuration with cpc, pages and period bytes; pin formats of process
 * modules; what gain, src, asrc and copier have of their own; scheduler domain, domain id, heap and
 * stack of DP modules; data of bytes controls, as blobs that are sent before the start.
 *
 * Pipelines and modules numbered beyond what IPC4 carries, and other limits of a graph, are told
 * by graph_check().
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_TOPOLOGY_TOPOLOGY_GRAPH_H
#define TESTBENCH_TOPOLOGY_TOPOLOGY_GRAPH_H

#include "graph.h"
#include "problem.h"
#include "topology.h"
#include "topology_choice.h"
#include "topology_plan.h"

/**
 * \param[out] graph empty on failure
 * \param[out] nodes  node of each of the topology's widgets, GRAPH_NONE where it has none; NULL: not
 *                    wanted
 * \return 0; -EINVAL with \p why filled (EXIT_BAD_INPUT); -ENOMEM
 */
int topology_graph_make(const struct topology *topology, const struct topology_choice *choice,
			const struct topology_request *request, struct graph *graph, size_t *nodes,
			struct problem *why);

/**
 * The choice that is meant when no pipelines are named: the only one that has as many ends as
 * there are files and whose formats fit them.
 *
 * \param[out] choice  as topology_choose() makes it
 * \param[out] choices where several are possible (-EINVAL, with \p why filled), all of them, for a
 *                     list; else NULL. Free each, and the array
 * \return 0; -EINVAL with \p why filled: none, or several; -ENOMEM
 */
int topology_graph_choose(const struct topology *topology, const struct topology_request *request,
			  struct topology_choice *choice, struct topology_choice **choices,
			  size_t *choice_count, struct problem *why);

#endif /* TESTBENCH_TOPOLOGY_TOPOLOGY_GRAPH_H */
