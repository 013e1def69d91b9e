/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to NULL when it is deleted. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	*(volatile int *)rogue_pointer(8) = 1; /* FAULT HERE */
}

ROGUE("null-in-free", 82, AT_FREE);
