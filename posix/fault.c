/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault.h"
#include "fault_kind.h"
#include "fault_nested.h"
#include "fault_step.h"
#include "fault_writers.h"
#include "arch/arch.h"
#include "arena.h"
#include "board.h"
#include "call_storage.h"
#include "cores.h"
#include "guarded_call.h"
#include "heap.h"
#include "host_memory.h"
#include "protect.h"
#include "sanitizer.h"
#include "scheduler.h"
#include "stack.h"
#include "syscall.h"
#include "syscall_guard.h"
#include "thread.h"
#include "track.h"
#include "user_storage.h"
#include "watchdog.h"

#include <errno.h>
#include <host/printable.h>
#include <rtos/panic.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/ucontext.h>
#include <unistd.h>

#define FAULT_STACK_SIZE ((size_t)256 << 10)

static const int fault_signals[] = { SIGSEGV, SIGBUS,  SIGILL,		SIGFPE,	     SIGTRAP,
				     SIGSYS,  SIGABRT, WATCHDOG_SIGNAL, CORES_SIGNAL };

static struct {
	enum host_on_fault policy;
	host_fault_handler handler;
	void *handler_arg;
	unsigned int count;
	struct arena_region *stack;
	unsigned int stack_id, alt_stack_id, waiting_stack_id;
	struct sigaction former[ARRAY_SIZE(fault_signals)];
	struct host_fault spare; /* when the kernel heap has no room for a record */
	int last_report_fd, last_report_order;
} faults = { .last_report_fd = -1 };

static uint8_t supervisor_alt_stack[32 << 10]
	__attribute__((section(".board_stack"), aligned(PAGE_SIZE)));
static uint8_t waiting_alt_stack[32 << 10]
	__attribute__((section(".board_stack"), aligned(PAGE_SIZE)));
static __thread stack_t former_alt_stack;

void *fault_supervisor_alt_stack(void)
{
	return supervisor_alt_stack;
}

void fault_use_alt_stack(void *low, size_t size)
{
	stack_t stack = { .ss_sp = low, .ss_size = size };

	sigaltstack(&stack, &former_alt_stack);
}

void fault_restore_alt_stack(void)
{
	sigaltstack(&former_alt_stack, NULL);
}

void fault_accept_signals(sigset_t *blocked)
{
	for (size_t i = 0; i < ARRAY_SIZE(fault_signals); i++)
		sigdelset(blocked, fault_signals[i]);
	fault_use_alt_stack(waiting_alt_stack, sizeof(waiting_alt_stack));
}

void host_fault_handler_set(host_fault_handler handler, void *arg)
{
	faults.handler = handler;
	faults.handler_arg = arg;
}

void host_fault_last_report_set(int fd, int order)
{
	faults.last_report_fd = fd;
	faults.last_report_order = order;
}

unsigned int host_fault_count(void)
{
	return faults.count;
}

__attribute__((noinline)) void host_fault_raised(const struct host_fault *fault)
{
	__asm__ volatile("" : : "r"(fault) : "memory");
}

/* On the fault stack, all memory open. */
static uintptr_t tell(void *arg)
{
	struct host_fault *fault = arg;

	faults.count++;
	fault->backend = host_isolation_name();
	fault->in_host_library = host_memory_is_library_code(fault->pc);
	fault->watchdog_ms = watchdog_limit_ms();
	fault_writers_name(fault);
	if (fault->access != HOST_ACCESS_NONE)
		host_address_describe(fault->address, fault->thread, &fault->where);
	host_fault_raised(fault);
	if (faults.handler)
		faults.handler(fault, faults.handler_arg);
	fatal_tell_firmware(fault);
	/* Their texts are those of the next fault as well. */
	fault->writers = "";
	fault->suspects = "";
	return 0;
}

static void record_clear(struct host_fault *fault)
{
	memset(fault, 0, sizeof(*fault));
	fault->text = "";
	fault->suspects = "";
	fault->refusal = "";
	fault->writers = "";
	fault->call = "";
	fault->last_error = "";
	fault->wait.type = "";
}

