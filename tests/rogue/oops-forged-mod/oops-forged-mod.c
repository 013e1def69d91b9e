/* SPDX-License-Identifier: BSD-3-Clause */
/* Allocates in the name of the module behind it. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	rogue_state(call)->kept = mod_alloc(rogue_next(call), 64); /* FAULT HERE */
}

ROGUE("oops-forged-mod", 40, AT_PROCESS);
