/* SPDX-License-Identifier: BSD-3-Clause */
#include "object.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"

int z_impl_k_mutex_init(struct k_mutex *mutex)
{
	*mutex = (struct k_mutex)Z_MUTEX_INITIALIZER(*mutex);
	object_initialised(mutex, K_OBJ_MUTEX);
	return 0;
}

int k_mutex_init(struct k_mutex *mutex)
{
	if (k_is_user_context())
		return (int)syscall1(K_SYSCALL_K_MUTEX_INIT, (uintptr_t)mutex);
	return z_impl_k_mutex_init(mutex);
}

/* The owner runs as urgently as the best who waits for it, and never less than it did before. */
static void lend_priority(struct k_mutex *mutex)
{
	const struct k_thread *waiter = mutex->wait_q.head;
	int prio = mutex->owner_orig_prio;

	/* One that has died owning it may be any memory by now. */
	if (!thread_is_live(mutex->owner))
		return;
	if (waiter && waiter->base.prio < prio)
		prio = waiter->base.prio;
	if (mutex->owner->base.prio != prio)
		sched_prio_set(mutex->owner, prio);
}

static void own(struct k_mutex *mutex, struct k_thread *owner)
{
	mutex->owner = owner;
	mutex->owner_orig_prio = owner->base.prio;
	mutex->lock_count = 1;
}

int z_impl_k_mutex_lock(struct k_mutex *mutex, k_timeout_t timeout)
{
	int ret;

	if (!mutex->lock_count) {
		own(mutex, sched_current);
		return 0;
	}
	if (mutex->owner == sched_current) {
		mutex->lock_count++;
		return 0;
	}
	if (!timeout.ticks || k_is_in_isr())
		return -EBUSY;
	/* Raised before the wait, as who waits does not come back to do it. */
	if (thread_is_live(mutex->owner) && sched_current->base.prio < mutex->owner->base.prio)
		sched_prio_set(mutex->owner, sched_current->base.prio);
	ret = sched_wait(&mutex->wait_q, timeout);
	if (!ret)
		return 0;
	if (mutex->lock_count)
		lend_priority(mutex);
	sched_preempt();
	return ret;
}

int k_mutex_lock(struct k_mutex *mutex, k_timeout_t timeout)
{
	if (k_is_user_context())
		return (int)syscall2(K_SYSCALL_K_MUTEX_LOCK, (uintptr_t)mutex,
				     (uintptr_t)timeout.ticks);
	return z_impl_k_mutex_lock(mutex, timeout);
}

int z_impl_k_mutex_unlock(struct k_mutex *mutex)
{
	struct k_thread *next;

	if (!mutex->lock_count)
		return -EINVAL;
	if (mutex->owner != sched_current)
		return -EPERM;
	if (--mutex->lock_count)
		return 0;
	if (sched_current->base.prio != mutex->owner_orig_prio)
		sched_prio_set(sched_current, mutex->owner_orig_prio);
	mutex->owner = NULL;
	/* It gets the mutex with its wake-up: nobody can come in between. */
	next = sched_wake(&mutex->wait_q, 0);
	if (next) {
		own(mutex, next);
		lend_priority(mutex);
	}
	sched_preempt();
	return 0;
}

int k_mutex_unlock(struct k_mutex *mutex)
{
	if (k_is_user_context())
		return (int)syscall1(K_SYSCALL_K_MUTEX_UNLOCK, (uintptr_t)mutex);
	return z_impl_k_mutex_unlock(mutex);
}
