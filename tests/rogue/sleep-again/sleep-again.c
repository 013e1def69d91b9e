/* SPDX-License-Identifier: BSD-3-Clause */
/* Sleeps again and again: each time short, and for ever. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	for (;;)
		k_sleep(K_MSEC(1)); /* FAULT HERE */
}

ROGUE("sleep-again", 149, AT_PROCESS);
