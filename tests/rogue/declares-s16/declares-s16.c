/* SPDX-License-Identifier: BSD-3-Clause */
/* Its board description declares samples of 16 bits. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
}

ROGUE("declares-s16", 245, AT_FREE);
