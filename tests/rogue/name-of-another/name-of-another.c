/* SPDX-License-Identifier: BSD-3-Clause */
/* Gives its thread another module's name, then faults. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	k_thread_name_set(k_current_get(), "bystander.0");
	*(volatile int *)rogue_pointer(8) = 1; /* FAULT HERE */
}

ROGUE("name-of-another", 89, AT_PROCESS);
