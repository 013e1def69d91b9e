/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to an I/O port. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	__asm__ volatile("outb %b0, %w1" : : "a"(0), "d"(0x80)); /* FAULT HERE */
}

ROGUE("port-output", 94, AT_PROCESS);
