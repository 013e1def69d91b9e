/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls malloc(), which no firmware has. */
#include "../rogue.h"

#include <stdlib.h>

static void misbehave(struct rogue_call *call)
{
	rogue_state(call)->kept = malloc(64); /* FAULT HERE */
}

ROGUE("libc-malloc", 46, AT_PROCESS);
