/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/clk.h
 * \brief Clocks: one, of virtual time, that counts microseconds and never changes. Any mode.
 */
#ifndef RTOS_CLK_H
#define RTOS_CLK_H

#include <autoconf.h>
#include <stdint.h>

#define CLK_CPU(x)	       (x)
#define PLATFORM_DEFAULT_CLOCK CLK_CPU(0)

#define CLOCK_NOTIFY_PRE  0
#define CLOCK_NOTIFY_POST 1

/** Data of NOTIFIER_ID_CPU_FREQ. */
struct clock_notify_data {
	uint32_t old_freq; /**< Hz */
	uint32_t old_ticks_per_msec;
	uint32_t freq;
	uint32_t ticks_per_msec;
	uint32_t message; /**< CLOCK_NOTIFY_* */
};

static inline uint32_t clock_get_freq(int clock)
{
	(void)clock;
	return CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC;
}

static inline uint64_t clock_ms_to_ticks(int clock, uint64_t ms)
{
	return ms * (clock_get_freq(clock) / 1000);
}

static inline uint64_t clock_us_to_ticks(int clock, uint64_t us)
{
	return us * (clock_get_freq(clock) / 1000000);
}

static inline uint64_t clock_ns_to_ticks(int clock, uint64_t ns)
{
	return ns / (1000000000 / clock_get_freq(clock));
}

/** Rounded down; 0 for rate 0. */
static inline uint64_t clock_ticks_per_sample(int clock, uint32_t sample_rate)
{
	return sample_rate ? clock_get_freq(clock) / sample_rate : 0;
}

#endif /* RTOS_CLK_H */
