/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/wait.h
 * \brief Waiting: virtual time passes, nothing spins.
 */
#ifndef RTOS_WAIT_H
#define RTOS_WAIT_H

#include <stdint.h>
#include <zephyr/kernel.h>

/** Let \p us microseconds of virtual time pass. (syscall) */
static inline void wait_delay_us(uint64_t us)
{
	k_sleep(K_USEC(us));
}

#endif /* RTOS_WAIT_H */
