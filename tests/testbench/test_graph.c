/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blob.h"
#include "failing_malloc.h"
#include "graph.h"

static const struct audio_format stereo = {
	.rate = 48000, .channels = 2, .sample = AUDIO_S16, .sample_bytes = 2, .frame_bytes = 4
};

/* in.wav -> a (pipeline 1) -> b (pipeline 2) -> out.wav */
enum { IN, A, B, OUT };
static int make_two(struct graph *graph)
{
	size_t first, second;

	graph_init(graph);
	if (graph_add_pipeline(graph, 1, GRAPH_PLAYBACK, &first) ||
	    graph_add_pipeline(graph, 2, GRAPH_PLAYBACK, &second) ||
	    graph_add_file(graph, "in.wav", GRAPH_FILE_INPUT, &stereo, NULL, first, NULL) ||
	    graph_add_node(graph, "a.0", "a", first, NULL) ||
	    graph_add_node(graph, "b.0", "b", second, NULL) ||
	    graph_add_file(graph, "out.wav", GRAPH_FILE_OUTPUT, &stereo, "speaker", second, NULL))
		return -ENOMEM;
	graph_base_config(&graph->nodes[A].base, &stereo, 1);
	graph_base_config(&graph->nodes[B].base, &stereo, 10);
	if (graph_add_edge(graph, IN, 0, A, 0) || graph_add_edge(graph, A, 1, B, 2) ||
	    graph_add_edge(graph, B, 0, OUT, 0))
		return -ENOMEM;
	return 0;
}

static void two(struct graph *graph)
{
	assert_int_equal(make_two(graph), 0);
}

static void refused(struct graph *graph, const char *part)
{
	struct problem why = { 0 };

	assert_int_equal(graph_check(graph, &why), -EINVAL);
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	if (!strstr(why.text, part))
		fail_msg("'%s' lacks '%s'", why.text, part);
	graph_free(graph);
}

static void what_is_added_is_there(void **state)
{
	const struct ipc4_input_pin_format in = { .pin_index = 3, .ibs = 192 };
	const struct ipc4_output_pin_format out = { .pin_index = 1, .obs = 384 };
	struct problem why = { 0 };
	struct graph_node *node;
	struct graph graph;

	two(&graph);
	assert_int_equal(graph_check(&graph, &why), 0);
	assert_int_equal(graph.pipeline_count, 2);
	assert_int_equal(graph.pipelines[1].id, 2);
	assert_string_equal(graph.nodes[IN].name, "file-source");
	assert_string_equal(graph.nodes[OUT].name, "speaker");
	assert_string_equal(graph.nodes[OUT].module, "file-sink");
	assert_int_equal(graph.files[1].node, OUT);
	assert_int_equal(graph.nodes[OUT].file, 1);
	assert_true(graph.nodes[A].file == GRAPH_NONE);
	assert_int_equal(graph.edges[1].to_queue, 2);
	node = &graph.nodes[A];
	assert_int_equal(graph_add_input_pin(node, &in), 0);
	assert_int_equal(graph_add_output_pin(node, &out), 0);
	assert_int_equal(graph_set_init_data(node, "12345678", 8), 0);
	assert_int_equal(graph_set_init_data(node, "1234", 4), 0);
	assert_int_equal(graph_add_blob(node, "x.txt", 7, "abc", 3), 0);
	assert_int_equal(graph_add_request(node, "8000 Hz"), 0);
	assert_int_equal(node->input_pins[0].pin_index, 3);
	assert_int_equal(node->output_pins[0].obs, 384);
	assert_int_equal(node->init_size, 4);
	assert_memory_equal(node->blobs[0].payload, "abc", 3);
	assert_int_equal(node->blobs[0].param_id, 7);
	assert_string_equal(node->requests[0], "8000 Hz");
	assert_int_equal(graph_init_message_bytes(node), sizeof(node->base) + 4);
	node->send_pins = true;
	assert_int_equal(graph_init_message_bytes(node),
			 sizeof(node->base) + sizeof(struct ipc4_base_module_cfg_ext) + sizeof(in) +
				 sizeof(out) + 4);
	assert_int_equal(graph_check(&graph, &why), 0);
	graph_free(&graph);
	assert_int_equal(graph.node_count, 0);
	graph_free(&graph);
}

