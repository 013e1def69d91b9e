/* SPDX-License-Identifier: BSD-3-Clause */
/* Patches the firmware's code. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	*(volatile unsigned char *)rogue_pointer((uintptr_t)k_yield) = 0xc3; /* FAULT HERE */
}

ROGUE("write-firmware-text", 18, AT_PROCESS);
