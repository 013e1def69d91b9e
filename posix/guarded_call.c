/* SPDX-License-Identifier: BSD-3-Clause */
#include "guarded_call.h"
#include "arch/arch.h"
#include "arch/gate.h"
#include "arena.h"
#include "board.h"
#include "call_storage.h"
#include "fault.h"
#include "protect.h"
#include "scheduler.h"
#include "stack.h"
#include "track.h"
#include "watchdog.h"

#include <signal.h>
#include <stdio.h>

#define STACK_SIZE ((size_t)2 << 20)
/* Under Memcheck the region is not rounded up to a huge page, and a large one is slow. */
#define STACK_SIZE_SMALL ((size_t)256 << 10)
/* Room for data that the compiler keeps below a frame's address when a nested call shares a stack.
 * */
#define NESTED_MARGIN	   1024
#define REACH_OF_ONE_FRAME ((uintptr_t)2 << 20)

static struct {
	struct arena_region *stack;
	unsigned int valgrind_id;
	const struct z_thread_arch *user; /* the thread that runs on it */
	const char *named;		  /* the owner in z_board->call_name */
	sigset_t signals;		  /* the mask outside of handlers */
} guarded;

struct call {
	uintptr_t (*fn)(void *arg);
	void *arg;
	uintptr_t result;
	uintptr_t tp, own_tp; /* FS base for the call's code and for the supervisor; 0: the same */
};

static int stack_make(void)
{
	guarded.stack = arena_create(track_small_regions() ? STACK_SIZE_SMALL : STACK_SIZE,
				     HOST_MEMORY_KERNEL_STACK, "LL stack");
	if (!guarded.stack)
		return -ENOMEM;
	protect_region_new(guarded.stack->start, guarded.stack->size);
	guarded.valgrind_id = track_stack_new((void *)guarded.stack->start,
					      (void *)(guarded.stack->start + guarded.stack->size));
	pthread_sigmask(SIG_SETMASK, NULL, &guarded.signals);
	return 0;
}

/* The stack comes first in its region; the calls' thread-local storage is above it. */
static uintptr_t stack_end(void)
{
	return guarded.stack->start + guarded.stack->size - call_storage_size();
}

void guarded_calls_forget(void)
{
	if (guarded.stack) {
		track_stack_delete(guarded.valgrind_id);
		protect_region_gone(guarded.stack->start, guarded.stack->size);
		arena_destroy(guarded.stack);
	}
	guarded.stack = NULL;
	guarded.user = NULL;
	guarded.named = NULL;
	call_storage_forget();
	z_board->in_call = 0;
	z_board->ll_faulted = false;
}

/* With the thread's own storage in use. */
static void check_storage(void)
{
	char text[120];

	if (call_storage_is_damaged(text, sizeof(text)))
		fault_tell_after_call(text);
}

/* Without the instructions, reading FS base is a system call, and changing it one for the module. */
static bool has_lost_storage(const struct call *call)
{
	return z_board_page.gate.fs_by == ARCH_FS_BY_INSTRUCTION &&
	       arch_thread_pointer() != call->tp;
}

static void return_to_own_storage(const struct call *call)
{
	const bool lost = has_lost_storage(call);

	arch_set_thread_pointer(call->own_tp);
	if (lost)
		fault_tell_after_call(
			"FS base is not the thread's: its thread-local storage is lost");
	check_storage();
}

/* A call that returns yields 1; one that was abandoned leaves the cookie 0. */
static uintptr_t guarded_main(void *arg)
{
	struct call *call = arg;
	uint64_t flags;

	if (call->tp)
		arch_set_thread_pointer(call->tp);
	call->result = call->fn(call->arg);
	/* Before any other code relies on them. */
	flags = arch_flags_reset();
	arch_rounding_reset();
	if (call->tp)
		return_to_own_storage(call);
	if (flags & ARCH_FLAG_DIRECTION)
		z_fatal(K_ERR_KERNEL_OOPS, "returned with the CPU's direction flag set");
	if (flags & ARCH_FLAG_ALIGNMENT)
		z_fatal(K_ERR_KERNEL_OOPS, "returned with the CPU's alignment check flag set");
	return 1;
}

/* The handler did not return, so all signals are still blocked, and ASan's marks of the abandoned
 * frames remain. */
