/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file topology_choice.h
 * \brief Which pipelines of a topology are run: those asked for, or those that can be meant.
 *
 * Of the pipelines chosen those modules run that lie on a way from an input end to an output end;
 * what else is in them stays out, as it does on the board when nothing is connected to it. Files
 * go to ends in the order of the ends in the topology.
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_TOPOLOGY_TOPOLOGY_CHOICE_H
#define TESTBENCH_TOPOLOGY_TOPOLOGY_CHOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "problem.h"
#include "topology.h"

/** More than these are not looked for: nobody reads them. */
#define TOPOLOGY_CHOICES_MAX 64

struct topology_choice {
	bool *pipelines;	  /**< one a pipeline of the topology */
	bool *widgets;		  /**< one a widget: takes part */
	size_t *inputs, *outputs; /**< ends that take part: widgets, in the topology's order */
	size_t input_count, output_count;
};

/**
 * The pipelines with these ids.
 *
 * \param ids as -p names them
 * \return 0; -EINVAL with \p why filled: no such pipeline (with those there are), or no way from an
 *         input to an output; -ENOMEM. \p choice is empty on failure
 */
int topology_choose(const struct topology *topology, const uint32_t *ids, size_t count,
		    struct topology_choice *choice, struct problem *why);

/**
 * All sets of pipelines that have as many ends as there are files: a way from one input to one
 * output, what feeds an output, what an input feeds, all that hangs together, all there is.
 *
 * \param[out] choices up to TOPOLOGY_CHOICES_MAX, each once; free each, and the array
 * \return 0, also for none; -ENOMEM
 */
int topology_choices(const struct topology *topology, size_t inputs, size_t outputs,
		     struct topology_choice **choices, size_t *count, struct problem *why);

/** "-p 1,2: host-copier.0.playback (Analog Playback) to dai-copier.HDA.Analog.playback" for a list
 * that users choose from. \return \p text, cut at \p size */
const char *topology_choice_text(const struct topology *topology,
				 const struct topology_choice *choice, char *text, size_t size);

void topology_choice_free(struct topology_choice *choice);

#endif /* TESTBENCH_TOPOLOGY_TOPOLOGY_CHOICE_H */
