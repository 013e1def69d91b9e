/* SPDX-License-Identifier: BSD-3-Clause */
/* Moves the write offset of its output by hand, past all sense. */
#include "../rogue.h"

#include <sof/audio/ring_buffer.h>

static void misbehave(struct rogue_call *call)
{
	struct ring_buffer *ring = container_of(call->sink, struct ring_buffer, audio_buffer._sink_api);

	ring->_write_offset = ~(size_t)0; /* FAULT HERE */
}

ROGUE("corrupt-buffer-offset", 54, AFTER_PROCESS);
