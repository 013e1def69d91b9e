/* SPDX-License-Identifier: BSD-3-Clause */
/* Control scripts: read, and planned for controls of each kind. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control/control.h"
#include "control/read_text.h"
#include "control/script.h"
#include "control/script_plan.h"
#include "fuzz_files.h"

static void expect(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz_script: %s\n", what);
	abort();
}

static void add_controls(struct controls *controls)
{
	static const char *const names[] = { "Playback Volume", "DRC switch", "TDFB angle",
					     "EQ bytes" };
	size_t i;

	for (i = 0; i < 4; i++) {
		struct control *control = controls_add(controls, names[i], "module.1");

		expect(control != NULL, "no memory");
		control->kind = (enum control_kind)i;
		control->channels = i == CONTROL_BYTES ? 0 : 2;
		control->max = i == CONTROL_VOLUME ? 45 : 1;
		control->has_db = i == CONTROL_VOLUME;
		control->db_min = -9000;
		control->db_step = 200;
		if (i != CONTROL_ENUM)
			continue;
		control->texts = calloc(2, sizeof(control->texts[0]));
		expect(control->texts != NULL, "no memory");
		strcpy(control->texts[0], "-90");
		strcpy(control->texts[1], "off");
	}
}

/* What is told of bytes that end within a word. */
static void check_read(const struct graph_read *read)
{
	static const uint8_t bytes[7] = { 1, 2, 3, 4, 5, 6, 7 };
	size_t length;
	char *text;

	expect(read->room && read->unknown && read->from, "a read that can't be told");
	text = read_text(read, bytes, sizeof(bytes), &length);
	expect(text && length, "bytes are not told");
	free(text);
}

static void check_events(const struct graph *graph)
{
	uint64_t tick = 0;
	size_t i;

	for (i = 0; i < graph->event_count; i++) {
		expect(graph->events[i].tick >= tick, "time runs backwards");
		expect(graph->events[i].text || graph->events[i].read || graph->events[i].blob.size,
		       "an event of nothing");
		tick = graph->events[i].tick;
		if (graph->events[i].read)
			check_read(graph->events[i].read);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct controls controls = { 0 };
	struct problem why = { 0 };
	struct script script;
	struct graph graph;
	size_t i;

	if (script_parse("fuzz", data, size, &script, &why)) {
		expect(why.code != EXIT_DONE && why.text[0] && !script.commands,
		       "a script failed without a word");
		return 0;
	}
	/* Files that a made-up name finds are none of its business. */
	for (i = 0; i < script.count; i++)
		if (script.commands[i].verb == SCRIPT_SET_BYTES)
			memcpy(script.commands[i].value, "/", script.commands[i].value[0] ? 2 : 1);
	graph_init(&graph);
	add_controls(&controls);
	if (script_plan(&script, &controls, &graph, &why))
		expect(why.code != EXIT_DONE && why.text[0], "a plan failed without a word");
	check_events(&graph);
	graph_free(&graph);
	controls_free(&controls);
	script_free(&script);
	return 0;
}
