/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads a buffer that it is not bound to: that of the connection behind the next module's, which
 * lies two chunks further on. */
#include "../rogue/rogue.h"

static void misbehave(struct rogue_call *call)
{
	uintptr_t at = (uintptr_t)call->sink;

#ifndef TWIN
	at += 4 << 20;
#endif
	rogue_state(call)->calls += *(volatile uint8_t *)rogue_pointer(at); /* FAULT HERE */
}

ROGUE("next-buffer", 204, AT_PROCESS);
