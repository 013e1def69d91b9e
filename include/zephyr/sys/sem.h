/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys/sem.h
 * \brief A counting semaphore in user memory: who may write to it may use it, and only who has to wait
 * makes a system call. Any mode.
 */
#ifndef ZEPHYR_SYS_SEM_H
#define ZEPHYR_SYS_SEM_H

#include <zephyr/kernel.h>

struct sys_sem {
	struct k_futex futex; /**< the count */
	int waiters;	      /**< who may be waiting */
	int limit;
};

#define SYS_SEM_DEFINE(name, initial_count, count_limit)                                           \
	struct sys_sem name = { .futex = { (int)(initial_count) }, .limit = (int)(count_limit) }

/** 0; -EINVAL: \p sem is NULL; \p limit is 0 or more than INT_MAX, or less than \p initial_count. */
int sys_sem_init(struct sys_sem *sem, unsigned int initial_count, unsigned int limit);
/** 0; -EAGAIN: it is at its limit. */
int sys_sem_give(struct sys_sem *sem);
/** 0; -ETIMEDOUT, with K_NO_WAIT too. */
int sys_sem_take(struct sys_sem *sem, k_timeout_t timeout);
unsigned int sys_sem_count_get(struct sys_sem *sem);

#endif /* ZEPHYR_SYS_SEM_H */
