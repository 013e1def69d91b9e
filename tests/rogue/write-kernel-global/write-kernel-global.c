/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to a variable of the firmware that headers declare. */
#include "../rogue.h"

#include <rtos/userspace_helper.h>

static void misbehave(struct rogue_call *call)
{
	common_partition.size = 0; /* FAULT HERE */
}

ROGUE("write-kernel-global", 5, AT_PROCESS);
