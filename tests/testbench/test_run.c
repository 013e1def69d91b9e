/* SPDX-License-Identifier: BSD-3-Clause */
/* Whole runs of graphs that no command line makes: pipelines, parts, lengths, ends of memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <heap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ipc4/module.h>

#include "run.h"

#define FRAMES 4801
#define FILES  4

/* What the virtual core uses is program data. */
static struct options options;
static struct catalog catalog;
static struct graph graph;
static struct outcome outcome;
static struct problem why;
static struct audio_input *inputs[FILES];
static unsigned long allocations_made; /* of the board's memory, in the last run */
static char object[] = E2E_OBJECTS "/weave.so", twin[] = E2E_OBJECTS "/older.so";

static const struct audio_format stereo = { .rate = 48000,
					    .channels = 2,
					    .sample = AUDIO_S16,
					    .sample_bytes = 2,
					    .frame_bytes = 4,
					    .sndfile_format = 0x10002 };

static void make_wave(const char *path, size_t frames)
{
	int16_t data[2 * FRAMES];
	struct problem problem = { 0 };
	struct audio_output *output;
	size_t i;

	for (i = 0; i < 2 * frames; i++)
		data[i] = (int16_t)(i * 77 + 1);
	assert_int_equal(audio_output_open(path, &stereo, &output, &problem), 0);
	assert_int_equal(audio_output_write(output, data, frames, &problem), 0);
	assert_int_equal(audio_output_commit(&output, &problem), 0);
}

static int group_setup(void **state)
{
	make_wave("run_long.wav", FRAMES);
	make_wave("run_short.wav", 1000);
	return 0;
}

static int group_teardown(void **state)
{
	unlink("run_long.wav");
	unlink("run_short.wav");
	return 0;
}

static void start(void)
{
	memset(&options, 0, sizeof(options));
	memset(&why, 0, sizeof(why));
	memset(&outcome, 0, sizeof(outcome));
	options.quiet = true;
	options.dp_period_ms = 1;
	options.objects[0] = object;
	options.objects[1] = twin;
	options.object_count = 2;
	options.board.watchdog_ms = 5000;
	graph_init(&graph);
}

static size_t add_pipeline(uint8_t id)
{
	size_t index;

	assert_int_equal(graph_add_pipeline(&graph, id, GRAPH_PLAYBACK, &index), 0);
	return index;
}

static size_t add_module(const char *module, unsigned int instance, size_t pipeline, bool dp)
{
	char name[40];
	size_t index;

	snprintf(name, sizeof(name), "%s.%u", module, instance);
	assert_int_equal(graph_add_node(&graph, name, module, pipeline, &index), 0);
	graph.nodes[index].instance_id = (uint8_t)instance;
	graph.nodes[index].dp = dp;
	graph_base_config(&graph.nodes[index].base, &stereo, 1);
	return index;
}

static size_t add_file(const char *path, enum graph_file_end end, size_t pipeline)
{
	size_t index;

	assert_int_equal(graph_add_file(&graph, path, end, &stereo, NULL, pipeline, &index), 0);
	return graph.files[index].node;
}

static void connect(size_t from, unsigned int from_queue, size_t to, unsigned int to_queue)
{
	assert_int_equal(graph_add_edge(&graph, from, from_queue, to, to_queue), 0);
}

static void open_files(void)
{
	size_t i;

	for (i = 0; i < graph.file_count; i++) {
		struct graph_file *file = &graph.files[i];

		if (file->end == GRAPH_FILE_INPUT) {
			assert_int_equal(audio_input_open(file->path, &inputs[i], &why), 0);
			file->input = inputs[i];
		} else {
			assert_int_equal(
				audio_output_open(file->path, &file->format, &file->output, &why),
				0);
		}
	}
	assert_int_equal(outcome_reserve(&outcome, &graph), 0);
}

/* On a board of its own; what is left of it is the outcome. 0 or what failed. */
static int run_it(unsigned long fail_at)
{
	static struct run run;
	int ret, result = -1;

	assert_int_equal(host_init(&options.board), 0);
	ret = catalog_load(&catalog, &options, &why);
	for (size_t i = 0; !ret && i < graph.node_count; i++)
		if (!graph.nodes[i].module)
			ret = catalog_load_uuid(&catalog, graph.nodes[i].uuid, graph.nodes[i].name,
						NULL, &why);
	if (!ret)
		ret = graph_check(&graph, &why);
	if (!ret) {
		run = (struct run){ &options, &catalog, &graph, &outcome, &why };
		host_alloc_fail_at(fail_at);
		ret = host_run(run_graph, &run, &result);
		allocations_made = host_alloc_count();
		if (ret)
			problem_set(&why, EXIT_RUN_FAILED, -ret, "no virtual core");
		host_alloc_fail_at(0);
	}
	outcome.stray_accesses = host_stray_supervisor_accesses();
	catalog_unload(&catalog);
	outcome.blocks_left = host_exit();
	return ret ? ret : result;
}

