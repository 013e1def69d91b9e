/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes one byte past a block of its heap: no isolation fault, and what AddressSanitizer is for. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile char *block = mod_alloc(call->mod, 64);
	volatile size_t size = 64;

	block[size] = 1; /* FAULT HERE */
}

ROGUE("checked-store", 139, AT_PROCESS);