/* A record that stays with the thread, with what is known about it filled in. */
static struct host_fault *record_for(const struct k_thread *thread)
{
	struct z_thread_arch *arch = thread->arch;
	struct host_fault *fault = arch->fault;

	if (!fault)
		fault = heap_kernel_zalloc(sizeof(*fault));
	if (!fault)
		fault = &faults.spare;
	else
		arch->fault = fault;
	record_clear(fault);
	fault->thread = thread;
	snprintf(fault->thread_name, sizeof(fault->thread_name), "%s", thread->name);
	fault->last_error = arch->module_call ? arch->module_call->last_error.text : "";
	fault->in_syscall = arch->in_syscall;
	fault->syscall_pc = arch->syscall_pc;
	fault->syscall_sp = arch->syscall_sp;
	fault->syscall_fp = arch->syscall_fp;
	snprintf(fault->owner, sizeof(fault->owner), "%s", thread_owner(thread));
	if (!guarded_call_stack(arch, &fault->stack_low, &fault->stack_size) && arch->stack) {
		fault->stack_low = arch->stack->low;
		fault->stack_size = arch->stack->size;
	}
	return fault;
}

static struct host_fault *record_new(void)
{
	return record_for(sched_current);
}

static void record_drop(struct host_fault *fault)
{
	struct z_thread_arch *arch = sched_current->arch;

	if (arch->fault != fault)
		return;
	arch->fault = NULL;
	heap_kernel_free(fault);
}

static void raise_fault(struct host_fault *fault)
{
	const uintptr_t tp = guarded_call_take_own_storage();

	protect_open_all();
	arch_call_on_stack(faults.stack->start + faults.stack->size, tell, fault, NULL);
	/* After a stall the call goes on. */
	if (tp)
		arch_set_thread_pointer(tp);
}

/* Let the host have the fault, where it happened, for its core dump. */
static void let_it_happen(int signal, bool user)
{
	struct sigaction action = { .sa_handler = SIG_DFL };
	struct k_thread *self = sched_current;
	sigset_t set;

	if (signal != SIGSEGV && signal != SIGBUS && signal != SIGILL && signal != SIGFPE) {
		/* No instruction that would fault again. */
		sigaction(SIGABRT, &action, NULL);
		sigemptyset(&set);
		sigaddset(&set, SIGABRT);
		pthread_sigmask(SIG_UNBLOCK, &set, NULL);
		raise(SIGABRT);
	}
	sigaction(signal, &action, NULL);
	if (user) {
		protect_view_changed();
		protect_prepare_user(self);
		protect_enter_user(self);
	}
}

/* A fault that the thread survives. False when it can't. */
static bool go_on(struct host_fault *fault, int signal, ucontext_t *context)
{
	bool told = !fault_is_new(fault->pc);

	host_address_describe(fault->address, fault->thread, &fault->where);
	if (signal == SIGSYS) {
		fault->let_through = true;
		if (!told)
			raise_fault(fault);
		context->uc_mcontext.gregs[REG_RAX] = -ENOSYS;
		return true;
	}
	if (!fault_can_let_through(fault))
		return false;
	fault->let_through = true;
	if (!told)
		raise_fault(fault);
	protect_open_all();
	fault_step(fault, context);
	return true;
}

/*
 * FS base is a user's to change. Where the thread has a storage of its own for supervisor mode,
 * that is in use from here on, and is intact. Under a memory checker there is one for both modes: a
 * module that overwrites it destroys the C library's thread record, and the thread can neither
 * continue in the library nor end. True if so.
 */
