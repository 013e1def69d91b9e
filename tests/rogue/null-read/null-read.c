/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads a member of a structure it has no pointer to. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	const struct rogue_state *state = rogue_pointer(0);

	rogue_state(call)->kept = state->kept; /* FAULT HERE */
}

ROGUE("null-read", 11, AT_PROCESS);
