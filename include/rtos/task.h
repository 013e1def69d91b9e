/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/task.h
 * \brief A task: something a scheduler runs.
 */
#ifndef RTOS_TASK_H
#define RTOS_TASK_H

#include <rtos/kernel.h>
#include <rtos/panic.h>
#include <sof/list.h>
#include <stdbool.h>
#include <stdint.h>

struct comp_dev;
struct schedule_data;
struct sof_uuid_entry;

#define SOF_TASK_PRI_HIGH 0
#define SOF_TASK_PRI_MED  4
#define SOF_TASK_PRI_LOW  9

#define SOF_TASK_DEADLINE_IDLE	      UINT64_MAX
#define SOF_TASK_DEADLINE_ALMOST_IDLE (SOF_TASK_DEADLINE_IDLE - 1)
#define SOF_TASK_DEADLINE_NOW	      0

#define SOF_TASK_SKIP_COUNT 0xFFFFu

enum task_state {
	SOF_TASK_STATE_INIT = 0,
	SOF_TASK_STATE_QUEUED,
	SOF_TASK_STATE_PENDING,
	SOF_TASK_STATE_RUNNING,
	SOF_TASK_STATE_PREEMPTED,
	SOF_TASK_STATE_COMPLETED,
	SOF_TASK_STATE_FREE,
	SOF_TASK_STATE_CANCEL,
	SOF_TASK_STATE_RESCHEDULE,
};

struct task_ops {
	enum task_state (*run)(void *data);
	void (*complete)(void *data);
	uint64_t (*get_deadline)(void *data);
};

struct task {
	uint64_t start;
	const struct sof_uuid_entry *uid;
	uint16_t type; /**< SOF_SCHEDULE_* */
	int16_t priority;
	uint16_t core;
	uint16_t flags;
	struct schedule_data *sch;
	enum task_state state;
	void *data;
	struct list_item list;
	void *priv_data;
	struct task_ops ops;
};

/** It has been scheduled and is not through. */
static inline bool task_is_active(const struct task *task)
{
	return task->state == SOF_TASK_STATE_RESCHEDULE ||
	       (task->state >= SOF_TASK_STATE_QUEUED && task->state <= SOF_TASK_STATE_PREEMPTED);
}

/** \name Its operations; run and get_deadline must be there. @{ */
static inline enum task_state task_run(struct task *task)
{
	enum task_state (*const run)(void *) = task->ops.run;

	assert(run);
	return run(task->data);
}

static inline void task_complete(struct task *task)
{
	void (*const complete)(void *) = task->ops.complete;

	if (complete)
		complete(task->data);
}

static inline uint64_t task_get_deadline(struct task *task)
{
	uint64_t (*const get_deadline)(void *) = task->ops.get_deadline;

	assert(get_deadline);
	return get_deadline(task->data);
}
/** @} */

#endif /* RTOS_TASK_H */
