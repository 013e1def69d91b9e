/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host thread under a board thread: from its first step to its last, and between the stacks it
 * runs on.
 */
#include "host_thread.h"
#include "arch/arch.h"
#include "arena.h"
#include "board.h"
#include "cores.h"
#include "denied.h"
#include "fault.h"
#include "guarded_call.h"
#include "host_memory.h"
#include "protect.h"
#include "scheduler.h"
#include "stack.h"
#include "syscall_guard.h"
#include "thread.h"
#include "timer.h"
#include "track.h"
#include "user_storage.h"
#include "watchdog.h"

#include <host/platform.h>
#include <signal.h>
#include <sys/rseq.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * The kernel of the host writes a restartable-sequence record into thread-local storage whenever a
 * thread is scheduled. A thread may be scheduled between waking another and going to sleep, when
 * its memory is closed already: that write would kill it.
 */
static void rseq_off(void)
{
#ifdef SYS_rseq
	if (__rseq_size)
		syscall(SYS_rseq, (char *)__builtin_thread_pointer() + __rseq_offset, 32,
			1 /* RSEQ_FLAG_UNREGISTER */, RSEQ_SIG);
#endif
}

void thread_prepare_to_wait(void)
{
	rseq_off();
}

/* On the privileged stack, which system calls use again from its top: nothing of it is needed once
 * the thread is in user mode. */
static uintptr_t go_to_user(void *arg)
{
	struct z_thread_arch *arch = arg;
	uintptr_t *top = (uintptr_t *)stack_top(arch->stack);

	/* In supervisor mode until the last step; the return path is set up already. */
	protect_open_thread(arch->thread);
	*--top = (uintptr_t)arch->p[2];
	*--top = (uintptr_t)arch->p[1];
	*--top = (uintptr_t)arch->p[0];
	*--top = (uintptr_t)arch->entry;
	protect_prepare_user(arch->thread);
	arch_enter_user(protect_core(arch->thread), (uintptr_t)top);
}

/* Its entry has returned. Supervisor mode. */
static void thread_returned(const struct k_thread *thread)
{
	if (thread->base.user_options & K_ESSENTIAL)
		z_fatal(K_ERR_KERNEL_PANIC, ESSENTIAL_ENDED);
}

void user_returned(void)
{
	protect_left_user();
	if (cores.parallel)
		sched_obey();
	user_storage_check();
	thread_returned(sched_current);
	arch_leave_stack(sched_current->arch->base_sp, 0);
}

static void run_user(struct k_thread *thread)
{
	struct z_thread_arch *arch = thread->arch;
	const uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	if (arch->host_stack) {
		user_storage_make(thread, here);
	} else {
		z_tls_host_sp = (here - 1024) & ~(uintptr_t)63;
		track_stack_entry(z_tls_host_sp);
	}
	watchdog_arm(arch);
	syscall_guard_arm();
	arch_call_on_stack(thread_privileged_stack(thread), go_to_user, arch, &arch->base_sp);
	z_tls_user = false;
	protect_open_variables();
}

static uintptr_t run_supervisor(void *arg)
{
	struct z_thread_arch *arch = arg;

	arch->entry(arch->p[0], arch->p[1], arch->p[2]);
	thread_returned(arch->thread);
	return 0;
}

/* What a thread's arch_call_on_stack() returns, beside 0: it has ended. */
#define GO_ON_IN_USER_MODE 1u

/* Its stack is one of user memory, so it may become a user thread: the host's storage for the thread
 * lies beside it already, and only its code runs on a kernel stack. */
static void run_droppable(struct z_thread_arch *arch)
{
	uintptr_t top = (uintptr_t)arch->kernel_stack + arch->kernel_stack_size;

	if (arch_call_on_stack(top, run_supervisor, arch, &arch->base_sp) != GO_ON_IN_USER_MODE)
		return;
	track_stack_abandoned(arch->kernel_stack, arch->kernel_stack_size);
	run_user(arch->thread);
}

void k_thread_user_mode_enter(k_thread_entry_t entry, void *p1, void *p2, void *p3)
{
	struct z_thread_arch *arch;

	if (k_is_user_context())
		z_fatal(K_ERR_KERNEL_OOPS, "k_thread_user_mode_enter() from user mode");
	arch = sched_current->arch;
	if (!arch->stack)
		z_fatal(K_ERR_KERNEL_PANIC, "a thread on a kernel stack can't enter user mode");
	arch->entry = entry;
	arch->p[0] = p1;
	arch->p[1] = p2;
	arch->p[2] = p3;
	arch->sched_locked = 0;
	sched_current->base.user_options |= K_USER;
	sched_current->base.user_options &= (uint8_t)~K_ESSENTIAL;
	arch_leave_stack(arch->base_sp, GO_ON_IN_USER_MODE);
}

