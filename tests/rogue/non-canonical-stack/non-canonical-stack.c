/* SPDX-License-Identifier: BSD-3-Clause */
/* Pushes with a stack pointer whose upper bits are damaged. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	__asm__ volatile("btc $62, %%rsp\n\tpush %%rax" : : : "memory", "cc"); /* FAULT HERE */
}

ROGUE("non-canonical-stack", 103, AT_PROCESS);
