/* SPDX-License-Identifier: BSD-3-Clause */
/* Allocates kernel memory, as a module in supervisor mode might. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	rogue_state(call)->kept = rzalloc(SOF_MEM_FLAG_KERNEL, 64); /* FAULT HERE */
}

ROGUE("rmalloc", 45, AT_PROCESS);
