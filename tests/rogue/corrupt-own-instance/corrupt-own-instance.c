/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes garbage over its own processing_module and comp_dev, then faults. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile int *null = rogue_pointer(0);

	memset(call->mod->dev, 0xa5, sizeof(*call->mod->dev));
	memset(call->mod, 0xa5, sizeof(*call->mod));
	*null = 1; /* FAULT HERE */
}

ROGUE("corrupt-own-instance", 55, AT_PROCESS);
