/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All of it runs in the mode of who calls: the queue is behind system calls, the item is memory
 * that the worker's domain opens.
 */
#include <zephyr/kernel.h>

#define PENDING ((uint32_t)BIT(K_WORK_USER_STATE_PENDING))

int k_work_user_submit_to_queue(struct k_work_user_q *work_q, struct k_work_user *work)
{
	int ret;

	if (__atomic_fetch_or(&work->flags, PENDING, __ATOMIC_SEQ_CST) & PENDING)
		return -EBUSY;
	ret = k_queue_alloc_append(&work_q->queue, work);
	if (ret)
		__atomic_fetch_and(&work->flags, ~PENDING, __ATOMIC_SEQ_CST);
	return ret;
}

static void work_loop(void *work_q_arg, void *p2, void *p3)
{
	/* Its address only: it lies in kernel memory. */
	struct k_queue *queue = &((struct k_work_user_q *)work_q_arg)->queue;

	for (;;) {
		struct k_work_user *work = k_queue_get(queue, K_FOREVER);

		if (!work)
			continue;
		/* Before the handler runs, which may submit it again. */
		if (__atomic_fetch_and(&work->flags, ~PENDING, __ATOMIC_SEQ_CST) & PENDING)
			work->handler(work);
		k_yield();
	}
}

void k_work_user_queue_start(struct k_work_user_q *work_q, k_thread_stack_t *stack,
			     size_t stack_size, int prio, const char *name)
{
	k_queue_init(&work_q->queue);
	if (!k_thread_create(&work_q->thread, stack, stack_size, work_loop, work_q, NULL, NULL,
			     prio, K_USER | K_INHERIT_PERMS, K_FOREVER))
		return;
	k_object_access_grant(&work_q->queue, &work_q->thread);
	if (name)
		k_thread_name_set(&work_q->thread, name);
	k_thread_start(&work_q->thread);
}
