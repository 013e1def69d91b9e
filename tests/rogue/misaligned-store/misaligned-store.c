/* SPDX-License-Identifier: BSD-3-Clause */
/* Stores a vector where no vector begins: its own memory, at an odd place. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	char *block = mod_alloc_align(call->mod, 256, 64);

	if (block)
		__asm__ volatile("movaps %%xmm0, (%0)" : : "r"(block + 4) : "memory"); /* FAULT HERE */
}

ROGUE("misaligned-store", 97, AT_PROCESS);
