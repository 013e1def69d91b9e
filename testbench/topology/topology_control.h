/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file topology_control.h
 * \brief A topology's controls, in its order.
 *
 * A mixer control of two values is a switch, another one a volume, as in SOF's testbench; one with
 * put operation 259 is a switch in any case. A volume begins at its gain's initial value, bytes with
 * the control's data. Switches and enums begin as their module likes, which nobody knows.
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_TOPOLOGY_TOPOLOGY_CONTROL_H
#define TESTBENCH_TOPOLOGY_TOPOLOGY_CONTROL_H

#include "control/control.h"
#include "topology.h"

/** \param nodes of topology_graph_make(), NULL: none takes part. 0, -ENOMEM */
int topology_controls(const struct topology *topology, const size_t *nodes,
		      struct controls *controls);

#endif /* TESTBENCH_TOPOLOGY_TOPOLOGY_CONTROL_H */
