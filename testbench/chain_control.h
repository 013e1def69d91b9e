/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file chain_control.h
 * \brief Controls of a chain, which no topology names: "eqiir.0 bytes" of each module, and
 * "gain.0 volume" (0 to 90, -90 dB in steps of 1 dB, 0 is silence) and "gain.0 switch" of gains,
 * "drc.0 switch" of drc, mb_drc, tdfb and template, "tdfb.0 tracking", and "tdfb.0 angle" with "30
 * degrees" and so on of its blob for texts, as they are when it was given one.
 */
#ifndef TESTBENCH_CHAIN_CONTROL_H
#define TESTBENCH_CHAIN_CONTROL_H

#include "control/control.h"
#include "graph.h"

/** Of the modules of \p graph, which chain_compile() made. 0, -ENOMEM. */
int chain_controls(const struct graph *graph, struct controls *controls);

#endif /* TESTBENCH_CHAIN_CONTROL_H */
