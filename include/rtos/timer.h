/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/timer.h
 * \brief Clock of the firmware: virtual time, in microseconds. Any mode.
 */
#ifndef RTOS_TIMER_H
#define RTOS_TIMER_H

#include <stdint.h>
#include <zephyr/kernel.h>

static inline uint64_t sof_cycle_get_64(void)
{
	return (uint64_t)k_uptime_ticks();
}

#endif /* RTOS_TIMER_H */
