/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads in front of NULL. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	rogue_state(call)->calls = *(volatile unsigned int *)rogue_pointer(-(uintptr_t)8); /* FAULT HERE */
}

ROGUE("before-null", 106, AT_PROCESS);
