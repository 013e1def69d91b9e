/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/kernel/work.h
 * \brief Queues, and work for user threads. Included by zephyr/kernel.h.
 */
#ifndef ZEPHYR_KERNEL_WORK_H
#define ZEPHYR_KERNEL_WORK_H

#include <stdbool.h>
#include <stdint.h>
#include <zephyr/kernel/thread.h>
#include <zephyr/sys/iterable_sections.h>

/** \name Queues of pointers, first in first out @{ */
struct z_queue_node;
struct k_queue {
	struct k_wait_q wait_q;
	struct z_queue_node *first, *last;
};

#define Z_QUEUE_INITIALIZER(obj)                                                                   \
	{                                                                                          \
		.first = NULL                                                                      \
	}
#define K_QUEUE_DEFINE(name) STRUCT_SECTION_ITERABLE(k_queue, name) = Z_QUEUE_INITIALIZER(name)

/** (syscall) */
void k_queue_init(struct k_queue *queue);
/** Hand \p data to a waiter, or keep it; room for that is from the caller's resource pool.
 * 0; -ENOMEM: the pool has none, or there is no pool. (syscall) */
int k_queue_alloc_append(struct k_queue *queue, void *data);
int k_queue_alloc_prepend(struct k_queue *queue, void *data);
/** NULL: timeout, or cancelled. (syscall) */
void *k_queue_get(struct k_queue *queue, k_timeout_t timeout);
/** (syscall) */
bool k_queue_is_empty(struct k_queue *queue);
/** The first who waits gets NULL. (syscall) */
void k_queue_cancel_wait(struct k_queue *queue);
/** @} */

/** \name User work
 * Items lie in memory of the worker's domain; the queue in kernel memory. @{ */
struct k_work_user;
typedef void (*k_work_user_handler_t)(struct k_work_user *work);

enum { K_WORK_USER_STATE_PENDING };

struct k_work_user {
	void *_reserved;
	k_work_user_handler_t handler;
	uint32_t flags; /**< bit K_WORK_USER_STATE_PENDING */
};

struct k_work_user_q {
	struct k_queue queue;
	struct k_thread thread;
};

#define Z_WORK_USER_INITIALIZER(work_handler)                                                      \
	{                                                                                          \
		.handler = (work_handler)                                                          \
	}
#define K_WORK_USER_DEFINE(work, work_handler)                                                     \
	struct k_work_user work = Z_WORK_USER_INITIALIZER(work_handler)

/** Any mode. */
static inline void k_work_user_init(struct k_work_user *work, k_work_user_handler_t handler)
{
	work->_reserved = NULL;
	work->handler = handler;
	work->flags = 0;
}
/** Any mode. */
static inline bool k_work_user_is_pending(struct k_work_user *work)
{
	return __atomic_load_n(&work->flags, __ATOMIC_SEQ_CST) & BIT(K_WORK_USER_STATE_PENDING);
}
/**
 * Have the queue's thread call the item's handler. The item is not pending any more when the
 * handler runs, which may thus submit it again. Any mode.
 *
 * \return 0; -EBUSY: it is pending already; -ENOMEM: the worker is busy and the caller's resource
 *         pool is empty or missing; the item is not pending then.
 */
int k_work_user_submit_to_queue(struct k_work_user_q *work_q, struct k_work_user *work);
/** Make the queue and its thread, K_USER | K_INHERIT_PERMS, and start it. \p name may be NULL.
 * Any mode; from user mode k_thread_create()'s conditions hold, and k_queue_init()'s. */
void k_work_user_queue_start(struct k_work_user_q *work_q, k_thread_stack_t *stack,
			     size_t stack_size, int prio, const char *name);
static inline k_tid_t k_work_user_queue_thread_get(struct k_work_user_q *work_q)
{
	return &work_q->thread;
}
/** @} */

#endif /* ZEPHYR_KERNEL_WORK_H */
