/* SPDX-License-Identifier: BSD-3-Clause */
/* Ends the thread that it runs on: in the LL task it is not its own. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	k_thread_abort(k_current_get()); /* FAULT HERE */
}

ROGUE("abort-its-thread", 135, AT_PROCESS);
