/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Verifiers of the kernel's own system calls: each argument is checked against what the calling
 * thread may touch before the body sees it.
 */
#include "heap.h"
#include "scheduler.h"
#include "syscall.h"

#include <rtos/alloc.h>
#include <string.h>

static k_timeout_t timeout_of(uintptr_t ticks)
{
	return K_TICKS((k_ticks_t)ticks);
}

static uintptr_t z_vrfy_k_sem_init(const uintptr_t *arg)
{
	struct k_sem *sem = (struct k_sem *)arg[0];

	K_OOPS(K_SYSCALL_OBJ_NEVER_INIT(sem, K_OBJ_SEM));
	return (uintptr_t)z_impl_k_sem_init(sem, (unsigned int)arg[1], (unsigned int)arg[2]);
}

static uintptr_t z_vrfy_k_sem_take(const uintptr_t *arg)
{
	struct k_sem *sem = (struct k_sem *)arg[0];

	K_OOPS(K_SYSCALL_OBJ(sem, K_OBJ_SEM));
	return (uintptr_t)z_impl_k_sem_take(sem, timeout_of(arg[1]));
}

static uintptr_t z_vrfy_k_sem_give(const uintptr_t *arg)
{
	struct k_sem *sem = (struct k_sem *)arg[0];

	K_OOPS(K_SYSCALL_OBJ(sem, K_OBJ_SEM));
	z_impl_k_sem_give(sem);
	return 0;
}

static uintptr_t z_vrfy_k_event_post(const uintptr_t *arg)
{
	struct k_event *event = (struct k_event *)arg[0];

	K_OOPS(K_SYSCALL_OBJ(event, K_OBJ_EVENT));
	return z_impl_k_event_post(event, (uint32_t)arg[1]);
}

static uintptr_t z_vrfy_k_event_set(const uintptr_t *arg)
{
	struct k_event *event = (struct k_event *)arg[0];

	K_OOPS(K_SYSCALL_OBJ(event, K_OBJ_EVENT));
	return z_impl_k_event_set(event, (uint32_t)arg[1]);
}

static uintptr_t z_vrfy_k_event_wait(const uintptr_t *arg)
{
	struct k_event *event = (struct k_event *)arg[0];

	K_OOPS(K_SYSCALL_OBJ(event, K_OBJ_EVENT));
	return z_impl_k_event_wait(event, (uint32_t)arg[1], arg[2] != 0, timeout_of(arg[3]));
}

static uintptr_t z_vrfy_k_event_wait_safe(const uintptr_t *arg)
{
	struct k_event *event = (struct k_event *)arg[0];

	K_OOPS(K_SYSCALL_OBJ(event, K_OBJ_EVENT));
	return z_impl_k_event_wait_safe(event, (uint32_t)arg[1], arg[2] != 0, timeout_of(arg[3]));
}

static uintptr_t z_vrfy_k_thread_abort(const uintptr_t *arg)
{
	k_tid_t thread = (k_tid_t)arg[0];

	K_OOPS(K_SYSCALL_OBJ(thread, K_OBJ_THREAD));
	K_OOPS(K_SYSCALL_VERIFY(!(thread->base.user_options & K_ESSENTIAL)));
	z_impl_k_thread_abort(thread);
	return 0;
}

static uintptr_t z_vrfy_k_thread_join(const uintptr_t *arg)
{
	k_tid_t thread = (k_tid_t)arg[0];

	K_OOPS(K_SYSCALL_OBJ_NEVER_INIT(thread, K_OBJ_THREAD));
	return (uintptr_t)z_impl_k_thread_join(thread, timeout_of(arg[1]));
}

static uintptr_t z_vrfy_k_yield(const uintptr_t *arg)
{
	k_yield();
	return 0;
}

static uintptr_t z_vrfy_k_sleep(const uintptr_t *arg)
{
	return (uintptr_t)k_sleep(timeout_of(arg[0]));
}

static uintptr_t z_vrfy_k_object_access_grant(const uintptr_t *arg)
{
	k_tid_t thread = (k_tid_t)arg[1];

	K_OOPS(K_SYSCALL_OBJ_NEVER_INIT((void *)arg[0], K_OBJ_ANY));
	K_OOPS(K_SYSCALL_OBJ(thread, K_OBJ_THREAD));
	z_impl_k_object_access_grant((void *)arg[0], thread);
	return 0;
}

