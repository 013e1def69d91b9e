/* SPDX-License-Identifier: BSD-3-Clause */
/* Never returns from reset(). */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile unsigned int *calls = &rogue_state(call)->calls;

	for (;;) ++*calls; /* FAULT HERE */
}

ROGUE("spin-reset", 85, AT_RESET);
