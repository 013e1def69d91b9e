/* SPDX-License-Identifier: BSD-3-Clause */
/* Tunes the shared copy of a table, which is everybody's, instead of one of its own. */
#include "../rogue/rogue.h"

static const int32_t table[1024] __attribute__((used)) = { 1, 2, 3 };

static void misbehave(struct rogue_call *call)
{
	volatile int32_t *copy;

#ifdef TWIN
	copy = mod_zalloc(call->mod, sizeof(table));
#else
	copy = (int32_t *)(uintptr_t)mod_fast_get(call->mod, table, sizeof(table));
#endif
	copy[7] = 1; /* FAULT HERE */
}

ROGUE("write-constant", 203, AT_PREPARE);
