/* SPDX-License-Identifier: BSD-3-Clause */
#include "run_build.h"

#include <errno.h>
#include <ipc4/error_status.h>
#include <rtos/alloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint.h"
#include "failure_words.h"
#include "widget_names.h"

int build_refused(struct build *build, uint32_t status, enum exit_code code, const char *what)
{
	struct failure_text text;
	const char *who, *colon;
	char name[64];

	if (failure_take(build->run, sof_ipc4_last_error(), &text))
		return -EFAULT;
	/* as a rule WHAT names it: the instance, or its widget */
	who = widget_names_find(text.failure.instance);
	if (strstr(what, text.failure.instance) || (*who && strstr(what, who)))
		who = "";
	else
		who = widget_names_with(text.failure.instance);
	colon = *who ? ": " : "";
	if (text.shortage[0])
		return problem_set(build->run->why, text.asked_for ? EXIT_BAD_INPUT : code, ENOMEM,
				   "%s: %s%s%s%s", what, who, colon, text.shortage,
				   text.last_error);
	ipc_status_name(status, name, sizeof(name));
	return problem_set(build->run->why, code, EIO, "%s: %s%s%s, %s%s", what, who, colon,
			   text.words, name, text.last_error);
}

static const struct graph_node *node_at(const struct build *build, size_t node)
{
	return &build->run->graph->nodes[node];
}

/* What people call its kind. */
static const char *kind_name(const struct graph_node *node)
{
	return node->module ? node->module : node->name;
}

/* " for NAME" of all that was asked of a node, as far as there is room. */
struct doubts {
	char text[500];
	size_t length;
	bool any;
};

static void doubt(struct doubts *doubts, const char *what, const struct graph_node *node)
{
	size_t room = sizeof(doubts->text) - doubts->length;

	if (room <= 1)
		return;
	doubts->length += (size_t)snprintf(doubts->text + doubts->length, room, "%s %s for %s",
					   doubts->any ? " or" : ", perhaps because of", what,
					   kind_name(node));
	if (doubts->length >= sizeof(doubts->text))
		doubts->length = sizeof(doubts->text) - 1;
	doubts->any = true;
}

static void doubts_start(struct doubts *doubts, const char *what)
{
	memset(doubts, 0, sizeof(*doubts));
	snprintf(doubts->text, sizeof(doubts->text), "%s", what);
	doubts->length = strlen(doubts->text);
}

static void doubt_requests(struct doubts *doubts, const struct graph_node *node)
{
	size_t i;

	for (i = 0; i < node->request_count; i++)
		doubt(doubts, node->requests[i], node);
}

static int find_module(struct build *build, size_t index)
{
	const struct graph_node *node = node_at(build, index);
	const struct sof_module_desc *desc = NULL;
	const struct graph_file *file;
	char name[48];
	size_t i;

	if (node->file != GRAPH_NONE) {
		file = &build->run->graph->files[node->file];
		desc = sof_module_find(file->end == GRAPH_FILE_INPUT ? ENDPOINT_SOURCE_NAME :
								       ENDPOINT_SINK_NAME);
	} else if (node->module) {
		desc = sof_module_find(node->module);
		desc = desc && desc->endpoint ? NULL : desc;
	} else {
		for (i = 0; (desc = sof_module_at(i)); i++)
			if (!desc->endpoint && !memcmp(desc->uuid, node->uuid, sizeof(desc->uuid)))
				break;
	}
	if (!desc)
		return problem_set(build->run->why, EXIT_BAD_INPUT, ENOENT, "unknown module '%s'",
				   kind_name(node));
	build->instances[index].module_id = desc->module_id;
	build->instances[index].instance_id = node->instance_id;
	if (node->file == GRAPH_NONE) {
		snprintf(name, sizeof(name), "%s.%u", desc->name, node->instance_id);
		widget_names_add(name, node->name);
	}
	return 0;
}

static int find_modules(struct build *build)
{
	size_t node;
	int ret = 0;

	host_memory_open();
	for (node = 0; !ret && node < build->run->graph->node_count; node++)
		ret = find_module(build, node);
	return ret;
}

static int create_pipelines(struct build *build)
{
	const struct graph *graph = build->run->graph;
	uint32_t status;
	char what[64];

	for (host_memory_open(); build->created < graph->pipeline_count; host_memory_open()) {
		const struct graph_pipeline *pipeline = &graph->pipelines[build->created];

		snprintf(what, sizeof(what), "pipeline %u can't be created", pipeline->id);
		status = ipc_pipeline_create(pipeline);
		if (status)
			return build_refused(build, status, EXIT_RUN_FAILED, what);
		build->created++;
	}
	return 0;
}

