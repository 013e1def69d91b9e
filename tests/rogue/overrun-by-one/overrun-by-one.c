/* SPDX-License-Identifier: BSD-3-Clause */
/* One byte past its block: nobody's memory but its own, so only a guard heap sees it. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile char *block = mod_alloc(call->mod, 100);

	block[100] = 0x55; /* FAULT HERE */
	mod_free(call->mod, (const void *)block);
}

ROGUE("overrun-by-one", 62, AT_PROCESS);
