/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to the next module's heap: its address stands in the buffer between the two. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	rogue_next(call)->priv.private = NULL; /* FAULT HERE */
}

ROGUE("write-neighbour-heap", 1, AT_PROCESS);
