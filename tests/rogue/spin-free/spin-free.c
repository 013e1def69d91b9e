/* SPDX-License-Identifier: BSD-3-Clause */
/* Never returns from free(). */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile unsigned int *calls = &rogue_state(call)->calls;

	for (;;) ++*calls; /* FAULT HERE */
}

ROGUE("spin-free", 86, AT_FREE);
