/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes garbage over the control block of a buffer between two others: memory that all may write
 * to. Buffers of one size lie at equal distances. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	char *own = (char *)container_of(call->sink, struct sof_audio_buffer, _sink_api);
	char *before = (char *)container_of(call->source, struct sof_audio_buffer, _source_api);

	memset(before + (before - own), 0xa5, 64); /* FAULT HERE */
}

ROGUE("corrupt-other-buffer", 241, AFTER_PROCESS);
