/* SPDX-License-Identifier: BSD-3-Clause */
/* Frees what the module behind it owns. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	mod_free(call->mod, rogue_next(call)); /* FAULT HERE */
}

ROGUE("free-foreign", 42, AT_PROCESS);
