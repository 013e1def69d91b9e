/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls malloc(), let in with --allow-host-calls: the C heap is closed, so it faults with malloc()'s
 * lock held. */
#include "../rogue.h"

void *malloc(size_t size);
void free(void *block);

static void misbehave(struct rogue_call *call)
{
	for (size_t size = 40; size < 100000; size += 3000) {
		volatile char *block = malloc(size); /* FAULT HERE */

		*block = 1;
		free((void *)block);
	}
}

ROGUE("host-malloc", 133, AT_PROCESS);
