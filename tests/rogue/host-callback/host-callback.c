/* SPDX-License-Identifier: BSD-3-Clause */
/* Faults in a function that the host's C library calls, let in with --allow-host-calls. */
#include "../rogue.h"

void *lfind(const void *key, const void *base, size_t *count, size_t size,
	    int (*compare)(const void *, const void *));

static int compare(const void *key, const void *member)
{
	return *(const int *)key - *(volatile int *)rogue_pointer(16); /* FAULT HERE */
}

static void misbehave(struct rogue_call *call)
{
	const int numbers[] = { 3, 1, 2 };
	size_t count = ARRAY_SIZE(numbers);

	rogue_state(call)->kept = lfind(numbers, numbers, &count, sizeof(numbers[0]), compare);
}

ROGUE("host-callback", 138, AT_PROCESS);
