/* SPDX-License-Identifier: BSD-3-Clause */
#include "board.h"
#include "object.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"

#include <string.h>

int z_impl_k_sem_init(struct k_sem *sem, unsigned int initial_count, unsigned int limit)
{
	if (!limit || initial_count > limit)
		return -EINVAL;
	*sem = (struct k_sem){ .count = initial_count, .limit = limit };
	object_initialised(sem, K_OBJ_SEM);
	return 0;
}

int k_sem_init(struct k_sem *sem, unsigned int initial_count, unsigned int limit)
{
	if (k_is_user_context())
		return (int)syscall4(K_SYSCALL_K_SEM_INIT, (uintptr_t)sem, initial_count, limit, 0);
	return z_impl_k_sem_init(sem, initial_count, limit);
}

int z_impl_k_sem_take(struct k_sem *sem, k_timeout_t timeout)
{
	if (sem->count) {
		sem->count--;
		return 0;
	}
	return sched_wait(&sem->wait_q, timeout);
}

int k_sem_take(struct k_sem *sem, k_timeout_t timeout)
{
	if (k_is_user_context())
		return (int)syscall2(K_SYSCALL_K_SEM_TAKE, (uintptr_t)sem,
				     (uintptr_t)timeout.ticks);
	return z_impl_k_sem_take(sem, timeout);
}

void z_impl_k_sem_give(struct k_sem *sem)
{
	/* A waiter gets the unit itself: the count never shows it. */
	if (!sched_wake(&sem->wait_q, 0) && sem->count < sem->limit)
		sem->count++;
	sched_preempt();
}

void k_sem_give(struct k_sem *sem)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_SEM_GIVE, (uintptr_t)sem);
	else
		z_impl_k_sem_give(sem);
}

void z_impl_k_sem_reset(struct k_sem *sem)
{
	while (sched_wake(&sem->wait_q, -EAGAIN))
		;
	sem->count = 0;
	sched_preempt();
}

void k_sem_reset(struct k_sem *sem)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_SEM_RESET, (uintptr_t)sem);
	else
		z_impl_k_sem_reset(sem);
}

unsigned int z_impl_k_sem_count_get(struct k_sem *sem)
{
	return sem->count;
}

unsigned int k_sem_count_get(struct k_sem *sem)
{
	if (k_is_user_context())
		return (unsigned int)syscall1(K_SYSCALL_K_SEM_COUNT_GET, (uintptr_t)sem);
	return z_impl_k_sem_count_get(sem);
}
