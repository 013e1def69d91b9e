/* SPDX-License-Identifier: BSD-3-Clause */
/* Gives the block it lives in back to its heap. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	sof_heap_free(call->mod->priv.resources.alloc->heap, /* FAULT HERE */
		      (void *)(uintptr_t)call->mod->dev->drv);
	rogue_state(call)->calls++;
}

ROGUE("free-itself", 43, AT_PROCESS);
