/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads through a wild pointer in init(). */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	rogue_state(call)->calls = *(volatile unsigned int *)rogue_pointer(0x1234567000); /* FAULT HERE */
}

ROGUE("fault-in-init", 47, AT_INIT);
