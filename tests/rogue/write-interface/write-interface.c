/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to its own table of functions, which holds addresses and so was writable while loading. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	*(void *volatile *)rogue_pointer((uintptr_t)&rogue_interface.process) = NULL; /* FAULT HERE */
}

ROGUE("write-interface", 20, AT_PROCESS);
