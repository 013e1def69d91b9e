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

#include <sof/lib/uuid.h>

#include "chain.h"
#include "failing_malloc.h"
#include "init_payload.h"

#define WORDS_MAX 40

static const struct audio_format stereo = { .rate = 48000,
					    .channels = 2,
					    .sample = AUDIO_S24,
					    .sample_bytes = 4,
					    .frame_bytes = 8,
					    .sndfile_format = 0x10003 };

struct compiled {
	struct options options;
	struct graph graph;
	struct problem why;
};

/* Every input is \p format. */
static int compile(const char *line, const struct audio_format *format, struct compiled *out)
{
	static char copy[1024];
	static char *words[WORDS_MAX + 1];
	struct audio_format inputs[OPTIONS_FILES_MAX];
	int count = 0, ret;
	size_t i;
	char *word;

	memset(out, 0, sizeof(*out));
	strcpy(copy, line);
	for (word = strtok(copy, " "); word && count < WORDS_MAX; word = strtok(NULL, " "))
		words[count++] = word;
	words[count] = NULL;
	ret = options_parse(&out->options, count, words, &out->why);
	for (i = 0; i < OPTIONS_FILES_MAX; i++)
		inputs[i] = *format;
	return ret ? ret : chain_compile(&out->options, inputs, &out->graph, &out->why);
}

static void release(struct compiled *compiled)
{
	graph_free(&compiled->graph);
	options_free(&compiled->options);
}

static void good(const char *line, struct compiled *compiled)
{
	if (compile(line, &stereo, compiled))
		fail_msg("%s: %s", line, compiled->why.text);
	assert_int_equal(graph_check(&compiled->graph, &compiled->why), 0);
}

static void a_plain_chain_is_as_it_was(void **state)
{
	struct compiled c;

	good("tb -i a -o b -m gain,eqiir,gain --dp eqiir --dp-period 10 --heap-bytes 64K", &c);
	assert_int_equal(c.graph.pipeline_count, 1);
	assert_int_equal(c.graph.node_count, 5);
	assert_int_equal(c.graph.edge_count, 4);
	assert_string_equal(c.graph.nodes[0].name, "file-source");
	assert_string_equal(c.graph.nodes[1].name, "gain.0");
	assert_string_equal(c.graph.nodes[3].name, "gain.1");
	assert_int_equal(c.graph.nodes[3].instance_id, 1);
	assert_string_equal(c.graph.nodes[4].name, "file-sink");
	assert_true(c.graph.nodes[2].dp);
	assert_false(c.graph.nodes[1].dp);
	assert_int_equal(c.graph.nodes[2].heap_bytes, 65536);
	assert_int_equal(c.graph.nodes[1].base.ibs, 48 * 8);
	assert_int_equal(c.graph.nodes[2].base.ibs, 480 * 8);
	assert_int_equal(c.graph.nodes[2].base.obs, 480 * 8);
	assert_int_equal(c.graph.nodes[1].request_count, 0);
	assert_int_equal(c.graph.files[1].format.sndfile_format, stereo.sndfile_format);
	assert_int_equal(init_payload_fill(&c.graph.nodes[2], (uint8_t[16]){ 1 }), 0);
	assert_false(c.graph.nodes[2].send_pins);
	assert_int_equal(c.graph.nodes[2].init_size, 0);
	release(&c);
}

static void rate_and_channels_go_down_the_chain(void **state)
{
	const struct ipc4_audio_format *fmt;
	struct compiled c;

	good("tb -i a -o b -m x,y,z --rate y=44100 --channels y.0=4,z=1 --dp y --dp-period 5", &c);
	assert_int_equal(c.graph.nodes[1].base.obs, 48 * 8);
	assert_int_equal(c.graph.nodes[2].base.ibs, 240 * 8);
	/* 220.5 frames of four channels */
	assert_int_equal(c.graph.nodes[2].base.obs, 221 * 16);
	fmt = &c.graph.nodes[2].output_pins[0].audio_fmt;
	assert_int_equal(fmt->sampling_frequency, 44100);
	assert_int_equal(fmt->channels_count, 4);
	assert_int_equal(fmt->ch_cfg, IPC4_CHANNEL_CONFIG_QUATRO);
	assert_int_equal(c.graph.nodes[3].base.audio_fmt.channels_count, 4);
	assert_int_equal(c.graph.nodes[3].base.ibs, 44 * 16);
	assert_int_equal(c.graph.nodes[3].base.obs, 44 * 4);
	assert_int_equal(c.graph.files[1].format.rate, 44100);
	assert_int_equal(c.graph.files[1].format.channels, 1);
	assert_int_equal(c.graph.files[1].format.frame_bytes, 4);
	assert_string_equal(c.graph.nodes[2].requests[0], "44100 Hz");
	assert_string_equal(c.graph.nodes[2].requests[1], "4 channels");
	assert_int_equal(init_payload_fill(&c.graph.nodes[1], (uint8_t[16]){ 1 }), 0);
	assert_int_equal(init_payload_fill(&c.graph.nodes[2], (uint8_t[16]){ 1 }), 0);
	assert_false(c.graph.nodes[1].send_pins);
	assert_true(c.graph.nodes[2].send_pins);
	release(&c);
}

