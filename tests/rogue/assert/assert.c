/* SPDX-License-Identifier: BSD-3-Clause */
/* Asserts what does not hold. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	assert(rogue_state(call)->calls == 0); /* FAULT HERE */
}

ROGUE("assert", 30, AT_PROCESS);