static void file_ends_have_instances_of_their_own(void **state)
{
	struct graph graph;

	two(&graph);
	assert_int_equal(graph_add_file(&graph, "b.wav", GRAPH_FILE_OUTPUT, &stereo, NULL, 0, NULL),
			 0);
	assert_int_equal(graph_add_file(&graph, "c.wav", GRAPH_FILE_INPUT, &stereo, NULL, 0, NULL),
			 0);
	assert_int_equal(graph.nodes[IN].instance_id, 0);
	assert_int_equal(graph.nodes[OUT].instance_id, 0);
	assert_int_equal(graph.nodes[4].instance_id, 1);
	assert_int_equal(graph.nodes[5].instance_id, 1);
	refused(&graph, "b.wav: nothing is connected to file-sink");
}

static void what_can_not_be_run_is_named(void **state)
{
	static uint8_t large[BLOB_BYTES_MAX + 1];
	struct audio_format other = stereo;
	struct graph graph;
	size_t i;

	graph_init(&graph);
	refused(&graph, "there are no modules");
	two(&graph);
	graph.pipelines[1].id = 1;
	refused(&graph, "pipeline 1 is there twice");
	two(&graph);
	graph.pipelines[1].priority = 8;
	refused(&graph, "pipeline 2: priority 8");
	two(&graph);
	graph.pipelines[0].memory_pages = 2048;
	refused(&graph, "2048 pages");
	two(&graph);
	graph.nodes[A].pipeline = 2;
	refused(&graph, "a.0 is in no pipeline");
	two(&graph);
	for (i = 0; i < 9; i++)
		graph_add_input_pin(&graph.nodes[A], &(struct ipc4_input_pin_format){ 0 });
	refused(&graph, "a.0 has 9 inputs and 0 outputs");
	two(&graph);
	graph_set_init_data(&graph.nodes[A], large, 6);
	refused(&graph, "6 bytes of init data");
	two(&graph);
	graph_set_init_data(&graph.nodes[A], large, 4096);
	refused(&graph, "an init message of 4136 bytes, at most 4096 fit");
	two(&graph);
	graph_set_init_data(&graph.nodes[A], large, 4096 - 40 - 24);
	graph.nodes[A].dp = true;
	refused(&graph, "an init message of 4100 bytes");
	two(&graph);
	graph_add_blob(&graph.nodes[A], "x.txt", 0, large, 0);
	refused(&graph, "x.txt has 0 bytes");
	two(&graph);
	graph_add_blob(&graph.nodes[A], "x.txt", 0, large, sizeof(large));
	refused(&graph, "x.txt has 1048576 bytes");
	two(&graph);
	graph_add_blob(&graph.nodes[A], "x.txt", 256, large, 4);
	refused(&graph, "x.txt is for parameter 256");
	two(&graph);
	graph.nodes[A].file = 2;
	refused(&graph, "a file that is not there");
	two(&graph);
	graph.nodes[IN].dp = true;
	refused(&graph, "can't be a DP module");
	two(&graph);
	graph_add_node(&graph, "again", "b", 0, NULL);
	refused(&graph, "are both instance 0 of one module");
	two(&graph);
	for (i = 0; i < 2; i++)
		graph_add_node(&graph, i ? "y" : "x", NULL, 0, NULL);
	refused(&graph, "are both instance 0 of one module");
	two(&graph);
	graph_add_edge(&graph, A, 0, 9, 0);
	refused(&graph, "not there");
	two(&graph);
	graph_add_edge(&graph, A, 0, A, 3);
	refused(&graph, "a.0 is connected to itself");
	two(&graph);
	graph_add_edge(&graph, A, 8, B, 0);
	refused(&graph, "a.0.8 -> b.0.0: queues are 0 to 7");
	two(&graph);
	graph_add_edge(&graph, A, 1, B, 0);
	refused(&graph, "output 1 of a.0 is connected twice");
	two(&graph);
	graph_add_edge(&graph, A, 2, B, 2);
	refused(&graph, "input 2 of b.0 is connected twice");
	two(&graph);
	graph_add_edge(&graph, IN, 1, B, 0);
	refused(&graph, "file-source: a file end has one connection, from it, on queue 0");
	two(&graph);
	graph_add_edge(&graph, OUT, 0, A, 1);
	refused(&graph, "speaker: a file end has one connection, to it, on queue 0");
	two(&graph);
	graph.files[0].node = A;
	refused(&graph, "in.wav belongs to no end");
	two(&graph);
	other.rate = 44100;
	graph.files[0].format = other;
	refused(&graph, "in.wav has 44100 Hz, 2 channels, S16, but file-source is for 48000 Hz");
	two(&graph);
	graph.nodes[OUT].base.audio_fmt.valid_bit_depth = 20;
	refused(&graph, "speaker: 48000 Hz, 2 channels, 20 of 16 bits is no format");
	two(&graph);
	graph.files[0].end = GRAPH_FILE_OUTPUT;
	refused(&graph, "one connection");
	graph_init(&graph);
	graph_add_pipeline(&graph, 0, GRAPH_CAPTURE, NULL);
	graph_add_node(&graph, "tone", "tone", 0, NULL);
	refused(&graph, "there is no input file, and no length is given");
}

