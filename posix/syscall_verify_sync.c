/* SPDX-License-Identifier: BSD-3-Clause */
/* Verifiers: semaphores, mutexes, condition variables, events, queues. */
#include "syscall.h"

#include <zephyr/sys/util.h>

static k_timeout_t timeout_of(uintptr_t ticks)
{
	return K_TICKS((k_ticks_t)ticks);
}

static struct k_sem *sem_of(uintptr_t arg)
{
	K_OOPS(K_SYSCALL_OBJ((void *)arg, K_OBJ_SEM));
	return (struct k_sem *)arg;
}

static struct k_mutex *mutex_of(uintptr_t arg)
{
	K_OOPS(K_SYSCALL_OBJ((void *)arg, K_OBJ_MUTEX));
	return (struct k_mutex *)arg;
}

static struct k_condvar *condvar_of(uintptr_t arg)
{
	K_OOPS(K_SYSCALL_OBJ((void *)arg, K_OBJ_CONDVAR));
	return (struct k_condvar *)arg;
}

static struct k_event *event_of(uintptr_t arg)
{
	K_OOPS(K_SYSCALL_OBJ((void *)arg, K_OBJ_EVENT));
	return (struct k_event *)arg;
}

static struct k_queue *queue_of(uintptr_t arg)
{
	K_OOPS(K_SYSCALL_OBJ((void *)arg, K_OBJ_QUEUE));
	return (struct k_queue *)arg;
}

static uintptr_t z_vrfy_k_sem_init(const uintptr_t *arg)
{
	struct k_sem *sem = (struct k_sem *)arg[0];

	K_OOPS(K_SYSCALL_OBJ_INIT(sem, K_OBJ_SEM));
	return (uintptr_t)z_impl_k_sem_init(sem, (unsigned int)arg[1], (unsigned int)arg[2]);
}

static uintptr_t z_vrfy_k_sem_take(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_sem_take(sem_of(arg[0]), timeout_of(arg[1]));
}

static uintptr_t z_vrfy_k_sem_give(const uintptr_t *arg)
{
	z_impl_k_sem_give(sem_of(arg[0]));
	return 0;
}

static uintptr_t z_vrfy_k_sem_reset(const uintptr_t *arg)
{
	z_impl_k_sem_reset(sem_of(arg[0]));
	return 0;
}

static uintptr_t z_vrfy_k_sem_count_get(const uintptr_t *arg)
{
	return z_impl_k_sem_count_get(sem_of(arg[0]));
}

static uintptr_t z_vrfy_k_mutex_init(const uintptr_t *arg)
{
	struct k_mutex *mutex = (struct k_mutex *)arg[0];

	K_OOPS(K_SYSCALL_OBJ_INIT(mutex, K_OBJ_MUTEX));
	return (uintptr_t)z_impl_k_mutex_init(mutex);
}

static uintptr_t z_vrfy_k_mutex_lock(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_mutex_lock(mutex_of(arg[0]), timeout_of(arg[1]));
}

static uintptr_t z_vrfy_k_mutex_unlock(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_mutex_unlock(mutex_of(arg[0]));
}

static uintptr_t z_vrfy_k_condvar_init(const uintptr_t *arg)
{
	struct k_condvar *condvar = (struct k_condvar *)arg[0];

	K_OOPS(K_SYSCALL_OBJ_INIT(condvar, K_OBJ_CONDVAR));
	return (uintptr_t)z_impl_k_condvar_init(condvar);
}

static uintptr_t z_vrfy_k_condvar_signal(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_condvar_signal(condvar_of(arg[0]));
}

static uintptr_t z_vrfy_k_condvar_broadcast(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_condvar_broadcast(condvar_of(arg[0]));
}

static uintptr_t z_vrfy_k_condvar_wait(const uintptr_t *arg)
{
	struct k_condvar *condvar = condvar_of(arg[0]);

	return (uintptr_t)z_impl_k_condvar_wait(condvar, mutex_of(arg[1]), timeout_of(arg[2]));
}

static uintptr_t z_vrfy_k_event_init(const uintptr_t *arg)
{
	struct k_event *event = (struct k_event *)arg[0];

	K_OOPS(K_SYSCALL_OBJ_NEVER_INIT(event, K_OBJ_EVENT));
	z_impl_k_event_init(event);
	return 0;
}

static uintptr_t z_vrfy_k_event_post(const uintptr_t *arg)
{
	return z_impl_k_event_post(event_of(arg[0]), (uint32_t)arg[1]);
}

static uintptr_t z_vrfy_k_event_set(const uintptr_t *arg)
{
	return z_impl_k_event_set(event_of(arg[0]), (uint32_t)arg[1]);
}

static uintptr_t z_vrfy_k_event_set_masked(const uintptr_t *arg)
{
	return z_impl_k_event_set_masked(event_of(arg[0]), (uint32_t)arg[1], (uint32_t)arg[2]);
}

static uintptr_t z_vrfy_k_event_clear(const uintptr_t *arg)
{
	return z_impl_k_event_clear(event_of(arg[0]), (uint32_t)arg[1]);
}

