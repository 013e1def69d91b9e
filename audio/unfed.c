/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Modules that produce audio without consuming any of the available input. Generators have no
 * input, a tail follows an input that has ended, and a converter consumes some input however much
 * it produces: none of them counts.
 */
#include "firmware.h"

/* Enough input is available: a block at each input, or one input so full that its producer
 * waits. */
static bool input_waits(const struct instance *instance)
{
	bool blocks = true;

	for (unsigned int i = 0; i < instance->n_in; i++) {
		const struct link *link = instance->in[i];
		const size_t fill = link->held ? 0 : link->fill;

		if (fill && link->size - link->fill < link->min_free)
			return true;
		blocks = blocks && fill && fill >= link->min_available;
	}
	return blocks && instance->n_in;
}

/* The fill of a comp_buffer falls when input is consumed; not every module counts bytes. */
static uint64_t input_left(const struct instance *instance)
{
	uint64_t bytes = 0;

	for (unsigned int i = 0; i < instance->n_in; i++) {
		if (instance->in[i]->comp_buffer)
			bytes += instance->in[i]->fill;
	}
	return bytes;
}

static uint64_t input_taken(const struct instance *instance)
{
	uint64_t bytes = 0;

	for (unsigned int i = 0; i < instance->n_in; i++)
		bytes += instance->in[i]->consumed;
	return bytes;
}

static uint64_t produced(const struct instance *instance)
{
	uint64_t bytes = 0;

	for (unsigned int i = 0; i < instance->n_out; i++)
		bytes += instance->out[i]->produced;
	return bytes;
}

void unfed_before(struct instance *instance)
{
	instance->unfed.left = input_left(instance);
	instance->unfed.taken = input_taken(instance);
}

void unfed_after(struct instance *instance)
{
	if (input_taken(instance) != instance->unfed.taken ||
	    input_left(instance) < instance->unfed.left || !input_waits(instance))
		instance->unfed.since = produced(instance);
}

/* Of all its outputs together: each has its own rate and frames. */
static uint64_t unfed_ms(const struct instance *instance)
{
	const uint64_t bytes = produced(instance) - instance->unfed.since;
	uint64_t per_second = 0, per_block = 0;

	for (unsigned int i = 0; i < instance->n_out; i++) {
		const struct link *link = instance->out[i];

		per_second += (uint64_t)link_frame_bytes(link) * link_rate(link);
		per_block += link->min_free;
	}
	if (!instance->n_in || !per_second || instance->dead || bytes < per_block * UNFED_BLOCKS)
		return 0;
	return bytes * 1000 / per_second;
}

bool sof_unfed(uint64_t at_least_ms, struct sof_failure *out)
{
	struct firmware *fw = firmware_get();

	for (size_t i = 0; fw && fw->order && i < fw->count; i++) {
		const uint64_t ms = unfed_ms(fw->order[i]);

		if (!ms || ms < at_least_ms)
			continue;
		failure_describe(fw->order[i], out);
		out->unfed_ms = ms;
		return true;
	}
	return false;
}
