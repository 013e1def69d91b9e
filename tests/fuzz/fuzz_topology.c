/* SPDX-License-Identifier: BSD-3-Clause */
/* Topologies: all that is done with one, from the file to graphs, text and drawing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_files.h"
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

static void make_graph(const struct topology *topology, const struct topology_choice *choice,
		       const struct topology_request *request)
{
	struct problem why = { 0 }, check = { 0 };
	struct graph graph;
	int ret = topology_graph_make(topology, choice, request, &graph, NULL, &why);

	if (ret) {
		expect(why.code != EXIT_DONE && why.text[0], "a graph failed without a word");
		return;
	}
	expect(!graph_check(&graph, &check), "a graph that is none");
	expect(graph.file_count == request->input_count + request->output_count, "files are lost");
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
		{ "a", { 48000, 2, AUDIO_S16, 2, 4, 0 } },
		{ "b", { 48000, 2, AUDIO_S16, 2, 4, 0 } },
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
