/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes to a variable of another object: the bystander before it tells its address as audio. */
#include "../rogue.h"

static void misbehave(struct rogue_call *call)
{
	const void *data, *start;
	uintptr_t address = 0;
	size_t size;

	if (!source_get_data(call->source, sizeof(address), &data, &start, &size)) {
		memcpy(&address, data, sizeof(address));
		source_release_data(call->source, 0);
	}
	*(volatile int *)rogue_pointer(address) = 0; /* FAULT HERE */
}

ROGUE("write-other-module-data", 23, AT_PROCESS);
