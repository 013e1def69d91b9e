/* SPDX-License-Identifier: BSD-3-Clause */
/* A system call with the alignment check flag set. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	__asm__ volatile("pushfq\n\torq $0x40000, (%%rsp)\n\tpopfq" : : : "memory", "cc");
	k_yield(); /* FAULT HERE */
}

ROGUE("alignment-flag-call", 128, AT_PROCESS);
