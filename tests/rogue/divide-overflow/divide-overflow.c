/* SPDX-License-Identifier: BSD-3-Clause */
/* Divides the smallest number by minus one. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile int smallest = INT32_MIN, minus_one = -1;

	rogue_state(call)->calls = (unsigned int)(smallest / minus_one); /* FAULT HERE */
}

ROGUE("divide-overflow", 104, AT_PROCESS);
