/* SPDX-License-Identifier: BSD-3-Clause */
/* Takes the user bit off its own thread. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	k_current_get()->base.user_options &= (uint8_t)~K_USER; /* FAULT HERE */
}

ROGUE("promote-itself", 4, AT_PROCESS);
