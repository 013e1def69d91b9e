/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to a block of its own that it has freed: only a guard heap sees it. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile char *block = mod_alloc(call->mod, 100);

	mod_free(call->mod, (const void *)block);
	block[10] = 0x55; /* FAULT HERE */
}

ROGUE("write-after-free", 63, AT_PROCESS);
