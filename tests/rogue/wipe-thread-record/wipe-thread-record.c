/* SPDX-License-Identifier: BSD-3-Clause */
/* The C library's record of the thread is wiped but for the words that point to it. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile uint64_t *record;

	__asm__ volatile("mov %%fs:0, %0" : "=r"(record));
	for (size_t i = 0; i < 64; i++)
		if (i != 0 && i != 2)
			record[i] = 0; /* FAULT HERE */
}

ROGUE("wipe-thread-record", 121, AT_PROCESS);
