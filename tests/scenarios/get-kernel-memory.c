/* SPDX-License-Identifier: BSD-3-Clause */
/* 0bd5581078: asks for a copy of memory that it may not read. */
#include "../rogue/rogue.h"

#include <rtos/userspace_helper.h>

static const uint8_t table[4096] __attribute__((used)) = { 1 };

static void misbehave(struct rogue_call *call)
{
	const void *from = &common_partition;

#ifdef TWIN
	from = table;
#endif
	mod_fast_get(call->mod, from, sizeof(table)); /* FAULT HERE */
	rogue_state(call)->calls++;
}

ROGUE("get-kernel-memory", 206, AT_PROCESS);
