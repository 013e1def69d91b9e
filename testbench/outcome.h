/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file outcome.h
 * \brief What a run was and did: the facts of the summary and of the report.
 *
 * The arrays are the C heap's, made before the run by outcome_reserve() with room for all that can
 * come. The struct itself must be the program's data, as it is written while the C heap is closed.
 */
#ifndef TESTBENCH_OUTCOME_H
#define TESTBENCH_OUTCOME_H

#include <host/audio.h>
#include <host/platform.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audio_file.h"
#include "graph.h"
#include "problem.h"

struct outcome_file {
	const char *path; /**< the graph's */
	enum graph_file_end end;
	struct audio_format format; /**< as processed at that end */
	uint64_t file_frames;	    /**< in an input file; 0 of an output */
	uint64_t frames;	    /**< that went through the end */
};

#define OUTCOME_HOST_CALLS_MAX 8

/** An object that was let in although it calls the host, --allow-host-calls. */
struct outcome_host_calls {
	char object[256]; /**< its path */
	char names[512];  /**< "malloc, printf" */
};

struct outcome {
	struct outcome_file *files; /**< in the graph's order */
	size_t file_count;
	struct sof_instance_stats *instances; /**< in order of creation */
	size_t instance_count;
	struct sof_domain_stats *domains;
	size_t domain_count;
	size_t room;	  /**< of instances, and of domains */
	uint64_t ticks;	  /**< milliseconds of audio time that ran */
	uint64_t wall_ns; /**< time they took */
	char backend[24];
	bool isolated;
	bool parallel; /**< virtual cores run at the same time */
	struct host_counters counters;
	struct host_denied denied;   /**< by the host */
	unsigned int stray_accesses; /**< host_stray_supervisor_accesses() */
	size_t blocks_left;	     /**< host_exit() */
	struct outcome_host_calls host_calls[OUTCOME_HOST_CALLS_MAX];
	size_t host_call_count;
	uint64_t notifications;		/**< that modules sent */
	uint64_t notifications_dropped; /**< more than could wait in one tick */
	size_t events_left;	    /**< commands of the control script that came after the end */
	struct sof_failure failure; /**< who failed; call NULL: nobody in particular */
	struct host_heap_shortage shortage; /**< behind it; asked 0: none */
	bool ran;			    /**< the pipelines got as far as RUNNING */
	bool played;			    /**< and to the end of the files, everything drained */
	bool endless;	     /**< audio went on after the end of the inputs; it was cut */
	bool output_written; /**< the output files are in place */
};

/** Make room for a run of \p graph, whose inputs are open. 0; -ENOMEM. */
int outcome_reserve(struct outcome *outcome, const struct graph *graph);
void outcome_free(struct outcome *outcome);

/** The first input or output; one of zeros when there is none. */
const struct outcome_file *outcome_first_file(const struct outcome *outcome,
					      enum graph_file_end end);
/** How many of a kind there are. */
size_t outcome_file_count(const struct outcome *outcome, enum graph_file_end end);

/** Did anything come out of a run that played, if anything went in? 0; -ENODATA with \p why filled
 * (EXIT_RUN_FAILED): the module that gave nothing. */
int outcome_check_frames(const struct outcome *outcome, struct problem *why);

#endif /* TESTBENCH_OUTCOME_H */
