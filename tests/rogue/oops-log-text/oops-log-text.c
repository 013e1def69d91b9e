/* SPDX-License-Identifier: BSD-3-Clause */
/* Has a text logged that it may not read. */
#include "../rogue.h"

#include <zephyr/internal/syscall_handler.h>

static void misbehave(struct rogue_call *call)
{
	z_syscall(K_SYSCALL_SOF_LOG, 1, (uintptr_t)"rogue", /* FAULT HERE */
		  (uintptr_t)k_current_get(), 64, 6, 0);
	rogue_state(call)->calls++;
}

ROGUE("oops-log-text", 39, AT_PROCESS);
