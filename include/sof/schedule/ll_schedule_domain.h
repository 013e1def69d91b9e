/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/schedule/ll_schedule_domain.h
 * \brief The tick of the low-latency scheduler.
 */
#ifndef SOF_SCHEDULE_LL_SCHEDULE_DOMAIN_H
#define SOF_SCHEDULE_LL_SCHEDULE_DOMAIN_H

/** Length of a tick in microseconds. */
#define LL_TIMER_PERIOD_US 1000ULL
/** Two ticks: as long as an LL cycle may take. */
#define LL_WATCHDOG_TIMEOUT_US (2 * LL_TIMER_PERIOD_US)

#endif /* SOF_SCHEDULE_LL_SCHEDULE_DOMAIN_H */
