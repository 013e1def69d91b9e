/* SPDX-License-Identifier: BSD-3-Clause */
/* 6eb4311190: a block of mod_zalloc() is given back to the firmware's heap. */
#include "../rogue/rogue.h"

static void misbehave(struct rogue_call *call)
{
	void *block = mod_zalloc(call->mod, 64);

#ifdef TWIN
	mod_free(call->mod, block);
#else
	rfree(block); /* FAULT HERE */
#endif
}

ROGUE("kernel-free", 201, AT_FREE);
