/* SPDX-License-Identifier: BSD-3-Clause */
/* Faults inside a function of the host's C library, let in with --allow-host-calls: LL modules have
 * the C heap open, so malloc() itself does not fault there. */
#include "../rogue.h"

size_t strlen(const char *text);

static void misbehave(struct rogue_call *call)
{
	const char *volatile text = (const char *)16;

	rogue_state(call)->calls += (unsigned int)strlen(text); /* FAULT HERE */
}

ROGUE("host-strlen", 134, AT_PROCESS);
