/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file run_reserve.h
 * \brief Memory that a run will need and that the board must have from the start.
 */
#ifndef TESTBENCH_RUN_RESERVE_H
#define TESTBENCH_RUN_RESERVE_H

#include "run.h"

/** Bytes of the shared-buffer heap that the buffers of \p graph take at most. */
size_t run_shared_bytes(const struct graph *graph);

/**
 * Make the shared-buffer heap large enough for the graph. Main thread, between host_init() and
 * host_run(), when the graph is complete. \return 0; a negative errno with the problem noted
 */
int run_reserve(const struct run *run);

#endif /* TESTBENCH_RUN_RESERVE_H */
