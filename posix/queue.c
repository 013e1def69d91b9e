/* SPDX-License-Identifier: BSD-3-Clause */
#include "heap.h"
#include "object.h"
#include "protect.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"
#include "track.h"

struct z_queue_node {
	struct z_queue_node *next;
	void *data;
};

/* Kernel memory on the caller's account: it can't use up anybody else's. */
void *thread_pool_alloc(size_t size)
{
	struct k_heap *pool = sched_current->resource_pool;
	void *block = pool && pool->heap.heap ? k_heap_alloc(pool, size, K_NO_WAIT) : NULL;

	if (block)
		protect_open((uintptr_t)block);
	/* The kernel fills it in itself, before the call is over. */
	track_call_over();
	return block;
}

void thread_pool_free(void *block)
{
	struct heap *heap = heap_find((uintptr_t)block);

	/* The heap may have gone before what was in it. */
	if (!heap)
		return;
	protect_open((uintptr_t)block);
	heap_free(heap, block);
}

void z_impl_k_queue_init(struct k_queue *queue)
{
	*queue = (struct k_queue)Z_QUEUE_INITIALIZER(*queue);
	object_initialised(queue, K_OBJ_QUEUE);
}

void k_queue_init(struct k_queue *queue)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_QUEUE_INIT, (uintptr_t)queue);
	else
		z_impl_k_queue_init(queue);
}

static int put(struct k_queue *queue, void *data, bool append)
{
	struct k_thread *waiter = queue->wait_q.head;
	struct z_queue_node *node;

	if (waiter) {
		waiter->arch->wake_data = data;
		sched_wake_thread(waiter, 0);
		sched_preempt();
		return 0;
	}
	node = thread_pool_alloc(sizeof(*node));
	if (!node)
		return -ENOMEM;
	node->data = data;
	node->next = append ? NULL : queue->first;
	if (append && queue->first)
		queue->last->next = node;
	else
		queue->first = node;
	if (!node->next)
		queue->last = node;
	return 0;
}

int z_impl_k_queue_alloc_append(struct k_queue *queue, void *data)
{
	return put(queue, data, true);
}

int k_queue_alloc_append(struct k_queue *queue, void *data)
{
	if (k_is_user_context())
		return (int)syscall2(K_SYSCALL_K_QUEUE_ALLOC_APPEND, (uintptr_t)queue,
				     (uintptr_t)data);
	return z_impl_k_queue_alloc_append(queue, data);
}

int z_impl_k_queue_alloc_prepend(struct k_queue *queue, void *data)
{
	return put(queue, data, false);
}

int k_queue_alloc_prepend(struct k_queue *queue, void *data)
{
	if (k_is_user_context())
		return (int)syscall2(K_SYSCALL_K_QUEUE_ALLOC_PREPEND, (uintptr_t)queue,
				     (uintptr_t)data);
	return z_impl_k_queue_alloc_prepend(queue, data);
}

void *z_impl_k_queue_get(struct k_queue *queue, k_timeout_t timeout)
{
	struct z_queue_node *node = queue->first;
	void *data;

	if (node) {
		queue->first = node->next;
		data = node->data;
		thread_pool_free(node);
		return data;
	}
	sched_current->arch->wake_data = NULL;
	return sched_wait(&queue->wait_q, timeout) ? NULL : sched_current->arch->wake_data;
}

void *k_queue_get(struct k_queue *queue, k_timeout_t timeout)
{
	if (k_is_user_context())
		return (void *)syscall2(K_SYSCALL_K_QUEUE_GET, (uintptr_t)queue,
					(uintptr_t)timeout.ticks);
	return z_impl_k_queue_get(queue, timeout);
}

bool z_impl_k_queue_is_empty(struct k_queue *queue)
{
	return !queue->first;
}

bool k_queue_is_empty(struct k_queue *queue)
{
	if (k_is_user_context())
		return syscall1(K_SYSCALL_K_QUEUE_IS_EMPTY, (uintptr_t)queue) != 0;
	return z_impl_k_queue_is_empty(queue);
}

void z_impl_k_queue_cancel_wait(struct k_queue *queue)
{
	struct k_thread *waiter = queue->wait_q.head;

	if (!waiter)
		return;
	waiter->arch->wake_data = NULL;
	sched_wake_thread(waiter, 0);
	sched_preempt();
}

void k_queue_cancel_wait(struct k_queue *queue)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_QUEUE_CANCEL_WAIT, (uintptr_t)queue);
	else
		z_impl_k_queue_cancel_wait(queue);
}