static void finish(void)
{
	size_t i;

	for (i = 0; i < graph.file_count; i++) {
		audio_output_discard(&graph.files[i].output);
		audio_input_close(&inputs[i]);
	}
	outcome_free(&outcome);
	graph_free(&graph);
}

static void runs(void)
{
	int ret;

	open_files();
	ret = run_it(0);
	if (ret)
		fail_msg("%d: %s", ret, why.text);
	assert_int_equal(outcome.stray_accesses, 0);
	assert_int_equal(outcome.blocks_left, 0);
	assert_true(outcome.played);
}

static void fails(enum exit_code code, const char *part)
{
	open_files();
	assert_true(run_it(0) < 0);
	assert_int_equal(why.code, code);
	if (!strstr(why.text, part))
		fail_msg("'%s' lacks '%s'", why.text, part);
	assert_int_equal(outcome.blocks_left, 0);
	finish();
}

static void expect_frames(size_t file, size_t frames)
{
	assert_int_equal(outcome.files[file].frames, frames);
	assert_int_equal(audio_output_frames(graph.files[file].output), frames);
}

/* Two pipelines, ids and instances out of order, bound across, queue numbers that are not 0. */
static void two_pipelines(void)
{
	size_t front, back, in, a, b, out;

	start();
	back = add_pipeline(200);
	front = add_pipeline(3);
	b = add_module("weave", 7, back, true);
	out = add_file("run_out.wav", GRAPH_FILE_OUTPUT, back);
	in = add_file("run_long.wav", GRAPH_FILE_INPUT, front);
	a = add_module("weave", 250, front, true);
	graph.nodes[a].domain_id = 4;
	connect(b, 5, out, 0);
	connect(a, 2, b, 3);
	connect(in, 0, a, 1);
}

static void pipelines_feed_each_other(void **state)
{
	two_pipelines();
	runs();
	expect_frames(0, FRAMES);
	assert_int_equal(outcome.files[1].frames, FRAMES);
	assert_int_equal(outcome.instance_count, 4);
	assert_string_equal(outcome.instances[0].name, "weave.7");
	assert_string_equal(outcome.instances[3].name, "weave.250");
	assert_int_equal(outcome.domain_count, 2);
	finish();
}

/* Both ways at once: parts that have nothing to do with each other, of different lengths. */
static void parts_end_each_for_itself(void **state)
{
	size_t play, record, a, b;

	start();
	play = add_pipeline(1);
	record = add_pipeline(2);
	a = add_module("weave", 0, play, true);
	b = add_module("older", 0, record, false);
	connect(add_file("run_long.wav", GRAPH_FILE_INPUT, play), 0, a, 0);
	connect(a, 0, add_file("run_a.wav", GRAPH_FILE_OUTPUT, play), 0);
	connect(add_file("run_short.wav", GRAPH_FILE_INPUT, record), 0, b, 0);
	connect(b, 0, add_file("run_b.wav", GRAPH_FILE_OUTPUT, record), 0);
	runs();
	expect_frames(1, FRAMES);
	expect_frames(3, 1000);
	finish();
}

/* Two inputs into one: the shorter one is continued with silence, which is not counted. */
static void inputs_of_a_part_last_as_long_as_the_longest(void **state)
{
	size_t one, two, mix;

	start();
	one = add_pipeline(1);
	two = add_pipeline(2);
	mix = add_module("weave", 0, two, true);
	connect(add_file("run_short.wav", GRAPH_FILE_INPUT, one), 0, mix, 0);
	connect(add_file("run_long.wav", GRAPH_FILE_INPUT, two), 0, mix, 1);
	connect(mix, 0, add_file("run_a.wav", GRAPH_FILE_OUTPUT, two), 0);
	runs();
	assert_int_equal(outcome.files[0].frames, 1000);
	assert_int_equal(outcome.files[1].frames, FRAMES);
	expect_frames(2, FRAMES);
	finish();
}

static void a_run_can_be_cut_short(void **state)
{
	two_pipelines();
	graph.ticks_max = 20;
	runs();
	assert_int_equal(outcome.files[1].frames, 20 * 48);
	expect_frames(0, 20 * 48);
	finish();
	two_pipelines();
	graph.files[1].frames_max = 100;
	runs();
	assert_int_equal(outcome.files[1].frames, 100);
	expect_frames(0, 100);
	finish();
}

