/* SPDX-License-Identifier: BSD-3-Clause */
#include "declared_formats.h"

#include <errno.h>
#include <module/module/format_record.h>
#include <stdio.h>
#include <string.h>

void declared_formats_text(char *text, size_t size, uint8_t samples, uint8_t containers)
{
	static const struct {
		uint8_t sample, container;
		const char *name;
	} formats[] = {
		{ SOF_FORMAT_SIZE_16, SOF_FORMAT_SIZE_16, "S16" },
		{ SOF_FORMAT_SIZE_24, SOF_FORMAT_SIZE_32, "S24" },
		{ SOF_FORMAT_SIZE_32, SOF_FORMAT_SIZE_32, "S32" },
	};
	const char *gap = "";
	size_t at = 0, i;

	text[0] = '\0';
	for (i = 0; i < sizeof(formats) / sizeof(formats[0]) && at < size; i++) {
		if (!(samples & formats[i].sample) || !(containers & formats[i].container))
			continue;
		at += (size_t)snprintf(text + at, size - at, "%s%s", gap, formats[i].name);
		gap = " ";
	}
}

static uint8_t size_bit(unsigned int bits)
{
	return bits == 8 || bits == 16 || bits == 24 || bits == 32 ?
		       (uint8_t)(1u << (bits / 8 - 1)) :
		       0;
}

static const struct host_module *module_of(const struct catalog *catalog,
					   const struct graph_node *node)
{
	const struct catalog_module *entry;
	size_t i;

	if (node->file != GRAPH_NONE)
		return NULL;
	if (node->module) {
		entry = catalog_find(catalog, node->module);
		return entry ? &entry->module : NULL;
	}
	for (i = 0; i < catalog->module_count; i++)
		if (!memcmp(catalog->modules[i].module.uuid, node->uuid, sizeof(node->uuid)))
			return &catalog->modules[i].module;
	return NULL;
}

static int check_end(const struct graph_node *node, const char *end,
		     const struct ipc4_audio_format *format, uint8_t samples, uint8_t containers,
		     struct problem *why)
{
	char declared[24];

	if ((!samples && !containers) ||
	    (size_bit(format->valid_bit_depth) & samples && size_bit(format->depth) & containers))
		return 0;
	declared_formats_text(declared, sizeof(declared), samples, containers);
	return problem_set(why, EXIT_BAD_INPUT, EINVAL,
			   "%s: samples of %u bits in %u at its %s, but its .toml declares %s",
			   node->name, format->valid_bit_depth, (unsigned int)format->depth, end,
			   declared[0] ? declared : "none that can be played here");
}

/* A connection's format is that of the input it leads to. */
static const struct ipc4_audio_format *format_of(const struct graph_node *to, unsigned int queue)
{
	size_t i;

	for (i = 0; to->send_pins && i < to->input_pin_count; i++)
		if (to->input_pins[i].pin_index == queue)
			return &to->input_pins[i].audio_fmt;
	return &to->base.audio_fmt;
}

int declared_formats_check(const struct graph *graph, const struct catalog *catalog,
			   struct problem *why)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < graph->edge_count; i++) {
		const struct graph_edge *edge = &graph->edges[i];
		const struct graph_node *from = &graph->nodes[edge->from];
		const struct graph_node *to = &graph->nodes[edge->to];
		const struct host_module *producer = module_of(catalog, from);
		const struct host_module *consumer = module_of(catalog, to);
		const struct ipc4_audio_format *format = format_of(to, edge->to_queue);

		if (consumer)
			ret = check_end(to, "input", format, consumer->input_samples,
					consumer->input_containers, why);
		if (!ret && producer)
			ret = check_end(from, "output", format, producer->output_samples,
					producer->output_containers, why);
	}
	return ret;
}
