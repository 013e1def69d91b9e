/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/wait.h
 * \brief Waiting: virtual time passes, nothing spins. (syscall)
 */
#ifndef RTOS_WAIT_H
#define RTOS_WAIT_H

#include <rtos/timer.h>
#include <stdint.h>
#include <zephyr/kernel.h>

/** Let \p us microseconds of virtual time pass. */
static inline void wait_delay_us(uint64_t us)
{
	k_sleep(K_USEC(us));
}

static inline void wait_delay_ms(uint64_t ms)
{
	wait_delay_us(ms * 1000);
}

/** A clock counts microseconds. */
static inline void wait_delay(uint64_t number_of_clks)
{
	wait_delay_us(k_cyc_to_us_floor64(number_of_clks));
}

#endif /* RTOS_WAIT_H */