static uintptr_t z_vrfy_k_event_wait(const uintptr_t *arg)
{
	return z_impl_k_event_wait(event_of(arg[0]), (uint32_t)arg[1], arg[2] != 0,
				   timeout_of(arg[3]));
}

static uintptr_t z_vrfy_k_event_wait_all(const uintptr_t *arg)
{
	return z_impl_k_event_wait_all(event_of(arg[0]), (uint32_t)arg[1], arg[2] != 0,
				       timeout_of(arg[3]));
}

static uintptr_t z_vrfy_k_event_wait_safe(const uintptr_t *arg)
{
	return z_impl_k_event_wait_safe(event_of(arg[0]), (uint32_t)arg[1], arg[2] != 0,
					timeout_of(arg[3]));
}

static uintptr_t z_vrfy_k_event_wait_all_safe(const uintptr_t *arg)
{
	return z_impl_k_event_wait_all_safe(event_of(arg[0]), (uint32_t)arg[1], arg[2] != 0,
					    timeout_of(arg[3]));
}

static uintptr_t z_vrfy_k_queue_init(const uintptr_t *arg)
{
	struct k_queue *queue = (struct k_queue *)arg[0];

	K_OOPS(K_SYSCALL_OBJ_NEVER_INIT(queue, K_OBJ_QUEUE));
	z_impl_k_queue_init(queue);
	return 0;
}

static uintptr_t z_vrfy_k_queue_alloc_append(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_queue_alloc_append(queue_of(arg[0]), (void *)arg[1]);
}

static uintptr_t z_vrfy_k_queue_alloc_prepend(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_queue_alloc_prepend(queue_of(arg[0]), (void *)arg[1]);
}

static uintptr_t z_vrfy_k_queue_get(const uintptr_t *arg)
{
	return (uintptr_t)z_impl_k_queue_get(queue_of(arg[0]), timeout_of(arg[1]));
}

static uintptr_t z_vrfy_k_queue_is_empty(const uintptr_t *arg)
{
	return z_impl_k_queue_is_empty(queue_of(arg[0]));
}

static uintptr_t z_vrfy_k_queue_cancel_wait(const uintptr_t *arg)
{
	z_impl_k_queue_cancel_wait(queue_of(arg[0]));
	return 0;
}

void syscall_register_sync(void)
{
	static const struct syscall_entry entries[] = {
		{ K_SYSCALL_K_SEM_INIT, z_vrfy_k_sem_init },
		{ K_SYSCALL_K_SEM_TAKE, z_vrfy_k_sem_take },
		{ K_SYSCALL_K_SEM_GIVE, z_vrfy_k_sem_give },
		{ K_SYSCALL_K_SEM_RESET, z_vrfy_k_sem_reset },
		{ K_SYSCALL_K_SEM_COUNT_GET, z_vrfy_k_sem_count_get },
		{ K_SYSCALL_K_MUTEX_INIT, z_vrfy_k_mutex_init },
		{ K_SYSCALL_K_MUTEX_LOCK, z_vrfy_k_mutex_lock },
		{ K_SYSCALL_K_MUTEX_UNLOCK, z_vrfy_k_mutex_unlock },
		{ K_SYSCALL_K_CONDVAR_INIT, z_vrfy_k_condvar_init },
		{ K_SYSCALL_K_CONDVAR_SIGNAL, z_vrfy_k_condvar_signal },
		{ K_SYSCALL_K_CONDVAR_BROADCAST, z_vrfy_k_condvar_broadcast },
		{ K_SYSCALL_K_CONDVAR_WAIT, z_vrfy_k_condvar_wait },
		{ K_SYSCALL_K_EVENT_INIT, z_vrfy_k_event_init },
		{ K_SYSCALL_K_EVENT_POST, z_vrfy_k_event_post },
		{ K_SYSCALL_K_EVENT_SET, z_vrfy_k_event_set },
		{ K_SYSCALL_K_EVENT_SET_MASKED, z_vrfy_k_event_set_masked },
		{ K_SYSCALL_K_EVENT_CLEAR, z_vrfy_k_event_clear },
		{ K_SYSCALL_K_EVENT_WAIT, z_vrfy_k_event_wait },
		{ K_SYSCALL_K_EVENT_WAIT_ALL, z_vrfy_k_event_wait_all },
		{ K_SYSCALL_K_EVENT_WAIT_SAFE, z_vrfy_k_event_wait_safe },
		{ K_SYSCALL_K_EVENT_WAIT_ALL_SAFE, z_vrfy_k_event_wait_all_safe },
		{ K_SYSCALL_K_QUEUE_INIT, z_vrfy_k_queue_init },
		{ K_SYSCALL_K_QUEUE_ALLOC_APPEND, z_vrfy_k_queue_alloc_append },
		{ K_SYSCALL_K_QUEUE_ALLOC_PREPEND, z_vrfy_k_queue_alloc_prepend },
		{ K_SYSCALL_K_QUEUE_GET, z_vrfy_k_queue_get },
		{ K_SYSCALL_K_QUEUE_IS_EMPTY, z_vrfy_k_queue_is_empty },
		{ K_SYSCALL_K_QUEUE_CANCEL_WAIT, z_vrfy_k_queue_cancel_wait },
	};

	syscall_register_all(entries, ARRAY_SIZE(entries));
}
