/* SPDX-License-Identifier: BSD-3-Clause */
/* FS base is lost, then comes a fault: the handler must not follow it. */
#include "../rogue.h"
#include "../fs_base.h"

static void misbehave(struct rogue_call *call)
{
	set_fs_base(0);
	*(volatile int *)rogue_pointer(8) = 1; /* FAULT HERE */
}

ROGUE("fs-base-zero", 122, AT_PROCESS);
