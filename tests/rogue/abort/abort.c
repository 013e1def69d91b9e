/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls abort(). */
#include "../rogue.h"

#include <stdlib.h>

static void misbehave(struct rogue_call *call)
{
	abort(); /* FAULT HERE */
}

ROGUE("abort", 32, AT_PROCESS);