static void a_graph_without_inputs_has_a_length(void **state)
{
	struct problem why = { 0 };
	struct graph graph;

	graph_init(&graph);
	graph_add_pipeline(&graph, 0, GRAPH_CAPTURE, NULL);
	graph_add_node(&graph, "tone", "tone", 0, NULL);
	graph.ticks_max = 10;
	assert_int_equal(graph_check(&graph, &why), 0);
	graph_free(&graph);
}

static void formats_go_both_ways(void **state)
{
	static const enum audio_sample samples[] = { AUDIO_S16, AUDIO_S24, AUDIO_S32 };
	struct ipc4_base_module_cfg base;
	struct audio_format format, back;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		format = stereo;
		format.sample = samples[i];
		format.sample_bytes = i ? 4 : 2;
		format.channels = i + 1;
		format.frame_bytes = format.channels * format.sample_bytes;
		format.rate = 44100;
		graph_base_config(&base, &format, 10);
		assert_int_equal(base.ibs, 441 * format.frame_bytes);
		assert_int_equal(base.obs, base.ibs);
		assert_int_equal(graph_audio_format(&base.audio_fmt, &back), 0);
		assert_memory_equal(&back, &format, sizeof(back));
	}
	graph_base_config(&base, &stereo, 1);
	assert_int_equal(base.audio_fmt.ch_map, 0xffffff10);
	base.audio_fmt.interleaving_style = IPC4_CHANNELS_NONINTERLEAVED;
	assert_int_equal(graph_audio_format(&base.audio_fmt, &back), -EINVAL);
	graph_base_config(&base, &stereo, 1);
	base.audio_fmt.channels_count = 9;
	assert_int_equal(graph_audio_format(&base.audio_fmt, &back), -EINVAL);
	base.audio_fmt.channels_count = 0;
	assert_int_equal(graph_audio_format(&base.audio_fmt, &back), -EINVAL);
	graph_base_config(&base, &stereo, 1);
	base.audio_fmt.sampling_frequency = 0;
	assert_int_equal(graph_audio_format(&base.audio_fmt, &back), -EINVAL);
	graph_base_config(&base, &stereo, 1);
	base.audio_fmt.depth = 64;
	assert_int_equal(graph_audio_format(&base.audio_fmt, &back), -EINVAL);
}

static void periods_follow_from_block_sizes(void **state)
{
	struct graph_node node = { 0 };
	struct ipc4_output_pin_format pin = { 0 };

	assert_int_equal(graph_period_ms(&node), 1);
	graph_base_config(&node.base, &stereo, 10);
	assert_int_equal(graph_period_ms(&node), 10);
	node.base.obs = 0xffffffff;
	assert_int_equal(graph_period_ms(&node), 3600000);
	pin.audio_fmt = node.base.audio_fmt;
	pin.audio_fmt.sampling_frequency = 96000;
	node.output_pins = &pin;
	node.output_pin_count = 1;
	node.base.obs = 96 * 4 * 20;
	assert_int_equal(graph_period_ms(&node), 20);
}

/* Pipelines 0 to count - 1 with a node each. */
static void pipelines(struct graph *graph, unsigned int count)
{
	unsigned int i;

	graph_init(graph);
	for (i = 0; i < count; i++) {
		assert_int_equal(graph_add_pipeline(graph, (uint8_t)i, GRAPH_PLAYBACK, NULL), 0);
		assert_int_equal(graph_add_node(graph, "x", "x", i, NULL), 0);
		graph->nodes[i].instance_id = (uint8_t)i;
	}
}

static void expect_order(struct graph *graph, const size_t *expected)
{
	size_t order[8];

	assert_int_equal(graph_start_order(graph, order), 0);
	assert_memory_equal(order, expected, graph->pipeline_count * sizeof(order[0]));
	graph_free(graph);
}

