/* SPDX-License-Identifier: BSD-3-Clause */
#include "scheduler.h"
#include "arch/arch.h"
#include "board.h"
#include "cores.h"
#include "counters.h"
#include "fault.h"
#include "futex.h"
#include "kernel_lock.h"
#include "protect.h"
#include "syscall.h"
#include "thread.h"
#include "timer.h"
#include "track.h"
#include "user_storage.h"
#include "virtual_time.h"

#include <string.h>

struct k_thread *sched_current;

static struct {
	struct k_thread *ready;	  /* best first */
	struct k_thread *idle;	  /* in k_run_ready_threads(), the last caller first: runs when
				   * nobody else can */
	struct k_thread *resumes; /* after the thread that it lets run to its end */
	uint64_t order;
	struct k_thread *threads[BOARD_MAX_THREADS];
	size_t top;		   /* there are none from here on */
	struct k_wait_q returns;   /* threads returning from user mode */
	struct host_wait deadlock; /* what the first thread waited for when all waited for ever */
	bool others_turn;	   /* it is the turn of a returning thread, not of a ready one */
} sched;

static int32_t host_ids[BOARD_MAX_THREADS];

void sched_note_host(struct z_thread_arch *arch, int host_id)
{
	arch->host_id = host_id;
	__atomic_store_n(&host_ids[arch->index], host_id, __ATOMIC_RELAXED);
}

void sched_new_baton(struct z_thread_arch *arch)
{
	arch->baton = &z_board_page.baton[arch->index];
	z_board->baton[arch->index] = 0;
}

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void enter(struct k_thread *thread)
{
	const size_t index = thread->arch->index;

	sched.threads[index] = thread;
	if (index >= sched.top)
		sched.top = index + 1;
}

int sched_init(struct k_thread *first)
{
	memset(&sched, 0, sizeof(sched));
	timers_forget();
	futex_forget();
	sys_mutex_forget();
	sched_current = first;
	z_board->running = first->arch->host_id;
	if (cores.parallel) {
		kernel_lock_init(first->arch->index);
		core_occupy(first);
	}
	enter(first);
	first->base.state = THREAD_RUNNING;
	first->arch->run_since = now_ns();
	z_board->now = 0;
	return 0;
}

