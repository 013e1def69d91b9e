/* SPDX-License-Identifier: BSD-3-Clause */
/* Good cases: each module of each topology that can be run, with its blobs and controls. */
#include <ipc4/pipeline.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blob.h"
#include "blob_case.h"
#include "control/script_plan.h"
#include "topology/topology_control.h"
#include "topology/topology_graph.h"

#define SEED_BYTES (128u << 10)

static uint8_t seed[SEED_BYTES];
static size_t seed_size;

/* By module, so that a file of a blob finds its own. */
static struct {
	uint8_t *data;
	size_t size;
} made[512];
static size_t made_count;

static void put(enum blob_what what, uint8_t param, uint32_t value, const void *payload,
		size_t size)
{
	struct blob_record record = { (uint8_t)what, param, 0, value, (uint32_t)size };

	seed_size = blob_insert(seed, seed_size, sizeof(seed), seed_size, &record, payload);
}

static void put_state(enum ipc4_pipeline_state state)
{
	put(BLOB_STATE, 0, state, NULL, 0);
}

static void take_end(struct blob_end *end, const struct ipc4_audio_format *format,
		     unsigned int queue)
{
	end->rate = format->sampling_frequency;
	end->channels = (uint8_t)format->channels_count;
	end->sample = format->depth == 16 ? 0 : format->valid_bit_depth == 24 ? 1 : 2;
	end->queue = (uint8_t)queue;
}

static void take_ends(const struct graph *graph, size_t index, struct blob_head *head)
{
	const struct graph_node *node = &graph->nodes[index];
	const struct graph_edge *edge;
	size_t i, pin;

	for (edge = graph->edges; edge < graph->edges + graph->edge_count; edge++) {
		const struct ipc4_audio_format *format = &node->base.audio_fmt;

		if (edge->to == index && head->n_in < BLOB_CASE_ENDS) {
			pin = edge->to_queue;
			for (i = 0; i < node->input_pin_count; i++)
				if (node->input_pins[i].pin_index == pin)
					format = &node->input_pins[i].audio_fmt;
			take_end(&head->in[head->n_in++], format, edge->to_queue);
		} else if (edge->from == index && head->n_out < BLOB_CASE_ENDS) {
			pin = edge->from_queue;
			for (i = 0; i < node->output_pin_count; i++)
				if (node->output_pins[i].pin_index == pin)
					format = &node->output_pins[i].audio_fmt;
			take_end(&head->out[head->n_out++], format, edge->from_queue);
		}
	}
}

static void put_sets(const struct graph *graph, size_t index)
{
	size_t i;

	for (i = 0; i < graph->event_count; i++)
		if (graph->events[i].node == index)
			put(BLOB_SET, (uint8_t)graph->events[i].blob.param_id, 0,
			    graph->events[i].blob.payload, graph->events[i].blob.size);
}

static void put_blobs(const struct graph_node *node)
{
	static uint8_t bytes[BLOB_MADE_BYTES];
	struct blob_head head;
	unsigned int number;
	size_t size, i;
	uint8_t param;

	memcpy(&head, seed, sizeof(head));
	for (number = 0; (size = blob_made(&head, number, bytes, &param)); number++)
		put(BLOB_SET, param, 0, bytes, size);
	for (i = 0; i < node->blob_count; i++)
		put(BLOB_SET, (uint8_t)node->blobs[i].param_id, 0, node->blobs[i].payload,
		    node->blobs[i].size);
}

/* The same module stands in many topologies: each case once, so that none has more than its share. */
static void finish(blob_seed_add add)
{
	size_t i;

	for (i = 0; i < made_count; i++)
		if (made[i].size == seed_size && !memcmp(made[i].data, seed, seed_size))
			return;
	add(seed, seed_size);
	if (made_count == sizeof(made) / sizeof(made[0]))
		return;
	made[made_count].data = malloc(seed_size);
	if (!made[made_count].data)
		abort();
	memcpy(made[made_count].data, seed, seed_size);
	made[made_count++].size = seed_size;
}

/* Configured before, in the midst and at the end; started once more after that. */
static void make_case(const struct graph *graph, size_t index, bool init, blob_seed_add add)
{
	const struct graph_node *node = &graph->nodes[index];
	struct blob_head head = { .period_ms = (uint8_t)graph_period_ms(node), .noise = 1 };

	memcpy(head.uuid, node->uuid, sizeof(head.uuid));
	head.flags = (uint8_t)((node->dp ? BLOB_DP : 0) | (node->send_pins ? BLOB_PINS : 0));
	take_ends(graph, index, &head);
	memcpy(seed, &head, sizeof(head));
	seed_size = sizeof(head);
	if (init)
		put(BLOB_INIT, 0, 0, node->init_data, node->init_size);
	put_blobs(node);
	put_sets(graph, index);
	put_state(SOF_IPC4_PIPELINE_STATE_PAUSED);
	put_state(SOF_IPC4_PIPELINE_STATE_RUNNING);
	put(BLOB_TICK, 0, 4, NULL, 0);
	put_blobs(node);
	put_sets(graph, index);
	put(BLOB_TICK, 0, 4, NULL, 0);
	put(BLOB_GET, 0, 0, NULL, 0);
	put_state(SOF_IPC4_PIPELINE_STATE_EOS);
	put(BLOB_TICK, 0, 3, NULL, 0);
	put_state(SOF_IPC4_PIPELINE_STATE_PAUSED);
	put_state(SOF_IPC4_PIPELINE_STATE_RESET);
	put_blobs(node);
	put_state(SOF_IPC4_PIPELINE_STATE_PAUSED);
	put_state(SOF_IPC4_PIPELINE_STATE_RUNNING);
	put(BLOB_TICK, 0, 4, NULL, 0);
	finish(add);
}

