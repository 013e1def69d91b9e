/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/schedule/ll_schedule.h
 * \brief The low-latency scheduler: see host/audio.h, sof_tick().
 *
 * There are no LL tasks to be made: components of a pipeline run each tick, in the order of the
 * pipeline.
 */
#ifndef SOF_SCHEDULE_LL_SCHEDULE_H
#define SOF_SCHEDULE_LL_SCHEDULE_H

#include <ipc4/base_fw.h>
#include <rtos/task.h>
#include <sof/schedule/ll_schedule_domain.h>
#include <sof/schedule/schedule.h>

#define ll_sch_set_pdata(task, data)                                                               \
	do {                                                                                       \
		(task)->priv_data = (data);                                                        \
	} while (0)
#define ll_sch_get_pdata(task) ((task)->priv_data)

struct ll_task_pdata {
	uint64_t period; /**< us */
	uint16_t ratio;	 /**< of the scheduler's period */
	uint16_t skip_cnt;
};

/** schedule_task_init() for SOF_SCHEDULE_LL_TIMER and _DMA. */
static inline int schedule_task_init_ll(struct task *task, const struct sof_uuid_entry *uid,
					uint16_t type, int16_t priority,
					enum task_state (*run)(void *data), void *data,
					uint16_t core, uint32_t flags)
{
	return schedule_task_init(task, uid, type, priority, run, data, core, flags);
}

#endif /* SOF_SCHEDULE_LL_SCHEDULE_H */