static void downstream_starts_first(void **state)
{
	struct graph graph;

	/* a mixer: 0 and 1 into 2, 2 into 3 */
	pipelines(&graph, 4);
	graph_add_edge(&graph, 0, 0, 2, 0);
	graph_add_edge(&graph, 1, 0, 2, 1);
	graph_add_edge(&graph, 2, 0, 3, 0);
	expect_order(&graph, (size_t[]){ 3, 2, 0, 1 });
	/* the same, backwards, and two connections between the same */
	pipelines(&graph, 3);
	graph_add_edge(&graph, 2, 0, 1, 0);
	graph_add_edge(&graph, 2, 1, 1, 1);
	graph_add_edge(&graph, 1, 0, 0, 0);
	expect_order(&graph, (size_t[]){ 0, 1, 2 });
	/* priorities among equals */
	pipelines(&graph, 3);
	graph.pipelines[0].priority = 2;
	graph.pipelines[1].priority = 1;
	expect_order(&graph, (size_t[]){ 2, 1, 0 });
	/* a loop is cut open somewhere; who hangs on it comes in its turn */
	pipelines(&graph, 3);
	graph_add_edge(&graph, 0, 0, 1, 0);
	graph_add_edge(&graph, 1, 0, 0, 0);
	graph_add_edge(&graph, 1, 1, 2, 0);
	expect_order(&graph, (size_t[]){ 2, 0, 1 });
}

static void parts_are_what_connections_join(void **state)
{
	size_t part[6];
	struct graph graph;

	pipelines(&graph, 6);
	graph_add_edge(&graph, 5, 0, 1, 0);
	graph_add_edge(&graph, 3, 0, 5, 0);
	graph_add_edge(&graph, 4, 0, 2, 0);
	graph_parts(&graph, part);
	assert_memory_equal(part, ((size_t[]){ 0, 1, 2, 1, 2, 1 }), sizeof(part));
	graph_free(&graph);
}

static void it_grows_without_a_limit(void **state)
{
	struct problem why = { 0 };
	size_t order[2], *part, i;
	struct graph graph;
	char name[32];

	two(&graph);
	for (i = 0; i < 20000; i++) {
		snprintf(name, sizeof(name), "m%zu", i);
		assert_int_equal(graph_add_node(&graph, name, name, i % 2, NULL), 0);
		assert_int_equal(
			graph_add_edge(&graph, graph.node_count - 2, 3, graph.node_count - 1, 3),
			0);
	}
	/* the first of these leaves a file end */
	graph.edges[3].from = B;
	assert_int_equal(graph_check(&graph, &why), 0);
	assert_int_equal(graph_start_order(&graph, order), 0);
	part = calloc(graph.node_count, sizeof(*part));
	assert_non_null(part);
	graph_parts(&graph, part);
	for (i = 0; i < graph.node_count; i++)
		assert_int_equal(part[i], 0);
	free(part);
	graph_free(&graph);
}

static int everything(struct graph *graph, struct problem *why)
{
	struct graph_node *node;
	size_t order[2];
	int ret = make_two(graph);

	if (ret)
		return ret;
	node = &graph->nodes[A];
	if (graph_add_input_pin(node, &(struct ipc4_input_pin_format){ 0 }) ||
	    graph_add_output_pin(node, &(struct ipc4_output_pin_format){ 0 }) ||
	    graph_set_init_data(node, "1234", 4) || graph_add_blob(node, "x", 0, "abcd", 4) ||
	    graph_add_request(node, "2 inputs"))
		return -ENOMEM;
	ret = graph_check(graph, why);
	return ret ? ret : graph_start_order(graph, order);
}

static void each_failing_allocation_is_told(void **state)
{
	struct problem why = { 0 };
	unsigned long allocations = malloc_count(), n;
	struct graph graph;

	assert_int_equal(everything(&graph, &why), 0);
	graph_free(&graph);
	allocations = malloc_count() - allocations;
	assert_true(allocations > 30);
	for (n = 1; n <= allocations; n++) {
		memset(&why, 0, sizeof(why));
		malloc_fail_at(n);
		assert_int_equal(everything(&graph, &why), -ENOMEM);
		malloc_fail_at(0);
		graph_free(&graph);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_added_is_there),
		cmocka_unit_test(file_ends_have_instances_of_their_own),
		cmocka_unit_test(what_can_not_be_run_is_named),
		cmocka_unit_test(a_graph_without_inputs_has_a_length),
		cmocka_unit_test(formats_go_both_ways),
		cmocka_unit_test(periods_follow_from_block_sizes),
		cmocka_unit_test(downstream_starts_first),
		cmocka_unit_test(parts_are_what_connections_join),
		cmocka_unit_test(it_grows_without_a_limit),
		cmocka_unit_test(each_failing_allocation_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
