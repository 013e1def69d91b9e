/* SPDX-License-Identifier: BSD-3-Clause */
/* Divides by zero. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile unsigned int zero = 0;

	rogue_state(call)->calls = 48000 / zero; /* FAULT HERE */
}

ROGUE("divide-by-zero", 28, AT_PROCESS);
