/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads the byte behind its fragment: on a board, what is left of another's message. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	rogue_state(call)->calls += ((const volatile uint8_t *)call->fragment)[call->size]; /* FAULT HERE */
}

ROGUE("read-past-fragment", 246, AT_CONFIGURE);
