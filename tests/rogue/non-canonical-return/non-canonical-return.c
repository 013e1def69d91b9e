/* SPDX-License-Identifier: BSD-3-Clause */
/* Returns to an address whose upper bits are damaged. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	uintptr_t target = (uintptr_t)&rogue_interface ^ (uintptr_t)0x55 << 56;

	__asm__ volatile("push %0\n\tret" : : "r"(target) : "memory"); /* FAULT HERE */
}

ROGUE("non-canonical-return", 102, AT_PROCESS);
