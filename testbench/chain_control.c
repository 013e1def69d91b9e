/* SPDX-License-Identifier: BSD-3-Clause */
#include "chain_control.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Silence, then -89 to 0 dB. */
#define VOLUME_MAX 90
/* What a gain does when it is told nothing: a linear ramp of 20 ms (100 ns each). */
#define LINEAR	     1
#define LINEAR_20_MS 200000

static struct control *add(struct controls *controls, const struct graph *graph, size_t node,
			   const char *what, enum control_kind kind)
{
	const char *owner = graph->nodes[node].name;
	char name[CONTROL_NAME_SIZE];
	struct control *control;

	snprintf(name, sizeof(name), "%.48s %s", owner, what);
	control = controls_add(controls, name, owner);
	if (control) {
		control->node = node;
		control->kind = kind;
	}
	return control;
}

static void fill(struct control *control, const struct graph_node *node, int32_t max)
{
	unsigned int i;

	control->channels = node->base.audio_fmt.channels_count;
	control->max = max;
	control->known = true;
	for (i = 0; i < CONTROL_CHANNELS_MAX; i++)
		control->values[i] = max;
}

static int add_gain(struct controls *controls, const struct graph *graph, size_t node)
{
	struct control *control = add(controls, graph, node, "volume", CONTROL_VOLUME);

	if (!control)
		return -ENOMEM;
	fill(control, &graph->nodes[node], VOLUME_MAX);
	control->has_db = true;
	control->db_min = -VOLUME_MAX * 100;
	control->db_step = 100;
	control->db_mute = true;
	control->curve_type = LINEAR;
	control->curve_duration = LINEAR_20_MS;
	control = add(controls, graph, node, "switch", CONTROL_SWITCH);
	if (!control)
		return -ENOMEM;
	fill(control, &graph->nodes[node], 1);
	return 0;
}

/* Switches of one value, and how their modules begin. */
static const struct {
	const char *module, *what;
	uint16_t id;
	bool on;
} switches[] = {
	{ "drc", "switch", 0, true },	    { "mb_drc", "switch", 0, true },
	{ "tdfb", "switch", 0, false },	    { "tdfb", "tracking", 1, false },
	{ "template", "switch", 0, false },
};

static int add_switches(struct controls *controls, const struct graph *graph, size_t node)
{
	struct control *control;
	size_t i;

	for (i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
		if (strcmp(graph->nodes[node].module, switches[i].module))
			continue;
		control = add(controls, graph, node, switches[i].what, CONTROL_SWITCH);
		if (!control)
			return -ENOMEM;
		control->id = switches[i].id;
		control->channels = 1;
		control->max = 1;
		control->known = true;
		control->values[0] = switches[i].on;
	}
	return 0;
}

/* Where tdfb's blob has degrees a step of its enum, and of step 0 (modules/tdfb/README.md). */
#define TDFB_STEP_AT 18
#define TDFB_HEAD    28
#define DEGREES_MAX  360

/* The directions that the blob's steps come to; without a blob nobody knows them. */
static int add_direction(struct controls *controls, const struct graph *graph, size_t node)
{
	const struct graph_node *from = &graph->nodes[node];
	const struct graph_blob *blob =
		from->blob_count ? &from->blobs[from->blob_count - 1] : NULL;
	struct control *control;
	int16_t degrees[2];
	int i;

	if (strcmp(from->module, "tdfb") || !blob || blob->size < TDFB_HEAD)
		return 0;
	memcpy(degrees, blob->payload + TDFB_STEP_AT, sizeof(degrees));
	if (!degrees[0])
		return 0;
	control = add(controls, graph, node, "angle", CONTROL_ENUM);
	if (!control)
		return -ENOMEM;
	control->channels = 1;
	control->max = DEGREES_MAX / abs(degrees[0]);
	control->texts = calloc((size_t)control->max + 1, sizeof(control->texts[0]));
	if (!control->texts)
		return -ENOMEM;
	for (i = 0; i <= control->max; i++)
		snprintf(control->texts[i], sizeof(control->texts[i]), "%d degrees",
			 degrees[1] + i * degrees[0]);
	return 0;
}

int chain_controls(const struct graph *graph, struct controls *controls)
{
	struct control *control;
	size_t i, last;
	int ret = 0;

	for (i = 0; !ret && i < graph->node_count; i++) {
		const struct graph_node *node = &graph->nodes[i];

		if (node->file != GRAPH_NONE)
			continue;
		if (node->module && !strcmp(node->module, "gain"))
			ret = add_gain(controls, graph, i);
		if (!ret && node->module)
			ret = add_switches(controls, graph, i);
		if (!ret && node->module)
			ret = add_direction(controls, graph, i);
		control = ret ? NULL : add(controls, graph, i, "bytes", CONTROL_BYTES);
		if (!control)
			return -ENOMEM;
		if (!node->blob_count)
			continue;
		last = node->blob_count - 1;
		ret = control_set_bytes(control, node->blobs[last].param_id,
					node->blobs[last].payload, node->blobs[last].size);
	}
	return ret;
}
