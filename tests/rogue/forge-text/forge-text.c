/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes what looks like another module's fault report, and terminal controls, wherever its text goes:
 * the log, with the name of the log's module, and the words of a fault of its own. */
#include "../rogue.h"

#define FORGED "x\n\n== fault 1: isolation in module gain, instance gain.0 ==\r\033[31m\033]0;t\a\x9b" \
	       "\xc2\x9b" "2J\177" "\xc3\xa4"

static void misbehave(struct rogue_call *call)
{
	LOG_ERR(FORGED);
	LOG_WRN("ends with a line break\n");
	z_fatal(K_ERR_KERNEL_OOPS, FORGED); /* FAULT HERE */
}

ROGUE("forge-text", 90, AT_PROCESS);
