/* SPDX-License-Identifier: BSD-3-Clause */
/* Whether a graph can be run. What it was made of may be hostile: time stays n log n. */
#include "graph.h"

#include <errno.h>
#include <host/audio.h>
#include <ipc4/module.h>
#include <ipc4/pipeline.h>
#include <stdlib.h>
#include <string.h>

#include "blob.h"

#define PARAM_ID_MAX 255
#define PAGES_MAX    2047

#define WRONG(why, ...) problem_set(why, EXIT_BAD_INPUT, EINVAL, __VA_ARGS__)

static int check_pipelines(const struct graph *graph, struct problem *why)
{
	bool taken[256] = { false };
	size_t i;

	for (i = 0; i < graph->pipeline_count; i++) {
		const struct graph_pipeline *pipeline = &graph->pipelines[i];

		if (taken[pipeline->id])
			return WRONG(why, "pipeline %u is there twice", pipeline->id);
		taken[pipeline->id] = true;
		if (pipeline->priority > SOF_IPC4_MAX_PIPELINE_PRIORITY)
			return WRONG(why, "pipeline %u: priority %u, 0 to %d is expected",
				     pipeline->id, pipeline->priority,
				     SOF_IPC4_MAX_PIPELINE_PRIORITY);
		if (pipeline->memory_pages > PAGES_MAX)
			return WRONG(why,
				     "pipeline %u: %u pages of memory, at most %d are expected",
				     pipeline->id, pipeline->memory_pages, PAGES_MAX);
	}
	return 0;
}

static int check_blobs(const struct graph_node *node, struct problem *why)
{
	size_t i;

	for (i = 0; i < node->blob_count; i++) {
		const struct graph_blob *blob = &node->blobs[i];

		if (!blob->size || blob->size > BLOB_BYTES_MAX)
			return WRONG(why, "%s: %s has %zu bytes, 1 to %u are expected", node->name,
				     blob->from, blob->size, BLOB_BYTES_MAX);
		if (blob->param_id > PARAM_ID_MAX)
			return WRONG(why, "%s: %s is for parameter %u, 0 to %d is expected",
				     node->name, blob->from, blob->param_id, PARAM_ID_MAX);
	}
	return 0;
}

/* What an init message carries besides, for a DP module. */
#define DP_BYTES                                                                                   \
	(sizeof(struct ipc4_module_init_ext_init) + sizeof(struct ipc4_module_init_ext_object) +   \
	 sizeof(struct ipc4_module_init_ext_obj_dp_data))

static int check_node(const struct graph *graph, const struct graph_node *node, struct problem *why)
{
	size_t bytes = graph_init_message_bytes(node) + (node->dp ? DP_BYTES : 0);

	if (node->pipeline >= graph->pipeline_count)
		return WRONG(why, "%s is in no pipeline", node->name);
	if (node->input_pin_count > IPC4_MAX_DST_QUEUE ||
	    node->output_pin_count > IPC4_MAX_SRC_QUEUE)
		return WRONG(why, "%s has %zu inputs and %zu outputs, at most %d are possible",
			     node->name, node->input_pin_count, node->output_pin_count,
			     IPC4_MAX_DST_QUEUE);
	if (node->init_size % sizeof(uint32_t))
		return WRONG(why, "%s: %zu bytes of init data, a multiple of 4 is expected",
			     node->name, node->init_size);
	if (bytes > SOF_IPC4_PAYLOAD_MAX)
		return WRONG(why, "%s: an init message of %zu bytes, at most %d fit", node->name,
			     bytes, SOF_IPC4_PAYLOAD_MAX);
	if (node->file != GRAPH_NONE && node->file >= graph->file_count)
		return WRONG(why, "%s is the end of a file that is not there", node->name);
	if (node->file != GRAPH_NONE && node->dp)
		return WRONG(why, "%s is the end of a file and can't be a DP module", node->name);
	return check_blobs(node, why);
}

