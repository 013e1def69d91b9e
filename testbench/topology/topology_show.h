/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file topology_show.h
 * \brief A topology for people: as text, and as a drawing for Graphviz.
 *
 * Names come from the file: control characters in them are shown as '?', quotes are escaped where
 * the drawing needs it.
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_TOPOLOGY_TOPOLOGY_SHOW_H
#define TESTBENCH_TOPOLOGY_TOPOLOGY_SHOW_H

#include <stdio.h>

#include "problem.h"
#include "topology.h"
#include "topology_choice.h"

/** Pipelines with their modules, formats, sizes and controls; routes; PCMs. */
void topology_show(FILE *out, const struct topology *topology);

/** "'Analog Playback Volume': 0 to 45, -90.00 to 0.00 dB, 2 channels", without a line break. */
void topology_show_control(FILE *out, const struct tplg_control *control);

/**
 * The drawing: a box a pipeline, an arrow a route. Modules of \p choice, when it is not NULL, are
 * drawn bold.
 */
void topology_draw(FILE *out, const struct topology *topology,
		   const struct topology_choice *choice);

/**
 * The same to a file, which is complete or absent.
 * \return 0; a negative errno with \p why filled
 */
int topology_write_dot(const struct topology *topology, const struct topology_choice *choice,
		       const char *path, struct problem *why);

#endif /* TESTBENCH_TOPOLOGY_TOPOLOGY_SHOW_H */
