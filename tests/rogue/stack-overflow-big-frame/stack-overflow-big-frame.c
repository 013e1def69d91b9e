/* SPDX-License-Identifier: BSD-3-Clause */
/* Has a local array that is larger than its whole stack. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile char scratch[200000];

	/* clang makes an array smaller of which only the first element is used. */
	__asm__ volatile("" : : "r"(scratch));
	scratch[0] = 1; /* FAULT HERE */
	rogue_state(call)->calls += scratch[0];
}

ROGUE("stack-overflow-big-frame", 8, AT_PROCESS);
