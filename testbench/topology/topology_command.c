/* SPDX-License-Identifier: BSD-3-Clause */
#include "topology_command.h"

#include <stdlib.h>

#include "topology_graph.h"
#include "topology_show.h"

#define SIZE_FACTOR 2

static void list_choices(FILE *list, const struct topology *topology,
			 struct topology_choice *choices, size_t count)
{
	char text[1000];
	size_t i;

	for (i = 0; i < count; i++) {
		fprintf(list, "%s\n",
			topology_choice_text(topology, &choices[i], text, sizeof(text)));
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

int topology_compile(const struct options *options, const struct audio_format *inputs,
		     struct graph *graph, FILE *list, struct problem *why)
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
	}
	ret = topology_read(options->topology, &topology, why);
	if (!ret)
		ret = choose(options, topology, &request, &choice, list, why);
	if (!ret)
		ret = topology_graph_make(topology, &choice, &request, graph, NULL, why);
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
