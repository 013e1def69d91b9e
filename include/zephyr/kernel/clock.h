/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/kernel/clock.h
 * \brief Virtual time: timeouts, sleeping, cycles. Included by zephyr/kernel.h.
 *
 * A tick is a microsecond, and so is a hardware cycle. Time stands still while threads run; it
 * moves to the next timeout when all of them wait, and in k_busy_wait().
 */
#ifndef ZEPHYR_KERNEL_CLOCK_H
#define ZEPHYR_KERNEL_CLOCK_H

#include <autoconf.h>
#include <stdint.h>

typedef int64_t k_ticks_t;
typedef struct {
	k_ticks_t ticks;
} k_timeout_t;

#define K_TICKS_FOREVER ((k_ticks_t)-1)
#define K_TICKS(t)	((k_timeout_t){ .ticks = (t) })
#define K_FOREVER	K_TICKS(K_TICKS_FOREVER)
#define K_NO_WAIT	K_TICKS(0)
/* a negative time is none, as in Zephyr, and not K_FOREVER */
#define K_USEC(t)	   K_TICKS((k_ticks_t)(t) > 0 ? (k_ticks_t)(t) : 0)
#define K_MSEC(t)	   K_USEC((k_ticks_t)(t)*1000)
#define K_SECONDS(t)	   K_MSEC((k_ticks_t)(t)*1000)
#define K_TIMEOUT_EQ(a, b) ((a).ticks == (b).ticks)
#define Z_TIMEOUT_TICKS(t) K_TICKS(t)
#define Z_TIMEOUT_US(t)	   K_USEC(t)
#define Z_TIMEOUT_MS(t)	   K_MSEC(t)

/** Virtual microseconds since host_init(). Any mode: the word lies in a page that is open. */
k_ticks_t k_uptime_ticks(void);
static inline int64_t k_uptime_get(void)
{
	return k_uptime_ticks() / 1000;
}
static inline uint32_t k_uptime_get_32(void)
{
	return (uint32_t)k_uptime_get();
}
static inline uint64_t k_cycle_get_64(void)
{
	return (uint64_t)k_uptime_ticks();
}
static inline uint32_t k_cycle_get_32(void)
{
	return (uint32_t)k_uptime_ticks();
}
static inline int sys_clock_hw_cycles_per_sec(void)
{
	return CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC;
}

/** \name Conversions
 * Cycles, ticks and microseconds are one; milliseconds are rounded as the name says. @{ */
static inline uint64_t k_ms_to_cyc_ceil64(uint64_t ms)
{
	return ms * 1000;
}
static inline uint64_t k_us_to_cyc_ceil64(uint64_t us)
{
	return us;
}
static inline uint64_t k_ns_to_cyc_near64(uint64_t ns)
{
	return (ns + 500) / 1000;
}
static inline uint64_t k_cyc_to_us_floor64(uint64_t cycles)
{
	return cycles;
}
static inline uint64_t k_cyc_to_us_near64(uint64_t cycles)
{
	return cycles;
}
static inline uint64_t k_cyc_to_ms_near64(uint64_t cycles)
{
	return (cycles + 500) / 1000;
}
static inline uint64_t k_cyc_to_ticks_near64(uint64_t cycles)
{
	return cycles;
}
static inline uint64_t k_ticks_to_cyc_floor64(uint64_t ticks)
{
	return ticks;
}
static inline uint64_t k_ticks_to_ms_floor64(uint64_t ticks)
{
	return ticks / 1000;
}
static inline uint32_t k_us_to_ticks_ceil32(uint32_t us)
{
	return us;
}
/** @} */

/**
 * Block for \p timeout of virtual time; K_NO_WAIT only yields. (syscall)
 * \return 0; milliseconds that were left when k_wakeup() ended it, rounded up; -1 after K_FOREVER.
 */
int32_t k_sleep(k_timeout_t timeout);
/** The same for \p ms milliseconds. */
static inline int32_t k_msleep(int32_t ms)
{
	return k_sleep(K_MSEC(ms));
}
/** The same for \p us microseconds; returns microseconds that were left. (syscall) */
int32_t k_usleep(int32_t us);
/** Let \p us microseconds pass without giving up the core: timers expire, and better threads whose
 * timeout comes run in between. (syscall) */
void k_busy_wait(uint32_t us);

#endif /* ZEPHYR_KERNEL_CLOCK_H */
