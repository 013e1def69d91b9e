/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to a constant of its own. */
#include "../rogue.h"

static const int table[4] = { 1, 2, 3, 4 };

static void misbehave(struct rogue_call *call)
{
	*(volatile int *)rogue_pointer((uintptr_t)&table[2]) = 5; /* FAULT HERE */
}

ROGUE("write-const", 19, AT_PROCESS);
