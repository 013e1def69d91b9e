/* SPDX-License-Identifier: BSD-3-Clause */
/* What may be done to a thread between its creation and its end. */
#include "board.h"
#include "cores.h"
#include "protect.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

k_tid_t k_thread_create(struct k_thread *new_thread, k_thread_stack_t *stack, size_t stack_size,
			k_thread_entry_t entry, void *p1, void *p2, void *p3, int prio,
			uint32_t options, k_timeout_t delay)
{
	/* More than the gate takes: the rest is read from the caller's memory. */
	const struct thread_create_more more = { { p1, p2, p3 }, prio, options, delay };

	if (k_is_user_context())
		return (k_tid_t)z_syscall(K_SYSCALL_K_THREAD_CREATE, (uintptr_t)new_thread,
					  (uintptr_t)stack, stack_size, (uintptr_t)entry,
					  (uintptr_t)&more, 0);
	return z_impl_k_thread_create(new_thread, stack, stack_size, entry, p1, p2, p3, prio,
				      options, delay);
}

void z_impl_k_thread_start(k_tid_t thread)
{
	if (!thread_is_live(thread))
		return;
	if (thread->base.state == THREAD_DORMANT)
		sched_ready(thread);
	else if (thread->base.state == THREAD_WAITING && !thread->arch->started)
		sched_wake_thread(thread, 0); /* before its delay is over */
	sched_preempt();
}

void k_thread_start(k_tid_t thread)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_THREAD_START, (uintptr_t)thread);
	else
		z_impl_k_thread_start(thread);
}

void z_impl_k_thread_suspend(k_tid_t thread)
{
	if (!thread_is_live(thread) || thread->arch->suspended)
		return;
	thread->arch->suspended = true;
	if (thread == sched_current) {
		thread->base.state = THREAD_SUSPENDED;
		if (!k_is_in_isr()) {
			sched_swap();
			sched_look_for_deadlock();
		}
	} else if (thread->base.state == THREAD_READY) {
		sched_forget(thread);
		sched_ready(thread);
	} else {
		/* It stops as soon as it has the kernel: sched_obey(). */
		cores_bring_in(thread);
	}
}

void k_thread_suspend(k_tid_t thread)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_THREAD_SUSPEND, (uintptr_t)thread);
	else
		z_impl_k_thread_suspend(thread);
}

/* k_sleep(K_FOREVER), which suspends the thread on the board. */
static bool sleeps_for_ever(const struct k_thread *thread)
{
	return thread->base.state == THREAD_WAITING && !thread->arch->waits_on &&
	       thread->arch->wake_at == K_TICKS_FOREVER && thread->arch->started;
}

void z_impl_k_thread_resume(k_tid_t thread)
{
	if (!thread_is_live(thread))
		return;
	if (thread->arch->suspended) {
		thread->arch->suspended = false;
		if (thread->base.state == THREAD_SUSPENDED)
			sched_ready(thread);
	} else if (sleeps_for_ever(thread)) {
		sched_wake_thread(thread, 0);
	}
	sched_preempt();
}

void k_thread_resume(k_tid_t thread)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_THREAD_RESUME, (uintptr_t)thread);
	else
		z_impl_k_thread_resume(thread);
}

void z_impl_k_wakeup(k_tid_t thread)
{
	if (!thread_is_live(thread) || thread->base.state != THREAD_WAITING ||
	    thread->arch->waits_on || !thread->arch->started)
		return;
	sched_wake_thread(thread, 0);
	sched_preempt();
}

void k_wakeup(k_tid_t thread)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_WAKEUP, (uintptr_t)thread);
	else
		z_impl_k_wakeup(thread);
}

int z_impl_k_thread_priority_get(k_tid_t thread)
{
	return thread->base.prio;
}

int k_thread_priority_get(k_tid_t thread)
{
	if (k_is_user_context())
		return (int)syscall1(K_SYSCALL_K_THREAD_PRIORITY_GET, (uintptr_t)thread);
	return z_impl_k_thread_priority_get(thread);
}

void z_impl_k_thread_priority_set(k_tid_t thread, int prio)
{
	sched_prio_set(thread, prio);
	sched_preempt();
}

void k_thread_priority_set(k_tid_t thread, int prio)
{
	if (k_is_user_context())
		syscall2(K_SYSCALL_K_THREAD_PRIORITY_SET, (uintptr_t)thread, (uintptr_t)prio);
	else
		z_impl_k_thread_priority_set(thread, prio);
}