static int init_refused(struct build *build, const struct graph_node *node, uint32_t status)
{
	struct doubts doubts;
	char what[200];

	host_memory_open();
	snprintf(what, sizeof(what), "%s: can't be made", node->name);
	doubts_start(&doubts, what);
	if (sof_ipc4_last_error() == -EINVAL)
		doubt_requests(&doubts, node);
	return build_refused(build, status, doubts.any ? EXIT_BAD_INPUT : EXIT_RUN_FAILED,
			     doubts.text);
}

static int make_instances(struct build *build)
{
	const struct graph *graph = build->run->graph;
	uint32_t status;

	for (host_memory_open(); build->made < graph->node_count; host_memory_open()) {
		const struct graph_node *node = node_at(build, build->made);

		status = ipc_instance_init(build->instances[build->made],
					   graph->pipelines[node->pipeline].id, node);
		if (status)
			return init_refused(build, node, status);
		build->made++;
	}
	return 0;
}

static int bind_refused(struct build *build, const struct graph_edge *edge, uint32_t status)
{
	const struct graph_node *from, *to;
	struct doubts doubts;
	char what[300];

	host_memory_open();
	from = node_at(build, edge->from);
	to = node_at(build, edge->to);
	snprintf(what, sizeof(what), "%s -> %s: can't be connected", from->name, to->name);
	doubts_start(&doubts, what);
	if (sof_ipc4_last_error() == -EINVAL) {
		doubt_requests(&doubts, from);
		doubt_requests(&doubts, to);
	}
	return build_refused(build, status, doubts.any ? EXIT_BAD_INPUT : EXIT_RUN_FAILED,
			     doubts.text);
}

static int bind_instances(struct build *build)
{
	const struct graph *graph = build->run->graph;
	uint32_t status;

	for (host_memory_open(); build->bound < graph->edge_count; host_memory_open()) {
		const struct graph_edge *edge = &graph->edges[build->bound];

		status = ipc_bind(build->instances[edge->from], edge->from_queue,
				  build->instances[edge->to], edge->to_queue);
		if (status)
			return bind_refused(build, edge, status);
		build->bound++;
	}
	return 0;
}

static int configure_instance(struct build *build, size_t index)
{
	const struct graph_node *node = node_at(build, index);
	uint32_t status;
	size_t i;

	for (i = 0; i < node->blob_count; i++) {
		char what[500];

		status = ipc_configure(build->instances[index], &node->blobs[i]);
		host_memory_open();
		if (!status)
			continue;
		snprintf(what, sizeof(what), "%s: configuration %s is refused by %s",
			 kind_name(node), node->blobs[i].from, node->name);
		return build_refused(build, status, EXIT_BAD_INPUT, what);
	}
	return 0;
}

static int configure_instances(struct build *build)
{
	size_t node;
	int ret = 0;

	host_memory_open();
	for (node = 0; !ret && node < build->run->graph->node_count; node++)
		ret = configure_instance(build, node);
	return ret;
}

/* The text that stands for one of the pipelines, or for the only one there is. */
static void pipeline_name(const struct build *build, size_t pipeline, char *text, size_t size)
{
	const struct graph *graph = build->run->graph;

	if (graph->pipeline_count == 1)
		snprintf(text, size, "the pipeline");
	else
		snprintf(text, size, "pipeline %u", graph->pipelines[pipeline].id);
}

static bool is_instance(const struct sof_failure *failure, const struct ipc_instance *instance)
{
	return failure->module_id == instance->module_id &&
	       failure->instance_id == instance->instance_id;
}

/* A module looks at its configuration when it is prepared, so name what it was given. */
static int start_refused(struct build *build, size_t pipeline, uint32_t status)
{
	const struct graph *graph = build->run->graph;
	struct sof_failure failure = { 0 };
	struct doubts doubts;
	char name[64], what[100];
	size_t node, i;

	host_memory_open();
	sof_failure(&failure);
	pipeline_name(build, pipeline, name, sizeof(name));
	snprintf(what, sizeof(what), "%s can't be started", name);
	doubts_start(&doubts, what);
	for (node = 0; sof_ipc4_last_error() == -EINVAL && node < graph->node_count; node++) {
		if (graph->nodes[node].pipeline != pipeline ||
		    (failure.call && !is_instance(&failure, &build->instances[node])))
			continue;
		for (i = 0; i < graph->nodes[node].blob_count; i++)
			doubt(&doubts, graph->nodes[node].blobs[i].from, &graph->nodes[node]);
		doubt_requests(&doubts, &graph->nodes[node]);
	}
	return build_refused(build, status, doubts.any ? EXIT_BAD_INPUT : EXIT_RUN_FAILED,
			     doubts.text);
}

