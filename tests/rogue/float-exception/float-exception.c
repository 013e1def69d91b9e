/* SPDX-License-Identifier: BSD-3-Clause */
/* Has floating-point exceptions raised, and divides by zero. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	unsigned int control = 0x1f80 & ~0x200u;
	volatile float zero = 0.0f;

	__asm__ volatile("ldmxcsr %0" : : "m"(control));
	rogue_state(call)->calls = (unsigned int)(1.0f / zero); /* FAULT HERE */
}

ROGUE("float-exception", 105, AT_PROCESS);