k_ticks_t z_impl_k_thread_timeout_expires_ticks(k_tid_t thread)
{
	if (!thread_is_live(thread) || thread->base.state != THREAD_WAITING ||
	    thread->arch->wake_at == K_TICKS_FOREVER)
		return z_board_page.now;
	return thread->arch->wake_at;
}

k_ticks_t k_thread_timeout_expires_ticks(k_tid_t thread)
{
	if (k_is_user_context())
		return (k_ticks_t)syscall1(K_SYSCALL_K_THREAD_TIMEOUT_EXPIRES_TICKS,
					   (uintptr_t)thread);
	return z_impl_k_thread_timeout_expires_ticks(thread);
}

k_ticks_t z_impl_k_thread_timeout_remaining_ticks(k_tid_t thread)
{
	return z_impl_k_thread_timeout_expires_ticks(thread) - z_board_page.now;
}

k_ticks_t k_thread_timeout_remaining_ticks(k_tid_t thread)
{
	if (k_is_user_context())
		return (k_ticks_t)syscall1(K_SYSCALL_K_THREAD_TIMEOUT_REMAINING_TICKS,
					   (uintptr_t)thread);
	return z_impl_k_thread_timeout_remaining_ticks(thread);
}

int z_impl_k_thread_name_set(k_tid_t thread, const char *name)
{
	if (!thread)
		thread = sched_current;
	snprintf(thread->name, sizeof(thread->name), "%s", name);
	if (thread->arch && thread->arch->host_made) {
		char host_name[16];

		snprintf(host_name, sizeof(host_name), "%.15s", name);
		/* The C library looks the thread up in its record, on its host stack. */
		protect_open_thread(thread);
		pthread_setname_np(thread->arch->host, host_name);
	}
	return 0;
}

int k_thread_name_set(k_tid_t thread, const char *name)
{
	if (k_is_user_context())
		return (int)syscall2(K_SYSCALL_K_THREAD_NAME_SET, (uintptr_t)thread,
				     (uintptr_t)name);
	return z_impl_k_thread_name_set(thread, name);
}

const char *k_thread_name_get(k_tid_t thread)
{
	return thread ? thread->name : NULL;
}

int z_impl_k_thread_name_copy(k_tid_t thread, char *buffer, size_t size)
{
	size_t length = strlen(thread->name) + 1;

	if (size < length)
		return -ENOSPC;
	memcpy(buffer, thread->name, length);
	return 0;
}

int k_thread_name_copy(k_tid_t thread, char *buffer, size_t size)
{
	if (k_is_user_context())
		return (int)syscall4(K_SYSCALL_K_THREAD_NAME_COPY, (uintptr_t)thread,
				     (uintptr_t)buffer, size, 0);
	return z_impl_k_thread_name_copy(thread, buffer, size);
}

int z_impl_k_thread_cpu_pin(k_tid_t thread, int cpu)
{
	if (cpu < 0 || (unsigned int)cpu >= cores.count)
		return -EINVAL;
	if (thread->base.state == THREAD_READY || thread->base.state == THREAD_RUNNING)
		return -EINVAL;
	thread->base.cpu = (uint8_t)cpu;
	if (thread_is_live(thread))
		cores_pin(thread);
	return 0;
}

int k_thread_cpu_pin(k_tid_t thread, int cpu)
{
	if (k_is_user_context())
		return (int)syscall2(K_SYSCALL_K_THREAD_CPU_PIN, (uintptr_t)thread, (uintptr_t)cpu);
	return z_impl_k_thread_cpu_pin(thread, cpu);
}

void z_impl_k_thread_absolute_deadline_set(k_tid_t thread, int deadline)
{
	thread->base.prio_deadline = deadline;
	sched_reorder(thread);
}

void k_thread_absolute_deadline_set(k_tid_t thread, int deadline)
{
	if (k_is_user_context())
		syscall2(K_SYSCALL_K_THREAD_ABSOLUTE_DEADLINE_SET, (uintptr_t)thread,
			 (uintptr_t)deadline);
	else
		z_impl_k_thread_absolute_deadline_set(thread, deadline);
}

void z_impl_k_thread_deadline_set(k_tid_t thread, int deadline)
{
	thread->base.prio_deadline = z_board_page.now + deadline;
	sched_reorder(thread);
}

void k_thread_deadline_set(k_tid_t thread, int deadline)
{
	if (k_is_user_context())
		syscall2(K_SYSCALL_K_THREAD_DEADLINE_SET, (uintptr_t)thread, (uintptr_t)deadline);
	else
		z_impl_k_thread_deadline_set(thread, deadline);
}

void k_thread_heap_assign(struct k_thread *thread, struct k_heap *heap)
{
	thread->resource_pool = heap;
}
