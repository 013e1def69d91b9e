/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Find the instance that overwrote the control block of a buffer.
 *
 * A DP module can write to every ring in its domain; where the shared-buffer heap is one partition,
 * that is every ring of the graph. Whenever a DP thread returns to its wait, and before another
 * module runs, the kernel compares these rings with its own records: damage found then was done by
 * this thread. Other threads are suspects only if they have run too and have not returned to their
 * wait: they sleep inside a call, have ended, or run on another core. The report then names all
 * suspects and accuses none.
 * The rings of an LL module are compared before and after its calls.
 * Where cores run side by side, the rings are compared when all threads of a round are back.
 */
#include <stdio.h>
#include <string.h>

#include "firmware.h"

/* instance: a DP module. LL modules write anywhere. */
static bool can_write(const struct instance *instance, const struct link *link)
{
	if (!link->granted.memory)
		return true;
	return instance->domain == link->from->domain || instance->domain == link->to->domain;
}

/* The thread has run since its rings were last checked; never true of an LL module. */
static bool has_run(const struct instance *instance)
{
	return instance->unlooked &&
	       (instance->dead || dp_cpu_time(instance) != instance->cpu_before);
}

/* ran: the instance whose thread has just run, or the LL instance that was just called, or NULL. */
static bool is_suspect(const struct instance *instance, const struct link *link,
		       const struct instance *ran, bool ll)
{
	if (ll)
		return !instance->dp && !instance->desc->endpoint && (!ran || instance == ran);
	return (instance == ran || has_run(instance)) && can_write(instance, link);
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
	/* no DP thread can have done it: LL modules run in supervisor mode and write anywhere */
	if (!list_suspects(link, ran, false))
		list_suspects(link, ran, true);
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
		link_memory_open(link);
		if (ring_buffer_look(&link->ring, link->from->unlooked, link->to->unlooked))
			note_damage(link, instance);
	}
	instance->unlooked = false;
}

void buffer_damage_look_after_call(struct instance *instance)
{
	for (unsigned int i = 0; i < instance->n_in + instance->n_out; i++) {
		struct link *link =
			i < instance->n_in ? instance->in[i] : instance->out[i - instance->n_in];
		const bool writes = link->from == instance, reads = link->to == instance;

		if (link->comp_buffer || link->damaged)
			continue;
		link_memory_open(link);
		if (ring_buffer_look(&link->ring, writes || link->from->unlooked,
				     reads || link->to->unlooked))
			note_damage(link, instance);
	}
}

int buffer_damage_blame(struct link *link)
{
	struct instance *writer = link->writer;
	const uintptr_t address = (uintptr_t)link->ring.buffer;

	link->damaged = false;
	link->writer = NULL;
	if (!writer) {
		host_fault_tell_one_of(link->suspects, HOST_FAULT_BUFFER, address,
				       link->ring.difference);
		return -EFAULT;
	}
	/* it may have damaged several buffers, or be dead of another fault */
	if (!writer->dead) {
		host_fault_tell(writer->thread, HOST_FAULT_BUFFER, address, link->ring.difference);
		k_thread_abort(writer->thread);
		instance_die(writer, -EFAULT);
	}
	return firmware_get()->config.mute_on_fault ? 0 : -EFAULT;
}
