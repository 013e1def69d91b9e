/* SPDX-License-Identifier: BSD-3-Clause */
/* Asks Linux by itself, past the C library: getpid(). */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	long number = 39;

	__asm__ volatile("syscall" : "+a"(number) : : "rcx", "r11", "memory"); /* FAULT HERE */
}

ROGUE("linux-system-call", 60, AT_PROCESS);
