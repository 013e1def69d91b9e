/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads the heap of the module before it. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	rogue_state(call)->kept = rogue_previous(call)->priv.private; /* FAULT HERE */
}

ROGUE("read-neighbour-heap", 2, AT_PROCESS);
