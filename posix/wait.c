/* SPDX-License-Identifier: BSD-3-Clause */
/* Describe what a thread waits for, from its record and the table of kernel objects. */
#include "board.h"
#include "object.h"
#include "scheduler.h"
#include "thread.h"

#include <host/fault.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const struct {
	enum k_objects type;
	const char *name;
	size_t queue; /* offset of its wait queue */
} waitable[] = {
	{ K_OBJ_SEM, "semaphore", offsetof(struct k_sem, wait_q) },
	{ K_OBJ_MUTEX, "mutex", offsetof(struct k_mutex, wait_q) },
	{ K_OBJ_CONDVAR, "condition variable", offsetof(struct k_condvar, wait_q) },
	{ K_OBJ_EVENT, "event", offsetof(struct k_event, wait_q) },
	{ K_OBJ_QUEUE, "queue", offsetof(struct k_queue, wait_q) },
	{ K_OBJ_TIMER, "timer", offsetof(struct k_timer, wait_q) },
};

static void name_object(struct host_wait *out)
{
	struct host_address_info info;

	host_address_describe(out->object, NULL, &info);
	snprintf(out->name, sizeof(out->name), "%s", info.block_label);
}

static bool find_object(const struct k_wait_q *queue, struct host_wait *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(waitable); i++) {
		const void *object = (const char *)queue - waitable[i].queue;

		if (object_validate(object, waitable[i].type, 0, _OBJ_INIT_ANY) == -EBADF)
			continue;
		out->type = waitable[i].name;
		out->object = (uintptr_t)object;
		name_object(out);
		return true;
	}
	return false;
}

static bool find_thread(const struct k_wait_q *queue, struct host_wait *out)
{
	for (unsigned int i = 0; i < BOARD_MAX_THREADS; i++) {
		const struct k_thread *thread = thread_by_index(i);

		if (!thread || &thread->arch->joiners != queue)
			continue;
		out->type = "end of thread";
		out->object = (uintptr_t)thread;
		snprintf(out->name, sizeof(out->name), "%s", thread->name);
		return true;
	}
	return false;
}

void host_thread_wait(const struct k_thread *thread, struct host_wait *out)
{
	const struct z_thread_arch *arch = thread ? thread->arch : NULL;

	memset(out, 0, sizeof(*out));
	out->type = "";
	if (!arch)
		return;
	out->suspended = arch->suspended;
	if (thread->base.state != THREAD_WAITING)
		return;
	out->forever = arch->wake_at == K_TICKS_FOREVER;
	out->until_us = out->forever ? 0 : (uint64_t)arch->wake_at;
	if (arch->futex) {
		out->type = "futex";
		out->object = (uintptr_t)arch->futex;
	} else if (arch->waits_on && !find_object(arch->waits_on, out) &&
		   !find_thread(arch->waits_on, out)) {
		out->type = "object";
		out->object = (uintptr_t)arch->waits_on;
	}
}
