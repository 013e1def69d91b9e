/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes past the end of its block, and on and on. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile char *block = mod_alloc(call->mod, 256);

	for (;;)
		*block++ = 0x55; /* FAULT HERE */
}

ROGUE("heap-overrun", 9, AT_PROCESS);
