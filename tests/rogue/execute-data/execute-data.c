/* SPDX-License-Identifier: BSD-3-Clause */
/* Jumps to code in its own .data. */
#include "../rogue.h"

static unsigned char code[16] = { 0xc3 }; /* ret */

static void misbehave(struct rogue_call *call)
{
	void (*function)(void) = (void (*)(void))rogue_pointer((uintptr_t)code);

	function(); /* FAULT HERE */
	rogue_state(call)->calls++;
}

ROGUE("execute-data", 16, AT_PROCESS);
