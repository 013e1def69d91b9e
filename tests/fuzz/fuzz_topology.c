/* SPDX-License-Identifier: BSD-3-Clause */
/* Topologies: all that is done with one, from the file to graphs, controls, text and drawing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control/script_plan.h"
#include "fuzz_files.h"
#include "topology/topology_control.h"
#include "topology/topology_graph.h"
#include "topology/topology_show.h"

/* What was made must be a graph, and what failed must say why. */
static void expect(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz_topology: %s\n", what);
	abort();
}

/* Lines for each of so many controls: what fits one kind is refused by the others. */
static char *make_script(size_t controls, const char *line)
{
	char *text = NULL;
	size_t size, i;
	FILE *out = open_memstream(&text, &size);

	expect(out != NULL, "no memory");
	for (i = 1; i <= controls && i <= 64; i++)
		fprintf(out, line, i);
	expect(!fclose(out), "no memory");
	return text;
}

static void plan_line(struct controls *controls, struct graph *graph, const char *line)
{
	char *text = make_script(controls->count, line);
	struct problem why = { 0 };
	struct script script;

	expect(!script_parse("fuzz", text, strlen(text), &script, &why), "a script of ours");
	if (script_plan(&script, controls, graph, &why))
		expect(why.code != EXIT_DONE && why.text[0], "a plan failed without a word");
	script_free(&script);
	free(text);
}

/* Listed, set and read, each by what it says of itself. */
static void use_controls(const struct topology *topology, const size_t *nodes, struct graph *graph)
{
	static const char *const lines[] = { "amixer cset numid=%zu 50%%\n",
					     "amixer cset numid=%zu 0,1\n",
					     "amixer cset numid=%zu -6dB\n",
					     "amixer cget numid=%zu\n", "sof-ctl -n %zu\n" };
	struct controls controls = { 0 };
	char *text = NULL;
	size_t size, i;
	FILE *out = open_memstream(&text, &size);

	expect(out && !topology_controls(topology, nodes, &controls), "no memory");
	controls_show(out, &controls);
	fclose(out);
	free(text);
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		plan_line(&controls, graph, lines[i]);
	for (i = 0; i < graph->event_count; i++)
		expect(graph->events[i].node == GRAPH_NONE ||
			       graph->events[i].node < graph->node_count,
		       "an event of no module");
	controls_free(&controls);
}

static void make_graph(const struct topology *topology, const struct topology_choice *choice,
		       const struct topology_request *request)
{
	struct problem why = { 0 }, check = { 0 };
	struct graph graph;
	size_t *nodes = malloc((topology->widget_count + 1) * sizeof(*nodes));
	int ret;

	expect(nodes != NULL, "no memory");
	ret = topology_graph_make(topology, choice, request, &graph, nodes, &why);
	if (ret) {
		expect(why.code != EXIT_DONE && why.text[0], "a graph failed without a word");
		free(nodes);
		return;
	}
	expect(!graph_check(&graph, &check), "a graph that is none");
	expect(graph.file_count == request->input_count + request->output_count, "files are lost");
	use_controls(topology, nodes, &graph);
	free(nodes);
	graph_free(&graph);
}

static void choose(const struct topology *topology, const struct topology_request *request)
{
	struct topology_choice choice, *choices;
	struct problem why = { 0 };
	char text[200];
	size_t count, i;

	if (!topology_graph_choose(topology, request, &choice, &choices, &count, &why)) {
		make_graph(topology, &choice, request);
		topology_choice_free(&choice);
		return;
	}
	expect(why.code != EXIT_DONE && why.text[0], "a choice failed without a word");
	for (i = 0; i < count; i++) {
		topology_choice_text(topology, &choices[i], text, sizeof(text));
		topology_choice_free(&choices[i]);
	}
	free(choices);
}

static void choose_all(const struct topology *topology, const struct topology_request *request)
{
	struct topology_choice choice;
	struct problem why = { 0 };
	uint32_t ids[8];
	size_t i;

	for (i = 0; i < topology->pipeline_count && i < 8; i++)
		ids[i] = topology->pipelines[i].id;
	if (topology_choose(topology, ids, i, &choice, &why))
		return;
	make_graph(topology, &choice, request);
	topology_choice_free(&choice);
}

static void show(const struct topology *topology)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	expect(out != NULL, "no memory");
	topology_show(out, topology);
	topology_draw(out, topology, NULL);
	fclose(out);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct topology_input inputs[] = {
		{ "a", { 48000, 2, AUDIO_S16, 2, 4, 0, 0 } },
		{ "b", { 48000, 2, AUDIO_S16, 2, 4, 0, 0 } },
	};
	static const struct topology_output outputs[] = {
		{ .path = "c" },
		{ .path = "d", .has_sample = true, .sample = AUDIO_S32 },
	};
	struct topology_request request = { inputs, 1, outputs, 1, true, 2 };
	struct topology *topology;
	struct problem why = { 0 };
	struct tplg_file *file;

	if (tplg_file_parse("fuzz", data, size, &file, &why)) {
		expect(why.code != EXIT_DONE && why.text[0] && !file,
		       "a file failed without a word");
		return 0;
	}
	if (topology_make(file, &topology, &why)) {
		expect(why.code != EXIT_DONE && why.text[0] && !topology,
		       "a topology failed without a word");
		return 0;
	}
	show(topology);
	choose(topology, &request);
	request.input_count = 2;
	choose(topology, &request);
	request.output_count = 2;
	choose_all(topology, &request);
	request.input_count = 1;
	request.any_rate = false;
	choose(topology, &request);
	topology_free(topology);
	return 0;
}
