/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who wrote over the control block of a buffer.
 *
 * A DP module can write to every ring that its domain holds; where the shared-buffer heap is one
 * partition, that is every ring there is. So whenever a DP thread comes back to its wait, the kernel
 * compares these rings with its own records, before another module runs: this thread did what is
 * wrong then. Other threads come into question only if they have run as well and are not back yet:
 * they sleep inside a call, they have ended, or they run on another core. Then all of them are named,
 * and no one is called guilty.
 */
#include <stdio.h>
#include <string.h>

#include "firmware.h"

static bool can_write(const struct instance *instance, const struct link *link)
{
	if (!instance->dp)
		return false;
	if (!link->granted.memory)
		return true;
	return instance->domain == link->from->domain || instance->domain == link->to->domain;
}

/* Its thread has run, and what it did has not been looked at. */
static bool has_run(const struct instance *instance)
{
	return instance->unlooked &&
	       (instance->dead || dp_cpu_time(instance) != instance->cpu_before);
}

/* ran: NULL, or who has run just now. */
static bool is_suspect(const struct instance *instance, const struct link *link,
		       const struct instance *ran, bool ll)
{
	if (ll)
		return !instance->dp;
	return can_write(instance, link) && (instance == ran || has_run(instance));
}

static unsigned int list_suspects(struct link *link, const struct instance *ran, bool ll)
{
	struct list_item *item;
	unsigned int count = 0;
	size_t at = 0;

	list_for_item(item, &firmware_get()->instances) {
		struct instance *instance = list_item(item, struct instance, list);

		if (!is_suspect(instance, link, ran, ll))
			continue;
		if (at < sizeof(link->suspects))
			at += (size_t)snprintf(link->suspects + at, sizeof(link->suspects) - at,
					       "%s%s", count ? ", " : "", instance->name);
		link->writer = count++ ? NULL : instance;
	}
	return count;
}

static void note_damage(struct link *link, const struct instance *ran)
{
	link->damaged = true;
	link->writer = NULL;
	link->suspects[0] = '\0';
	/* where no thread of a module can have done it: LL modules run in supervisor mode, and can
	 * write anywhere */
	if (!list_suspects(link, ran, false))
		list_suspects(link, NULL, true);
	if (link->writer && !link->writer->dp)
		link->writer = NULL;
}

void buffer_damage_found(struct link *link)
{
	note_damage(link, NULL);
}

void buffer_damage_look(struct instance *instance)
{
	struct list_item *item;

	if (!instance->unlooked)
		return;
	list_for_item(item, &firmware_get()->links) {
		struct link *link = list_item(item, struct link, list);
		const bool own = link->from == instance || link->to == instance;

		if (link->comp_buffer || link->damaged || !can_write(instance, link) ||
		    (own && instance->preparing))
			continue;
		granted_memory_open(&link->granted);
		if (ring_buffer_look(&link->ring, link->from->unlooked, link->to->unlooked))
			note_damage(link, instance);
	}
	instance->unlooked = false;
}

int buffer_damage_blame(struct link *link)
{
	struct instance *writer = link->writer;
	const uintptr_t address = (uintptr_t)link->ring.buffer;

	link->damaged = false;
	link->writer = NULL;
	if (!writer) {
		host_fault_tell_one_of(link->suspects, HOST_FAULT_BUFFER, address);
		return -EFAULT;
	}
	/* it may have damaged several, or died of something else meanwhile */
	if (!writer->dead) {
		host_fault_tell(writer->thread, HOST_FAULT_BUFFER, address, "");
		k_thread_abort(writer->thread);
		instance_die(writer, -EFAULT);
	}
	return firmware_get()->config.mute_on_fault ? 0 : -EFAULT;
}
