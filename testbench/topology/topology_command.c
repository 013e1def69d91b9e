/* SPDX-License-Identifier: BSD-3-Clause */
#include "topology_command.h"

#include <errno.h>
#include <host/printable.h>
#include <stdlib.h>

#include "topology_control.h"
#include "topology_graph.h"
#include "topology_show.h"

#define SIZE_FACTOR 2

static void list_choices(FILE *list, const struct topology *topology,
			 struct topology_choice *choices, size_t count)
{
	char text[1000];
	size_t i;

	for (i = 0; i < count; i++) {
		host_printable_put(list,
				   topology_choice_text(topology, &choices[i], text, sizeof(text)));
		fputc('\n', list);
		topology_choice_free(&choices[i]);
	}
	free(choices);
}

static int choose(const struct options *options, const struct topology *topology,
		  const struct topology_request *request, struct topology_choice *choice,
		  FILE *list, struct problem *why)
{
	struct topology_choice *choices;
	size_t count;
	int ret;

	if (options->pipeline_count)
		return topology_choose(topology, options->pipelines, options->pipeline_count,
				       choice, why);
	ret = topology_graph_choose(topology, request, choice, &choices, &count, why);
	list_choices(list, topology, choices, count);
	return ret;
}

static int no_memory(struct problem *why)
{
	return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
}

/* The graph, and the controls of its nodes. */
static int make(const struct topology *topology, const struct topology_choice *choice,
		const struct topology_request *request, struct graph *graph,
		struct controls *controls, struct problem *why)
{
	size_t *nodes = calloc(topology->widget_count + 1, sizeof(*nodes));
	int ret;

	if (!nodes)
		return no_memory(why);
	ret = topology_graph_make(topology, choice, request, graph, nodes, why);
	if (!ret && topology_controls(topology, nodes, controls))
		ret = no_memory(why);
	free(nodes);
	return ret;
}

int topology_list_controls(const struct options *options, struct controls *controls,
			   struct problem *why)
{
	struct topology *topology;
	int ret = topology_read(options->topology, &topology, why);

	if (!ret && topology_controls(topology, NULL, controls))
		ret = no_memory(why);
	topology_free(topology);
	return ret;
}

/* An option counts for more than what the topology says. */
static void set_sizes(const struct options *options, struct graph *graph)
{
	size_t i;

	for (i = 0; i < graph->node_count; i++) {
		if (options->heap_bytes)
			graph->nodes[i].heap_bytes = (uint32_t)options->heap_bytes;
		if (options->stack_bytes)
			graph->nodes[i].stack_bytes = (uint32_t)options->stack_bytes;
	}
}

int topology_compile(const struct options *options, const struct audio_format *inputs,
		     struct graph *graph, struct controls *controls, FILE *list,
		     struct problem *why)
{
	struct topology_input in[OPTIONS_FILES_MAX];
	struct topology_output out[OPTIONS_FILES_MAX] = { 0 };
	struct topology_request request = {
		.inputs = in,
		.input_count = options->input_count,
		.outputs = out,
		.output_count = options->output_count,
		.any_rate = true,
		.size_factor = SIZE_FACTOR,
	};
	struct topology_choice choice = { 0 };
	struct topology *topology;
	size_t i;
	int ret;

	for (i = 0; i < options->input_count; i++)
		in[i] = (struct topology_input){ options->inputs[i], inputs[i] };
	for (i = 0; i < options->output_count; i++) {
		out[i].path = options->outputs[i];
		out[i].sndfile_format = inputs[0].sndfile_format;
		out[i].has_sample = options->plain.known;
		out[i].sample = options->plain.sample;
		out[i].rate = options->rate_out;
		out[i].channels = options->channels_out;
	}
	ret = topology_read(options->topology, &topology, why);
	if (!ret)
		ret = choose(options, topology, &request, &choice, list, why);
	if (!ret)
		ret = make(topology, &choice, &request, graph, controls, why);
	if (!ret)
		set_sizes(options, graph);
	if (!ret && options->dot)
		ret = topology_write_dot(topology, &choice, options->dot, why);
	topology_choice_free(&choice);
	topology_free(topology);
	return ret;
}

int topology_command(const struct options *options, FILE *out, struct problem *why)
{
	struct topology_choice choice = { 0 };
	struct topology *topology;
	int ret;

	ret = topology_read(options->topology, &topology, why);
	if (ret)
		return ret;
	if (options->pipeline_count)
		ret = topology_choose(topology, options->pipelines, options->pipeline_count,
				      &choice, why);
	if (!ret)
		topology_show(out, topology);
	if (!ret && options->dot)
		ret = topology_write_dot(topology, options->pipeline_count ? &choice : NULL,
					 options->dot, why);
	topology_choice_free(&choice);
	topology_free(topology);
	return ret;
}
