/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls a function pointer nobody has set. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	void (*function)(void) = (void (*)(void))rogue_pointer(0);

	function(); /* FAULT HERE */
	rogue_state(call)->calls++;
}

ROGUE("null-call", 13, AT_PROCESS);
