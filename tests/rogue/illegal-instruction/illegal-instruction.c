/* SPDX-License-Identifier: BSD-3-Clause */
/* Reaches what the compiler was told can't be reached. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	__builtin_trap(); /* FAULT HERE */
}

ROGUE("illegal-instruction", 29, AT_PROCESS);
