/* SPDX-License-Identifier: BSD-3-Clause */
/* The alignment check flag is set, then comes a fault: the handler's code is not made for it. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	__asm__ volatile("pushfq\n\torq $0x40000, (%%rsp)\n\tpopfq" : : : "memory", "cc");
	*(volatile int *)rogue_pointer(8) = 1; /* FAULT HERE */
}

ROGUE("alignment-flag", 127, AT_PROCESS);
