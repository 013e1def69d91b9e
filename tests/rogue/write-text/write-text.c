/* SPDX-License-Identifier: BSD-3-Clause */
/* Patches its own code. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	*(volatile unsigned char *)rogue_pointer((uintptr_t)misbehave) = 0xc3; /* FAULT HERE */
}

ROGUE("write-text", 17, AT_PROCESS);
