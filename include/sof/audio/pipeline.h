/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/pipeline.h
 * \brief A pipeline: components that start and stop together. Supervisor mode.
 */
#ifndef SOF_AUDIO_PIPELINE_H
#define SOF_AUDIO_PIPELINE_H

#include <errno.h>
#include <ipc/topology.h>
#include <rtos/sof.h>
#include <rtos/spinlock.h>
#include <rtos/task.h>
#include <sof/lib/cpu.h>
#include <sof/list.h>
#include <sof/trace/trace.h>
#include <stdbool.h>
#include <stdint.h>
#include <user/trace.h>

struct comp_buffer;
struct comp_dev;
struct k_heap;

/** A component's answer that ends the walk along its path. */
#define PPL_STATUS_PATH_STOP	  1
#define PPL_STATUS_PATH_TERMINATE 2
#define PPL_STATUS_SCHEDULED	  2

#define PPL_CONN_DIR_COMP_TO_BUFFER 0
#define PPL_CONN_DIR_BUFFER_TO_COMP 1
#define PPL_DIR_DOWNSTREAM	    0
#define PPL_DIR_UPSTREAM	    1

struct pipeline {
	struct k_heap *heap;
	uint32_t comp_id;
	uint32_t pipeline_id;
	uint32_t core;
	uint32_t period;   /**< us */
	uint32_t priority; /**< enum ipc4_pipeline_priority */
	uint32_t time_domain;
	uint32_t attributes;
	int32_t xrun_bytes;
	uint32_t status; /**< COMP_STATE_* */
	struct tr_ctx tctx;
	bool expect_eos; /**< its sources will deliver nothing more */
	struct comp_dev *sched_comp;
	/** Stand-ins for its first and last component: state, identity and direction only. */
	struct comp_dev *source_comp;
	struct comp_dev *sink_comp;
	struct list_item list;
};

/**
 * How far the end of the path that begins with pipeline \p pipeline_id is behind its beginning.
 * \param[out] latency periods, 0 when it can't be told
 * \return the component at the end; NULL: no such pipeline, or nothing in it. Supervisor mode.
 */
struct comp_dev *pipeline_get_dai_comp_latency(uint32_t pipeline_id, uint32_t *latency);

static inline uint32_t pipeline_id(struct pipeline *p)
{
	return p->pipeline_id;
}

#endif /* SOF_AUDIO_PIPELINE_H */
