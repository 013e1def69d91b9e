/* SPDX-License-Identifier: BSD-3-Clause */
/* Executes bytes that are no instruction. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	__asm__ volatile(".byte 0x06, 0x90"); /* FAULT HERE */
}

ROGUE("bad-opcode", 100, AT_PROCESS);
