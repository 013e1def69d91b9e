/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault_step.h"
#include "arch/arch.h"
#include "board.h"
#include "heap.h"
#include "protect.h"
#include "scheduler.h"

#include <sys/mman.h>

#define TRAP_FLAG   0x100 /* of RFLAGS: a trap after the next instruction */
#define REPEATS_MAX 256

static struct {
	struct {
		uintptr_t pc;
		unsigned long count;
	} at[REPEATS_MAX];
	size_t count;
} repeats;

void fault_repeats_forget(void)
{
	repeats.count = 0;
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
	if (repeats.count < REPEATS_MAX) {
		repeats.at[repeats.count].pc = pc;
		repeats.at[repeats.count++].count = 1;
	}
	return true;
}

bool fault_can_let_through(const struct host_fault *fault)
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