static bool take_own_storage(const struct z_thread_arch *arch, uintptr_t tp)
{
	const uintptr_t *record = (const uintptr_t *)tp;

	if (arch->kernel_tp) {
		if (tp != arch->kernel_tp)
			arch_set_thread_pointer(arch->kernel_tp);
		return false;
	}
	if (!arch->user_mode) {
		/* a guarded call has another, which its code may have lost */
		if (arch->guarded && tp != arch->guarded->tp)
			arch_set_thread_pointer(arch->guarded->tp);
		return false;
	}
	if (record[0] == tp && record[2] == tp)
		return false;
	arch_set_thread_pointer(z_board_page.supervisor_tls);
	return true;
}

/* What user code had, and may have destroyed. The copy's memory is the thread's own: it is open. */
static bool storage_is_damaged(const struct k_thread *thread, uintptr_t tp)
{
	const struct z_thread_arch *arch = thread->arch;
	size_t at;

	return arch->kernel_tp && (tp != arch->user_tp || user_storage_is_damaged(thread, &at));
}

/* The signal came from kill() or the like, from another process or from code outside the modules,
 * not from an instruction or a timer of the board. */
static bool is_sent_by_others(int signal, const siginfo_t *info)
{
	if (signal == WATCHDOG_SIGNAL)
		return !watchdog_sent(info);
	/* From any sender: the thread checks its state and continues. */
	if (signal == CORES_SIGNAL)
		return false;
	/* Sent by this process: a module's raise(). */
	return info->si_code <= 0 && info->si_pid != getpid();
}

/* The default action takes effect when the handler returns and the signal is unblocked. Bare system
 * calls: a waiting thread's thread-local storage may be closed. */
static void die_of(int signal)
{
	arch_sigaction(signal, NULL);
	syscall(SYS_tgkill, getpid(), arch_gettid(), signal);
}

/* Not a board thread, or one that must not run: the host's default action. */
static void leave_to_host(int signal, const siginfo_t *info)
{
	if (is_sent_by_others(signal, info))
		die_of(signal);
	/* Its time ran out on the last steps before it waits: that is no overrun. Nor is it wanted
	 * any more, if it was. */
	else if (signal != WATCHDOG_SIGNAL && signal != CORES_SIGNAL)
		arch_sigaction(signal, NULL);
}

/* The thread is about to take the kernel, or has just passed it on: it must go on at once, and looks
 * around before it is in user mode again. */
static void between(struct z_thread_arch *arch, int signal, const siginfo_t *info)
{
	z_board->again[cores.parallel ? arch->thread->base.cpu : 0] = 1;
	if (signal == WATCHDOG_SIGNAL && watchdog_sent(info))
		arch->watchdog_fired = true;
	else
		leave_to_host(signal, info);
}

/* Another thread wants this one to stop and to look around. */
static void called_in(struct z_thread_arch *arch, void *context, bool lost)
{
	if (lost && arch->abort_wanted)
		thread_abandon();
	protect_user_left();
	protect_go_on(context);
}

/* FS base may be wrong until the thread is identified: nothing before that reads thread-local
 * storage. \p tp: FS base on entry. */
