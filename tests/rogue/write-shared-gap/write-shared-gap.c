/* SPDX-License-Identifier: BSD-3-Clause */
/* Runs off the end of the shared-buffer heap. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile char *byte = (volatile char *)call->sink + 65536;

	for (;; byte += 4096)
		*byte = 0x55; /* FAULT HERE */
}

ROGUE("write-shared-gap", 24, AT_PROCESS);
