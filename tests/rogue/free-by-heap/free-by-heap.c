/* SPDX-License-Identifier: BSD-3-Clause */
/* Frees a block of mod_alloc() by sof_heap_free(), behind the adapter's back. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	void *block = mod_alloc(call->mod, 64);

	sof_heap_free(call->mod->priv.resources.alloc->heap, block); /* FAULT HERE */
	rogue_state(call)->calls++;
}

ROGUE("free-by-heap", 44, AT_PROCESS);
