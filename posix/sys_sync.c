/* SPDX-License-Identifier: BSD-3-Clause */
/* Semaphore and mutex in user memory. All of it runs in the mode of who calls. */
#include <limits.h>
#include <zephyr/sys/mutex.h>
#include <zephyr/sys/sem.h>

#define FREE	  0
#define LOCKED	  1
#define CONTENDED 2

static int load(const int *word)
{
	return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static bool change(int *word, int from, int to)
{
	return __atomic_compare_exchange_n(word, &from, to, false, __ATOMIC_ACQ_REL,
					   __ATOMIC_ACQUIRE);
}

/* When a wait of so long is over; negative: never. */
static k_ticks_t end_of(k_timeout_t timeout)
{
	k_ticks_t end;

	if (timeout.ticks < 0 || __builtin_add_overflow(k_uptime_ticks(), timeout.ticks, &end))
		return K_TICKS_FOREVER;
	return end;
}

static k_timeout_t left_until(k_ticks_t end)
{
	k_ticks_t now = k_uptime_ticks();

	if (end < 0)
		return K_FOREVER;
	return K_TICKS(end > now ? end - now : 0);
}

int sys_sem_init(struct sys_sem *sem, unsigned int initial_count, unsigned int limit)
{
	if (!limit || limit > INT_MAX || initial_count > limit)
		return -EINVAL;
	*sem = (struct sys_sem){ .futex = { (int)initial_count }, .limit = (int)limit };
	return 0;
}

int sys_sem_give(struct sys_sem *sem)
{
	int count;

	do {
		count = load(&sem->futex.val);
		if (count >= sem->limit)
			return -EAGAIN;
	} while (!change(&sem->futex.val, count, count + 1));
	if (__atomic_load_n(&sem->waiters, __ATOMIC_SEQ_CST))
		k_futex_wake(&sem->futex, false);
	return 0;
}

static bool take_one(struct sys_sem *sem)
{
	int count = load(&sem->futex.val);

	while (count > 0) {
		if (change(&sem->futex.val, count, count - 1))
			return true;
		count = load(&sem->futex.val);
	}
	return false;
}

int sys_sem_take(struct sys_sem *sem, k_timeout_t timeout)
{
	k_ticks_t end;
	int ret = 0;

	if (take_one(sem))
		return 0;
	if (!timeout.ticks)
		return -ETIMEDOUT;
	end = end_of(timeout);
	/* Before the count is looked at again: who gives after that finds a waiter. */
	__atomic_fetch_add(&sem->waiters, 1, __ATOMIC_SEQ_CST);
	while (!take_one(sem)) {
		ret = k_futex_wait(&sem->futex, 0, left_until(end));
		if (ret == -EAGAIN)
			ret = 0;
		if (ret)
			break;
	}
	__atomic_fetch_sub(&sem->waiters, 1, __ATOMIC_SEQ_CST);
	return ret;
}

unsigned int sys_sem_count_get(struct sys_sem *sem)
{
	return (unsigned int)load(&sem->futex.val);
}

void sys_mutex_init(struct sys_mutex *mutex)
{
	*mutex = (struct sys_mutex){ 0 };
}

static bool is_mine(struct sys_mutex *mutex)
{
	return __atomic_load_n(&mutex->owner, __ATOMIC_RELAXED) == k_current_get();
}

static int own(struct sys_mutex *mutex)
{
	__atomic_store_n(&mutex->owner, k_current_get(), __ATOMIC_RELAXED);
	mutex->count = 1;
	return 0;
}

int sys_mutex_lock(struct sys_mutex *mutex, k_timeout_t timeout)
{
	k_ticks_t end;

	if (change(&mutex->futex.val, FREE, LOCKED))
		return own(mutex);
	if (is_mine(mutex)) {
		mutex->count++;
		return 0;
	}
	if (!timeout.ticks)
		return -EBUSY;
	end = end_of(timeout);
	while (__atomic_exchange_n(&mutex->futex.val, CONTENDED, __ATOMIC_ACQ_REL) != FREE) {
		int ret = k_futex_wait(&mutex->futex, CONTENDED, left_until(end));

		if (ret && ret != -EAGAIN)
			return ret == -ETIMEDOUT ? -EAGAIN : ret;
	}
	return own(mutex);
}

int sys_mutex_unlock(struct sys_mutex *mutex)
{
	if (load(&mutex->futex.val) == FREE)
		return -EINVAL;
	if (!is_mine(mutex))
		return -EPERM;
	if (--mutex->count)
		return 0;
	__atomic_store_n(&mutex->owner, NULL, __ATOMIC_RELAXED);
	if (__atomic_exchange_n(&mutex->futex.val, FREE, __ATOMIC_ACQ_REL) == CONTENDED)
		k_futex_wake(&mutex->futex, false);
	return 0;
}
