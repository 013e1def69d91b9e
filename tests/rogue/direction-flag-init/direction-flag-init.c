/* SPDX-License-Identifier: BSD-3-Clause */
/* Returns with the direction flag set. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	__asm__ volatile("std" : : : "memory"); /* FAULT HERE */
}

ROGUE("direction-flag-init", 126, AT_INIT);
