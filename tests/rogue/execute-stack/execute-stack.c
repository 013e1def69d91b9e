/* SPDX-License-Identifier: BSD-3-Clause */
/* Jumps to code it has put on its stack. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile unsigned char code[16] = { 0xc3 }; /* ret */
	void (*function)(void) = (void (*)(void))rogue_pointer((uintptr_t)code);

	function(); /* FAULT HERE */
	rogue_state(call)->calls++;
}

ROGUE("execute-stack", 15, AT_PROCESS);
