/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes garbage over the control block of its output: memory it may write to. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	memset(call->sink, 0xa5, sizeof(*call->sink)); /* FAULT HERE */
}

ROGUE("corrupt-buffer", 53, AFTER_PROCESS);
