/* SPDX-License-Identifier: BSD-3-Clause */
/* A local array is overrun upwards: over its own frames, the signal stack and the logger's stack, up
 * to and over thread-local storage. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile char array[64];
	char *storage;

	__asm__ volatile("mov %%fs:0, %0" : "=r"(storage));
	for (volatile char *c = array; (char *)c < storage + 256; c++)
		*c = 0; /* FAULT HERE */
}

ROGUE("overrun-upwards", 120, AT_PROCESS);
