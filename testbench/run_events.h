/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file run_events.h
 * \brief The graph's events, each sent when its module has taken as many frames as its time tells.
 *
 * An event of tick t is due when its module, with one input, has consumed what lasts t ms at its
 * input's rate, and then goes before the next tick: so it acts on the same frame whether the modules
 * before it run LL or hold audio back as DP threads. A module that takes longer periods gets it at
 * the first period that begins then. Modules of several inputs, and texts, go by the ticks.
 *
 * A read asks its module at that time. Where the module does not answer (it has no such call, refuses,
 * is dead, or leaves all of the room as it was, zero), what the event has as last known is told; its
 * messages of that are not, below level 3. What is told comes in the order of the events.
 *
 * Calling mode: from inside host_run().
 */
#ifndef TESTBENCH_RUN_EVENTS_H
#define TESTBENCH_RUN_EVENTS_H

#include "run_build.h"

/** Get ready for the events of build->run->graph. 0; -ENOMEM with the problem noted. */
int run_events_start(struct build *build);

/** Send those that are due. 0; -EFAULT or another negative errno as build_up(). */
int run_events_send(struct build *build);

/**
 * End them all. How many have not been sent is noted in the outcome.
 *
 * \param ret what the run came to
 * \return \p ret; when that is 0 and some have not been sent, a negative errno with the problem noted
 */
int run_events_stop(struct build *build, int ret);

#endif /* TESTBENCH_RUN_EVENTS_H */
