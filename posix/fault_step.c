/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault_step.h"
#include "fault_writers.h"
#include "arch/arch.h"
#include "board.h"
#include "heap.h"
#include "host_memory.h"
#include "protect.h"
#include "scheduler.h"

#include <rtos/string_macro.h>
#include <sys/mman.h>

#define TRAP_FLAG 0x100 /* of RFLAGS: a trap after the next instruction */

static struct {
	struct {
		uintptr_t pc;
		unsigned long count;
	} at[FAULT_INSTRUCTIONS_MAX];
	size_t count;
} repeats;

void fault_step_forget(void)
{
	repeats.count = 0;
	fault_writers_forget();
}

unsigned long host_fault_repeats(uintptr_t pc)
{
	for (size_t i = 0; i < repeats.count; i++)
		if (repeats.at[i].pc == pc)
			return repeats.at[i].count;
	return 0;
}

bool fault_is_new(uintptr_t pc)
{
	for (size_t i = 0; i < repeats.count; i++)
		if (repeats.at[i].pc == pc)
			return repeats.at[i].count++ == 0;
	if (repeats.count < FAULT_INSTRUCTIONS_MAX) {
		repeats.at[repeats.count].pc = pc;
		repeats.at[repeats.count++].count = 1;
	}
	return true;
}

static bool is_allowable(const struct host_fault *fault)
{
	if (fault->kind != HOST_FAULT_ACCESS || fault->access == HOST_ACCESS_EXECUTE)
		return false;
	switch (fault->where.kind) {
	case HOST_MEMORY_KERNEL_DATA:
	case HOST_MEMORY_KERNEL_HEAP:
	case HOST_MEMORY_KERNEL_STACK:
	case HOST_MEMORY_MODULE_HEAP:
	case HOST_MEMORY_USER_STACK:
	case HOST_MEMORY_MODULE_DATA:
	case HOST_MEMORY_SHARED_HEAP:
	case HOST_MEMORY_MAILBOX:
	case HOST_MEMORY_HOST:
		return true;
	default:
		return false;
	}
}

/*
 * The module has called a function that is for the supervisor alone, or has made the kernel's code
 * believe that this is supervisor mode. Step by step such code would change the kernel's memory
 * without the kernel's lock, and might even switch threads.
 */
static bool runs_the_kernel(const struct host_fault *fault)
{
	const enum host_memory_kind kind = fault->where.kind;

	return host_memory_is_firmware_code(fault->pc) &&
	       (kind == HOST_MEMORY_KERNEL_DATA || kind == HOST_MEMORY_KERNEL_HEAP ||
		kind == HOST_MEMORY_KERNEL_STACK);
}

bool fault_can_let_through(struct host_fault *fault)
{
	struct z_thread_arch *arch = sched_current->arch;

	if (!is_allowable(fault))
		return false;
	if (runs_the_kernel(fault))
		fault->refusal =
			"the kernel's own code can't run with a module's rights, step by step";
	else if (arch->let_through >= FAULT_ACCESSES_MAX)
		fault->refusal = STRINGIFY(FAULT_ACCESSES_MAX) " accesses of this instance have "
							       "been allowed, which is the limit";
	else if (!host_fault_repeats(fault->pc))
		fault->refusal = "accesses of " STRINGIFY(
			FAULT_INSTRUCTIONS_MAX) " instructions have been allowed, which is the "
						"limit";
	if (fault->refusal[0])
		return false;
	arch->let_through++;
	if (fault->access == HOST_ACCESS_WRITE && !fault->where.own)
		fault_writers_note(fault);
	return true;
}

void fault_step(const struct host_fault *fault, ucontext_t *context)
{
	sched_current->arch->stepping = true;
	sched_current->arch->stepping_on = fault->address;
	/* All is open now, but for what a heap itself keeps closed. */
	if (fault->where.kind == HOST_MEMORY_MODULE_HEAP)
		arch_mprotect(ROUND_DOWN(fault->address, PAGE_SIZE), PAGE_SIZE,
			      PROT_READ | PROT_WRITE);
	context->uc_mcontext.gregs[REG_EFL] |= TRAP_FLAG;
	protect_resume(context, NULL);
}

void fault_stepped(ucontext_t *context)
{
	struct k_thread *thread = sched_current;
	struct heap *heap = heap_find(thread->arch->stepping_on);

	if (heap && thread->arch->stepping)
		heap_remark(heap);
	thread->arch->stepping = false;
	context->uc_mcontext.gregs[REG_EFL] &= ~(greg_t)TRAP_FLAG;
	protect_view_changed();
	protect_prepare_user(thread);
	protect_resume(context, thread);
	protect_enter_user(thread);
}
