/* SPDX-License-Identifier: BSD-3-Clause */
/* Jumps to code it has put into its heap. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	unsigned char *code = mod_alloc(call->mod, 16);
	void (*function)(void) = (void (*)(void))code;

	code[0] = 0xc3; /* ret */
	function(); /* FAULT HERE */
	rogue_state(call)->calls++;
}

ROGUE("execute-heap", 14, AT_PROCESS);
