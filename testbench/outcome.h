/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file outcome.h
 * \brief What a run was and did: the facts of the summary and of the report.
 */
#ifndef TESTBENCH_OUTCOME_H
#define TESTBENCH_OUTCOME_H

#include <host/audio.h>
#include <host/platform.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audio_file.h"
#include "options.h"

/** Every module of the chain and the two file ends. */
#define OUTCOME_INSTANCES_MAX (MODULES_MAX + 2)

#define OUTCOME_HOST_CALLS_MAX 8

/** An object that was let in although it calls the host, --allow-host-calls. */
struct outcome_host_calls {
	char object[256]; /**< its path */
	char names[512];  /**< "malloc, printf" */
};

struct outcome {
	struct audio_format format;
	int output_sndfile_format;
	uint64_t file_frames;		/**< in the input file */
	uint64_t frames_in, frames_out; /**< through the pipeline's ends */
	struct sof_instance_stats instances[OUTCOME_INSTANCES_MAX]; /**< in order of creation */
	size_t instance_count;
	struct sof_domain_stats domains[OUTCOME_INSTANCES_MAX];
	size_t domain_count;
	uint64_t ticks;	  /**< milliseconds of audio time that ran */
	uint64_t wall_ns; /**< time they took */
	char backend[24];
	bool isolated;
	bool parallel; /**< virtual cores run at the same time */
	struct host_counters counters;
	unsigned int stray_accesses; /**< host_stray_supervisor_accesses() */
	size_t blocks_left;	     /**< host_exit() */
	struct outcome_host_calls host_calls[OUTCOME_HOST_CALLS_MAX];
	size_t host_call_count;
	bool ran;		     /**< the pipeline got as far as RUNNING */
	bool played;		     /**< and to the end of the file, everything drained */
	bool output_written;	     /**< the output file is in place */
};

#endif /* TESTBENCH_OUTCOME_H */
