/* SPDX-License-Identifier: BSD-3-Clause */
/* Sets the CPU's alignment check, and then reads a number from an odd address. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	char *block = mod_alloc_align(call->mod, 256, 64);

	if (!block)
		return;
	__asm__ volatile("pushfq\n\torq $0x40000, (%%rsp)\n\tpopfq" : : : "memory", "cc");
	__asm__ volatile("movl 1(%0), %%eax" : : "r"(block) : "eax"); /* FAULT HERE */
}

ROGUE("alignment-check", 99, AT_PROCESS);
