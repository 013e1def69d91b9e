/* SPDX-License-Identifier: BSD-3-Clause */
/* Stops the CPU. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	__asm__ volatile("hlt"); /* FAULT HERE */
}

ROGUE("halt", 93, AT_PROCESS);
