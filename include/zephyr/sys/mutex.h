/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys/mutex.h
 * \brief A mutex in user memory: who may write to it may use it. Its owner may lock it again, and has
 * the priority of the best who waits. Any mode; from user mode each call is a system call, and a bad
 * address is an error, not an oops.
 *
 * The memory only names the mutex. As many as 256 can be locked at a time.
 */
#ifndef ZEPHYR_SYS_MUTEX_H
#define ZEPHYR_SYS_MUTEX_H

#include <zephyr/kernel.h>

struct sys_mutex {
	uint32_t val; /**< not used: its address counts */
};

/** Any is free until it is locked. */
#define SYS_MUTEX_DEFINE(name) struct sys_mutex name

/** Memory that is used for another mutex now: whoever has locked the former one has not locked it. */
void sys_mutex_init(struct sys_mutex *mutex);
/** 0; -EBUSY with K_NO_WAIT; -EAGAIN on timeout; -EACCES: the caller cannot write to it; -EINVAL: no
 * address of a mutex; -ENOMEM: too many are locked. */
int sys_mutex_lock(struct sys_mutex *mutex, k_timeout_t timeout);
/** 0; -EINVAL: it is not locked, or no mutex; -EPERM: by somebody else; -EACCES as above. */
int sys_mutex_unlock(struct sys_mutex *mutex);

#endif /* ZEPHYR_SYS_MUTEX_H */
