/* SPDX-License-Identifier: BSD-3-Clause */
#include "object.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"

int z_impl_k_condvar_init(struct k_condvar *condvar)
{
	*condvar = (struct k_condvar)Z_CONDVAR_INITIALIZER(*condvar);
	object_initialised(condvar, K_OBJ_CONDVAR);
	return 0;
}

int k_condvar_init(struct k_condvar *condvar)
{
	if (k_is_user_context())
		return (int)syscall1(K_SYSCALL_K_CONDVAR_INIT, (uintptr_t)condvar);
	return z_impl_k_condvar_init(condvar);
}

int z_impl_k_condvar_signal(struct k_condvar *condvar)
{
	sched_wake(&condvar->wait_q, 0);
	sched_preempt();
	return 0;
}

int k_condvar_signal(struct k_condvar *condvar)
{
	if (k_is_user_context())
		return (int)syscall1(K_SYSCALL_K_CONDVAR_SIGNAL, (uintptr_t)condvar);
	return z_impl_k_condvar_signal(condvar);
}

int z_impl_k_condvar_broadcast(struct k_condvar *condvar)
{
	int woken = 0;

	while (sched_wake(&condvar->wait_q, 0))
		woken++;
	sched_preempt();
	return woken;
}

int k_condvar_broadcast(struct k_condvar *condvar)
{
	if (k_is_user_context())
		return (int)syscall1(K_SYSCALL_K_CONDVAR_BROADCAST, (uintptr_t)condvar);
	return z_impl_k_condvar_broadcast(condvar);
}

int z_impl_k_condvar_wait(struct k_condvar *condvar, struct k_mutex *mutex, k_timeout_t timeout)
{
	int ret;

	/* The mutex stays locked: no other thread gets it in between. */
	if (!timeout.ticks)
		return -EAGAIN;
	/* No signal may fall between the unlocking and the wait. */
	k_sched_lock();
	z_impl_k_mutex_unlock(mutex);
	ret = sched_wait(&condvar->wait_q, timeout);
	k_sched_unlock();
	z_impl_k_mutex_lock(mutex, K_FOREVER);
	return ret == -EBUSY ? -EAGAIN : ret;
}

int k_condvar_wait(struct k_condvar *condvar, struct k_mutex *mutex, k_timeout_t timeout)
{
	if (k_is_user_context())
		return (int)syscall4(K_SYSCALL_K_CONDVAR_WAIT, (uintptr_t)condvar, (uintptr_t)mutex,
				     (uintptr_t)timeout.ticks, 0);
	return z_impl_k_condvar_wait(condvar, mutex, timeout);
}
