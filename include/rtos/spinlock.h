/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/spinlock.h
 * \brief Spin locks: one thread runs at a time on a virtual core, so none ever spins. Any mode.
 */
#ifndef RTOS_SPINLOCK_H
#define RTOS_SPINLOCK_H

struct k_spinlock {
	int held;
};
typedef int k_spinlock_key_t;

static inline void k_spinlock_init(struct k_spinlock *lock)
{
	lock->held = 0;
}

static inline k_spinlock_key_t k_spin_lock(struct k_spinlock *lock)
{
	const k_spinlock_key_t key = lock->held;

	lock->held = 1;
	return key;
}

static inline void k_spin_unlock(struct k_spinlock *lock, k_spinlock_key_t key)
{
	lock->held = key;
}

#endif /* RTOS_SPINLOCK_H */
