/* SPDX-License-Identifier: BSD-3-Clause */
/* Never returns, and is in the kernel most of the time. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	for (;;) k_yield(); /* FAULT HERE */
}

ROGUE("spin-in-syscalls", 27, AT_PROCESS);
