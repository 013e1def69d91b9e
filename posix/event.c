/* SPDX-License-Identifier: BSD-3-Clause */
#include "board.h"
#include "object.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"

void k_event_init(struct k_event *event)
{
	*event = (struct k_event){ 0 };
	object_initialised(event, K_OBJ_EVENT);
}

/* Change the bits under mask and wake everyone whose wait is over. */
static uint32_t update(struct k_event *event, uint32_t bits, uint32_t mask)
{
	uint32_t before = event->events & mask;
	uint32_t taken = 0;
	struct k_thread *thread, *next;

	event->events = (event->events & ~mask) | (bits & mask);
	for (thread = event->wait_q.head; thread; thread = next) {
		uint32_t match = event->events & thread->arch->event_mask;

		next = thread->arch->queue_next;
		if (!match)
			continue;
		thread->arch->event_got = match;
		if (thread->arch->event_clears)
			taken |= match;
		sched_wake_thread(thread, 0);
	}
	event->events &= ~taken;
	sched_preempt();
	return before;
}

uint32_t z_impl_k_event_post(struct k_event *event, uint32_t events)
{
	return update(event, events, events);
}

uint32_t k_event_post(struct k_event *event, uint32_t events)
{
	if (k_is_user_context())
		return (uint32_t)syscall2(K_SYSCALL_K_EVENT_POST, (uintptr_t)event, events);
	return z_impl_k_event_post(event, events);
}

uint32_t z_impl_k_event_set(struct k_event *event, uint32_t events)
{
	return update(event, events, UINT32_MAX);
}

uint32_t k_event_set(struct k_event *event, uint32_t events)
{
	if (k_is_user_context())
		return (uint32_t)syscall2(K_SYSCALL_K_EVENT_SET, (uintptr_t)event, events);
	return z_impl_k_event_set(event, events);
}

uint32_t k_event_clear(struct k_event *event, uint32_t events)
{
	uint32_t before = event->events & events;

	event->events &= ~events;
	return before;
}

static uint32_t wait(struct k_event *event, uint32_t events, bool reset, bool clears,
		     k_timeout_t timeout)
{
	struct z_thread_arch *arch = sched_current->arch;
	uint32_t match;

	if (reset)
		event->events = 0;
	match = event->events & events;
	if (match) {
		if (clears)
			event->events &= ~match;
		return match;
	}
	arch->event_mask = events;
	arch->event_clears = clears;
	arch->event_got = 0;
	return sched_wait(&event->wait_q, timeout) ? 0 : arch->event_got;
}

uint32_t z_impl_k_event_wait(struct k_event *event, uint32_t events, bool reset,
			     k_timeout_t timeout)
{
	return wait(event, events, reset, false, timeout);
}

uint32_t k_event_wait(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout)
{
	if (k_is_user_context())
		return (uint32_t)syscall4(K_SYSCALL_K_EVENT_WAIT, (uintptr_t)event, events, reset,
					  (uintptr_t)timeout.ticks);
	return z_impl_k_event_wait(event, events, reset, timeout);
}

uint32_t z_impl_k_event_wait_safe(struct k_event *event, uint32_t events, bool reset,
				  k_timeout_t timeout)
{
	return wait(event, events, reset, true, timeout);
}

uint32_t k_event_wait_safe(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout)
{
	if (k_is_user_context())
		return (uint32_t)syscall4(K_SYSCALL_K_EVENT_WAIT_SAFE, (uintptr_t)event, events,
					  reset, (uintptr_t)timeout.ticks);
	return z_impl_k_event_wait_safe(event, events, reset, timeout);
}
