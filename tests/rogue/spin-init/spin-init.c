/* SPDX-License-Identifier: BSD-3-Clause */
/* Never returns from init(). */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile unsigned int *calls = &rogue_state(call)->calls;

	for (;;) ++*calls; /* FAULT HERE */
}

ROGUE("spin-init", 26, AT_INIT);
