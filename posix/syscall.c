/* SPDX-License-Identifier: BSD-3-Clause */
#include <zephyr/internal/syscall_handler.h>

#include "arch/arch.h"
#include "board.h"
#include "cores.h"
#include "counters.h"
#include "object.h"
#include "protect.h"
#include "scheduler.h"
#include "stack.h"
#include "syscall.h"
#include "thread.h"
#include "watchdog.h"

#include <stdio.h>
#include <string.h>

#define MXCSR_CONTROL 0xffc0u /* all but the sticky flags */

static z_syscall_handler handlers[K_SYSCALL_LIMIT];

int z_syscall_register(unsigned int id, z_syscall_handler handler)
{
	if (id >= K_SYSCALL_LIMIT || !handler)
		return -EINVAL;
	if (handlers[id] && handlers[id] != handler)
		return -EEXIST;
	handlers[id] = handler;
	return 0;
}

int z_user_access_check(const void *addr, size_t size, bool write)
{
	return protect_allows(sched_current, (uintptr_t)addr, size, write) ? 0 : -EPERM;
}

/* The caller's stack pointer may have any value, even a kernel address. The fast path covers a
 * pointer into the caller's own stack. */
static bool frame_is_the_callers(const struct arch_user_frame *frame)
{
	const struct stack *stack = sched_current->arch->stack;
	const uintptr_t at = (uintptr_t)frame;

	if (at - stack->low < stack_extent(stack) - sizeof(*frame))
		return true;
	return protect_allows(sched_current, at, sizeof(*frame), true);
}

static void unknown_call(uintptr_t id)
{
	static char text[80];

	snprintf(text, sizeof(text),
		 "system call %zu is unknown: the numbers of this board end at %d", (size_t)id,
		 K_SYSCALL_LIMIT - 1);
	z_fatal(K_ERR_KERNEL_OOPS, text);
}

/* Check the registers that the ABI preserves across a call. Returns the violation, or NULL. */
static const char *find_damage(const struct arch_user_frame *frame, uintptr_t tp)
{
	const struct z_thread_arch *arch = sched_current->arch;

	if (frame->flags & ARCH_FLAG_DIRECTION)
		return "a system call with the CPU's direction flag set: a function must return "
		       "with it clear";
	if (frame->flags & ARCH_FLAG_ALIGNMENT)
		return "a system call with the CPU's alignment check flag set";
	if (frame->flags & ARCH_FLAG_NESTED)
		return "a system call with the CPU's nested task flag set";
	if (arch->kernel_tp && tp != arch->user_tp)
		return "a system call with another FS base than the thread's: its thread-local "
		       "storage is lost";
	return NULL;
}

/* The gate restores the caller's control words. */
static void use_default_rounding(const struct arch_user_frame *frame)
{
	if ((frame->mxcsr & MXCSR_CONTROL) != ARCH_MXCSR_DEFAULT || frame->fcw != ARCH_FCW_DEFAULT)
		arch_rounding_reset();
}

/* On the privileged stack. The caller's frame lies in its own memory, which a thread of the same
 * domain may be writing to on another core: what the verifiers look at is a copy. */
uintptr_t syscall_dispatch(const struct arch_user_frame *at, uintptr_t tp)
{
	struct arch_user_frame frame;
	struct z_thread_arch *arch;
	const char *damage;
	uintptr_t result;

	/* Before anything else believes what the gate was told. */
	if (protect_gate_was_shut())
		z_fatal(K_ERR_KERNEL_OOPS,
			"a call of the firmware with thread-local storage that is overwritten");
	protect_left_user();
	protect_open_variables();
	arch = sched_current->arch;
	if (cores.parallel)
		sched_obey();
	counters.syscalls++;
	object_refusal_forget();
	arch->in_syscall = true;
	arch->syscall_pc = 0;
	arch->syscall_sp = (uintptr_t)at;
	arch->syscall_fp = 0;
	if (!frame_is_the_callers(at))
		z_fatal(K_ERR_KERNEL_OOPS,
			"a system call with a stack pointer into memory that is not the caller's");
	frame = *at;
	arch->syscall_pc = frame.pc;
	arch->syscall_sp = (uintptr_t)(at + 1);
	arch->syscall_fp = frame.fp;
	use_default_rounding(&frame);
	damage = find_damage(&frame, tp);
	if (damage)
		z_fatal(K_ERR_KERNEL_OOPS, damage);
	if (frame.id >= K_SYSCALL_LIMIT || !handlers[frame.id])
		unknown_call(frame.id);
	result = handlers[frame.id](frame.arg);
	watchdog_check(arch);
	arch->in_syscall = false;
	protect_prepare_user(arch->thread);
	return result;
}

uintptr_t syscall_direct(unsigned int id, uintptr_t a0, uintptr_t a1, uintptr_t a2, uintptr_t a3,
			 uintptr_t a4, uintptr_t a5)
{
	const uintptr_t arg[6] = { a0, a1, a2, a3, a4, a5 };

	return id < K_SYSCALL_LIMIT && handlers[id] ? handlers[id](arg) : 0;
}

void syscall_supervisor_only(const char *call)
{
	char text[80];

	if (!k_is_user_context())
		return;
	snprintf(text, sizeof(text), "%s() from user mode: it is for supervisor mode only", call);
	z_fatal(K_ERR_KERNEL_OOPS, text);
}
