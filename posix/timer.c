/* SPDX-License-Identifier: BSD-3-Clause */
#include "timer.h"
#include "arch/arch.h"
#include "arena.h"
#include "board.h"
#include "object.h"
#include "protect.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"
#include "track.h"

/* Of any of the host's library calls an expiry function may make, too. */
#define INTERRUPT_STACK_SIZE ((size_t)64 << 10)

static struct {
	struct k_timer *first; /* soonest first */
	bool in_interrupt;
	uintptr_t base_sp;
	struct arena_region *stack;
	unsigned int stack_id;
} timers;

bool k_is_in_isr(void)
{
	return !k_is_user_context() && timers.in_interrupt;
}

void timers_forget(void)
{
	timers.first = NULL;
	timers.in_interrupt = false;
	if (timers.stack)
		track_stack_delete(timers.stack_id);
	timers.stack = NULL; /* the board's arena goes, or has gone */
}

static void enter(struct k_timer *timer)
{
	struct k_timer **link = &timers.first;

	while (*link && (*link)->expires <= timer->expires)
		link = &(*link)->next;
	timer->next = *link;
	*link = timer;
	timer->running = true;
}

static bool take_out(struct k_timer *timer)
{
	struct k_timer **link = &timers.first;

	/* By looking, not by its own word: the memory may have been another timer's. */
	while (*link && *link != timer)
		link = &(*link)->next;
	timer->running = false;
	if (!*link)
		return false;
	*link = timer->next;
	return true;
}

void timer_forget(struct k_timer *timer)
{
	take_out(timer);
}

k_ticks_t timers_next(void)
{
	return timers.first ? timers.first->expires : K_TICKS_FOREVER;
}

struct call {
	k_timer_expiry_t fn;
	struct k_timer *timer;
};

static uintptr_t call_fn(void *arg)
{
	const struct call *call = arg;

	call->fn(call->timer);
	return 0;
}

/* As from an interrupt: on a stack of its own, and without a switch of threads in between. */
static void interrupt(k_timer_expiry_t fn, struct k_timer *timer)
{
	struct call call = { fn, timer };

	if (!fn)
		return;
	if (timers.in_interrupt) {
		fn(timer);
		return;
	}
	if (!timers.stack) {
		timers.stack = arena_create(INTERRUPT_STACK_SIZE, HOST_MEMORY_KERNEL_STACK,
					    "interrupt stack");
		if (!timers.stack)
			z_fatal(K_ERR_KERNEL_PANIC, "no memory for an interrupt stack");
		protect_region_new(timers.stack->start, timers.stack->size);
		timers.stack_id =
			track_stack_new((void *)timers.stack->start,
					(void *)(timers.stack->start + timers.stack->size));
	}
	protect_open(timers.stack->start);
	timers.in_interrupt = true;
	arch_call_on_stack(timers.stack->start + timers.stack->size, call_fn, &call,
			   &timers.base_sp);
	timers.in_interrupt = false;
}

void interrupt_leave(void)
{
	track_stack_abandoned((void *)timers.stack->start, timers.stack->size);
	arch_leave_stack(timers.base_sp, 0);
}

static void expire(struct k_timer *timer)
{
	take_out(timer);
	timer->status++;
	if (timer->period > 0) {
		/* Time that was passed in one go: what was missed counts, but is not made up for. */
		k_ticks_t missed = (z_board_page.now - timer->expires) / timer->period;

		timer->status += (uint32_t)missed;
		if (__builtin_add_overflow(timer->expires, (missed + 1) * timer->period,
					   &timer->expires))
			timer->expires = INT64_MAX;
		enter(timer);
	}
	interrupt(timer->expiry_fn, timer);
	sched_wake(&timer->wait_q, 0);
}

void timers_run(void)
{
	while (timers.first && timers.first->expires <= z_board_page.now)
		expire(timers.first);
}

void k_timer_init(struct k_timer *timer, k_timer_expiry_t expiry_fn, k_timer_stop_t stop_fn)
{
	take_out(timer);
	*timer = (struct k_timer)Z_TIMER_INITIALIZER(*timer, expiry_fn, stop_fn);
	object_initialised(timer, K_OBJ_TIMER);
}

