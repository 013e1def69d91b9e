/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to NULL before any audio flows. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	*(volatile int *)rogue_pointer(8) = 1; /* FAULT HERE */
}

ROGUE("null-in-prepare", 80, AT_PREPARE);
