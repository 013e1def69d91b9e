/* SPDX-License-Identifier: BSD-3-Clause */
/* Thread-local storage says that this is supervisor mode: the kernel's functions are called directly,
 * with a user's rights. */
#include "../rogue.h"
#include "places.h"

static void misbehave(struct rogue_call *call)
{
	char *storage;

	__asm__ volatile("mov %%fs:0, %0" : "=r"(storage));
	((volatile char *)storage)[Z_TLS_USER_OFFSET] = 0;
	k_yield(); /* FAULT HERE */
}

ROGUE("clear-mode-flag", 132, AT_PROCESS);
