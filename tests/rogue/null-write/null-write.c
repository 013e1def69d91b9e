/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes through NULL. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	*(volatile int *)rogue_pointer(0) = 1; /* FAULT HERE */
}

ROGUE("null-write", 12, AT_PROCESS);
