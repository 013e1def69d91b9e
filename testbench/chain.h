/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file chain.h
 * \brief The chain of -m as a graph: inputs, modules one behind the other, outputs, one pipeline.
 *
 * All inputs feed the first module, input file N its input queue N; all outputs come from the last
 * in the same way. Inputs agree in rate, channels and sample format, and may differ in length.
 * Every module's format is that of the one before it, from --rate and --channels on as these say.
 * Each node has a pin a queue; whether they are sent is init_payload.h's to say.
 */
#ifndef TESTBENCH_CHAIN_H
#define TESTBENCH_CHAIN_H

#include "audio_file.h"
#include "graph.h"
#include "options.h"
#include "problem.h"

/**
 * Compile it. Files named by -m and --init are read; audio files are only named.
 *
 * \param inputs formats of options->inputs, in that order
 * \param graph  empty; graph_free() is due in any case
 * \return 0 or a negative errno with \p why filled
 */
int chain_compile(const struct options *options, const struct audio_format *inputs,
		  struct graph *graph, struct problem *why);

#endif /* TESTBENCH_CHAIN_H */
