/* SPDX-License-Identifier: BSD-3-Clause */
/* Its thread is the firmware's to end. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	k_thread_abort(k_current_get()); /* FAULT HERE */
}

ROGUE("end-itself", 92, AT_PROCESS);
