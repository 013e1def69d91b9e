/* SPDX-License-Identifier: BSD-3-Clause */
/* 3c757dd27c: the shared copy of a table is used after it was put back. */
#include "../rogue/rogue.h"

static const int32_t table[1024] = { 1, 2, 3 };

static void misbehave(struct rogue_call *call)
{
	const volatile int32_t *copy = mod_fast_get(call->mod, table, sizeof(table));

#ifndef TWIN
	mod_fast_put(call->mod, (const void *)copy);
#endif
	rogue_state(call)->calls += (unsigned int)copy[0]; /* FAULT HERE */
#ifdef TWIN
	mod_fast_put(call->mod, (const void *)copy);
#endif
}

ROGUE("read-after-put", 202, AT_PROCESS);
