/* SPDX-License-Identifier: BSD-3-Clause */
/* Runs off the end of its configuration. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	const volatile uint8_t *byte = call->fragment;

	for (;;)
		rogue_state(call)->calls += *byte++; /* FAULT HERE */
}

ROGUE("fault-in-set-config", 49, AT_CONFIGURE);
