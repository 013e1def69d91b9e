/* SPDX-License-Identifier: BSD-3-Clause */
/* Gives the host's free() what is no block, let in with --allow-host-calls. Where the C heap is open,
 * as to an LL module, free() calls abort(). */
#include "../rogue.h"

void free(void *block);

static char memory[256] __attribute__((aligned(16)));

static void misbehave(struct rogue_call *call)
{
	free(rogue_pointer((uintptr_t)memory + 32)); /* FAULT HERE */
}

ROGUE("host-free", 142, AT_PROCESS);
