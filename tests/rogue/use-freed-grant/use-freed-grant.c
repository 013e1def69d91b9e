/* SPDX-License-Identifier: BSD-3-Clause */
/* Keeps the address of a configuration and reads it later: it was lent for one call. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	const volatile char *kept = rogue_state(call)->kept;

	rogue_state(call)->calls += *kept; /* FAULT HERE */
}

ROGUE("use-freed-grant", 21, AT_PROCESS);
