/* SPDX-License-Identifier: BSD-3-Clause */
/* A scratch buffer on a stack that the topology made for less. */
#include "../rogue/rogue.h"

#define SCRATCH (24 << 10)

static __attribute__((noinline)) void fill(volatile uint8_t *scratch)
{
	for (size_t i = SCRATCH; i; i -= 512)
		scratch[i - 512] = 1;
}

static void misbehave(struct rogue_call *call)
{ /* FAULT HERE */
#ifdef TWIN
	uint8_t *scratch = mod_alloc(call->mod, SCRATCH);

	if (scratch)
		fill(scratch);
	mod_free(call->mod, scratch);
#else
	volatile uint8_t scratch[SCRATCH];

	fill(scratch); /* FAULT HERE */
#endif
}

ROGUE("stack-hungry", 210, AT_PROCESS);
