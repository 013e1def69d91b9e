/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to kernel memory in free(). */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	k_current_get()->base.prio = 0; /* FAULT HERE */
}

ROGUE("fault-in-free", 51, AT_FREE);
