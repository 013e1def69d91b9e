/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/kernel/sync.h
 * \brief Semaphores, mutexes, condition variables, events. Included by zephyr/kernel.h.
 *
 * What a ..._DEFINE() macro makes is a known and initialised object when the board starts, each
 * time it does. From user mode a call on what is no such object, not permitted or not initialised
 * is an oops.
 */
#ifndef ZEPHYR_KERNEL_SYNC_H
#define ZEPHYR_KERNEL_SYNC_H

#include <stdbool.h>
#include <stdint.h>
#include <zephyr/kernel/thread.h>
#include <zephyr/sys/iterable_sections.h>

/** \name Semaphores @{ */
struct k_sem {
	struct k_wait_q wait_q;
	unsigned int count, limit;
};

#define K_SEM_MAX_LIMIT UINT32_MAX
#define Z_SEM_INITIALIZER(obj, initial_count, count_limit)                                         \
	{                                                                                          \
		.count = (initial_count), .limit = (count_limit)                                   \
	}
#define K_SEM_DEFINE(name, initial_count, count_limit)                                             \
	STRUCT_SECTION_ITERABLE(k_sem, name) =                                                     \
		Z_SEM_INITIALIZER(name, initial_count, count_limit);                               \
	_Static_assert((count_limit) > 0 && (uint64_t)(initial_count) <= (count_limit),            \
		       "a semaphore's count is at most its limit, which is not 0")

/** 0, or -EINVAL: limit 0 or count above it. (syscall) */
int k_sem_init(struct k_sem *sem, unsigned int initial_count, unsigned int limit);
/** 0; -EBUSY: none there and K_NO_WAIT; -EAGAIN: timeout, or reset. (syscall) */
int k_sem_take(struct k_sem *sem, k_timeout_t timeout);
/** (syscall) */
void k_sem_give(struct k_sem *sem);
/** Count 0; all who wait get -EAGAIN. (syscall) */
void k_sem_reset(struct k_sem *sem);
/** (syscall) */
unsigned int k_sem_count_get(struct k_sem *sem);
/** @} */

/** \name Mutexes
 * Recursive. While a better thread waits the owner has its priority. @{ */
struct k_mutex {
	struct k_wait_q wait_q;
	struct k_thread *owner;
	uint32_t lock_count;
	int owner_orig_prio;
};

#define Z_MUTEX_INITIALIZER(obj)                                                                   \
	{                                                                                          \
		.lock_count = 0, .owner_orig_prio = K_LOWEST_THREAD_PRIO                           \
	}
#define K_MUTEX_DEFINE(name) STRUCT_SECTION_ITERABLE(k_mutex, name) = Z_MUTEX_INITIALIZER(name)

/** 0. (syscall) */
int k_mutex_init(struct k_mutex *mutex);
/** 0; -EBUSY: another's and K_NO_WAIT; -EAGAIN: timeout. (syscall) */
int k_mutex_lock(struct k_mutex *mutex, k_timeout_t timeout);
/** 0; -EINVAL: not locked; -EPERM: another's. (syscall) */
int k_mutex_unlock(struct k_mutex *mutex);
/** @} */

/** \name Condition variables @{ */
struct k_condvar {
	struct k_wait_q wait_q;
};

#define Z_CONDVAR_INITIALIZER(obj)                                                                 \
	{                                                                                          \
		{                                                                                  \
			NULL                                                                       \
		}                                                                                  \
	}
#define K_CONDVAR_DEFINE(name)                                                                     \
	STRUCT_SECTION_ITERABLE(k_condvar, name) = Z_CONDVAR_INITIALIZER(name)

/** 0. (syscall) */
int k_condvar_init(struct k_condvar *condvar);
/** Wake the best waiter. 0. (syscall) */
int k_condvar_signal(struct k_condvar *condvar);
/** Wake all; returns how many. (syscall) */
int k_condvar_broadcast(struct k_condvar *condvar);
/** Unlock \p mutex, wait, lock it again. 0; -EAGAIN: timeout. With K_NO_WAIT the mutex stays locked.
 * (syscall) */
int k_condvar_wait(struct k_condvar *condvar, struct k_mutex *mutex, k_timeout_t timeout);
/** @} */

/** \name Events @{ */
struct k_event {
	struct k_wait_q wait_q;
	uint32_t events;
};

#define Z_EVENT_INITIALIZER(obj)                                                                   \
	{                                                                                          \
		.events = 0                                                                        \
	}
#define K_EVENT_DEFINE(name) STRUCT_SECTION_ITERABLE(k_event, name) = Z_EVENT_INITIALIZER(name)

/** (syscall) */
void k_event_init(struct k_event *event);
/** OR \p events in; returns the bits that were set among them before. (syscall) */
uint32_t k_event_post(struct k_event *event, uint32_t events);
/** Replace all bits; returns those before. (syscall) */
uint32_t k_event_set(struct k_event *event, uint32_t events);
/** Replace the bits under \p mask; returns those before. (syscall) */
uint32_t k_event_set_masked(struct k_event *event, uint32_t events, uint32_t mask);
/** Returns the bits that were set among \p events. (syscall) */
uint32_t k_event_clear(struct k_event *event, uint32_t events);
/** The bits of \p mask that are set now. (syscall) */
uint32_t k_event_test(struct k_event *event, uint32_t mask);
/** Wait for any of \p events; the matching bits, 0 on timeout, and at once when \p events is 0.
 * \p reset zeroes all first. (syscall) */
uint32_t k_event_wait(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);
/** The same, for all of \p events. (syscall) */
uint32_t k_event_wait_all(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);
/** The same two, and the bits returned are cleared in one go. (syscall) */
uint32_t k_event_wait_safe(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);
uint32_t k_event_wait_all_safe(struct k_event *event, uint32_t events, bool reset,
			       k_timeout_t timeout);
/** @} */

#endif /* ZEPHYR_KERNEL_SYNC_H */
