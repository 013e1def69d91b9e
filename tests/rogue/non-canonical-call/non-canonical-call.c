/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls a function by a pointer whose upper bits are damaged. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	uintptr_t target = (uintptr_t)&rogue_interface ^ (uintptr_t)0x55 << 56;

	__asm__ volatile("call *%0" : : "r"(target) : "memory"); /* FAULT HERE */
}

ROGUE("non-canonical-call", 101, AT_PROCESS);