static void modules_are_found_by_uuid(void **state)
{
	static const uint8_t weave[16] = { 0x21, 0x7e, 0x0f, 0x6b, 0xd4, 0x52, 0x9a, 0x4c,
					   0x8e, 0x13, 0x77, 0x65, 0x61, 0x76, 0x65, 0x01 };
	struct graph_node *node;
	size_t i;

	for (i = 0; i < 2; i++) {
		two_pipelines();
		/* loaded before it is asked for, and looked for in a folder */
		options.object_count = i ? 0 : 2;
		for (node = graph.nodes; node < graph.nodes + graph.node_count; node++) {
			if (node->file != GRAPH_NONE)
				continue;
			free(node->module);
			node->module = NULL;
			memcpy(node->uuid, weave, sizeof(weave));
		}
		runs();
		expect_frames(0, FRAMES);
		finish();
	}
	two_pipelines();
	free(graph.nodes[0].module);
	graph.nodes[0].module = NULL;
	graph.nodes[0].uuid[3] = 0xab;
	fails(EXIT_BAD_INPUT, "weave.7: no module has the UUID ab000000-0000-0000-0000-");
}

static void unknown_modules_are_named(void **state)
{
	two_pipelines();
	graph.nodes[0].module[0] = 'W';
	fails(EXIT_BAD_INPUT, "unknown module 'Weave'");
	two_pipelines();
	options.object_count = 0;
	fails(EXIT_BAD_INPUT, "unknown module 'weave'");
}

static void what_the_firmware_refuses_is_named(void **state)
{
	two_pipelines();
	graph.pipelines[1].core = 15;
	fails(EXIT_RUN_FAILED, "pipeline 3 can't be created: ");
	two_pipelines();
	graph.nodes[3].core = 15;
	fails(EXIT_RUN_FAILED, "weave.250: can't be made: ");
	two_pipelines();
	graph_set_init_data(&graph.nodes[3], "\77\0\0\0", 4);
	graph_add_request(&graph.nodes[3], "63 bits");
	fails(EXIT_BAD_INPUT, "weave.250: can't be made, perhaps because of 63 bits for weave: ");
	two_pipelines();
	graph_add_blob(&graph.nodes[0], "x.txt", 9, "abcd", 4);
	fails(EXIT_BAD_INPUT, "weave: configuration x.txt is refused by weave.7: ");
	/* nothing feeds it */
	two_pipelines();
	add_module("weave", 1, 0, true);
	graph_add_request(&graph.nodes[4], "no input");
	fails(EXIT_BAD_INPUT,
	      "pipeline 200 can't be started, perhaps because of no input for weave: ");
}

/* A module whose second input nobody feeds: one part stands still while the other plays. */
static void a_part_that_is_stuck_is_told(void **state)
{
	size_t play, record, a, b, c;

	start();
	play = add_pipeline(1);
	record = add_pipeline(2);
	a = add_module("weave", 0, play, true);
	b = add_module("weave", 1, record, true);
	c = add_module("weave", 2, record, true);
	connect(add_file("run_short.wav", GRAPH_FILE_INPUT, play), 0, a, 0);
	connect(a, 0, add_file("run_a.wav", GRAPH_FILE_OUTPUT, play), 0);
	connect(add_file("run_long.wav", GRAPH_FILE_INPUT, record), 0, b, 0);
	connect(b, 0, add_file("run_b.wav", GRAPH_FILE_OUTPUT, record), 0);
	/* each waits for the other */
	connect(b, 1, c, 0);
	connect(c, 0, b, 1);
	fails(EXIT_STALLED, "run_long.wav for space");
	assert_non_null(strstr(why.text, "nothing has moved for"));
	assert_non_null(strstr(why.text, "weave.1 for data"));
}

static void each_failing_allocation_is_told(void **state)
{
	unsigned long allocations, n, refused = 0;
	int ret;

	two_pipelines();
	runs();
	finish();
	allocations = allocations_made;
	assert_true(allocations > 30);
	for (n = 1; n <= allocations; n++) {
		two_pipelines();
		open_files();
		ret = run_it(n);
		if (ret) {
			refused++;
			assert_int_not_equal(why.code, EXIT_DONE);
			assert_true(why.text[0] != '\0');
		}
		assert_int_equal(outcome.blocks_left, 0);
		assert_int_equal(outcome.stray_accesses, 0);
		finish();
	}
	assert_true(refused > allocations / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pipelines_feed_each_other),
		cmocka_unit_test(parts_end_each_for_itself),
		cmocka_unit_test(inputs_of_a_part_last_as_long_as_the_longest),
		cmocka_unit_test(a_run_can_be_cut_short),
		cmocka_unit_test(modules_are_found_by_uuid),
		cmocka_unit_test(unknown_modules_are_named),
		cmocka_unit_test(what_the_firmware_refuses_is_named),
		cmocka_unit_test(a_part_that_is_stuck_is_told),
		cmocka_unit_test(each_failing_allocation_is_told),
	};

	setenv("SOF_MODULE_PATH", E2E_OBJECTS, 1);
	return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