static void files_attach_to_the_ends(void **state)
{
	struct compiled c;

	good("tb -i a -i b -i c -o d -o e -m x,y", &c);
	assert_int_equal(c.graph.file_count, 5);
	assert_int_equal(c.graph.edge_count, 6);
	assert_int_equal(c.graph.nodes[3].input_pin_count, 3);
	assert_int_equal(c.graph.nodes[3].output_pin_count, 1);
	assert_int_equal(c.graph.nodes[4].output_pin_count, 2);
	assert_int_equal(c.graph.nodes[4].output_pins[1].pin_index, 1);
	assert_string_equal(c.graph.nodes[3].requests[0], "3 inputs");
	assert_string_equal(c.graph.nodes[4].requests[0], "2 outputs");
	assert_int_equal(c.graph.edges[3].from, 2);
	assert_int_equal(c.graph.edges[3].to, 3);
	assert_int_equal(c.graph.edges[3].to_queue, 2);
	assert_int_equal(c.graph.edges[5].from, 4);
	assert_int_equal(c.graph.edges[5].from_queue, 1);
	assert_int_equal(c.graph.edges[5].to, 6);
	release(&c);
}

static void bad_chains_are_named(void **state)
{
	struct audio_format inputs[2] = { stereo, stereo };
	struct compiled c;
	char line[4000];
	int i, at;

	assert_int_equal(compile("tb -i a -i b -o c -m x", &stereo, &c), 0);
	graph_free(&c.graph);
	inputs[1].channels = 1;
	assert_int_equal(chain_compile(&c.options, inputs, &c.graph, &c.why), -EINVAL);
	assert_non_null(strstr(c.why.text, "inputs of a module must agree"));
	release(&c);
	at = snprintf(line, sizeof(line), "tb -i a -o b -m m");
	for (i = 0; i < 256; i++)
		at += snprintf(line + at, sizeof(line) - (size_t)at, ",m");
	assert_int_equal(at < 1000, 1);
	assert_int_equal(compile(line, &stereo, &c), -EINVAL);
	assert_string_equal(c.why.text, "-m: more than 256 instances of m");
	release(&c);
}

/* A node with one input and outputs at 44.1 kHz, and what is behind its base configuration. */
static struct graph_node *payload_of(struct compiled *c, const struct sof_uuid *uuid)
{
	struct graph_node *node;

	good("tb -i a -i b -o c -m x --rate x=44100 --channels x=3", c);
	node = &c->graph.nodes[2];
	assert_int_equal(init_payload_fill(node, (const uint8_t *)uuid), 0);
	assert_int_equal(graph_check(&c->graph, &c->why), 0);
	return node;
}

static uint32_t word(const struct graph_node *node, size_t index)
{
	uint32_t value;

	assert_true((index + 1) * sizeof(value) <= node->init_size);
	memcpy(&value, node->init_data + index * sizeof(value), sizeof(value));
	return value;
}

/* Words of struct ipc4_audio_format: rate, depth, map, config, style, counts. */
#define FORMAT_WORDS 6