static void leave_schedule(struct k_thread *thread)
{
	thread->base.state = THREAD_DEAD;
	while (sched_wake(&thread->arch->joiners, 0))
		;
	sched_forget(thread);
	/* In every way a thread ends. */
	if (thread->base.user_options & K_ESSENTIAL)
		sched_end_board();
}

static void *host_main(void *arg)
{
	struct z_thread_arch *arch = arg;
	struct k_thread *thread = arch->thread;
	const volatile uint32_t *baton = arch->baton;
	bool user = thread->base.user_options & K_USER;
	uintptr_t here;

	rseq_off();
	sched_note_host(arch, arch_gettid());
	/* Its creator goes on only now: before, this thread still used memory that others close. */
	track_baton_release(arch->creator_baton);
	arch_baton(arch->creator_baton, baton);
	track_baton_acquire(baton);
	/* Who ended just before is still on its way out, on a stack that may be closed soon. */
	thread_reap();
	z_tls_thread = thread;
	z_tls_cpu = thread->base.cpu;
	fault_use_alt_stack(arch->stack ? (void *)arch->stack->alt_low : arch->alt_stack,
			    stack_alt_size());
	watchdog_create(arch);
	if (arch->abort_wanted) {
		/* ended before it began */
	} else if (user) {
		arch->started = true;
		run_user(thread);
	} else if (arch->stack) {
		arch->started = true;
		run_droppable(arch);
	} else {
		arch->started = true;
		here = ((uintptr_t)__builtin_frame_address(0) - 4096) & ~(uintptr_t)63;
		arch_call_on_stack(here, run_supervisor, arch, &arch->base_sp);
	}
	syscall_guard_disarm();
	watchdog_delete(arch);
	fault_restore_alt_stack();

	leave_schedule(thread);
	thread_leaves(arch);
	/* The C library gives back what malloc() cached for this thread after the baton is gone. */
	host_memory_open();
	sched_leave(NULL);
	return NULL;
}

void thread_end(void)
{
	struct z_thread_arch *arch = sched_current->arch;

	track_call_over();
	/* An interrupt only borrows the thread it came to. */
	if (k_is_in_isr())
		interrupt_leave();
	if (arch->guarded)
		guarded_call_leave(arch);
	if (arch->stack)
		track_stack_abandoned((void *)arch->stack->low, arch->stack->size);
	arch_leave_stack(arch->base_sp, 0);
}

/* Its host thread waits for ever where it touches no memory. What the C library keeps about it lies
 * in its region, linked with that of other threads: the region stays mapped. */
void thread_abandon(void)
{
	struct z_thread_arch *arch = sched_current->arch;

	arch->stack->region->keep = true;
	arch->abandoned = true;
	leave_schedule(arch->thread);
	thread_leaves(arch);
	sched_leave(&z_board_page.nobody);
	__builtin_unreachable();
}

static int set_host_stack(struct z_thread_arch *arch, pthread_attr_t *attr)
{
	size_t size;
	void *low;

	if (!arch->host_stack)
		return pthread_attr_setstack(attr, (void *)arch->stack->host_low,
					     stack_host_size());
	low = user_storage_host_stack(arch->host_stack, &size);
	return pthread_attr_setstack(attr, low, size);
}

int host_thread_create(struct z_thread_arch *arch)
{
	struct k_thread *thread = arch->thread;
	pthread_attr_t attr;
	unsigned int stacks;
	sigset_t all, old;
	int ret;

	arch->creator_baton = sched_current->arch->baton;
	pthread_attr_init(&attr);
	if (arch->stack) {
		stack_paint(arch->stack);
		ret = set_host_stack(arch, &attr);
	} else {
		ret = pthread_attr_setstack(&attr, arch->kernel_stack, arch->kernel_stack_size);
	}
	if (!ret) {
		/* Signals to the process are for the supervisor alone. */
		sigfillset(&all);
		sigdelset(&all, SIGSEGV);
		sigdelset(&all, SIGBUS);
		sigdelset(&all, SIGILL);
		sigdelset(&all, SIGFPE);
		sigdelset(&all, SIGABRT);
		sigdelset(&all, SIGSYS);
		sigdelset(&all, SIGTRAP);
		sigdelset(&all, WATCHDOG_SIGNAL);
		if (cores.parallel)
			sigdelset(&all, CORES_SIGNAL);
		pthread_sigmask(SIG_SETMASK, &all, &old);
		stacks = track_thread_creating();
		ret = pthread_create(&arch->host, &attr, host_main, arch);
		track_thread_created(stacks);
		pthread_sigmask(SIG_SETMASK, &old, NULL);
	}
	pthread_attr_destroy(&attr);
	if (ret) {
		denied.threads = ret;
		return -ret;
	}
	arch_baton(NULL, arch->creator_baton);
	track_baton_acquire(arch->creator_baton);
	arch->host_made = true;
	cores_pin(thread);
	if (thread->name[0])
		pthread_setname_np(arch->host, thread->name);
	return 0;
}
