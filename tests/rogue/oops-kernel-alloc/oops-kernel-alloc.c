/* SPDX-License-Identifier: BSD-3-Clause */
/* Asks the kernel for memory of the kernel's. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	rogue_state(call)->kept = sof_heap_alloc(NULL, SOF_MEM_FLAG_KERNEL, 64, 0); /* FAULT HERE */
}

ROGUE("oops-kernel-alloc", 37, AT_PROCESS);