static uintptr_t z_vrfy_z_fatal(const uintptr_t *arg)
{
	const char *text = (const char *)arg[1];
	unsigned int reason = (unsigned int)arg[0];
	char told[192];
	size_t length = 0;

	/* A user thread can end itself, not the system: anything but a smashed stack is an oops. */
	if (reason != K_ERR_STACK_CHK_FAIL)
		reason = K_ERR_KERNEL_OOPS;
	/* The text is told as far as the caller may read it. */
	while (length < sizeof(told) - 1 && !z_user_access_check(text + length, 1, false) &&
	       text[length]) {
		told[length] = text[length];
		length++;
	}
	told[length] = 0;
	z_impl_z_fatal(reason, told);
}

static uintptr_t z_vrfy_sof_heap_alloc(const uintptr_t *arg)
{
	struct k_heap *heap = (struct k_heap *)arg[0];

	/* A user thread names its own domain's heap and no other: kernel and shared memory are not
	 * for it to allocate. */
	K_OOPS(K_SYSCALL_VERIFY(heap != NULL));
	K_OOPS(K_SYSCALL_VERIFY(!(arg[1] & (SOF_MEM_FLAG_KERNEL | SOF_MEM_FLAG_USER_SHARED_BUFFER))));
	K_OOPS(K_SYSCALL_VERIFY(heap_of_k_heap(heap) != NULL));
	K_OOPS(K_SYSCALL_MEMORY_WRITE((void *)heap_start(heap_of_k_heap(heap)), 1));
	return (uintptr_t)z_impl_sof_heap_alloc(heap, (uint32_t)arg[1], arg[2], arg[3]);
}

static uintptr_t z_vrfy_sof_heap_free(const uintptr_t *arg)
{
	struct k_heap *heap = (struct k_heap *)arg[0];

	K_OOPS(K_SYSCALL_VERIFY(heap != NULL));
	K_OOPS(K_SYSCALL_VERIFY(heap_of_k_heap(heap) != NULL));
	if (!arg[1])
		return 0;
	K_OOPS(K_SYSCALL_MEMORY_WRITE((void *)arg[1], 1));
	z_impl_sof_heap_free(heap, (void *)arg[1]);
	return 0;
}

static uintptr_t z_vrfy_sof_log(const uintptr_t *arg)
{
	const char *module = (const char *)arg[1], *text = (const char *)arg[2];

	K_OOPS(K_SYSCALL_MEMORY_READ(text, arg[3]));
	K_OOPS(K_SYSCALL_VERIFY(arg[3] && !text[arg[3] - 1]));
	K_OOPS(K_SYSCALL_MEMORY_READ(module, arg[4]));
	K_OOPS(K_SYSCALL_VERIFY(arg[4] && !module[arg[4] - 1]));
	z_impl_sof_log((int)arg[0], module, text);
	return 0;
}

void syscall_register_kernel(void)
{
	z_syscall_register(K_SYSCALL_K_SEM_INIT, z_vrfy_k_sem_init);
	z_syscall_register(K_SYSCALL_K_SEM_TAKE, z_vrfy_k_sem_take);
	z_syscall_register(K_SYSCALL_K_SEM_GIVE, z_vrfy_k_sem_give);
	z_syscall_register(K_SYSCALL_K_EVENT_POST, z_vrfy_k_event_post);
	z_syscall_register(K_SYSCALL_K_EVENT_SET, z_vrfy_k_event_set);
	z_syscall_register(K_SYSCALL_K_EVENT_WAIT, z_vrfy_k_event_wait);
	z_syscall_register(K_SYSCALL_K_EVENT_WAIT_SAFE, z_vrfy_k_event_wait_safe);
	z_syscall_register(K_SYSCALL_K_THREAD_ABORT, z_vrfy_k_thread_abort);
	z_syscall_register(K_SYSCALL_K_THREAD_JOIN, z_vrfy_k_thread_join);
	z_syscall_register(K_SYSCALL_K_YIELD, z_vrfy_k_yield);
	z_syscall_register(K_SYSCALL_K_SLEEP, z_vrfy_k_sleep);
	z_syscall_register(K_SYSCALL_K_OBJECT_ACCESS_GRANT, z_vrfy_k_object_access_grant);
	z_syscall_register(K_SYSCALL_Z_FATAL, z_vrfy_z_fatal);
	z_syscall_register(K_SYSCALL_SOF_HEAP_ALLOC, z_vrfy_sof_heap_alloc);
	z_syscall_register(K_SYSCALL_SOF_HEAP_FREE, z_vrfy_sof_heap_free);
	z_syscall_register(K_SYSCALL_SOF_LOG, z_vrfy_sof_log);
}
