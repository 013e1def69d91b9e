/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys/mutex.h
 * \brief A mutex in user memory: who may write to it may use it, and only who has to wait or has
 * waiters makes a system call. Its owner may lock it again. No priority is lent. Any mode.
 */
#ifndef ZEPHYR_SYS_MUTEX_H
#define ZEPHYR_SYS_MUTEX_H

#include <zephyr/kernel.h>

struct sys_mutex {
	struct k_futex futex; /**< 0 free, 1 locked, 2 locked and somebody may wait */
	k_tid_t owner;
	unsigned int count;
};

/** All zeros is a free one. */
#define SYS_MUTEX_DEFINE(name) struct sys_mutex name

void sys_mutex_init(struct sys_mutex *mutex);
/** 0; -EBUSY with K_NO_WAIT; -EAGAIN on timeout. */
int sys_mutex_lock(struct sys_mutex *mutex, k_timeout_t timeout);
/** 0; -EINVAL: it is not locked; -EPERM: by somebody else. */
int sys_mutex_unlock(struct sys_mutex *mutex);

#endif /* ZEPHYR_SYS_MUTEX_H */
