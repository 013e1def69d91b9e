/* SPDX-License-Identifier: BSD-3-Clause */
/* In each call reads a kernel object and writes to a neighbour, and would go on. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	const volatile char *thread = (const char *)k_current_get();
	volatile uint32_t *period = &rogue_next(call)->period_bytes;

	(void)*thread; /* FAULT HERE */
	*period = *period; /* and HERE, twice */
}

ROGUE("peek-and-poke", 61, AT_PROCESS);
