/* SPDX-License-Identifier: BSD-3-Clause */
/* Clears one byte too many: the error is found inside AddressSanitizer's own memset(). */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	char *block = mod_alloc(call->mod, 64);
	volatile size_t size = 65;

	memset(block, 0, size); /* FAULT HERE */
}

ROGUE("checked-memset", 140, AT_PROCESS);