static void handle(int signal, siginfo_t *info, ucontext_t *context, uintptr_t tp)
{
	enum sched_arrival arrival;
	struct z_thread_arch *arch;
	struct host_fault *fault;
	struct k_thread *self;
	int host_id = arch_gettid();
	bool user, lost;
	int saved_errno;

	/* Whoever runs may have memory closed that must stay so: look before opening anything. */
	if (!z_board_page.backend || !sched_may_run(host_id)) {
		if (z_board_page.ll_faulted && (signal == SIGSEGV || signal == SIGBUS) &&
		    info->si_code > 0)
			fault_end_program();
		leave_to_host(signal, info);
		return;
	}
	/* Nothing else that the thread can write to is believed: open the kernel and look there. */
	arch_kernel_open();
	arrival = sched_arrive(host_id, &self);
	if (arrival == SCHED_NOT_RUNNING) {
		leave_to_host(signal, info);
		return;
	}
	arch = self->arch;
	if (arrival == SCHED_BETWEEN) {
		between(arch, signal, info);
		return;
	}
	if (signal == CORES_SIGNAL && arrival == SCHED_HOLDS)
		return;
	user = arch->user_mode;
	z_board->catch[arch->index] = 0;
	lost = take_own_storage(arch, tp);
	/* On the way back to user code, closed memory must not be touched, and user code has its
	 * own errno. */
	saved_errno = errno;
	/* The program's own abort() as well: that is no module's. */
	if (is_sent_by_others(signal, info) || (signal == SIGABRT && !thread_owner(self)[0])) {
		die_of(signal);
		return;
	}
	if (signal == CORES_SIGNAL) {
		const bool same_errno = !arch->kernel_tp;

		called_in(arch, context, lost);
		if (same_errno)
			errno = saved_errno;
		return;
	}
	if (!lost)
		z_tls_thread = self;
	if (user)
		protect_user_left();
	if (user && signal == SIGSEGV &&
	    sanitizer_takes_over((uintptr_t)context->uc_mcontext.gregs[REG_RIP],
				 (uintptr_t)info->si_addr)) {
		errno = saved_errno;
		return;
	}
	if (user && arch->abort_wanted && cores.parallel) {
		/* It has been ended from outside meanwhile: nobody wants to hear of it. */
		if (lost)
			thread_abandon();
		thread_end();
	}
	if (signal == SIGTRAP && arch->stepping) {
		errno = saved_errno;
		fault_stepped(context);
		return;
	}
	if (arch->stepping) {
		/* The instruction let through faulted on something else as well. */
		arch->stepping = false;
		user = true;
	}
	if (!user && signal == SIGSEGV &&
	    protect_mend((uintptr_t)info->si_addr,
			 (uintptr_t)context->uc_mcontext.gregs[REG_RIP])) {
		errno = saved_errno;
		return;
	}
	if (!user && signal == WATCHDOG_SIGNAL &&
	    !watchdog_ran_out(arch, (uintptr_t)context->uc_mcontext.gregs[REG_RIP])) {
		errno = saved_errno;
		return;
	}

	fault = record_new();
	fault->user_mode = user;
	if (user)
		fault->in_syscall = false;
	fault->fs_base = tp;
	fault_kind_read(fault, signal, info, context);
	if (user)
		fault->storage_damaged = lost || storage_is_damaged(self, tp);
	else if (arch->guarded)
		fault->storage_damaged = call_storage_is_lost(tp);
	if (fault->stack_overflow)
		arch->stack_overflowed = true;
	if (user && !lost && faults.policy == HOST_ON_FAULT_CONTINUE &&
	    (!arch->kernel_tp || tp == arch->user_tp) && go_on(fault, signal, context)) {
		/* It has not ended the thread. */
		record_drop(fault);
		errno = saved_errno;
		/* Nothing runs again: close at once, as the last step. */
		if (signal == SIGSYS)
			fault_stepped(context);
		return;
	}
	raise_fault(fault);
	if (faults.policy == HOST_ON_FAULT_ABORT) {
		let_it_happen(signal, user);
		return;
	}
	if (lost)
		thread_abandon();
	thread_end();
}

void fault_on_signal(int signal, siginfo_t *info, void *context)
{
	uintptr_t tp = arch_thread_pointer();

	if (guarded_call_is_here() || z_board_page.ll_faulted) {
		if (fault_is_nested(context))
			fault_end_program();
		arch_unblock_faults();
	}
	handle(signal, info, context, tp);
	/* Restore FS base of the interrupted code; returning from a signal does not. */
	arch_set_thread_pointer(tp);
}

void host_fault_tell(const struct k_thread *thread, enum host_fault_kind kind, uintptr_t address,
		     const char *text)
{
	struct host_fault *fault = record_for(thread);

	fault->kind = kind;
	fault->user_mode = true;
	fault->in_syscall = false;
	fault->address = address;
	fault->text = text;
	if (address)
		fault->access = HOST_ACCESS_WRITE;
	raise_fault(fault);
	fault->text = "";
	if (faults.policy == HOST_ON_FAULT_ABORT)
		let_it_happen(SIGABRT, false);
}

