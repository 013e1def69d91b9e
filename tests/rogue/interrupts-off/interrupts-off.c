/* SPDX-License-Identifier: BSD-3-Clause */
/* Locks out interrupts as drivers do. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	__asm__ volatile("cli" : : : "memory"); /* FAULT HERE */
}

ROGUE("interrupts-off", 95, AT_PROCESS);
