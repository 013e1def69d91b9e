/* SPDX-License-Identifier: BSD-3-Clause */
/* Panics with a text that has no end inside its memory. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	char *block = mod_alloc(call->mod, 64);
	char *end = rogue_pointer((((uintptr_t)block >> 21) + 1) << 21);

	memset(end - 16, 'x', 16);
	z_fatal(K_ERR_KERNEL_OOPS, end - 16); /* FAULT HERE */
}

ROGUE("oops-fatal-text", 38, AT_PROCESS);
