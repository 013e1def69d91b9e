/* SPDX-License-Identifier: BSD-3-Clause */
#include "scheduler.h"
#include "arch/arch.h"
#include "board.h"
#include "counters.h"
#include "protect.h"
#include "syscall.h"
#include "thread.h"
#include "timer.h"
#include "track.h"

#include <string.h>

#define IDLE_EXPIRIES_MAX 1000000u

struct k_thread *sched_current;

static struct {
	struct k_thread *ready; /* best first */
	struct k_thread *idle;	/* in k_run_ready_threads(), the last caller first: runs when
				   * nobody else can */
	uint64_t order;
	struct k_thread *threads[BOARD_MAX_THREADS];
} sched;

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

int sched_init(struct k_thread *first)
{
	memset(&sched, 0, sizeof(sched));
	timers_forget();
	sched_current = first;
	z_board_page.running = first->arch->host_id;
	sched.threads[first->arch->index] = first;
	first->base.state = THREAD_RUNNING;
	first->arch->run_since = now_ns();
	z_board_page.now = 0;
	return 0;
}

void sched_exit(void)
{
	memset(&sched, 0, sizeof(sched));
	sched_current = NULL;
	z_board_page.running = 0;
}

/* True when a should run before b. */
static bool before(const struct k_thread *a, const struct k_thread *b)
{
	if (a->base.prio != b->base.prio)
		return a->base.prio < b->base.prio;
	if (a->base.prio_deadline != b->base.prio_deadline)
		return a->base.prio_deadline < b->base.prio_deadline;
	return a->arch->ready_order < b->arch->ready_order;
}

static void insert(struct k_thread **head, struct k_thread *thread)
{
	while (*head && before(*head, thread))
		head = &(*head)->arch->queue_next;
	thread->arch->queue_next = *head;
	*head = thread;
}

static bool take_out(struct k_thread **head, struct k_thread *thread)
{
	for (; *head; head = &(*head)->arch->queue_next) {
		if (*head != thread)
			continue;
		*head = thread->arch->queue_next;
		thread->arch->queue_next = NULL;
		return true;
	}
	return false;
}

void sched_ready(struct k_thread *thread)
{
	sched.threads[thread->arch->index] = thread;
	if (thread->arch->suspended) {
		thread->base.state = THREAD_SUSPENDED;
		return;
	}
	thread->base.state = THREAD_READY;
	thread->arch->ready_order = sched.order++;
	insert(&sched.ready, thread);
}

void sched_forget(struct k_thread *thread)
{
	take_out(&sched.ready, thread);
	if (thread->arch->waits_on)
		take_out(&thread->arch->waits_on->head, thread);
	thread->arch->waits_on = NULL;
	take_out(&sched.idle, thread);
	sched.threads[thread->arch->index] = NULL;
}

void sched_wake_thread(struct k_thread *thread, int result)
{
	if (thread->arch->waits_on)
		take_out(&thread->arch->waits_on->head, thread);
	thread->arch->waits_on = NULL;
	thread->arch->wake_result = result;
	sched_ready(thread);
}

struct k_thread *sched_wake(struct k_wait_q *queue, int result)
{
	struct k_thread *thread = queue->head;

	if (thread)
		sched_wake_thread(thread, result);
	return thread;
}

/* The waiting thread whose timeout comes first; of several at one time, who waited first. */
static struct k_thread *next_timeout(void)
{
	struct k_thread *next = NULL;

	for (size_t i = 0; i < BOARD_MAX_THREADS; i++) {
		struct k_thread *thread = sched.threads[i];

		if (!thread || thread->base.state != THREAD_WAITING ||
		    thread->arch->wake_at == K_TICKS_FOREVER)
			continue;
		if (!next || thread->arch->wake_at < next->arch->wake_at ||
		    (thread->arch->wake_at == next->arch->wake_at &&
		     thread->arch->ready_order < next->arch->ready_order))
			next = thread;
	}
	return next;
}

/* The next time that anything happens by itself; K_TICKS_FOREVER: never. */
static k_ticks_t next_time(void)
{
	const struct k_thread *next = next_timeout();
	k_ticks_t timer = timers_next();

	if (!next)
		return timer;
	return timer >= 0 && timer < next->arch->wake_at ? timer : next->arch->wake_at;
}

/* All that are due at once, so that the best of them runs first. */
static void move_time(k_ticks_t to)
{
	struct k_thread *next;

	if (to > z_board_page.now)
		z_board_page.now = to;
	timers_run();
	while ((next = next_timeout()) && next->arch->wake_at <= z_board_page.now)
		sched_wake_thread(next, -EAGAIN);
}

/* Everybody waits: move time until somebody is ready. False when that will never be, as far as
 * can be told: timers may go on for ever without waking anyone. */
static bool advance_time(void)
{
	for (unsigned int i = 0; i < IDLE_EXPIRIES_MAX && !sched.ready; i++) {
		k_ticks_t next = next_time();

		if (next < 0)
			break;
		move_time(next);
	}
	return sched.ready != NULL;
}

/* Timers expire and timeouts end, as they would while the caller computes. */
static void pass_time(k_ticks_t ticks)
{
	k_ticks_t end = z_board_page.now + ticks;
	k_ticks_t next;

	for (unsigned int i = 0; i < IDLE_EXPIRIES_MAX; i++) {
		next = next_time();
		if (next < 0 || next > end)
			break;
		move_time(next);
		sched_preempt();
	}
	if (end > z_board_page.now)
		z_board_page.now = end;
}

