/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads a structure of the firmware's: the file end behind it runs in supervisor mode. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	rogue_state(call)->kept = rogue_next(call)->dev; /* FAULT HERE */
}

ROGUE("read-kernel-heap", 3, AT_PROCESS);