void host_fault_tell_one_of(const char *suspects, enum host_fault_kind kind, uintptr_t address,
			    const char *text)
{
	struct host_fault *fault = &faults.spare;
	const bool several = strchr(suspects, ',');

	record_clear(fault);
	fault->kind = kind;
	fault->user_mode = several;
	fault->address = address;
	fault->access = address ? HOST_ACCESS_WRITE : HOST_ACCESS_NONE;
	fault->suspects = suspects;
	fault->text = text;
	if (!several)
		snprintf(fault->owner, sizeof(fault->owner), "%s", suspects);
	raise_fault(fault);
	fault->suspects = "";
	fault->text = "";
	if (faults.policy == HOST_ON_FAULT_ABORT)
		let_it_happen(SIGABRT, false);
}

void host_fault_tell_call(const struct k_thread *thread, enum host_fault_kind kind,
			  const char *call)
{
	struct host_fault *fault = record_for(thread);

	fault->kind = kind;
	fault->user_mode = true;
	fault->call = call;
	host_thread_wait(thread, &fault->wait);
	if (fault->in_syscall) {
		fault->pc = fault->syscall_pc;
		fault->sp = fault->syscall_sp;
	}
	raise_fault(fault);
	if (faults.policy == HOST_ON_FAULT_ABORT)
		let_it_happen(SIGABRT, false);
}

/* The calling thread is in supervisor mode, inside a module. */
void fault_tell_stall(const struct host_wait *wait)
{
	struct host_module_call *now = sched_current->arch->module_call;
	struct host_fault *fault = record_new();

	now->told = true;
	fault->kind = HOST_FAULT_STALL;
	fault->call = now->call;
	fault->wait = *wait;
	snprintf(fault->owner, sizeof(fault->owner), "%s", now->instance);
	arch_registers(&fault->registers);
	fault->sp = fault->registers.dwarf[7];
	fault->pc = fault->registers.dwarf[16];
	raise_fault(fault);
	record_drop(fault);
	if (faults.policy == HOST_ON_FAULT_ABORT)
		let_it_happen(SIGABRT, false);
}

void fault_tell_after_call(const char *text)
{
	const struct host_module_call *now = sched_current->arch->module_call;
	struct host_fault *fault = record_new();
	char found[192];

	snprintf(found, sizeof(found), "%s%s%s", text, now ? ", found after " : "",
		 now ? now->call : "");
	sched_current->arch->fatal_reason = K_ERR_KERNEL_OOPS;
	fault->kind = HOST_FAULT_OOPS;
	fault->text = found;
	raise_fault(fault);
	fault->text = "";
	if (faults.policy == HOST_ON_FAULT_ABORT)
		let_it_happen(SIGABRT, false);
	thread_end();
}

void fault_tell_checker(const char *text, uintptr_t address, enum host_access access, bool user)
{
	struct host_fault *fault;

	if (!sched_current || !thread_owner(sched_current)[0])
		return;
	fault = record_new();
	fault->kind = HOST_FAULT_CHECKER;
	fault->user_mode = user;
	fault->text = text;
	fault->address = address;
	fault->access = access;
	arch_registers(&fault->registers);
	fault->sp = fault->registers.dwarf[7];
	fault->pc = fault->registers.dwarf[16];
	raise_fault(fault);
	if (faults.policy == HOST_ON_FAULT_ABORT)
		let_it_happen(SIGABRT, false);
}

void fault_end_stalled_call(void)
{
	const struct z_thread_arch *arch = sched_current->arch;

	if (arch->guarded && arch->module_call->told)
		thread_end();
}

