/* SPDX-License-Identifier: BSD-3-Clause */
#include "virtual_time.h"
#include "board.h"
#include "fault.h"
#include "guarded_call.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"
#include "timer.h"

/* Timers may go on for ever without waking anyone. */
#define IDLE_EXPIRIES_MAX 1000000u

#define LL_SLEEP_MAX_US 1000000

/* The next time that anything happens by itself; K_TICKS_FOREVER: never. */
static k_ticks_t next_time(void)
{
	const struct k_thread *next = sched_next_timeout();
	k_ticks_t timer = timers_next();

	if (!next)
		return timer;
	return timer >= 0 && timer < next->arch->wake_at ? timer : next->arch->wake_at;
}

/* A thread that is out may be looking. */
static void set_time(k_ticks_t to)
{
	if (to > z_board_page.now)
		__atomic_store_n(&z_board->now, to, __ATOMIC_RELAXED);
}

/* All that are due at once, so that the best of them runs first. */
static void move_time(k_ticks_t to)
{
	struct k_thread *next;

	set_time(to);
	timers_run();
	while ((next = sched_next_timeout()) && next->arch->wake_at <= z_board_page.now)
		sched_wake_thread(next, -EAGAIN);
}

bool virtual_time_advance(void)
{
	for (unsigned int i = 0; i < IDLE_EXPIRIES_MAX && !sched_anyone_ready(); i++) {
		k_ticks_t next = next_time();

		if (next < 0)
			break;
		move_time(next);
	}
	return sched_anyone_ready();
}

/* Timers expire and timeouts end, as they would while the caller computes. */
static void pass_time(k_ticks_t ticks)
{
	k_ticks_t end = z_board_page.now + ticks;
	k_ticks_t next;

	for (unsigned int i = 0; i < IDLE_EXPIRIES_MAX && !sched_current->arch->irq_locked; i++) {
		next = next_time();
		if (next < 0 || next > end)
			break;
		move_time(next);
		sched_preempt();
	}
	set_time(end);
}

bool virtual_time_catch_up(void)
{
	k_ticks_t next = k_is_in_isr() ? K_TICKS_FOREVER : next_time();

	if (next < 0 || next > z_board_page.now)
		return false;
	move_time(z_board_page.now);
	return true;
}

/* Nothing happens until then, so that a caller who sleeps is the next to run: the usual end of a
 * millisecond without DP modules, which is worth no turn through all the lists. */
static bool nothing_happens_until(k_ticks_t end)
{
	const bool alone = !sched_anyone_else() && !k_is_in_isr();
	const k_ticks_t next = alone ? next_time() : 0;

	return alone && (next < 0 || next > end);
}

/* A call that sleeps again and again is no better than one that sleeps long. */
static bool is_too_long(const struct z_thread_arch *arch, k_timeout_t timeout)
{
	const k_ticks_t spent = arch->guarded ? z_board_page.now - arch->guarded->began : 0;

	return timeout.ticks < 0 || timeout.ticks > LL_SLEEP_MAX_US - spent;
}

/* A module that sleeps in the LL task stops the whole firmware: a longer sleep is a stall. */
static bool stalls_ll_task(k_timeout_t timeout)
{
	struct z_thread_arch *arch = sched_current->arch;
	struct host_wait wait = { .type = "", .forever = timeout.ticks < 0 };

	if (!arch->module_call || arch->stack || k_is_in_isr() || !timeout.ticks ||
	    !is_too_long(arch, timeout))
		return false;
	fault_end_stalled_call();
	if (!wait.forever)
		wait.until_us = (uint64_t)z_board_page.now + (uint64_t)timeout.ticks;
	fault_tell_stall(&wait);
	return true;
}

/* Ticks that were left when it was ended from outside. */
static k_ticks_t sleep_for(k_timeout_t timeout)
{
	k_ticks_t end;

	if (stalls_ll_task(timeout))
		return timeout.ticks;

	if (!timeout.ticks) {
		k_yield();
		return 0;
	}
	/* beyond the end of time is for ever */
	if (__builtin_add_overflow(z_board_page.now, timeout.ticks, &end))
		end = INT64_MAX;
	else if (timeout.ticks > 0 && nothing_happens_until(end)) {
		sched_current->arch->has_waited = true;
		set_time(end);
		return 0;
	}
	sched_wait(NULL, timeout);
	if (timeout.ticks < 0)
		return K_TICKS_FOREVER;
	return end > z_board_page.now ? end - z_board_page.now : 0;
}

int32_t z_impl_k_sleep(k_timeout_t timeout)
{
	k_ticks_t left = sleep_for(timeout);

	return left < 0 ? (int32_t)K_TICKS_FOREVER : (int32_t)((left + 999) / 1000);
}

int32_t k_sleep(k_timeout_t timeout)
{
	if (k_is_user_context())
		return (int32_t)syscall1(K_SYSCALL_K_SLEEP, (uintptr_t)timeout.ticks);
	return z_impl_k_sleep(timeout);
}

int32_t z_impl_k_usleep(int32_t us)
{
	return (int32_t)sleep_for(K_USEC(us > 0 ? us : 0));
}

int32_t k_usleep(int32_t us)
{
	if (k_is_user_context())
		return (int32_t)syscall1(K_SYSCALL_K_USLEEP, (uintptr_t)us);
	return z_impl_k_usleep(us);
}

void z_impl_k_busy_wait(uint32_t us)
{
	if (!k_is_in_isr())
		pass_time(us);
}

void k_busy_wait(uint32_t us)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_BUSY_WAIT, us);
	else
		z_impl_k_busy_wait(us);
}