static struct k_thread *choose(void)
{
	struct k_thread *next;

	if (!sched.ready && sched.idle) {
		next = sched.idle;
		sched.idle = next->arch->queue_next;
		next->arch->queue_next = NULL;
		return next;
	}
	/* The supervisor's first thread has index 0 and no timeout: should all threads wait for
	 * ever, its wait fails rather than the program hanging. */
	if (!sched.ready && !advance_time()) {
		sched.threads[0]->arch->suspended = false;
		sched_wake_thread(sched.threads[0], -EDEADLK);
	}
	next = sched.ready;
	sched.ready = next->arch->queue_next;
	next->arch->queue_next = NULL;
	return next;
}

static void hand_over(struct k_thread *next, uint32_t *mine)
{
	struct z_thread_arch *arch = sched_current->arch;
	uint64_t now = now_ns();

	arch->run_ns += now - arch->run_since;
	next->arch->run_since = now;
	next->base.state = THREAD_RUNNING;
	sched_current = next;
	z_board_page.running = next->arch->host_id;
	counters.thread_switches++;
	/* Its first steps are on its own stack. */
	protect_open_thread(next);
	track_baton_release(&z_board_page.baton[next->arch->index]);
	arch_baton(&z_board_page.baton[next->arch->index], mine);
	if (mine)
		track_baton_acquire(mine);
}

void sched_swap(void)
{
	struct k_thread *self = sched_current;
	struct k_thread *next = choose();

	if (next == self) {
		self->base.state = THREAD_RUNNING;
	} else {
		hand_over(next, &z_board_page.baton[self->arch->index]);
		thread_reap();
	}
	if (self->arch->abort_wanted)
		thread_end();
}

void sched_leave(uint32_t *nobody)
{
	hand_over(choose(), nobody);
}

void sched_run_now(struct k_thread *thread)
{
	struct k_thread *self = sched_current;

	self->base.state = THREAD_READY;
	self->arch->queue_next = sched.ready;
	sched.ready = self;
	hand_over(thread, &z_board_page.baton[self->arch->index]);
	thread_reap();
	if (self->arch->abort_wanted)
		thread_end();
}

void sched_delay(struct k_thread *thread)
{
	take_out(&sched.ready, thread);
	thread->base.state = THREAD_WAITING;
}

void sched_reorder(struct k_thread *thread)
{
	struct z_thread_arch *arch = thread->arch;

	if (thread->base.state == THREAD_READY && take_out(&sched.ready, thread))
		insert(&sched.ready, thread);
	else if (arch && arch->waits_on && take_out(&arch->waits_on->head, thread))
		insert(&arch->waits_on->head, thread);
}

int sched_wait(struct k_wait_q *queue, k_timeout_t timeout)
{
	struct k_thread *self = sched_current;
	struct z_thread_arch *arch = self->arch;

	if (!timeout.ticks || k_is_in_isr())
		return -EBUSY;
	self->base.state = THREAD_WAITING;
	if (timeout.ticks < 0 ||
	    __builtin_add_overflow(z_board_page.now, timeout.ticks, &arch->wake_at))
		arch->wake_at = K_TICKS_FOREVER;
	arch->wake_result = 0;
	arch->has_waited = true;
	arch->ready_order = sched.order++;
	arch->waits_on = queue;
	if (queue)
		insert(&queue->head, self);
	sched_swap();
	return arch->wake_result;
}

void sched_preempt(void)
{
	struct k_thread *self = sched_current;

	if (self->base.prio < 0 || self->arch->sched_locked || k_is_in_isr() || !sched.ready ||
	    !before(sched.ready, self))
		return;
	sched_ready(self);
	sched_swap();
}

void k_run_ready_threads(void)
{
	struct k_thread *self = sched_current;

	while (sched.ready) {
		self->base.state = THREAD_READY;
		self->arch->queue_next = sched.idle;
		sched.idle = self;
		sched_swap();
	}
}

void sched_prio_set(struct k_thread *thread, int prio)
{
	thread->base.prio = (int8_t)prio;
	sched_reorder(thread);
}

void k_sched_lock(void)
{
	sched_current->arch->sched_locked++;
}

void k_sched_unlock(void)
{
	if (!--sched_current->arch->sched_locked)
		sched_preempt();
}

/* Ticks that were left when it was ended from outside. */
static k_ticks_t sleep_for(k_timeout_t timeout)
{
	k_ticks_t end;

	if (!timeout.ticks) {
		k_yield();
		return 0;
	}
	if (__builtin_add_overflow(z_board_page.now, timeout.ticks, &end))
		end = INT64_MAX;
	sched_wait(NULL, timeout);
	if (timeout.ticks < 0)
		return K_TICKS_FOREVER;
	return end > z_board_page.now ? end - z_board_page.now : 0;
}

int32_t z_impl_k_sleep(k_timeout_t timeout)
{
	k_ticks_t left = sleep_for(timeout);

	return left < 0 ? (int32_t)K_TICKS_FOREVER : (int32_t)(left / 1000);
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

void z_impl_k_yield(void)
{
	if (k_is_in_isr() || !sched.ready || sched.ready->base.prio > sched_current->base.prio)
		return;
	sched_ready(sched_current);
	sched_swap();
}

void k_yield(void)
{
	if (k_is_user_context())
		syscall1(K_SYSCALL_K_YIELD, 0);
	else
		z_impl_k_yield();
}
