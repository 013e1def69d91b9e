/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file script_plan.h
 * \brief A control script as events of a graph: which message goes to which module, and when.
 *
 * Everything is looked into before the run: names, values, files. A tick is 1 ms of audio time;
 * sleeps are added up and rounded to the nearest tick, which is told by an event where it changes
 * something.
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_CONTROL_SCRIPT_PLAN_H
#define TESTBENCH_CONTROL_SCRIPT_PLAN_H

#include "control/control.h"
#include "control/script.h"
#include "graph.h"

/**
 * Add the events of \p script to \p graph, and leave \p controls with their last values.
 *
 * \return 0; -EINVAL with \p why filled: file, line, what is wrong, the nearest control; -ENOMEM
 */
int script_plan(const struct script *script, struct controls *controls, struct graph *graph,
		struct problem *why);

#endif /* TESTBENCH_CONTROL_SCRIPT_PLAN_H */
