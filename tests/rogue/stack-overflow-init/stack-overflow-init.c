/* SPDX-License-Identifier: BSD-3-Clause */
/* Recurses without an end, before there is an instance. */
#include "../rogue.h"

static int deeper(volatile int *before)
{
	volatile int here[64] = { *before + 1 }; /* FAULT HERE */

	return deeper(here) + here[0];
}

static void misbehave(struct rogue_call *call)
{
	volatile int zero = 0;

	deeper(&zero);
}

ROGUE("stack-overflow-init", 87, AT_INIT);
