/* SPDX-License-Identifier: BSD-3-Clause */
/* FS base leads to what looks like a thread's record, then comes a fault. */
#include "../rogue.h"
#include "../fs_base.h"

static void misbehave(struct rogue_call *call)
{
	uintptr_t *record = (uintptr_t *)((char *)mod_zalloc(call->mod, 12000) + 8192);

	record[0] = (uintptr_t)record;
	record[2] = (uintptr_t)record;
	set_fs_base((uintptr_t)record);
	*(volatile int *)rogue_pointer(8) = 1; /* FAULT HERE */
}

ROGUE("fs-base-forged", 123, AT_PROCESS);
