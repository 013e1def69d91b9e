/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes before its block, byte for byte: over its stacks and what the C library keeps about it. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile char *block = mod_alloc(call->mod, 256);

	for (;;)
		*--block = 0x55; /* FAULT HERE */
}

ROGUE("wipe-own-region", 56, AT_PROCESS);
