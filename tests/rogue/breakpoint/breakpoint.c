/* SPDX-License-Identifier: BSD-3-Clause */
/* Has a breakpoint left in it. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	__asm__ volatile("int3"); /* FAULT HERE */
}

ROGUE("breakpoint", 136, AT_PROCESS);
