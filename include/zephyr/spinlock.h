/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/spinlock.h
 * \brief Spin locks: locked interrupts (zephyr/irq.h), and a word that tells a debugger so.
 *
 * Supervisor code runs on one virtual core at a time, so no lock ever spins. Any mode.
 */
#ifndef ZEPHYR_SPINLOCK_H
#define ZEPHYR_SPINLOCK_H

#include <zephyr/irq.h>

struct k_spinlock {
	int held; /**< how deep it is nested */
};
typedef int k_spinlock_key_t;

static inline k_spinlock_key_t k_spin_lock(struct k_spinlock *lock)
{
	const k_spinlock_key_t key = (k_spinlock_key_t)arch_irq_lock();

	lock->held++;
	return key;
}

static inline void k_spin_unlock(struct k_spinlock *lock, k_spinlock_key_t key)
{
	lock->held--;
	arch_irq_unlock((unsigned int)key);
}

#endif /* ZEPHYR_SPINLOCK_H */