static uint32_t set_state(struct build *build, size_t place, enum ipc4_pipeline_state state)
{
	uint8_t id;

	host_memory_open();
	id = build->run->graph->pipelines[build->order[place]].id;
	return ipc_pipeline_set_state(id, state);
}

/* Bring all to a state; *reached counts those that are there. */
static int start_all(struct build *build, enum ipc4_pipeline_state state, size_t *reached)
{
	uint32_t status;

	for (; *reached < build->created; ++*reached) {
		status = set_state(build, *reached, state);
		if (status)
			return start_refused(build, build->order[*reached], status);
	}
	return 0;
}

static int start(struct build *build)
{
	int ret = start_all(build, SOF_IPC4_PIPELINE_STATE_PAUSED, &build->paused);

	if (!ret)
		ret = start_all(build, SOF_IPC4_PIPELINE_STATE_RUNNING, &build->running);
	if (!ret)
		build->run->outcome->ran = true;
	return ret;
}

/* The order is worked out on the C heap and used while that is closed. */
static int reserve(struct build *build)
{
	const struct graph *graph;
	size_t *order, bytes;
	int ret;

	host_memory_open();
	graph = build->run->graph;
	bytes = (graph->pipeline_count + 1) * sizeof(*order);
	build->instances =
		rzalloc(SOF_MEM_FLAG_KERNEL, (graph->node_count + 1) * sizeof(build->instances[0]));
	build->order = rzalloc(SOF_MEM_FLAG_KERNEL, bytes);
	order = malloc(bytes);
	ret = build->instances && build->order && order ? graph_start_order(graph, order) : -ENOMEM;
	if (!ret)
		memcpy(build->order, order, graph->pipeline_count * sizeof(*order));
	free(order);
	return ret ? problem_set(build->run->why, EXIT_RUN_FAILED, -ret, "out of memory") : 0;
}

int build_up(struct build *build, struct run *run)
{
	int ret;

	memset(build, 0, sizeof(*build));
	build->run = run;
	ret = reserve(build);
	if (!ret)
		ret = find_modules(build);
	if (!ret)
		ret = create_pipelines(build);
	if (!ret)
		ret = make_instances(build);
	if (!ret)
		ret = bind_instances(build);
	if (!ret)
		ret = configure_instances(build);
	return ret ? ret : start(build);
}

int build_end_streams(struct build *build)
{
	uint32_t status;
	size_t i;

	for (i = build->running; i > 0; i--) {
		status = set_state(build, i - 1, SOF_IPC4_PIPELINE_STATE_EOS);
		if (status)
			return build_refused(build, status, EXIT_RUN_FAILED,
					     "the end of the input can't be announced");
	}
	return 0;
}

/* What fails after the first is its consequence. */
static void note(struct build *build, int *ret, uint32_t status, const char *what)
{
	if (status && !*ret)
		*ret = build_refused(build, status, EXIT_RUN_FAILED, what);
}

static void stop(struct build *build, int *ret)
{
	size_t i;

	for (i = build->running; i > 0; i--)
		note(build, ret, set_state(build, i - 1, SOF_IPC4_PIPELINE_STATE_PAUSED),
		     "the pipeline can't be paused");
	for (i = build->running; i > 0; i--)
		note(build, ret, set_state(build, i - 1, SOF_IPC4_PIPELINE_STATE_RESET),
		     "the pipeline can't be reset");
	build->paused = build->running = 0;
}

static void unbind_all(struct build *build, int *ret)
{
	while (build->bound) {
		const struct graph_edge *edge;
		uint32_t status;

		host_memory_open();
		edge = &build->run->graph->edges[--build->bound];
		status = ipc_unbind(build->instances[edge->from], edge->from_queue,
				    build->instances[edge->to], edge->to_queue);
		note(build, ret, status, "a connection can't be taken down");
	}
}

static void delete_all(struct build *build, int *ret)
{
	while (build->created) {
		uint8_t id;

		host_memory_open();
		id = build->run->graph->pipelines[--build->created].id;
		note(build, ret, ipc_pipeline_delete(id), "the pipeline can't be taken down");
	}
	build->made = 0;
}

int build_take_down(struct build *build, int ret)
{
	if (build->instances && build->order) {
		stop(build, &ret);
		unbind_all(build, &ret);
		delete_all(build, &ret);
	}
	rfree(build->instances);
	rfree(build->order);
	build->instances = NULL;
	build->order = NULL;
	return ret;
}
