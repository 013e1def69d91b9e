/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault.h"
#include "scheduler.h"

__attribute__((weak)) void k_sys_fatal_error_handler(unsigned int reason,
						     const struct arch_esf *esf)
{
}

static unsigned int reason_of(const struct host_fault *fault, unsigned int raised)
{
	if (host_fault_is_cpu_exception(fault->kind))
		return K_ERR_CPU_EXCEPTION;
	switch (fault->kind) {
	case HOST_FAULT_STACK_SMASHED:
		return K_ERR_STACK_CHK_FAIL;
	default:
		return raised == K_ERR_KERNEL_PANIC ? K_ERR_KERNEL_PANIC : K_ERR_KERNEL_OOPS;
	}
}

void fatal_tell_firmware(const struct host_fault *fault)
{
	const struct arch_esf esf = { fault };

	/* On a stack that all faults share: nobody else may run meanwhile, nor right behind. */
	sched_current->arch->sched_locked++;
	k_sys_fatal_error_handler(reason_of(fault, sched_current->arch->fatal_reason), &esf);
	sched_current->arch->sched_locked--;
}
