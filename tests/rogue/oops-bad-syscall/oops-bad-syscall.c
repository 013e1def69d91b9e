/* SPDX-License-Identifier: BSD-3-Clause */
/* Gives a semaphore that it has put into its own memory. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	struct k_sem *sem = mod_zalloc(call->mod, sizeof(*sem));

	sem->limit = 1;
	k_sem_give(sem); /* FAULT HERE */
	rogue_state(call)->calls++;
}

ROGUE("oops-bad-syscall", 33, AT_PROCESS);
