/* SPDX-License-Identifier: BSD-3-Clause */
#include "scheduler.h"
#include "arch/arch.h"
#include "board.h"
#include "counters.h"
#include "protect.h"
#include "thread.h"
#include "track.h"

#include <string.h>

struct k_thread *sched_current;

static struct {
	struct k_thread *ready;	  /* best first */
	struct k_thread *idle;	  /* in k_run_ready_threads(), the last caller first: runs when
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
	sched_current = first;
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

/* Everybody waits: move time to the next timeout. False when nothing will ever happen again. */
static bool advance_time(void)
{
	struct k_thread *next = next_timeout();

	if (!next)
		return false;
	if (next->arch->wake_at > z_board_page.now)
		z_board_page.now = next->arch->wake_at;
	/* All that are due at once, so that the best of them runs first. */
	while (next && next->arch->wake_at <= z_board_page.now) {
		sched_wake_thread(next, -EAGAIN);
		next = next_timeout();
	}
	return true;
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
	if (!sched.ready && !advance_time())
		sched_wake_thread(sched.threads[0], -EDEADLK);
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
	counters.thread_switches++;
	/* Its first steps are on its own stack. */
	if (next->base.user_options & K_USER)
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
		return;
	}
	hand_over(next, &z_board_page.baton[self->arch->index]);
	thread_reap();
	if (self->arch->abort_wanted)
		thread_end();
}

void sched_leave(void)
{
	hand_over(choose(), NULL);
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

	if (!timeout.ticks)
		return -EBUSY;
	self->base.state = THREAD_WAITING;
	arch->wake_at = timeout.ticks < 0 ? K_TICKS_FOREVER : z_board_page.now + timeout.ticks;
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

	if (self->base.prio < 0 || !sched.ready || !before(sched.ready, self))
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

int32_t k_sleep(k_timeout_t timeout)
{
	if (k_is_user_context())
		return (int32_t)syscall1(K_SYSCALL_K_SLEEP, (uintptr_t)timeout.ticks);
	sched_wait(NULL, timeout);
	return 0;
}

void k_yield(void)
{
	if (k_is_user_context()) {
		syscall1(K_SYSCALL_K_YIELD, 0);
		return;
	}
	if (!sched.ready || sched.ready->base.prio > sched_current->base.prio)
		return;
	sched_ready(sched_current);
	sched_swap();
}