void z_impl_k_timer_start(struct k_timer *timer, k_timeout_t duration, k_timeout_t period)
{
	if (duration.ticks < 0)
		return;
	take_out(timer);
	timer->status = 0;
	timer->period = period.ticks > 0 ? period.ticks : 0;
	if (__builtin_add_overflow(z_board_page.now, duration.ticks, &timer->expires))
		timer->expires = INT64_MAX;
	enter(timer);
}

void k_timer_start(struct k_timer *timer, k_timeout_t duration, k_timeout_t period)
{
	if (k_is_user_context())
		syscall4(K_SYSCALL_K_TIMER_START, (uintptr_t)timer, (uintptr_t)duration.ticks,
			 (uintptr_t)period.ticks, 0);
	else
		z_impl_k_timer_start(timer, duration, period);
}

void z_impl_k_timer_stop(struct k_timer *timer)
{
	if (!take_out(timer))
		return;
	if (timer->stop_fn)
		timer->stop_fn(timer);
	sched_wake(&timer->wait_q, 0);
	sched_preempt();
}

void k_timer_stop(struct k_timer *timer)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_TIMER_STOP, (uintptr_t)timer);
	else
		z_impl_k_timer_stop(timer);
}

uint32_t z_impl_k_timer_status_get(struct k_timer *timer)
{
	uint32_t status = timer->status;

	timer->status = 0;
	return status;
}

uint32_t k_timer_status_get(struct k_timer *timer)
{
	if (k_is_user_context())
		return (uint32_t)syscall1(K_SYSCALL_K_TIMER_STATUS_GET, (uintptr_t)timer);
	return z_impl_k_timer_status_get(timer);
}

uint32_t z_impl_k_timer_status_sync(struct k_timer *timer)
{
	if (!timer->status && timer->running)
		sched_wait(&timer->wait_q, K_FOREVER);
	return z_impl_k_timer_status_get(timer);
}

uint32_t k_timer_status_sync(struct k_timer *timer)
{
	if (k_is_user_context())
		return (uint32_t)syscall1(K_SYSCALL_K_TIMER_STATUS_SYNC, (uintptr_t)timer);
	return z_impl_k_timer_status_sync(timer);
}

k_ticks_t z_impl_k_timer_expires_ticks(const struct k_timer *timer)
{
	return timer->running ? timer->expires : z_board_page.now;
}

k_ticks_t k_timer_expires_ticks(const struct k_timer *timer)
{
	if (k_is_user_context())
		return (k_ticks_t)syscall1(K_SYSCALL_K_TIMER_EXPIRES_TICKS, (uintptr_t)timer);
	return z_impl_k_timer_expires_ticks(timer);
}

k_ticks_t z_impl_k_timer_remaining_ticks(const struct k_timer *timer)
{
	return z_impl_k_timer_expires_ticks(timer) - z_board_page.now;
}

k_ticks_t k_timer_remaining_ticks(const struct k_timer *timer)
{
	if (k_is_user_context())
		return (k_ticks_t)syscall1(K_SYSCALL_K_TIMER_REMAINING_TICKS, (uintptr_t)timer);
	return z_impl_k_timer_remaining_ticks(timer);
}

void z_impl_k_timer_user_data_set(struct k_timer *timer, void *user_data)
{
	timer->user_data = user_data;
}

void k_timer_user_data_set(struct k_timer *timer, void *user_data)
{
	if (k_is_user_context())
		syscall2(K_SYSCALL_K_TIMER_USER_DATA_SET, (uintptr_t)timer, (uintptr_t)user_data);
	else
		z_impl_k_timer_user_data_set(timer, user_data);
}

void *z_impl_k_timer_user_data_get(const struct k_timer *timer)
{
	return timer->user_data;
}

void *k_timer_user_data_get(const struct k_timer *timer)
{
	if (k_is_user_context())
		return (void *)syscall1(K_SYSCALL_K_TIMER_USER_DATA_GET, (uintptr_t)timer);
	return z_impl_k_timer_user_data_get(timer);
}
