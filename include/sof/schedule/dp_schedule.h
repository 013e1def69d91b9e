/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/schedule/dp_schedule.h
 * \brief Events a DP module's thread waits for.
 */
#ifndef SOF_SCHEDULE_DP_SCHEDULE_H
#define SOF_SCHEDULE_DP_SCHEDULE_H

#include <rtos/bit.h>
#include <rtos/task.h>
#include <stdint.h>

enum {
	DP_TASK_EVENT_PROCESS = BIT(0),
	DP_TASK_EVENT_CANCEL = BIT(1),
	DP_TASK_EVENT_IPC = BIT(2),
	DP_TASK_EVENT_IPC_DONE = BIT(3),
};

#endif /* SOF_SCHEDULE_DP_SCHEDULE_H */
