/* SPDX-License-Identifier: BSD-3-Clause */
/* Leaves the call with floating-point exceptions unmasked, which the caller does not expect. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	const unsigned int mxcsr = 0x1f80 & ~0x1000; /* FAULT HERE: inexact results trap */

	__asm__ volatile("ldmxcsr %0" : : "m"(mxcsr));
}

ROGUE("unmask-floats", 144, AT_PROCESS);
