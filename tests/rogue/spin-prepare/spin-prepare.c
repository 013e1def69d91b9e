/* SPDX-License-Identifier: BSD-3-Clause */
/* Never returns from prepare(). */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile unsigned int *calls = &rogue_state(call)->calls;

	for (;;) ++*calls; /* FAULT HERE */
}

ROGUE("spin-prepare", 83, AT_PREPARE);
