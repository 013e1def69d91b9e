/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/schedule/schedule.h
 * \brief Schedulers: their kinds, and what can be asked of one through a task.
 *
 * The host's own schedulers work on module instances (host/audio.h, sof_tick()), not on tasks. This
 * is the interface of schedulers that firmware code brings with it: they register themselves, and a
 * task goes to the one of its type. Supervisor mode; nothing is locked.
 */
#ifndef SOF_SCHEDULE_SCHEDULE_H
#define SOF_SCHEDULE_SCHEDULE_H

#include <errno.h>
#include <ipc4/base_fw.h>
#include <rtos/bit.h>
#include <rtos/task.h>
#include <sof/common.h>
#include <sof/list.h>
#include <sof/trace/trace.h>
#include <stddef.h>
#include <stdint.h>
#include <user/trace.h>

#ifdef __cplusplus
extern "C" {
#endif

struct k_thread;

enum {
	SOF_SCHEDULE_EDF = 0,
	SOF_SCHEDULE_LL_TIMER, /**< every tick, in the core's own thread */
	SOF_SCHEDULE_LL_DMA,
	SOF_SCHEDULE_DP, /**< a thread a module, earliest deadline first */
	SOF_SCHEDULE_TWB,
	SOF_SCHEDULE_COUNT
};

#define SOF_SCHEDULER_FREE_IRQ_ONLY BIT(0)

/** Operations of a scheduler, \p data being its own; 0 or a negative errno. Those marked may be
 * NULL. Times in microseconds. */
struct scheduler_ops {
	int (*schedule_task)(void *data, struct task *task, uint64_t start, uint64_t period);
	int (*schedule_task_before)(void *data, struct task *task, uint64_t start, uint64_t period,
				    struct task *before); /**< NULL: as schedule_task */
	int (*schedule_task_after)(void *data, struct task *task, uint64_t start, uint64_t period,
				   struct task *after);		     /**< NULL: as schedule_task */
	int (*schedule_task_running)(void *data, struct task *task); /**< or NULL */
	int (*reschedule_task)(void *data, struct task *task, uint64_t start); /**< or NULL */
	int (*schedule_task_cancel)(void *data, struct task *task);
	int (*schedule_task_free)(void *data, struct task *task);
	void (*scheduler_free)(void *data, uint32_t flags);			   /**< or NULL */
	struct k_thread *(*scheduler_init_context)(void *data, struct task *task); /**< or NULL */
};

/** A scheduler: what a task's \c sch points to. */
struct schedule_data {
	struct list_item list;
	int type; /**< SOF_SCHEDULE_* */
	const struct scheduler_ops *ops;
	void *data;
};

struct schedulers {
	struct list_item list; /**< struct schedule_data */
};

/** Where the list of schedulers is; what it points to is NULL until the first registers. */
struct schedulers **arch_schedulers_get(void);

/** Register a scheduler of kind \p type; without memory it is not. */
void scheduler_init(int type, const struct scheduler_ops *ops, void *data);

/** Forget all schedulers; their own data stays theirs. */
void schedulers_clear(void);

/**
 * Fill \p task for the scheduler of kind \p type.
 * \return 0; -EINVAL: \p type is none; -ENODEV: there is no scheduler of the kind
 */
int schedule_task_init(struct task *task, const struct sof_uuid_entry *uid, uint16_t type,
		       int16_t priority, enum task_state (*run)(void *data), void *data,
		       uint16_t core, uint32_t flags);

/** Put \p tasks, struct task's by their member list, behind \p scheduler_props as struct
 * task_props of task 0 without module instances, count them, and add the bytes of all to
 * \p data_off_size. The caller knows that there is room. */
void scheduler_get_task_info(struct scheduler_props *scheduler_props, uint32_t *data_off_size,
			     struct list_item *tasks);

/** Its data; NULL: there is no scheduler of the kind. */
void *scheduler_get_data(uint16_t type);

static inline int schedule_task(struct task *task, uint64_t start, uint64_t period)
{
	if (!task || !task->sch)
		return -EINVAL;
	return task->sch->ops->schedule_task(task->sch->data, task, start, period);
}

static inline int schedule_task_before(struct task *task, uint64_t start, uint64_t period,
				       struct task *before)
{
	if (!task || !task->sch || !before)
		return -EINVAL;
	if (!task->sch->ops->schedule_task_before)
		return schedule_task(task, start, period);
	return task->sch->ops->schedule_task_before(task->sch->data, task, start, period, before);
}

static inline int schedule_task_after(struct task *task, uint64_t start, uint64_t period,
				      struct task *after)
{
	if (!task || !task->sch || !after)
		return -EINVAL;
	if (!task->sch->ops->schedule_task_after)
		return schedule_task(task, start, period);
	return task->sch->ops->schedule_task_after(task->sch->data, task, start, period, after);
}

static inline int schedule_task_running(struct task *task)
{
	const struct scheduler_ops *ops = task->sch->ops;

	return ops->schedule_task_running ? ops->schedule_task_running(task->sch->data, task) : 0;
}

static inline int reschedule_task(struct task *task, uint64_t start)
{
	const struct scheduler_ops *ops = task->sch->ops;

	return ops->reschedule_task ? ops->reschedule_task(task->sch->data, task, start) : 0;
}

static inline int schedule_task_cancel(struct task *task)
{
	if (!task || !task->sch)
		return -EINVAL;
	return task->sch->ops->schedule_task_cancel(task->sch->data, task);
}

static inline int schedule_task_free(struct task *task)
{
	if (!task || !task->sch)
		return -EINVAL;
	return task->sch->ops->schedule_task_free(task->sch->data, task);
}

/** The thread that tasks like it run in; NULL: the scheduler has none to tell. */
static inline struct k_thread *scheduler_init_context(struct task *task)
{
	const struct scheduler_ops *ops = task->sch->ops;

	return ops->scheduler_init_context ? ops->scheduler_init_context(task->sch->data, task) :
					     NULL;
}

#ifdef __cplusplus
}
#endif

#endif /* SOF_SCHEDULE_SCHEDULE_H */
