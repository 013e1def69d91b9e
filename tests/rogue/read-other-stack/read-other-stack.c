/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads the stack of the next module, which lies at the low end of the region of its heap. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	uintptr_t heap = (uintptr_t)rogue_next(call), region = heap & ~(((uintptr_t)2 << 20) - 1);
	const volatile uintptr_t *stack = rogue_pointer(region + 0x1000);

	rogue_state(call)->kept = (void *)*stack; /* FAULT HERE */
}

ROGUE("read-other-stack", 6, AT_PROCESS);
