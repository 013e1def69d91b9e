/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/schedule/schedule.h
 * \brief Kinds of schedulers.
 */
#ifndef SOF_SCHEDULE_SCHEDULE_H
#define SOF_SCHEDULE_SCHEDULE_H

#include <errno.h>
#include <rtos/task.h>
#include <sof/common.h>
#include <sof/list.h>
#include <sof/trace/trace.h>
#include <stddef.h>
#include <stdint.h>
#include <user/trace.h>

enum {
	SOF_SCHEDULE_EDF = 0,
	SOF_SCHEDULE_LL_TIMER, /**< every tick, in the core's own thread */
	SOF_SCHEDULE_LL_DMA,
	SOF_SCHEDULE_DP, /**< a thread a module, earliest deadline first */
	SOF_SCHEDULE_TWB,
	SOF_SCHEDULE_COUNT
};

#endif /* SOF_SCHEDULE_SCHEDULE_H */
