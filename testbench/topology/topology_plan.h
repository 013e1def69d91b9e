/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file topology_plan.h
 * \brief Formats and queues along the pipelines chosen, from the input files to the output files.
 *
 * Formats are picked as Linux' driver does (sound/soc/sof/ipc4-topology.c). Going downstream, a
 * module's input format is the first listed that has the rate, channels and valid bits of what
 * arrives, or the only one. Its output format likewise, by its input's rate, channels and bits; a
 * sample-rate converter's rate is the only one listed, else the one in its tokens, else what was
 * asked of the output file, else its input's.
 *
 * Unlike the driver, what does not fit is refused: where a module lists one format only, the
 * driver takes it whatever arrives.
 *
 * Queues: that of the pin binding with the other's name where the widget has bindings, 0 where it
 * has one pin, else the lowest that is free, routes taken in the file's order.
 *
 * At an end, a file stands for the gateway. What it has in memory may differ from what the modules
 * next to it are given in sample format, and in channels where the topology's copier converts
 * them; a copier is put between them then, and where an input feeds several modules.
 *
 * Calling mode: host memory open; main thread.
 */
#ifndef TESTBENCH_TOPOLOGY_TOPOLOGY_PLAN_H
#define TESTBENCH_TOPOLOGY_TOPOLOGY_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "audio_file.h"
#include "problem.h"
#include "topology.h"
#include "topology_choice.h"

struct topology_input {
	const char *path;
	struct audio_format format;
};

struct topology_output {
	const char *path;
	/** Sample format to write, else what the pipeline gives. */
	bool has_sample;
	enum audio_sample sample;
	/** What it must be; 0: as it comes. A rate is also what src and asrc convert to, channels are
	 * what modules make whose outputs list channels that their inputs don't. */
	unsigned int rate, channels;
	/** Container and subtype of the input, as for audio_output_open(). The subtype gives way to a
	 * plain one where the samples written are others. */
	int sndfile_format;
};

/** What is to be run. */
struct topology_request {
	const struct topology_input *inputs;
	size_t input_count;
	const struct topology_output *outputs;
	size_t output_count;
	/** Where it can't be run otherwise: a module that lists one rate only takes another that
	 * arrives, as in SOF's testbench, so that topologies made for 48 kHz run at any. Rate
	 * converters make the rate they list all the same. */
	bool any_rate;
	/** Sizes of heaps and stacks are as many times those of the topology; 0 is 1. */
	unsigned int size_factor;
};

/** A connection between two modules that take part. */
struct topology_link {
	size_t from, to; /**< widgets */
	unsigned int from_queue, to_queue;
	struct ipc4_audio_format audio;
};

/** A module that takes part. */
struct topology_part {
	/** Pin 0's. Of an input: the file's and what is made of it; of an output: what arrives and
	 * the file's. */
	struct topology_format in, out;
	bool has_in, has_out;
	size_t file;  /**< of an end: which of the request's */
	bool convert; /**< of an end: a copier is needed */
};

struct topology_plan {
	struct topology_link *links; /**< in the order of the topology's routes */
	size_t link_count;
	struct topology_part *parts; /**< one a widget of the topology */
	size_t *order;		     /**< widgets that take part, from upstream to downstream */
	size_t order_count;
};

/**
 * \param[out] plan empty on failure
 * \return 0; -EINVAL with \p why filled: widget, what arrives, what it takes; -ENOMEM
 */
int topology_plan_make(const struct topology *topology, const struct topology_choice *choice,
		       const struct topology_request *request, struct topology_plan *plan,
		       struct problem *why);
void topology_plan_free(struct topology_plan *plan);

/** Rate, channels, container and valid bits are the same. */
bool topology_same_stream(const struct ipc4_audio_format *a, const struct ipc4_audio_format *b);

#endif /* TESTBENCH_TOPOLOGY_TOPOLOGY_PLAN_H */