static int compare(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_instance(const void *left, const void *right)
{
	const struct graph_node *a = *(const struct graph_node *const *)left;
	const struct graph_node *b = *(const struct graph_node *const *)right;
	int order = compare(a->module != NULL, b->module != NULL);

	if (!order)
		order = a->module ? strcmp(a->module, b->module) :
				    memcmp(a->uuid, b->uuid, sizeof(a->uuid));
	return order ? order : compare(a->instance_id, b->instance_id);
}

static int check_instances(const struct graph *graph, struct problem *why)
{
	const struct graph_node **sorted = malloc((graph->node_count + 1) * sizeof(*sorted));
	size_t i;
	int ret = 0;

	if (!sorted)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	for (i = 0; i < graph->node_count; i++)
		sorted[i] = &graph->nodes[i];
	qsort(sorted, graph->node_count, sizeof(*sorted), by_instance);
	for (i = 1; !ret && i < graph->node_count; i++)
		if (!by_instance(&sorted[i - 1], &sorted[i]))
			ret = WRONG(why, "%s and %s are both instance %u of one module",
				    sorted[i - 1]->name, sorted[i]->name, sorted[i]->instance_id);
	free(sorted);
	return ret;
}

static int by_output(const void *left, const void *right)
{
	const struct graph_edge *a = *(const struct graph_edge *const *)left;
	const struct graph_edge *b = *(const struct graph_edge *const *)right;
	int order = compare(a->from, b->from);

	return order ? order : compare(a->from_queue, b->from_queue);
}

static int by_input(const void *left, const void *right)
{
	const struct graph_edge *a = *(const struct graph_edge *const *)left;
	const struct graph_edge *b = *(const struct graph_edge *const *)right;
	int order = compare(a->to, b->to);

	return order ? order : compare(a->to_queue, b->to_queue);
}

static int check_edge(const struct graph *graph, const struct graph_edge *edge, struct problem *why)
{
	const struct graph_node *from, *to;

	if (edge->from >= graph->node_count || edge->to >= graph->node_count)
		return WRONG(why, "a connection leads to a module that is not there");
	from = &graph->nodes[edge->from];
	to = &graph->nodes[edge->to];
	if (edge->from == edge->to)
		return WRONG(why, "%s is connected to itself", from->name);
	if (edge->from_queue >= IPC4_MAX_SRC_QUEUE || edge->to_queue >= IPC4_MAX_DST_QUEUE)
		return WRONG(why, "%s.%u -> %s.%u: queues are 0 to %d", from->name,
			     edge->from_queue, to->name, edge->to_queue, IPC4_MAX_SRC_QUEUE - 1);
	return 0;
}

static int check_edges(const struct graph *graph, struct problem *why)
{
	const struct graph_edge **sorted = malloc((graph->edge_count + 1) * sizeof(*sorted));
	size_t i;
	int ret = 0;

	if (!sorted)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	for (i = 0; !ret && i < graph->edge_count; i++) {
		sorted[i] = &graph->edges[i];
		ret = check_edge(graph, sorted[i], why);
	}
	if (ret)
		goto out;
	qsort(sorted, graph->edge_count, sizeof(*sorted), by_output);
	for (i = 1; !ret && i < graph->edge_count; i++)
		if (!by_output(&sorted[i - 1], &sorted[i]))
			ret = WRONG(why, "output %u of %s is connected twice",
				    sorted[i]->from_queue, graph->nodes[sorted[i]->from].name);
	qsort(sorted, graph->edge_count, sizeof(*sorted), by_input);
	for (i = 1; !ret && i < graph->edge_count; i++)
		if (!by_input(&sorted[i - 1], &sorted[i]))
			ret = WRONG(why, "input %u of %s is connected twice", sorted[i]->to_queue,
				    graph->nodes[sorted[i]->to].name);
out:
	free(sorted);
	return ret;
}

static bool same_format(const struct audio_format *a, const struct audio_format *b)
{
	return a->rate == b->rate && a->channels == b->channels && a->sample == b->sample;
}

static int check_file(const struct graph *graph, size_t index, struct problem *why)
{
	const struct graph_file *file = &graph->files[index];
	const struct graph_node *node;
	struct audio_format stream;

	if (file->node >= graph->node_count || graph->nodes[file->node].file != index)
		return WRONG(why, "%s belongs to no end of the graph", file->path);
	node = &graph->nodes[file->node];
	if (graph_audio_format(&node->base.audio_fmt, &stream))
		return WRONG(
			why, "%s: %u Hz, %u channels, %u of %u bits is no format for an audio file",
			node->name, (unsigned int)node->base.audio_fmt.sampling_frequency,
			node->base.audio_fmt.channels_count, node->base.audio_fmt.valid_bit_depth,
			(unsigned int)node->base.audio_fmt.depth);
	if (!same_format(&stream, &file->format))
		return WRONG(why,
			     "%s has %u Hz, %u channels, %s, but %s is for %u Hz, %u channels, %s",
			     file->path, file->format.rate, file->format.channels,
			     audio_sample_name(file->format.sample), node->name, stream.rate,
			     stream.channels, audio_sample_name(stream.sample));
	return 0;
}

/* Inputs have one output and outputs one input, on queue 0. */
static int check_file_edges(const struct graph *graph, struct problem *why)
{
	bool *connected = calloc(graph->file_count + 1, sizeof(*connected));
	size_t i, side;
	int ret = 0;

	if (!connected)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	for (i = 0; !ret && i < 2 * graph->edge_count; i++) {
		const struct graph_edge *edge = &graph->edges[i / 2];
		size_t node = i % 2 ? edge->to : edge->from;
		unsigned int queue = i % 2 ? edge->to_queue : edge->from_queue;
		size_t file = graph->nodes[node].file;

		if (file == GRAPH_NONE)
			continue;
		side = graph->files[file].end == GRAPH_FILE_INPUT ? 0 : 1;
		if (i % 2 != side || queue)
			ret = WRONG(why, "%s: a file end has one connection, %s, on queue 0",
				    graph->nodes[node].name, side ? "to it" : "from it");
		connected[file] = true;
	}
	for (i = 0; !ret && i < graph->file_count; i++)
		if (!connected[i])
			ret = WRONG(why, "%s: nothing is connected to %s", graph->files[i].path,
				    graph->nodes[graph->files[i].node].name);
	free(connected);
	return ret;
}

static int check_files(const struct graph *graph, struct problem *why)
{
	size_t i, inputs = 0;
	int ret = 0;

	for (i = 0; !ret && i < graph->file_count; i++) {
		inputs += graph->files[i].end == GRAPH_FILE_INPUT;
		ret = check_file(graph, i, why);
	}
	if (!ret)
		ret = check_file_edges(graph, why);
	if (!ret && !inputs && !graph->ticks_max)
		ret = WRONG(why, "there is no input file, and no length is given");
	return ret;
}

int graph_check(const struct graph *graph, struct problem *why)
{
	size_t i;
	int ret = check_pipelines(graph, why);

	if (!ret && !graph->node_count)
		ret = WRONG(why, "there are no modules");
	for (i = 0; !ret && i < graph->node_count; i++)
		ret = check_node(graph, &graph->nodes[i], why);
	if (!ret)
		ret = check_edges(graph, why);
	if (!ret)
		ret = check_files(graph, why);
	if (!ret)
		ret = check_instances(graph, why);
	return ret;
}
