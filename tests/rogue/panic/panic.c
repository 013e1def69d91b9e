/* SPDX-License-Identifier: BSD-3-Clause */
/* Panics. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	k_panic(); /* FAULT HERE */
}

ROGUE("panic", 31, AT_PROCESS);
