/* SPDX-License-Identifier: BSD-3-Clause */
/* Shifts by too much: no isolation fault, and what UndefinedBehaviorSanitizer is for. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile unsigned int bits = 40;

	rogue_state(call)->calls += 1u << bits; /* FAULT HERE */
}

ROGUE("checked-shift", 141, AT_PROCESS);
