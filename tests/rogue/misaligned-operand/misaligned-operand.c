/* SPDX-License-Identifier: BSD-3-Clause */
/* Adds vectors, one of them from where no vector begins. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	char *block = mod_alloc_align(call->mod, 256, 64);

	if (block)
		__asm__ volatile("paddd 24(%0,%1,2), %%xmm0" : : "r"(block), "r"(8l)); /* FAULT HERE */
}

ROGUE("misaligned-operand", 98, AT_PROCESS);
