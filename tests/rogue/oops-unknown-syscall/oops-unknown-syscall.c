/* SPDX-License-Identifier: BSD-3-Clause */
/* Makes a system call that does not exist. */
#include "../rogue.h"

#include <zephyr/internal/syscall_handler.h>

static void misbehave(struct rogue_call *call)
{
	z_syscall(K_SYSCALL_LIMIT + 7, 0, 0, 0, 0, 0, 0); /* FAULT HERE */
	rogue_state(call)->calls++;
}

ROGUE("oops-unknown-syscall", 34, AT_PROCESS);
