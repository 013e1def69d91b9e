/* SPDX-License-Identifier: BSD-3-Clause */
/* No rogue: a module with a variable, whose address it tells in the first samples of each block. */
#include "../rogue.h"

static volatile int victim = 1;

static void misbehave(struct rogue_call *call)
{
	uintptr_t address = (uintptr_t)&victim;
	void *data, *start;
	size_t size;

	victim++;
	if (sink_get_buffer(call->sink, sizeof(address), &data, &start, &size))
		return;
	memcpy(data, &address, sizeof(address));
	sink_commit_buffer(call->sink, sizeof(address));
	/* as much less of the audio, so that blocks stay blocks */
	source_drop_data(call->source, sizeof(address));
}

ROGUE("bystander", 255, AT_PROCESS);
