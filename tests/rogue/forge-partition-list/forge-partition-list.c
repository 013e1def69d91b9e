/* SPDX-License-Identifier: BSD-3-Clause */
/* What is opened again when kernel memory has been closed is listed in a page that all may read. */
#include "../rogue.h"
#include "places.h"

static void misbehave(struct rogue_call *call)
{
	*(volatile int *)rogue_pointer(PLACE(Z_BOARD_PAGE) + 32) = 1; /* FAULT HERE */
}

ROGUE("forge-partition-list", 130, AT_PROCESS);
