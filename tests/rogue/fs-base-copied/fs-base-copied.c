/* SPDX-License-Identifier: BSD-3-Clause */
/* FS base leads to a copy of thread-local storage that user code can work with. */
#include "../rogue.h"
#include "../fs_base.h"

#define BELOW 2048
#define ABOVE 1024

static void misbehave(struct rogue_call *call)
{
	char *copy = mod_zalloc(call->mod, BELOW + ABOVE), *storage;
	uintptr_t *record = (uintptr_t *)(copy + BELOW);

	__asm__ volatile("mov %%fs:0, %0" : "=r"(storage));
	for (int i = -BELOW; i < ABOVE; i++)
		copy[BELOW + i] = ((volatile char *)storage)[i];
	record[0] = (uintptr_t)record;
	set_fs_base((uintptr_t)record);
	k_yield(); /* FAULT HERE */
}

ROGUE("fs-base-copied", 124, AT_PROCESS);
