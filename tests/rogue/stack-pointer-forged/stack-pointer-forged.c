/* SPDX-License-Identifier: BSD-3-Clause */
/* Jumps into the gate behind the place where arguments are stored on the caller's stack, with a stack
 * pointer into kernel memory: the kernel would take its own memory for the arguments. */
#include "../rogue.h"
#include "places.h"

static void misbehave(struct rogue_call *call)
{
	const uint8_t *code = rogue_pointer(PLACE(Z_SYSCALL));

	/* mov %rsp, %rbx: from there on the gate has stored everything. */
	while (code[0] != 0x48 || code[1] != 0x89 || code[2] != 0xe3)
		code++;
	__asm__ volatile("mov %0, %%rsp\n\tmov %%rsp, %%rbp\n\tjmp *%1" /* FAULT HERE */
			 :
			 : "r"(PLACE(Z_KERNEL_DATA_START) + 4096), "r"(code)
			 : "memory");
}

ROGUE("stack-pointer-forged", 131, AT_PROCESS);
