/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes outside the reply of get_configuration(): behind its end, or, with BEFORE, before its start. */
#define ROGUE_ANSWERS
#include "../rogue.h"

static int rogue_answer(struct processing_module *mod, uint32_t config_id,
			uint32_t *data_offset_size, uint8_t *fragment, size_t fragment_size)
{
	volatile uint8_t *reply = fragment;

	*data_offset_size = 4;
#ifdef BEFORE
	reply[-1] = 1;
#else
	reply[fragment_size] = 1; /* FAULT HERE */
#endif
	return 0;
}

static void misbehave(struct rogue_call *call)
{
}

#ifdef BEFORE
ROGUE("write-before-reply", 247, AT_FREE);
#else
ROGUE("write-past-reply", 248, AT_FREE);
#endif
