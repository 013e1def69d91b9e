/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/schedule/ll_schedule.h
 * \brief The low-latency scheduler: see host/audio.h, sof_tick().
 */
#ifndef SOF_SCHEDULE_LL_SCHEDULE_H
#define SOF_SCHEDULE_LL_SCHEDULE_H

#include <rtos/task.h>
#include <sof/schedule/ll_schedule_domain.h>

#endif /* SOF_SCHEDULE_LL_SCHEDULE_H */
