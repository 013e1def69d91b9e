/* SPDX-License-Identifier: BSD-3-Clause */
/* The page that all may read is not to be written to. */
#include "../rogue.h"
#include "places.h"

static void misbehave(struct rogue_call *call)
{
	*(volatile int *)rogue_pointer(PLACE(Z_BOARD_PAGE)) = 1; /* FAULT HERE */
}

ROGUE("write-board-page", 129, AT_PROCESS);
