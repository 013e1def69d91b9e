/* SPDX-License-Identifier: BSD-3-Clause */
/* Allocates from a heap that it has made up. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	struct k_heap forged = { .heap = { .init_mem = call->mod, .init_bytes = 4096 } };

	rogue_state(call)->kept = sof_heap_alloc(&forged, SOF_MEM_FLAG_USER, 64, 0); /* FAULT HERE */
}

ROGUE("oops-forged-heap", 36, AT_PROCESS);
