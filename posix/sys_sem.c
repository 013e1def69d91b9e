/* SPDX-License-Identifier: BSD-3-Clause */
/* Semaphores in user memory. All functions run in the caller's mode. */
#include <limits.h>
#include <zephyr/sys/sem.h>

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
	if (!sem || !limit || limit > INT_MAX || initial_count > limit)
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