int fault_init(enum host_on_fault policy)
{
	memset(&faults.former, 0, sizeof(faults.former));
	faults.policy = policy;
	faults.count = 0;
	fault_step_forget();
	faults.stack = arena_create(FAULT_STACK_SIZE, HOST_MEMORY_KERNEL_STACK, "fault stack");
	if (!faults.stack)
		return -ENOMEM;
	protect_region_new(faults.stack->start, faults.stack->size);
	z_board->fault_stack = faults.stack->start;
	z_board->fault_stack_size = faults.stack->size;
	z_board->last_report_fd = faults.last_report_fd;
	z_board->last_report_order = faults.last_report_order;
	faults.stack_id = track_stack_new((void *)faults.stack->start,
					  (void *)(faults.stack->start + faults.stack->size));
	faults.alt_stack_id = track_stack_new(supervisor_alt_stack,
					      supervisor_alt_stack + sizeof(supervisor_alt_stack));
	faults.waiting_stack_id =
		track_stack_new(waiting_alt_stack, waiting_alt_stack + sizeof(waiting_alt_stack));
	for (size_t i = 0; i < ARRAY_SIZE(fault_signals); i++) {
		sigaction(fault_signals[i], NULL, &faults.former[i]);
		arch_sigaction(fault_signals[i], arch_signal_entry);
	}
	return 0;
}

void fault_exit(void)
{
	track_stack_delete(faults.waiting_stack_id);
	track_stack_delete(faults.alt_stack_id);
	track_stack_delete(faults.stack_id);
	for (size_t i = 0; i < ARRAY_SIZE(fault_signals); i++)
		sigaction(fault_signals[i], &faults.former[i], NULL);
	if (faults.stack) {
		protect_region_gone(faults.stack->start, faults.stack->size);
		arena_destroy(faults.stack);
	}
	faults.stack = NULL;
}

void z_impl_z_fatal(unsigned int reason, const char *text)
{
	struct host_fault *fault = record_new();

	sched_current->arch->fatal_reason = reason;
	fault->kind = reason == K_ERR_STACK_CHK_FAIL  ? HOST_FAULT_STACK_SMASHED :
		      reason == FAULT_REASON_ABORT    ? HOST_FAULT_ABORT :
		      reason == FAULT_REASON_ASSERT   ? HOST_FAULT_ASSERT :
		      reason == FAULT_REASON_WATCHDOG ? HOST_FAULT_WATCHDOG :
		      reason == FAULT_REASON_CHECKER  ? HOST_FAULT_CHECKER :
							HOST_FAULT_OOPS;
	fault->user_mode = fault->in_syscall;
	fault->text = text;
	arch_registers(&fault->registers);
	fault->sp = fault->registers.dwarf[7];
	fault->pc = fault->in_syscall ? fault->syscall_pc : fault->registers.dwarf[16];
	raise_fault(fault);
	/* The text may lie in memory that goes with the thread. */
	fault->text = "";
	if (faults.policy == HOST_ON_FAULT_ABORT)
		let_it_happen(SIGABRT, false);
	thread_end();
}

void z_fatal(unsigned int reason, const char *text)
{
	/* What follows reads thread-local storage, which the code of a call may have overwritten. */
	guarded_call_take_own_storage();
	if (k_is_user_context())
		syscall2(K_SYSCALL_Z_FATAL, reason, (uintptr_t)text);
	else if (z_tls_thread)
		z_impl_z_fatal(reason, text);
	/* Not on the board: a unit test, or the program before it runs. */
	fputs("fatal: ", stderr);
	host_printable_put(stderr, text);
	fputc('\n', stderr);
	abort();
}

void z_assert_failed(const char *expr, const char *file, int line)
{
	char text[192];

	snprintf(text, sizeof(text), "%s, at %s:%d", expr, file, line);
	z_fatal(FAULT_REASON_ASSERT, text);
}

/* The C library's would end the process: here only the thread whose stack it is ends. */
void __stack_chk_fail(void);
void __stack_chk_fail(void)
{
	z_fatal(K_ERR_STACK_CHK_FAIL, "a stack protector's canary was overwritten");
}