void sched_exit(void)
{
	if (cores.parallel)
		core_vacate(sched_current);
	memset(&sched, 0, sizeof(sched));
	sched_current = NULL;
	z_board->running = 0;
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
	enter(thread);
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
	while (sched.top && !sched.threads[sched.top - 1])
		sched.top--;
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

struct k_thread *sched_next_timeout(void)
{
	struct k_thread *next = NULL;

	for (size_t i = 0; i < sched.top; i++) {
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

bool sched_anyone_else(void)
{
	return cores.parallel || sched.ready || sched.idle;
}

bool sched_anyone_ready(void)
{
	return sched.ready != NULL;
}

/* The best who may start, on a core that is idle, and out of the list with it. */
static struct k_thread *take_startable(void)
{
	struct k_thread **link = &sched.ready, *thread;

	while (*link && !core_has_room_for(*link))
		link = &(*link)->arch->queue_next;
	thread = *link;
	if (thread) {
		*link = thread->arch->queue_next;
		thread->arch->queue_next = NULL;
	}
	return thread;
}

/* Who comes back from user mode and who starts take turns, so that neither keep out the others. */
static bool is_turn_of_who_returns(void)
{
	if (!cores.parallel || !kernel_lock_is_wanted())
		return false;
	sched.others_turn = !sched.others_turn;
	return sched.others_turn;
}

/* Who starts while the caller runs on, in user mode. NULL: nobody, or who comes back. */
static struct k_thread *start_beside(void)
{
	struct k_thread *next = is_turn_of_who_returns() ? NULL : take_startable();

	if (next) {
		next->base.state = THREAD_RUNNING;
		next->arch->run_since = now_ns();
		counters.thread_switches++;
	}
	return next;
}

/* Who goes on when the caller does not. NULL: one of those who are in user mode. */
static struct k_thread *choose(void)
{
	struct k_thread *next = is_turn_of_who_returns() ? NULL : take_startable();

	if (next || cores_anyone_is_out())
		return next;
	if (sched.idle && !sched.ready) {
		next = sched.idle;
		sched.idle = next->arch->queue_next;
		next->arch->queue_next = NULL;
		return next;
	}
	/* The supervisor's first thread has index 0 and no timeout: should all threads wait for
	 * ever, its wait fails rather than the program hanging. */
	if (!sched.ready && !virtual_time_advance()) {
		host_thread_wait(sched.threads[0], &sched.deadlock);
		sched.threads[0]->arch->deadlocked = true;
		sched.threads[0]->arch->suspended = false;
		sched_wake_thread(sched.threads[0], -EDEADLK);
	}
	return take_startable();
}

/* Only cores side by side have someone out, or nobody in. */
static struct k_thread *pass_kernel(struct k_thread *next)
{
	int index;

	if (next) {
		core_occupy(next);
		sched_current = next;
		kernel_lock_pass(next->arch->index, next->base.cpu);
		return next;
	}
	/* Afterwards it may be somebody else's to set. */
	sched_current = NULL;
	index = kernel_lock_drop();
	if (index < 0)
		return NULL;
	next = sched.threads[index];
	sched_current = next;
	return next;
}

/* next has the kernel from here on; NULL: who comes back. Then wait for mine. */
static void wake(struct k_thread *next, const volatile uint32_t *mine)
{
	const volatile uint32_t *to;

	if (cores.parallel) {
		next = pass_kernel(next);
	} else {
		sched_current = next;
		z_board->running = next->arch->host_id;
	}
	to = next ? next->arch->baton : NULL;
	if (next) {
		/* Its first steps are on its own stack. */
		protect_open_thread(next);
		track_baton_release(to);
	}
	arch_baton(to, mine);
	if (mine)
		track_baton_acquire(mine);
}

/* The caller stops, next goes on. */
static void hand_over(struct k_thread *next, const volatile uint32_t *mine)
{
	struct z_thread_arch *arch = sched_current->arch;
	uint64_t now = now_ns();

	arch->run_ns += now - arch->run_since;
	counters.thread_switches++;
	if (next) {
		next->base.state = THREAD_RUNNING;
		/* A thread that is out has been running all along. */
		if (!next->arch->user_mode)
			next->arch->run_since = now;
	}
	wake(next, mine);
}

void sched_swap(void)
{
	struct k_thread *self = sched_current;
	struct k_thread *next;

	if (cores.parallel)
		core_vacate(self);
	next = choose();
	if (next == self) {
		if (cores.parallel)
			core_occupy(self);
		self->base.state = THREAD_RUNNING;
	} else {
		hand_over(next, self->arch->baton);
		thread_reap();
	}
	if (self->arch->abort_wanted)
		thread_end();
}

void sched_leave(const volatile uint32_t *nobody)
{
	struct k_thread *next = sched.resumes;

	sched.resumes = NULL;
	if (cores.parallel)
		core_vacate(sched_current);
	hand_over(next ? next : choose(), nobody);
}

void sched_run_to_end(struct k_thread *thread)
{
	struct k_thread *self = sched_current;

	/* In no list: a thread that becomes ready meanwhile cannot run before it. */
	self->base.state = THREAD_READY;
	sched.resumes = self;
	if (cores.parallel)
		core_vacate(self);
	hand_over(thread, self->arch->baton);
	thread_reap();
	if (self->arch->abort_wanted)
		thread_end();
}

void sched_end_board(void)
{
	struct k_thread *first = sched.threads[0];
	struct z_thread_arch *arch;

	/* A thread that let the caller run to its end ends by a panic of its own. */
	if (!first || first == sched_current || first == sched.resumes)
		return;
	arch = first->arch;
	arch->abort_wanted = true;
	if (arch->waits_on)
		take_out(&arch->waits_on->head, first);
	arch->waits_on = NULL;
	take_out(&sched.ready, first);
	take_out(&sched.idle, first);
	arch->suspended = false;
	first->base.state = THREAD_READY;
	arch->queue_next = sched.ready;
	sched.ready = first;
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
	/* Here, as it takes time: waiting takes more. */
	if (arch->in_syscall)
		user_storage_check();
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
	sched_look_for_deadlock();
	return arch->wake_result;
}

void sched_look_for_deadlock(void)
{
	struct z_thread_arch *arch = sched_current->arch;

	if (!arch->deadlocked)
		return;
	arch->deadlocked = false;
	if (!arch->module_call)
		return;
	fault_end_stalled_call();
	fault_tell_stall(&sched.deadlock);
}

/* The best ready thread that waits for the caller's core: with one baton, for the baton. */
static const struct k_thread *best_of_core(const struct k_thread *self)
{
	const struct k_thread *thread = sched.ready;

	while (cores.parallel && thread && thread->base.cpu != self->base.cpu)
		thread = thread->arch->queue_next;
	return thread;
}

void sched_preempt(void)
{
	struct k_thread *self = sched_current;
	const struct k_thread *best;

	if (self->base.prio < 0 || self->arch->sched_locked || self->arch->irq_locked ||
	    k_is_in_isr() || !sched.ready)
		return;
	best = best_of_core(self);
	if (!best || !before(best, self))
		return;
	sched_ready(self);
	sched_swap();
}

void k_run_ready_threads(void)
{
	struct k_thread *self = sched_current;

	while (sched.ready || cores_anyone_is_out()) {
		self->base.state = THREAD_READY;
		self->arch->queue_next = sched.idle;
		sched.idle = self;
		sched_swap();
	}
}

void sched_go_to_user(void)
{
	struct k_thread *self = sched_current;

	/* A signal that comes now must find that the next one is owed its baton. */
	self->arch->passing = true;
	wake(start_beside(), NULL);
	self->arch->passing = false;
}

/* With the kernel free, or by turns. */
static void take_kernel(struct k_thread *self)
{
	struct z_thread_arch *arch = self->arch;

	arch->taking = true;
	if (!kernel_lock_take(arch->index, self->base.cpu)) {
		uint64_t from = now_ns();

		arch_baton(NULL, self->arch->baton);
		track_baton_acquire(self->arch->baton);
		arch->run_since += now_ns() - from;
	}
	sched_current = self;
	arch->taking = false;
	while (sched_wake(&sched.returns, 0))
		;
}

void sched_come_back(void)
{
	struct k_thread *self = cores_find(arch_gettid());

	/* Nobody but a thread that is out calls this. */
	if (!self)
		__builtin_trap();
	/* The clock may be a system call. */
	z_board->catch[self->arch->index] = 0;
	take_kernel(self);
}

void sched_obey(void)
{
	struct k_thread *self = sched_current;

	thread_reap();
	if (self->arch->abort_wanted)
		thread_end();
	if (self->arch->suspended) {
		self->base.state = THREAD_SUSPENDED;
		sched_swap();
	}
}

void sched_wait_for_return(void)
{
	struct k_thread *self = sched_current;

	if (cores_anyone_is_out())
		sched_wait(&sched.returns, K_FOREVER);
	if (self->arch->suspended)
		sched_obey();
}

bool sched_may_run(int host_id)
{
	/* Where kernel memory is open to handlers there is no need for a hint. */
	return z_board_page.backend->parallel || z_board_page.running == host_id;
}

enum sched_arrival sched_arrive(int host_id, struct k_thread **who)
{
	struct k_thread *self = cores.parallel ? cores_find(host_id) : sched_current;
	int holder;

	*who = NULL;
	if (!cores.parallel) {
		if (!self || self->arch->host_id != host_id)
			return SCHED_NOT_RUNNING;
		*who = self;
		return SCHED_HOLDS;
	}
	if (self && (self->arch->taking || self->arch->passing)) {
		*who = self;
		return SCHED_BETWEEN;
	}
	holder = kernel_lock_holder();
	if (holder >= 0 && __atomic_load_n(&host_ids[holder], __ATOMIC_RELAXED) == host_id) {
		*who = sched_current;
		return SCHED_HOLDS;
	}
	if (!self)
		return SCHED_NOT_RUNNING;
	/* The clock may be a system call. */
	z_board->catch[self->arch->index] = 0;
	take_kernel(self);
	*who = self;
	return SCHED_TAKEN;
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
	if (!sched_current->arch->sched_locked)
		z_fatal(K_ERR_KERNEL_PANIC, "k_sched_unlock() of a scheduler that is not locked");
	if (!--sched_current->arch->sched_locked)
		sched_preempt();
}

/* The thread whose interrupts a call locks. NULL: user mode, or no board thread. */
static struct k_thread *interruptible(void)
{
	return k_is_user_context() ? NULL : k_current_get();
}

unsigned int arch_irq_lock(void)
{
	struct k_thread *self = interruptible();
	bool before_lock;

	if (!self)
		return 0;
	before_lock = self->arch->irq_locked;
	self->arch->irq_locked = true;
	return before_lock;
}

void arch_irq_unlock(unsigned int key)
{
	struct k_thread *self = interruptible();

	if (!self || !self->arch->irq_locked)
		return;
	self->arch->irq_locked = key != 0;
	if (!key && virtual_time_catch_up())
		sched_preempt();
}

void z_impl_k_yield(void)
{
	const struct k_thread *best = best_of_core(sched_current);

	if (k_is_in_isr() || !best || best->base.prio > sched_current->base.prio)
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