static void known_modules_get_their_payload(void **state)
{
	static const struct sof_uuid src = SOF_REG_UUID(src4), asrc = SOF_REG_UUID(asrc4),
				     copier = SOF_REG_UUID(copier), mux = SOF_REG_UUID(mux4),
				     up_down = SOF_REG_UUID(up_down_mixer),
				     aria = SOF_REG_UUID(aria), gain = SOF_REG_UUID(gain),
				     selector = SOF_REG_UUID(selector4);
	const struct graph_node *node;
	struct compiled c;

	node = payload_of(&c, &src);
	assert_int_equal(node->init_size, 4);
	assert_int_equal(word(node, 0), 44100);
	assert_false(node->send_pins);
	release(&c);
	node = payload_of(&c, &asrc);
	assert_int_equal(node->init_size, 8);
	assert_int_equal(word(node, 0), 44100);
	assert_int_equal(word(node, 1), 1 | 1 << 4);
	release(&c);
	node = payload_of(&c, &copier);
	assert_int_equal(node->init_size, 4 * (FORMAT_WORDS + 1 + 4));
	assert_int_equal(word(node, 0), 44100);
	assert_int_equal(word(node, FORMAT_WORDS + 1), 0xffffffff);
	release(&c);
	node = payload_of(&c, &mux);
	assert_int_equal(node->init_size, 4 * 2 * FORMAT_WORDS);
	assert_int_equal(word(node, 0), 48000);
	assert_int_equal(word(node, FORMAT_WORDS), 44100);
	assert_int_equal(word(node, 2 * FORMAT_WORDS - 1) & 0xff, 3);
	release(&c);
	node = payload_of(&c, &up_down);
	assert_int_equal(node->init_size, 4 * 11);
	assert_int_equal(word(node, 0), IPC4_CHANNEL_CONFIG_2_POINT_1);
	assert_int_equal(word(node, 10), 0xffffff10);
	release(&c);
	node = payload_of(&c, &aria);
	assert_int_equal(node->init_size, 4);
	release(&c);
	node = payload_of(&c, &gain);
	assert_int_equal(node->init_size, 24);
	assert_int_equal(word(node, 0), 0xffffffff);
	assert_int_equal(word(node, 1), 0x7fffffff);
	assert_int_equal(word(node, 4), 200000);
	release(&c);
	node = payload_of(&c, &selector);
	assert_int_equal(node->init_size, 0);
	assert_true(node->send_pins);
	release(&c);
}

static void write_file(const char *path, const void *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	fclose(file);
}

static void init_data_of_the_user_goes_first(void **state)
{
	static const struct sof_uuid src = SOF_REG_UUID(src4);
	struct graph_node *node;
	struct compiled c;

	write_file("chain_init.bin", "\1\2\0\0\3\4\0\0", 8);
	good("tb -i a -o b -m x --init x=chain_init.bin --rate x=8000", &c);
	node = &c.graph.nodes[1];
	assert_int_equal(init_payload_fill(node, (const uint8_t *)&src), 0);
	assert_int_equal(node->init_size, 8);
	assert_int_equal(word(node, 1), 0x403);
	assert_false(node->send_pins);
	assert_string_equal(node->requests[1], "chain_init.bin");
	release(&c);
	write_file("chain_init.bin", "\1\2\0\0\3", 5);
	assert_int_equal(compile("tb -i a -o b -m x --init x=chain_init.bin", &stereo, &c),
			 -EINVAL);
	assert_non_null(strstr(c.why.text, "5 bytes of init data"));
	release(&c);
	remove("chain_init.bin");
}

static void each_failing_allocation_is_told(void **state)
{
	static const char line[] = "tb -i a -i b -o c -o d -m x=chain_blob.txt,y --init "
				   "y=chain_blob.txt --rate x=8000 --channels y=1";
	unsigned long allocations = malloc_count(), n;
	struct compiled c;

	write_file("chain_blob.txt", "1,2,3\n", 6);
	good(line, &c);
	release(&c);
	allocations = malloc_count() - allocations;
	assert_true(allocations > 40);
	/* the last ones are graph_check()'s */
	for (n = 1; n <= allocations - 3; n++) {
		malloc_fail_at(n);
		assert_int_equal(compile(line, &stereo, &c), -ENOMEM);
		malloc_fail_at(0);
		assert_int_equal(c.why.code, EXIT_RUN_FAILED);
		assert_string_equal(c.why.text, "out of memory");
		release(&c);
	}
	remove("chain_blob.txt");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_chain_is_as_it_was),
		cmocka_unit_test(rate_and_channels_go_down_the_chain),
		cmocka_unit_test(files_attach_to_the_ends),
		cmocka_unit_test(bad_chains_are_named),
		cmocka_unit_test(known_modules_get_their_payload),
		cmocka_unit_test(init_data_of_the_user_goes_first),
		cmocka_unit_test(each_failing_allocation_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
