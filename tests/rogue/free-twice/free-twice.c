/* SPDX-License-Identifier: BSD-3-Clause */
/* Frees a block twice, and does not look at what mod_free() says. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	void *block = mod_alloc(call->mod, 64);

	mod_free(call->mod, block);
	mod_free(call->mod, block); /* FAULT HERE */
}

ROGUE("free-twice", 41, AT_PROCESS);
