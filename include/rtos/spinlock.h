/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/spinlock.h
 * \brief Zephyr's spin locks, and SOF's way to initialise one. Any mode.
 */
#ifndef RTOS_SPINLOCK_H
#define RTOS_SPINLOCK_H

#include <zephyr/spinlock.h>

static inline void k_spinlock_init(struct k_spinlock *lock)
{
	lock->held = 0;
}

#endif /* RTOS_SPINLOCK_H */
