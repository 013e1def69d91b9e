/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes one sample past the end of its output buffer, where it should wrap. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	volatile int16_t *end;
	void *data, *start;
	size_t size;

	if (sink_get_buffer(call->sink, sink_get_free_size(call->sink), &data, &start, &size))
		return;
	end = (int16_t *)((char *)start + size);
	*end = 0x1111; /* FAULT HERE */
	sink_commit_buffer(call->sink, 0);
}

ROGUE("overrun-output", 240, AT_PROCESS);
