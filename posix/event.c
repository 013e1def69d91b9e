/* SPDX-License-Identifier: BSD-3-Clause */
#include "board.h"
#include "object.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"

void z_impl_k_event_init(struct k_event *event)
{
	*event = (struct k_event)Z_EVENT_INITIALIZER(*event);
	object_initialised(event, K_OBJ_EVENT);
}

void k_event_init(struct k_event *event)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_EVENT_INIT, (uintptr_t)event);
	else
		z_impl_k_event_init(event);
}

/* What a wait for these would return now: 0 when it is not over. */
static uint32_t matching(const struct k_event *event, uint32_t wanted, bool all)
{
	uint32_t match = event->events & wanted;

	return all && match != wanted ? 0 : match;
}

/* Change the bits under mask and wake everyone whose wait is over. */
static uint32_t update(struct k_event *event, uint32_t bits, uint32_t mask)
{
	uint32_t before = event->events & mask;
	uint32_t taken = 0;
	struct k_thread *thread, *next;

	event->events = (event->events & ~mask) | (bits & mask);
	for (thread = event->wait_q.head; thread; thread = next) {
		uint32_t match = matching(event, thread->arch->event_mask, thread->arch->event_all);

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

uint32_t z_impl_k_event_set_masked(struct k_event *event, uint32_t events, uint32_t mask)
{
	return update(event, events, mask);
}

uint32_t k_event_set_masked(struct k_event *event, uint32_t events, uint32_t mask)
{
	if (k_is_user_context())
		return (uint32_t)syscall4(K_SYSCALL_K_EVENT_SET_MASKED, (uintptr_t)event, events,
					  mask, 0);
	return z_impl_k_event_set_masked(event, events, mask);
}

uint32_t z_impl_k_event_clear(struct k_event *event, uint32_t events)
{
	return update(event, 0, events);
}

uint32_t k_event_clear(struct k_event *event, uint32_t events)
{
	if (k_is_user_context())
		return (uint32_t)syscall2(K_SYSCALL_K_EVENT_CLEAR, (uintptr_t)event, events);
	return z_impl_k_event_clear(event, events);
}

struct how {
	bool reset, all, clears;
};

static uint32_t wait(struct k_event *event, uint32_t events, struct how how, k_timeout_t timeout)
{
	struct z_thread_arch *arch = sched_current->arch;
	uint32_t match;

	/* No event can end such a wait. */
	if (!events)
		return 0;
	if (how.reset)
		event->events = 0;
	match = matching(event, events, how.all);
	if (match) {
		if (how.clears)
			event->events &= ~match;
		return match;
	}
	arch->event_mask = events;
	arch->event_all = how.all;
	arch->event_clears = how.clears;
	arch->event_got = 0;
	return sched_wait(&event->wait_q, timeout) ? 0 : arch->event_got;
}

static uint32_t wait_syscall(unsigned int id, struct k_event *event, uint32_t events, bool reset,
			     k_timeout_t timeout)
{
	return (uint32_t)syscall4(id, (uintptr_t)event, events, reset, (uintptr_t)timeout.ticks);
}

uint32_t z_impl_k_event_wait(struct k_event *event, uint32_t events, bool reset,
			     k_timeout_t timeout)
{
	return wait(event, events, (struct how){ .reset = reset }, timeout);
}

uint32_t k_event_wait(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout)
{
	if (k_is_user_context())
		return wait_syscall(K_SYSCALL_K_EVENT_WAIT, event, events, reset, timeout);
	return z_impl_k_event_wait(event, events, reset, timeout);
}

uint32_t z_impl_k_event_wait_all(struct k_event *event, uint32_t events, bool reset,
				 k_timeout_t timeout)
{
	return wait(event, events, (struct how){ .reset = reset, .all = true }, timeout);
}

uint32_t k_event_wait_all(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout)
{
	if (k_is_user_context())
		return wait_syscall(K_SYSCALL_K_EVENT_WAIT_ALL, event, events, reset, timeout);
	return z_impl_k_event_wait_all(event, events, reset, timeout);
}

uint32_t z_impl_k_event_wait_safe(struct k_event *event, uint32_t events, bool reset,
				  k_timeout_t timeout)
{
	return wait(event, events, (struct how){ .reset = reset, .clears = true }, timeout);
}

uint32_t k_event_wait_safe(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout)
{
	if (k_is_user_context())
		return wait_syscall(K_SYSCALL_K_EVENT_WAIT_SAFE, event, events, reset, timeout);
	return z_impl_k_event_wait_safe(event, events, reset, timeout);
}

uint32_t z_impl_k_event_wait_all_safe(struct k_event *event, uint32_t events, bool reset,
				      k_timeout_t timeout)
{
	return wait(event, events, (struct how){ .reset = reset, .all = true, .clears = true },
		    timeout);
}

uint32_t k_event_wait_all_safe(struct k_event *event, uint32_t events, bool reset,
			       k_timeout_t timeout)
{
	if (k_is_user_context())
		return wait_syscall(K_SYSCALL_K_EVENT_WAIT_ALL_SAFE, event, events, reset, timeout);
	return z_impl_k_event_wait_all_safe(event, events, reset, timeout);
}

uint32_t k_event_test(struct k_event *event, uint32_t mask)
{
	return k_event_wait(event, mask, false, K_NO_WAIT);
}
