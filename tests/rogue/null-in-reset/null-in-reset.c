/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to NULL when its pipeline has been stopped. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	*(volatile int *)rogue_pointer(8) = 1; /* FAULT HERE */
}

ROGUE("null-in-reset", 81, AT_RESET);
