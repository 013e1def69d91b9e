/* SPDX-License-Identifier: BSD-3-Clause */
#include <zephyr/internal/syscall_handler.h>

#include "arch/arch.h"
#include "board.h"
#include "cores.h"
#include "counters.h"
#include "object.h"
#include "protect.h"
#include "scheduler.h"
#include "syscall.h"
#include "thread.h"
#include "track.h"
#include "watchdog.h"

#include <string.h>

static z_syscall_handler handlers[K_SYSCALL_LIMIT];

struct call {
	unsigned int id;
	uintptr_t arg[6];
	uintptr_t pc, sp, fp;
	uintptr_t result;
};

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

/* On the privileged stack. The caller's record lies in its own memory, which a thread of the same
 * domain may be writing to on another core: what the verifiers look at is a copy. */
static uintptr_t dispatch(void *arg)
{
	struct z_thread_arch *arch = sched_current->arch;
	struct call *record = arg;
	const struct call call = *record;

	protect_open_variables();
	if (cores.parallel)
		sched_obey();
	counters.syscalls++;
	object_refusal_forget();
	arch->in_syscall = true;
	arch->syscall_pc = call.pc;
	arch->syscall_sp = call.sp;
	arch->syscall_fp = call.fp;
	if (call.id >= K_SYSCALL_LIMIT || !handlers[call.id])
		z_fatal(K_ERR_KERNEL_OOPS, "unknown system call");
	record->result = handlers[call.id](call.arg);
	watchdog_check(arch);
	arch->in_syscall = false;
	protect_prepare_user(arch->thread);
	return 0;
}

__attribute__((noinline)) uintptr_t z_syscall(unsigned int id, uintptr_t a0, uintptr_t a1,
					      uintptr_t a2, uintptr_t a3, uintptr_t a4,
					      uintptr_t a5)
{
	struct call call = {
		.id = id,
		.arg = { a0, a1, a2, a3, a4, a5 },
		.pc = (uintptr_t)__builtin_return_address(0),
		.sp = (uintptr_t)__builtin_frame_address(0) + 16,
		.fp = *(uintptr_t *)__builtin_frame_address(0),
	};

	if (!z_tls_user)
		return id < K_SYSCALL_LIMIT && handlers[id] ? handlers[id](call.arg) : 0;
	protect_leave_user();
	arch_call_on_stack(thread_privileged_stack(sched_current), dispatch, &call, NULL);
	protect_enter_user();
	track_call_over();
	return call.result;
}
