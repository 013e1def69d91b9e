/* SPDX-License-Identifier: BSD-3-Clause */
/* Follows a pointer whose upper bits are damaged. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	*(volatile int *)rogue_pointer((uintptr_t)call->mod ^ (uintptr_t)0x55 << 56) = 1; /* FAULT HERE */
}

ROGUE("non-canonical", 52, AT_PROCESS);
