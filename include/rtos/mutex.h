/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/mutex.h
 * \brief Mutexes between threads of one virtual core.
 *
 * A binary semaphore underneath: not recursive, and no priority is lent. Supervisor mode.
 */
#ifndef RTOS_MUTEX_H
#define RTOS_MUTEX_H

#include <zephyr/kernel.h>

struct k_mutex {
	struct k_sem sem;
};

static inline int k_mutex_init(struct k_mutex *mutex)
{
	return k_sem_init(&mutex->sem, 1, 1);
}

/** 0; -EBUSY: taken and K_NO_WAIT; -EAGAIN: timeout. */
static inline int k_mutex_lock(struct k_mutex *mutex, k_timeout_t timeout)
{
	return k_sem_take(&mutex->sem, timeout);
}

static inline int k_mutex_unlock(struct k_mutex *mutex)
{
	k_sem_give(&mutex->sem);
	return 0;
}

#endif /* RTOS_MUTEX_H */