static void clean_up_after_fault(struct z_thread_arch *arch, const struct guarded_call *record)
{
	arch->sched_locked = record->sched_locked;
	if (arch->alt_stack)
		track_stack_abandoned(arch->alt_stack, stack_alt_size());
	if (!record->outer)
		track_stack_abandoned((void *)guarded.stack->start, guarded.stack->size);
	call_storage_forget();
	z_board->ll_faulted = true;
	pthread_sigmask(SIG_SETMASK, &guarded.signals, NULL);
}

/* Instances keep their names where they are: copied only when another instance is called. */
static void set_name(const char *owner)
{
	size_t i;

	if (guarded.named == owner)
		return;
	guarded.named = owner;
	for (i = 0; i < sizeof(z_board->call_name) - 1 && owner[i]; i++)
		z_board->call_name[i] = owner[i];
	z_board->call_name[i] = '\0';
}

static void enter(struct z_thread_arch *arch, const char *owner)
{
	watchdog_watch(arch);
	set_name(owner);
	guarded.user = arch;
	z_board->in_call = arch->host_id;
	protect_open(guarded.stack->start);
}

static void leave(void)
{
	guarded.user = NULL;
	z_board->in_call = 0;
}

int host_guarded_call(const char *owner, uintptr_t (*fn)(void *arg), void *arg, uintptr_t *result)
{
	struct z_thread_arch *arch = sched_current->arch;
	uintptr_t top = ((uintptr_t)__builtin_frame_address(0) - NESTED_MARGIN) & ~(uintptr_t)63;
	struct guarded_call record = {
		.owner = owner,
		.outer = arch->guarded,
		.tp = arch->guarded ? arch->guarded->tp : (uintptr_t)__builtin_thread_pointer(),
		.sched_locked = arch->sched_locked,
		.began = z_board_page.now,
	};
	struct call call = { .fn = fn, .arg = arg };
	const bool enters = !guarded.user;
	uintptr_t former = 0;
	int ret = 0;

	if (!guarded.stack)
		ret = stack_make();
	if (ret)
		return ret;
	if (enters) {
		enter(arch, owner);
		top = stack_end();
	}
	if (record.outer) {
		former = guarded_call_take_own_storage();
		/* What the outer call did must not be found after the inner one. */
		check_storage();
	}
	if (guarded.user == arch) {
		call.own_tp = record.tp;
		call.tp = call_storage_begin(record.tp, stack_end());
	}
	arch->guarded = &record;
	if (!arch_call_on_stack(top, guarded_main, &call, &record.base_sp)) {
		arch_set_thread_pointer(record.tp);
		clean_up_after_fault(arch, &record);
		ret = -EFAULT;
		/* made anew, where it was */
		if (former && former != record.tp)
			call_storage_begin(record.tp, stack_end());
	}
	arch->guarded = record.outer;
	if (enters)
		leave();
	else if (former && former != record.tp)
		arch_set_thread_pointer(former);
	*result = call.result;
	return ret;
}

bool guarded_call_is_here(void)
{
	return z_board_page.in_call && z_board_page.in_call == arch_gettid();
}

uintptr_t guarded_call_take_own_storage(void)
{
	const struct guarded_call *call;
	uintptr_t tp;

	if (!guarded_call_is_here())
		return 0;
	call = guarded.user->guarded;
	if (!call)
		return 0;
	tp = arch_thread_pointer();
	arch_set_thread_pointer(call->tp);
	return tp;
}

void guarded_call_leave(struct z_thread_arch *arch)
{
	arch_leave_stack(arch->guarded->base_sp, 0);
}

bool guarded_call_stack(const struct z_thread_arch *arch, uintptr_t *low, size_t *size)
{
	if (!guarded.stack || guarded.user != arch)
		return false;
	*low = guarded.stack->start;
	*size = stack_end() - guarded.stack->start;
	return true;
}

bool guarded_call_is_below_stack(uintptr_t address)
{
	return guarded.stack && address < guarded.stack->start &&
	       guarded.stack->start - address <= REACH_OF_ONE_FRAME;
}

void host_thread_owner_set(struct k_thread *thread, const char *owner)
{
	snprintf(thread->arch->owner, sizeof(thread->arch->owner), "%s", owner);
}

const char *thread_owner(const struct k_thread *thread)
{
	const struct z_thread_arch *arch = thread ? thread->arch : NULL;

	if (!arch)
		return "";
	return arch->guarded ? arch->guarded->owner : arch->owner;
}
