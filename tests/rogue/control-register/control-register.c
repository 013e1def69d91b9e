/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads a control register. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	unsigned long value;

	__asm__ volatile("mov %%cr0, %0" : "=r"(value)); /* FAULT HERE */
	rogue_state(call)->calls = (unsigned int)value;
}

ROGUE("control-register", 96, AT_PROCESS);
