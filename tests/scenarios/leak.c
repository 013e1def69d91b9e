/* SPDX-License-Identifier: BSD-3-Clause */
/* Frees its state at the end and forgets what hangs on it. */
#include "../rogue/rogue.h"

static void misbehave(struct rogue_call *call)
{
	void *block = mod_zalloc(call->mod, 300);

#ifdef TWIN
	mod_free(call->mod, block);
#else
	rogue_state(call)->kept = block;
#endif
}

ROGUE("leak", 208, AT_PREPARE);
