/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes before its block, one word each 4 KiB, down through all that is its own. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile char *block = mod_alloc(call->mod, 256);

	for (;;)
		*(block -= 4096) = 0x55; /* FAULT HERE */
}

ROGUE("heap-underrun", 10, AT_PROCESS);
