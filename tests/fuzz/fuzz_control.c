/* SPDX-License-Identifier: BSD-3-Clause */
/* Files that sof-ctl sends: text and binary, with and without headers, by a script's commands. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "blob.h"
#include "control/control.h"
#include "control/script.h"
#include "control/script_plan.h"
#include "fuzz_files.h"

static void expect(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz_control: %s\n", what);
	abort();
}

static void add_bytes(struct controls *controls, const char *name, uint32_t bytes_max)
{
	struct control *control = controls_add(controls, name, "module.1");

	expect(control != NULL, "no memory");
	control->kind = CONTROL_BYTES;
	control->bytes_max = bytes_max;
}

/* Sent to one that takes any, to one that takes little, and without a header; printed each time. */
static void plan(const char *file, const struct blob *blob)
{
	struct controls controls = { 0 };
	struct problem why = { 0 };
	struct script script;
	struct graph graph;
	char text[400];
	int ret;

	snprintf(text, sizeof(text),
		 "sof-ctl -c 'EQ bytes' -s %s\nsof-ctl -n 1\nsof-ctl -n 1 -br -t 7 -s %s\n"
		 "sof-ctl -n 1\nsof-ctl -n 2 -s %s\nsof-ctl -n 2\n",
		 file, file, file);
	expect(!script_parse("fuzz", text, strlen(text), &script, &why), "a script of ours");
	graph_init(&graph);
	add_bytes(&controls, "EQ bytes", 0);
	add_bytes(&controls, "Small bytes", 200);
	ret = script_plan(&script, &controls, &graph, &why);
	expect(!ret || (why.code != EXIT_DONE && why.text[0]), "a plan failed without a word");
	expect(ret || (blob && blob->size <= 200), "a blob that is none, or too large, was sent");
	expect(!blob || graph.event_count >= 4, "a blob was not sent");
	if (blob)
		expect(graph.events[0].blob.size == blob->size &&
			       graph.events[0].blob.param_id == blob->param_id &&
			       !memcmp(graph.events[0].blob.payload, blob->payload, blob->size),
		       "not what was in the file");
	graph_free(&graph);
	controls_free(&controls);
	script_free(&script);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct problem why = { 0 };
	struct blob blob;
	char path[40];
	int file, ret = blob_parse("fuzz", data, size, &blob, &why);

	if (ret)
		expect(why.code != EXIT_DONE && why.text[0] && !blob.memory && !blob.payload,
		       "a file failed without a word");
	else
		expect(blob.size && blob.size <= BLOB_BYTES_MAX && blob.param_id <= UINT8_MAX,
		       "a blob beyond its limits");
	file = memfd_create("fuzz", 0);
	expect(file >= 0 && write(file, data, size) == (ssize_t)size, "no file");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	plan(path, ret ? NULL : &blob);
	close(file);
	if (!ret)
		blob_free(&blob);
	return 0;
}
