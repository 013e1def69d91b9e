/* SPDX-License-Identifier: BSD-3-Clause */
/* Makes the CPU stop after each instruction. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	__asm__ volatile("pushfq\n\torq $0x100, (%%rsp)\n\tpopfq\n\tnop\n\tnop\n\tnop" : : : "memory", "cc"); /* FAULT HERE */
}

ROGUE("trap-flag", 137, AT_PROCESS);
