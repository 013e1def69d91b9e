/* SPDX-License-Identifier: BSD-3-Clause */
/* a42ee0d63c: delay lines from the firmware's heap, which a user thread can't reach. */
#include "../rogue/rogue.h"

static void misbehave(struct rogue_call *call)
{
	int32_t *delay_lines;

#ifdef TWIN
	delay_lines = mod_balloc(call->mod, 4096);
#else
	delay_lines = rballoc(SOF_MEM_FLAG_USER, 4096); /* FAULT HERE */
#endif
	if (delay_lines)
		delay_lines[0] = 0;
}

ROGUE("kernel-heap-state", 200, AT_INIT);
