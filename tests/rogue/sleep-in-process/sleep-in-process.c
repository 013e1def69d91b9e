/* SPDX-License-Identifier: BSD-3-Clause */
/* A process() that waits for something which nobody does. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	k_sleep(K_FOREVER); /* FAULT HERE */
}

ROGUE("sleep-in-process", 91, AT_PROCESS);
