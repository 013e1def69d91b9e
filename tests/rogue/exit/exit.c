/* SPDX-License-Identifier: BSD-3-Clause */
/* Ends the program, it thinks. */
#include "../rogue.h"

#include <stdlib.h>

static void misbehave(struct rogue_call *call)
{
	exit(0); /* FAULT HERE */
}

ROGUE("exit", 64, AT_PROCESS);