/* Every control set, by the program's own ways. */
static void plan_controls(const struct topology *topology, const size_t *nodes, struct graph *graph)
{
	struct controls controls = { 0 };
	struct problem why = { 0 };
	struct script script;
	char text[80];
	size_t i;

	if (topology_controls(topology, nodes, &controls))
		abort();
	for (i = 1; i <= controls.count; i++) {
		why = (struct problem){ 0 };
		snprintf(text, sizeof(text), "amixer cset numid=%zu %s\n", i,
			 controls.at[i - 1].kind == CONTROL_VOLUME ? "50%,70%" : "1");
		if (!script_parse("seed", text, strlen(text), &script, &why)) {
			script_plan(&script, &controls, graph, &why);
			script_free(&script);
		}
	}
	controls_free(&controls);
}

static void cases_of_graph(const struct graph *graph, blob_seed_add add)
{
	size_t i;

	for (i = 0; i < graph->node_count; i++) {
		if (graph->nodes[i].file != GRAPH_NONE || graph->nodes[i].module)
			continue;
		make_case(graph, i, false, add);
		if (graph->nodes[i].init_size)
			make_case(graph, i, true, add);
	}
}

static bool run_topology(const struct topology *topology, size_t n_in, size_t n_out,
			 blob_seed_add add)
{
	static const struct topology_input input = { "a", { 48000, 2, AUDIO_S16, 2, 4, 0, 0 } };
	const struct topology_input inputs[] = { input, input, input };
	const struct topology_output outputs[] = { { .path = "b" },
						   { .path = "c" },
						   { .path = "d" } };
	const struct topology_request request = { inputs, n_in, outputs, n_out, true, 2 };
	struct topology_choice choice, *choices = NULL;
	size_t count, i, *nodes = calloc(topology->widget_count + 1, sizeof(*nodes));
	struct problem why = { 0 };
	struct graph graph;
	bool found;

	if (!nodes)
		abort();
	if (topology_graph_choose(topology, &request, &choice, &choices, &count, &why)) {
		found = count > 0;
		if (found)
			choice = choices[0];
		for (i = 1; i < count; i++)
			topology_choice_free(&choices[i]);
		free(choices);
	} else {
		found = true;
	}
	if (found && !topology_graph_make(topology, &choice, &request, &graph, nodes, &why)) {
		plan_controls(topology, nodes, &graph);
		cases_of_graph(&graph, add);
		graph_free(&graph);
	}
	if (found)
		topology_choice_free(&choice);
	free(nodes);
	return found;
}

static bool from_topology(const char *path, const uint8_t *data, size_t size, blob_seed_add add)
{
	struct problem why = { 0 };
	struct topology *topology;
	struct tplg_file *file;
	size_t n;

	if (tplg_file_parse(path, data, size, &file, &why) || topology_make(file, &topology, &why))
		return false;
	for (n = 0; n < 9; n++)
		run_topology(topology, n % 3 + 1, n / 3 + 1, add);
	topology_free(topology);
	return true;
}

/* Its folder is named as SOF's registry names the module, but for the number of the IPC. */
static bool is_of(const uint8_t *uuid, const char *path)
{
	const char *name = topology_uuid_name(uuid), *end = strrchr(path, '/'), *folder = end;
	size_t length;

	if (!name || !end)
		return false;
	while (folder > path && folder[-1] != '/')
		folder--;
	length = (size_t)(end - folder);
	return length && !strncmp(name, folder, length) &&
	       (!name[length] || !strcmp(name + length, "4"));
}

/* In place of each blob of the parameter in the module's first case. */
static void with_blob(size_t which, const struct blob *blob, blob_seed_add add)
{
	struct blob_record record;
	const uint8_t *payload;
	struct blob_head head;
	size_t at = blob_first(made[which].data, made[which].size, &head);

	memcpy(seed, made[which].data, sizeof(head));
	seed_size = sizeof(head);
	while (blob_next(made[which].data, made[which].size, &at, &record, &payload)) {
		if (record.what == BLOB_SET && record.param == blob->param_id)
			put(BLOB_SET, record.param, 0, blob->payload, blob->size);
		else
			seed_size = blob_insert(seed, seed_size, sizeof(seed), seed_size, &record,
						payload);
	}
	add(seed, seed_size);
}

static bool from_text(const char *path, const uint8_t *data, size_t size, blob_seed_add add)
{
	struct problem why = { 0 };
	struct blob blob;
	size_t i, count = made_count;

	if (blob_parse(path, data, size, &blob, &why))
		return false;
	for (i = 0; i < count && !is_of(made[i].data, path); i++)
		continue;
	if (i < count)
		with_blob(i, &blob, add);
	blob_free(&blob);
	return true;
}

bool blob_seeds(const char *path, const uint8_t *data, size_t size, blob_seed_add add)
{
	const char *dot = strrchr(path, '.');

	if (dot && !strcmp(dot, ".tplg"))
		return from_topology(path, data, size, add);
	return dot && !strcmp(dot, ".txt") && from_text(path, data, size, add);
}
