/* SPDX-License-Identifier: BSD-3-Clause */
/* Ends a thread that is not its own: itself it may not even name. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	k_thread_abort(rogue_pointer((uintptr_t)k_current_get() + 16)); /* FAULT HERE */
	rogue_state(call)->calls++;
}

ROGUE("oops-kernel-thread", 35, AT_PROCESS);
