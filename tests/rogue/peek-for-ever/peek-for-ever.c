/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads a kernel object very often, as a loop over memory of others does. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	const volatile char *thread = (const char *)k_current_get();

	for (unsigned int i = 0; i < 1000000; i++)
		(void)*thread; /* FAULT HERE */
}

ROGUE("peek-for-ever", 141, AT_PROCESS);
