/* SPDX-License-Identifier: BSD-3-Clause */
#include "fault_writers.h"

#include <stdio.h>
#include <string.h>

#define WRITES_MAX 32
#define KERNEL	   "(kernel)"

/* Writes that were let through: who wrote to whose memory. One entry each pair. */
static struct {
	struct {
		char writer[48];
		char victim[64]; /* KERNEL; "": memory of several */
	} at[WRITES_MAX];
	size_t count;
	char writers[HOST_SUSPECTS_BYTES], suspects[HOST_SUSPECTS_BYTES];
} writes;

void fault_writers_forget(void)
{
	writes.count = 0;
}

static const char *victim_of(const struct host_fault *fault)
{
	switch (fault->where.kind) {
	case HOST_MEMORY_MODULE_HEAP:
	case HOST_MEMORY_USER_STACK:
		return fault->where.owner;
	case HOST_MEMORY_KERNEL_DATA:
	case HOST_MEMORY_KERNEL_HEAP:
	case HOST_MEMORY_KERNEL_STACK:
		return KERNEL;
	default:
		return "";
	}
}

void fault_writers_note(const struct host_fault *fault)
{
	const char *victim = victim_of(fault);

	for (size_t i = 0; i < writes.count; i++)
		if (!strcmp(writes.at[i].writer, fault->owner) &&
		    !strcmp(writes.at[i].victim, victim))
			return;
	if (writes.count == WRITES_MAX)
		return;
	snprintf(writes.at[writes.count].writer, sizeof(writes.at[0].writer), "%s", fault->owner);
	snprintf(writes.at[writes.count].victim, sizeof(writes.at[0].victim), "%s", victim);
	writes.count++;
}

/* A domain's memory is named after its instance, its module or its id; what is not an instance's name
 * may be this instance's. */
static bool may_use(const struct host_fault *fault, const char *victim)
{
	if (!strcmp(victim, KERNEL))
		return !fault->user_mode || fault->in_syscall;
	return !strcmp(victim, fault->owner) || !strchr(victim, '.');
}

static void append_name(char *text, size_t size, const char *name)
{
	const size_t length = strlen(text);

	if (!strstr(text, name))
		snprintf(text + length, size - length, "%s%s", length ? ", " : "", name);
}

void fault_writers_name(struct host_fault *fault)
{
	writes.writers[0] = '\0';
	for (size_t i = 0; i < writes.count; i++)
		if (strcmp(writes.at[i].writer, fault->owner) &&
		    may_use(fault, writes.at[i].victim))
			append_name(writes.writers, sizeof(writes.writers), writes.at[i].writer);
	if (!writes.writers[0] || fault->suspects[0])
		return;
	fault->writers = writes.writers;
	if (!fault->owner[0])
		return;
	snprintf(writes.suspects, sizeof(writes.suspects), "%s", writes.writers);
	append_name(writes.suspects, sizeof(writes.suspects), fault->owner);
	fault->suspects = writes.suspects;
}
