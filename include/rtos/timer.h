/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/timer.h
 * \brief Clock of the firmware: virtual time, in microseconds. Any mode.
 */
#ifndef RTOS_TIMER_H
#define RTOS_TIMER_H

#include <rtos/sof.h>
#include <sof/lib/cpu.h>
#include <sof/platform.h>
#include <stdint.h>
#include <zephyr/kernel.h>

static inline uint64_t sof_cycle_get_64(void)
{
	return (uint64_t)k_uptime_ticks();
}

static inline uint64_t sys_cycle_get_64_rate(void)
{
	return CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC;
}

#define sof_cycle_get_64_safe()	  sof_cycle_get_64()
#define sof_cycle_get_64_atomic() sof_cycle_get_64()

#endif /* RTOS_TIMER_H */
