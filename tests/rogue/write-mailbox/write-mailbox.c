/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to the configuration it was handed to read. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	*(volatile uint8_t *)rogue_pointer((uintptr_t)call->fragment) = 0; /* FAULT HERE */
}

ROGUE("write-mailbox", 22, AT_CONFIGURE);
