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

#include "craft.h"
#include "topology/topology_graph.h"
#include "topology/topology_tokens.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct craft craft;
static const uint8_t gain_uuid[16] = { 0xa8, 0xa9, 0xbc, 0x61, 0xd0, 0x18, 0x18, 0x4a,
				       0x8e, 0x7b, 0x26, 0x39, 0x21, 0x98, 0x04, 0xb7 };
static const uint8_t copier_uuid[16] = { 0x83, 0x0c, 0xa0, 0x9b, 0x12, 0xca, 0x83, 0x4a,
					 0x94, 0x3c, 0x1f, 0xa2, 0xe8, 0x2f, 0x9d, 0xda };

/* Files that a test asks for, and what comes of it. */
static struct topology_input inputs[4];
static struct topology_output outputs[4];
static struct topology_request request;
static struct topology *topology;
static struct topology_choice choice, *choices;
static size_t choice_count;
static struct graph graph;
static size_t nodes[TOPOLOGY_WIDGETS_MAX];
static struct problem why;

static struct audio_format format_of(unsigned int rate, unsigned int channels,
				     enum audio_sample sample)
{
	unsigned int bytes = sample == AUDIO_S16 ? 2 : 4;

	return (struct audio_format){ .rate = rate,
				      .channels = channels,
				      .sample = sample,
				      .sample_bytes = bytes,
				      .frame_bytes = bytes * channels,
				      .sndfile_format = 0x10002 };
}

/* So many files, stereo at 48 kHz. */
static void ask(size_t input_count, size_t output_count, enum audio_sample sample)
{
	static const char *const in[] = { "a.wav", "b.wav", "c.wav", "d.wav" };
	static const char *const out[] = { "1.wav", "2.wav", "3.wav", "4.wav" };
	size_t i;

	memset(&request, 0, sizeof(request));
	memset(outputs, 0, sizeof(outputs));
	for (i = 0; i < 4; i++) {
		inputs[i] = (struct topology_input){ in[i], format_of(48000, 2, sample) };
		outputs[i].path = out[i];
		outputs[i].sndfile_format = 0x10002;
	}
	request.inputs = inputs;
	request.input_count = input_count;
	request.outputs = outputs;
	request.output_count = output_count;
}

static int clean(void **state)
{
	while (choice_count)
		topology_choice_free(&choices[--choice_count]);
	free(choices);
	choices = NULL;
	topology_choice_free(&choice);
	graph_free(&graph);
	topology_free(topology);
	topology = NULL;
	memset(&why, 0, sizeof(why));
	return 0;
}

static void load(const char *name)
{
	char path[512];

	clean(NULL);
	snprintf(path, sizeof(path), "%s/%s.tplg", TOPOLOGY_DIR, name);
	if (topology_read(path, &topology, &why))
		fail_msg("%s", why.text);
}

static void load_crafted(void)
{
	struct tplg_file *file;

	clean(NULL);
	if (tplg_file_parse("x.tplg", craft.data, craft.size, &file, &why) ||
	    topology_make(file, &topology, &why))
		fail_msg("%s", why.text);
}

static int choose(const char *pipelines)
{
	uint32_t ids[8];
	size_t count = 0;
	char *end;

	for (; *pipelines; pipelines = *end ? end + 1 : end)
		ids[count++] = (uint32_t)strtoul(pipelines, &end, 10);
	return topology_choose(topology, ids, count, &choice, &why);
}

/* Make the graph of these pipelines. */
static int make(const char *pipelines)
{
	int ret = choose(pipelines);

	return ret ? ret : topology_graph_make(topology, &choice, &request, &graph, nodes, &why);
}

static void made(const char *pipelines)
{
	if (make(pipelines))
		fail_msg("%s", why.text);
	assert_int_equal(graph_check(&graph, &why), 0);
}

static void expect_refusal(int ret, const char *text)
{
	assert_int_equal(ret, -EINVAL);
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	assert_int_equal(graph.node_count, 0);
	if (!strstr(why.text, text))
		fail_msg("'%s' lacks '%s'", why.text, text);
}

static const struct graph_node *node_of(const char *name)
{
	size_t i;

	for (i = 0; i < graph.node_count; i++)
		if (!strcmp(graph.nodes[i].name, name))
			return &graph.nodes[i];
	fail_msg("no node %s", name);
	return NULL;
}

static void expect_edge(const char *from, unsigned int from_queue, const char *to,
			unsigned int to_queue)
{
	size_t i;

	for (i = 0; i < graph.edge_count; i++)
		if (!strcmp(graph.nodes[graph.edges[i].from].name, from) &&
		    !strcmp(graph.nodes[graph.edges[i].to].name, to) &&
		    graph.edges[i].from_queue == from_queue && graph.edges[i].to_queue == to_queue)
			return;
	fail_msg("no connection %s:%u -> %s:%u", from, from_queue, to, to_queue);
}

static void expect_format(const struct ipc4_audio_format *audio, unsigned int rate,
			  unsigned int channels, unsigned int depth, unsigned int valid)
{
	assert_int_equal(audio->sampling_frequency, rate);
	assert_int_equal(audio->channels_count, channels);
	assert_int_equal(audio->depth, depth);
	assert_int_equal(audio->valid_bit_depth, valid);
}

static void both_directions_of_every_module_make_a_graph(void **state)
{
	static const char *const names[] = {
		"asrc",	 "copier", "dcblock",	       "drc",	 "eqfir",
		"eqiir", "gain",   "level_multiplier", "micsel", "multiband_drc",
		"src",	 "tdfb",   "template_comp",    "chain44"
	};
	static const enum audio_sample samples[] = { AUDIO_S16, AUDIO_S24, AUDIO_S32 };
	size_t i, k, n, dp;
	char name[64];

	for (i = 0; i < COUNT(names); i++)
		for (k = 0; k < 12; k++) {
			snprintf(name, sizeof(name), "%s%s", names[i], k & 1 ? "-dp" : "");
			load(name);
			ask(1, 1, samples[k / 4]);
			made(k & 2 ? "3,4" : "1,2");
			assert_int_equal(graph.pipeline_count, 2);
			assert_int_equal(graph.pipelines[0].direction,
					 k & 2 ? GRAPH_CAPTURE : GRAPH_PLAYBACK);
			assert_int_equal(graph.file_count, 2);
			for (n = 0, dp = 0; n < graph.node_count; n++)
				dp += graph.nodes[n].dp;
			assert_int_equal(dp, k & 1 ? graph.node_count - 2 : 0);
		}
}

static void a_host_copier_becomes_the_file_of_the_pcm(void **state)
{
	const struct graph_node *gain;

	load("gain-dp");
	ask(1, 1, AUDIO_S24);
	made("1,2");
	assert_int_equal(graph.node_count, 3);
	assert_string_equal(graph.files[0].path, "a.wav");
	assert_int_equal(graph.files[0].end, GRAPH_FILE_INPUT);
	assert_string_equal(graph.nodes[graph.files[0].node].name, "host-copier.0.playback");
	assert_string_equal(graph.files[1].path, "1.wav");
	assert_string_equal(graph.nodes[graph.files[1].node].name, "dai-copier.HDA.Link.playback");
	assert_int_equal(graph.files[1].format.sample, AUDIO_S24);
	/* A WAV of 24 bits, though the input was one of 16. */
	assert_int_equal(graph.files[1].format.sndfile_format, 0x10003);
	gain = node_of("gain.1.1");
	assert_null(gain->module);
	assert_memory_equal(gain->uuid, gain_uuid, 16);
	assert_int_equal(gain->base.ibs, 384);
	assert_int_equal(gain->base.obs, 384);
	expect_format(&gain->base.audio_fmt, 48000, 2, 32, 24);
	assert_true(gain->dp);
	assert_int_equal(gain->heap_bytes, 24576);
	assert_int_equal(gain->stack_bytes, 8192);
	/* All channels, 0 dB, linear, 20 ms in 100 ns. */
	assert_int_equal(gain->init_size, 24);
	assert_memory_equal(gain->init_data,
			    ((const uint32_t[]){ 0xffffffff, 0x7fffffff, 2, 0, 200000, 0 }), 24);
	expect_edge("host-copier.0.playback", 0, "gain.1.1", 0);
	expect_edge("gain.1.1", 0, "dai-copier.HDA.Link.playback", 0);
	assert_int_equal(nodes[topology_find(topology, "gain.1.1")], gain - graph.nodes);
	assert_int_equal(nodes[topology_find(topology, "gain.3.2")], GRAPH_NONE);
}

static void sizes_can_be_multiplied(void **state)
{
	load("chain-dp");
	ask(1, 1, AUDIO_S16);
	request.size_factor = 2;
	made("1,2,5");
	assert_int_equal(node_of("eqiir.5.1")->heap_bytes, 65536);
	assert_int_equal(node_of("eqiir.5.1")->stack_bytes, 32768);
	assert_int_equal(node_of("eqiir.5.1")->domain_id, 7);
	assert_int_equal(graph.pipelines[2].id, 5);
	assert_int_equal(graph.pipelines[2].priority, 1);
}

static void data_of_a_bytes_control_are_sent(void **state)
{
	const struct graph_node *eqiir;

	load("eqiir");
	ask(2, 2, AUDIO_S32);
	made("1,2,3,4");
	eqiir = node_of("eqiir.1.1");
	assert_int_equal(eqiir->blob_count, 1);
	assert_string_equal(eqiir->blobs[0].from, "control 'Playback eqiir bytes'");
	assert_int_equal(eqiir->blobs[0].param_id, 0);
	assert_int_equal(eqiir->blobs[0].size, 88);
	assert_true(eqiir->send_pins);
	assert_int_equal(eqiir->input_pin_count, 1);
	assert_int_equal(eqiir->output_pin_count, 1);
	assert_int_equal(eqiir->output_pins[0].obs, 384);
	assert_int_equal(node_of("eqiir.3.2")->blob_count, 0);
	assert_int_equal(node_of("eqiir.3.2")->instance_id, 1);
}

static void a_file_of_another_sample_format_is_converted(void **state)
{
	const struct graph_node *copier;
	uint32_t words[10];

	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 48000);
	craft_in_format(&craft, 48000, 2, 16, 16);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_PGA, "gain", gain_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "gain", "gain", "dai", NULL });
	load_crafted();
	ask(1, 1, AUDIO_S16);
	outputs[0].has_sample = true;
	outputs[0].sample = AUDIO_S24;
	made("1");
	assert_int_equal(graph.node_count, 5);
	copier = node_of("host.copier");
	assert_memory_equal(copier->uuid, copier_uuid, 16);
	expect_format(&copier->base.audio_fmt, 48000, 2, 16, 16);
	assert_int_equal(copier->base.ibs, 192);
	assert_int_equal(copier->base.obs, 384);
	assert_int_equal(copier->init_size, 40);
	memcpy(words, copier->init_data, sizeof(words));
	assert_int_equal(words[0], 48000);
	assert_int_equal(words[1], 32);
	assert_int_equal(words[5] & 0xffff, 2 | 32 << 8);
	assert_int_equal(words[7], 0xffffffff);
	assert_int_equal(copier->output_pin_count, 1);
	expect_format(&copier->output_pins[0].audio_fmt, 48000, 2, 32, 32);
	copier = node_of("dai.copier");
	assert_int_equal(copier->instance_id, 1);
	expect_format(&copier->base.audio_fmt, 48000, 2, 32, 32);
	expect_format(&copier->output_pins[0].audio_fmt, 48000, 2, 32, 24);
	assert_int_equal(graph.files[1].format.sample, AUDIO_S24);
	expect_edge("host", 0, "host.copier", 0);
	expect_edge("host.copier", 0, "gain", 0);
	expect_edge("gain", 0, "dai.copier", 0);
	expect_edge("dai.copier", 0, "dai", 0);
}

static void channels_are_those_that_the_topologys_copier_makes(void **state)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 0, 48000);
	craft_in_format(&craft, 48000, 1, 16, 16);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 0);
	craft_out_format(&craft, 48000, 4, 32, 32);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "dai", NULL });
	load_crafted();
	ask(1, 1, AUDIO_S16);
	inputs[0].format = format_of(48000, 1, AUDIO_S16);
	made("1");
	assert_int_equal(graph.files[1].format.channels, 4);
	expect_format(&node_of("host.copier")->base.audio_fmt, 48000, 1, 16, 16);
	expect_format(&node_of("host.copier")->output_pins[0].audio_fmt, 48000, 2, 32, 32);
	expect_format(&node_of("dai.copier")->output_pins[0].audio_fmt, 48000, 4, 32, 32);
	graph_free(&graph);

	/* Three channels are nowhere in the topology. */
	inputs[0].format = format_of(48000, 3, AUDIO_S16);
	topology_choice_free(&choice);
	expect_refusal(make("1"),
		       "host: a.wav is 48000 Hz 3 ch S16, expected one of: 48000 Hz 1 ch");
}

static void converters_make_the_rate_that_is_wanted(void **state)
{
	const struct graph_node *src;

	load("src");
	ask(1, 1, AUDIO_S16);
	inputs[0].format = format_of(44100, 2, AUDIO_S16);
	made("1,2");
	src = node_of("src.1.1");
	expect_format(&src->base.audio_fmt, 44100, 2, 16, 16);
	assert_int_equal(src->base.ibs, 45 * 4);
	assert_int_equal(src->base.obs, 192);
	assert_int_equal(src->init_size, 4);
	assert_memory_equal(src->init_data, (&(const uint32_t){ 48000 }), 4);
	assert_int_equal(graph.files[1].format.rate, 48000);
	assert_int_equal(src->output_pin_count, 1);

	load("asrc");
	outputs[0].rate = 8000;
	inputs[0].format = format_of(48000, 2, AUDIO_S16);
	made("3,4");
	assert_int_equal(graph.files[1].format.rate, 8000);
	assert_memory_equal(node_of("asrc.3.2")->init_data, ((const uint32_t[]){ 8000, 2 }), 8);

	load("src");
	outputs[0].rate = 12345;
	expect_refusal(make("3,4"), "src.3.2: no output format of 12345 Hz, 2 channels, 16 bits");
	load("src");
	outputs[0].rate = 44100;
	expect_refusal(make("1,2"), "dai-copier.HDA.Link.playback: it gives 48000 Hz 2 ch S16, "
				    "1.wav was asked to have 44100 Hz and 2 channels");
	load("gain");
	outputs[0].rate = 0;
	outputs[0].channels = 1;
	expect_refusal(make("1,2"), "1.wav was asked to have 48000 Hz and 1 channels");
}

static void a_rate_that_the_topology_lacks_is_refused_or_taken(void **state)
{
	load("src");
	ask(1, 1, AUDIO_S32);
	inputs[0].format = format_of(50000, 2, AUDIO_S32);
	expect_refusal(make("1,2"),
		       "a.wav is 50000 Hz 2 ch S32, expected one of: 8000 Hz 2 ch S16");

	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_EFFECT, "effect", gain_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "effect", "effect", "dai", NULL });
	load_crafted();
	inputs[0].format = format_of(44100, 2, AUDIO_S32);
	expect_refusal(make("1"), "host: a.wav is 44100 Hz");
	topology_choice_free(&choice);
	memset(&why, 0, sizeof(why));
	request.any_rate = true;
	made("1");
	assert_int_equal(graph.files[1].format.rate, 44100);
	expect_format(&node_of("effect")->base.audio_fmt, 44100, 2, 32, 32);
	/* 48 frames at 48 kHz are 44.1 here, rounded up. */
	assert_int_equal(node_of("effect")->base.ibs, 45 * 8);
	expect_format(&node_of("effect")->output_pins[0].audio_fmt, 44100, 2, 32, 32);
	/* What is wrong besides is told in the topology's own terms. */
	graph_free(&graph);
	topology_choice_free(&choice);
	inputs[0].format = format_of(44100, 1, AUDIO_S32);
	expect_refusal(make("1"), "expected one of: 48000 Hz 2 ch S32");
}

static void what_does_not_fit_on_the_way_is_refused(void **state)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_EFFECT, "effect", gain_uuid, 0, 48000);
	craft_in_format(&craft, 48000, 2, 16, 16);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "effect", "effect", "dai", NULL });
	load_crafted();
	ask(1, 1, AUDIO_S32);
	expect_refusal(make("1"), "x.tplg: effect: host gives 48000 Hz 2 ch S32, expected one of: "
				  "48000 Hz 2 ch S16");
}

static void formats_that_are_no_samples_here_are_refused(void **state)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 0);
	craft_out_format(&craft, 48000, 2, 8, 8);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 0, 0);
	craft_in_format(&craft, 48000, 2, 8, 8);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "dai", NULL });
	load_crafted();
	ask(1, 1, AUDIO_S16);
	expect_refusal(make("1"), "host: 48000 Hz 2 ch S8: expected interleaved S16, S24 or S32");
}

static void modules_without_formats_or_uuid_are_refused(void **state)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_EFFECT, "effect", gain_uuid, 48000, 0);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "effect", "effect", "dai", NULL });
	load_crafted();
	ask(1, 1, AUDIO_S32);
	expect_refusal(make("1"), "effect: it lists no output format");

	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_widget(&craft, SND_SOC_TPLG_DAPM_EFFECT, "effect", "");
	craft_in_format(&craft, 48000, 2, 32, 32);
	craft_out_format(&craft, 48000, 2, 32, 32);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "effect", "effect", "dai", NULL });
	load_crafted();
	expect_refusal(make("1"), "widget 'effect': it has no UUID");
}

static void several_inputs_are_mixed(void **state)
{
	load("mix-dp");
	ask(2, 1, AUDIO_S32);
	made("1,2,3");
	assert_int_equal(graph.pipeline_count, 3);
	assert_string_equal(graph.nodes[graph.files[0].node].name, "host-copier.0.playback");
	assert_string_equal(graph.nodes[graph.files[1].node].name, "host-copier.1.playback");
	expect_edge("mixin.1.1", 0, "mixout.3.1", 0);
	expect_edge("mixin.2.2", 0, "mixout.3.1", 1);
	graph_free(&graph);
	topology_choice_free(&choice);
	/* One of the two alone: what nothing feeds stays out. */
	request.input_count = 1;
	made("2,3");
	assert_int_equal(graph.file_count, 2);
	expect_edge("mixin.2.2", 0, "mixout.3.1", 0);
	graph_free(&graph);
	topology_choice_free(&choice);
	/* Two formats do not mix. */
	request.input_count = 2;
	inputs[1].format = format_of(48000, 2, AUDIO_S16);
	expect_refusal(make("1,2,3"), "mixout.3.1: mixin.1.1 gives 48000 Hz 2 ch S32 and mixin.2.2 "
				      "48000 Hz 2 ch S16, expected one format");
}

static void several_outputs_go_where_bindings_say(void **state)
{
	load("crossover-dp");
	ask(1, 2, AUDIO_S32);
	made("1,2,3");
	assert_string_equal(graph.nodes[graph.files[1].node].name, "dai-copier.HDA.Low.playback");
	assert_string_equal(graph.files[1].path, "1.wav");
	expect_edge("crossover.1.1", 0, "dai-copier.HDA.Low.playback", 0);
	expect_edge("crossover.1.1", 1, "dai-copier.HDA.High.playback", 0);
	assert_int_equal(node_of("crossover.1.1")->output_pin_count, 2);
	assert_int_equal(node_of("crossover.1.1")->output_pins[1].pin_index, 1);

	load("mux");
	ask(2, 1, AUDIO_S16);
	made("1,2,3");
	expect_edge("dai-copier.HDA.First.capture", 0, "mux.3.1", 0);
	expect_edge("dai-copier.HDA.Second.capture", 0, "mux.3.1", 1);
	assert_int_equal(node_of("mux.3.1")->input_pin_count, 2);
}

static void a_copier_is_told_of_its_other_outputs(void **state)
{
	const struct graph_node *copier;
	uint32_t words[13];

	load("split");
	ask(1, 2, AUDIO_S24);
	made("1,2,3");
	copier = node_of("module-copier.1.1");
	expect_edge("module-copier.1.1", 0, "dai-copier.HDA.Left.playback", 0);
	expect_edge("module-copier.1.1", 1, "gain.3.1", 0);
	assert_int_equal(copier->blob_count, 1);
	assert_int_equal(copier->blobs[0].param_id, 2);
	assert_int_equal(copier->blobs[0].size, sizeof(words));
	memcpy(words, copier->blobs[0].payload, sizeof(words));
	assert_int_equal(words[0], 1);
	assert_int_equal(words[1], 48000);
	assert_int_equal(words[7], 48000);
	assert_int_equal(words[12] & 0xffff, 2 | 24 << 8);
}

static void an_input_that_feeds_several_gets_a_copier(void **state)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_OUT, "mic", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_OUT, "one", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_OUT, "two", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "mic", "one", "mic", "two", NULL });
	load_crafted();
	ask(1, 2, AUDIO_S32);
	made("1");
	expect_edge("mic", 0, "mic.copier", 0);
	expect_edge("mic.copier", 0, "one", 0);
	expect_edge("mic.copier", 1, "two", 0);
	assert_int_equal(node_of("mic.copier")->blob_count, 1);
}

static void pins_that_do_not_suffice_are_refused(void **state)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_OUT, "mic", copier_uuid, 48000, 48000);
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, TOKEN_COMP_NUM_OUTPUT_PINS, 3);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_EFFECT, "effect", gain_uuid, 48000, 48000);
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, TOKEN_COMP_NUM_INPUT_PINS, 2);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_OUT, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "mic", "effect", "mic", "effect", "mic",
						    "effect", "effect", "host", NULL });
	load_crafted();
	ask(1, 1, AUDIO_S32);
	expect_refusal(make("1"), "effect: it has 2 input pins, mic is one too many");

	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_OUT, "mic", copier_uuid, 48000, 48000);
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, TOKEN_COMP_NUM_OUTPUT_PINS, 2);
	craft_array(&craft, TPLG_TUPLE_STRING);
	craft_text(&craft, TOKEN_COMP_OUTPUT_PIN_BINDING, "somebody");
	craft_text(&craft, TOKEN_COMP_OUTPUT_PIN_BINDING, "else");
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_OUT, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "mic", "host", NULL });
	load_crafted();
	expect_refusal(make("1"), "mic: none of its 2 output pins is bound to host");
}

static void ends_in_the_middle_of_a_way_are_refused(void **state)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "behind", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "dai", "dai", "behind", NULL });
	load_crafted();
	ask(1, 2, AUDIO_S32);
	expect_refusal(make("1"), "dai: an output end that feeds behind");

	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "other", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "dai", "other", "dai", NULL });
	load_crafted();
	ask(2, 1, AUDIO_S32);
	expect_refusal(make("1"), "dai: an output end that is fed by other");

	craft.size = craft.block;
	craft_routes(&craft, (const char *const[]){ "host", "other", "other", "dai", NULL });
	load_crafted();
	expect_refusal(make("1"), "other: an input end that is fed by host");
}

static void loops_are_refused(void **state)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_MIXER, "mixer", gain_uuid, 48000, 48000);
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, TOKEN_COMP_NUM_INPUT_PINS, 8);
	craft_value(&craft, TOKEN_COMP_NUM_OUTPUT_PINS, 8);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_PGA, "gain", gain_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "mixer", "mixer", "gain", "gain",
						    "mixer", "mixer", "dai", NULL });
	load_crafted();
	ask(1, 1, AUDIO_S32);
	expect_refusal(make("1"), "it is part of a loop");
	craft.size = craft.block;
	craft_routes(&craft, (const char *const[]){ "host", "mixer", "mixer", "mixer", "mixer",
						    "dai", NULL });
	load_crafted();
	expect_refusal(make("1"), "mixer: it is part of a loop");
}

static void a_route_that_is_there_twice_is_one(void **state)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_PGA, "gain", gain_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "gain", "gain", "dai", "host", "gain",
						    "gain", "dai", NULL });
	load_crafted();
	ask(1, 1, AUDIO_S32);
	made("1");
	assert_int_equal(graph.edge_count, 2);
	assert_int_equal(graph.node_count, 3);
}

static void begin_blob(const void *data, uint32_t size)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_EFFECT, "effect", gain_uuid, 48000, 48000);
	craft_widget_end(&craft, 1);
	craft_bytes(&craft, "b", 4096, data, size);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "effect", "effect", "dai", NULL });
	load_crafted();
	ask(1, 1, AUDIO_S32);
}

static void control_data_must_be_blobs(void **state)
{
	uint32_t words[9] = { 0x34464f53, 200, 4, 0x0301d001, 0, 0, 0, 0, 77 };

	begin_blob(words, sizeof(words));
	made("1");
	assert_int_equal(node_of("effect")->blobs[0].param_id, 200);
	assert_memory_equal(node_of("effect")->blobs[0].payload, &words[8], 4);
	begin_blob(words, 31);
	expect_refusal(make("1"), "control 'b': 31 bytes of data, expected an ABI header of 32");
	words[0] = 0x00464f53;
	begin_blob(words, sizeof(words));
	expect_refusal(make("1"), "its data begin with 0x464f53, expected the magic of IPC4");
	words[0] = 0x34464f53;
	words[2] = 5;
	begin_blob(words, sizeof(words));
	expect_refusal(make("1"), "its ABI header tells of 5 bytes, 4 follow");
	words[2] = 0xffffffff;
	begin_blob(words, sizeof(words));
	expect_refusal(make("1"), "tells of 4294967295 bytes");
	words[1] = 256;
	words[2] = 4;
	begin_blob(words, sizeof(words));
	expect_refusal(make("1"), "parameter id 256, expected up to 255");
	/* A header alone is no configuration. */
	words[1] = words[2] = 0;
	begin_blob(words, 32);
	made("1");
	assert_int_equal(node_of("effect")->blob_count, 0);
}

static void pipelines_that_are_not_there_are_refused(void **state)
{
	load("gain");
	ask(1, 1, AUDIO_S16);
	expect_refusal(choose("1,7"), "gain.tplg: no pipeline 7, there are 1,2,3,4");
	load("gain");
	expect_refusal(choose("1"), "pipelines 1 hold no way from an input to an output");
	load("gain");
	expect_refusal(choose("2,3"), "pipelines 2,3 hold no way");
	load("gain");
	ask(2, 1, AUDIO_S16);
	expect_refusal(make("1,2"),
		       "these pipelines have 1 inputs and 1 outputs, there are 2 input "
		       "and 1 output files");
}

static void pipeline_ids_above_a_byte_are_renumbered(void **state)
{
	craft_init(&craft);
	craft_pipeline(&craft, 300);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_pipeline(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "host", "dai", NULL });
	load_crafted();
	ask(1, 1, AUDIO_S32);
	made("0,300");
	assert_int_equal(graph.pipeline_count, 2);
	assert_int_equal(graph.pipelines[graph.nodes[graph.files[0].node].pipeline].id, 1);
	assert_int_equal(graph.pipelines[graph.nodes[graph.files[1].node].pipeline].id, 0);
}

static int find(void)
{
	return topology_graph_choose(topology, &request, &choice, &choices, &choice_count, &why);
}

static void the_only_way_is_found(void **state)
{
	char text[256];

	load("mix");
	ask(2, 1, AUDIO_S16);
	assert_int_equal(find(), 0);
	assert_string_equal(topology_choice_text(topology, &choice, text, sizeof(text)),
			    "-p 1,2,3: host-copier.0.playback (First) and host-copier.1.playback "
			    "(Second) to dai-copier.HDA.Link.playback (Link)");
	load("crossover");
	ask(1, 2, AUDIO_S16);
	assert_int_equal(find(), 0);
	load("chain");
	ask(2, 2, AUDIO_S16);
	assert_int_equal(find(), 0);
	assert_int_equal(choice.input_count, 2);
	/* Only playback takes 44.1 kHz at its input. */
	load("src");
	ask(1, 1, AUDIO_S16);
	inputs[0].format = format_of(44100, 2, AUDIO_S16);
	assert_int_equal(find(), 0);
	assert_non_null(
		strstr(topology_choice_text(topology, &choice, text, sizeof(text)), "-p 1,2:"));
	/* With any rate allowed too: what fits as it is goes first. */
	topology_choice_free(&choice);
	request.any_rate = true;
	assert_int_equal(find(), 0);
}

static void several_ways_are_listed(void **state)
{
	char text[256];

	load("gain");
	ask(1, 1, AUDIO_S16);
	expect_refusal(find(), "gain.tplg: 2 ways to run it with these files, choose one with -p");
	assert_int_equal(choice_count, 2);
	assert_string_equal(topology_choice_text(topology, &choices[0], text, sizeof(text)),
			    "-p 1,2: host-copier.0.playback (Playback) to "
			    "dai-copier.HDA.Link.playback (Link)");
	assert_string_equal(topology_choice_text(topology, &choices[1], text, sizeof(text)),
			    "-p 3,4: dai-copier.HDA.Link.capture (Link) to "
			    "host-copier.0.capture (Capture)");
	/* A text that does not fit is cut. */
	assert_int_equal(strlen(topology_choice_text(topology, &choices[0], text, 10)), 9);
}

static void no_way_says_why(void **state)
{
	load("mix");
	ask(3, 3, AUDIO_S16);
	expect_refusal(find(), "no pipelines with 3 inputs and 3 outputs, choose some with -p");
	load("gain");
	ask(1, 1, AUDIO_S16);
	inputs[0].format = format_of(96000, 2, AUDIO_S16);
	expect_refusal(find(), "gain.tplg: 2 ways to run it, none fits these files; the first: "
			       "host-copier.0.playback: a.wav is 96000 Hz");
	load("mux");
	ask(2, 1, AUDIO_S16);
	inputs[1].format = format_of(96000, 2, AUDIO_S16);
	expect_refusal(find(), "dai-copier.HDA.Second.capture: b.wav is 96000 Hz 2 ch S16");
}

static void a_generator_needs_no_input(void **state)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_SIGGEN, "tone", gain_uuid, 0, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_OUT, "host", copier_uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_routes(&craft, (const char *const[]){ "tone", "host", NULL });
	load_crafted();
	ask(0, 1, AUDIO_S32);
	assert_int_equal(choose("1"), 0);
	assert_int_equal(choice.input_count, 0);
	assert_int_equal(choice.output_count, 1);
	/* How long it plays is for the one who runs it to say; without that it is no graph yet. */
	assert_int_equal(topology_graph_make(topology, &choice, &request, &graph, NULL, &why),
			 -EINVAL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(both_directions_of_every_module_make_a_graph, clean),
		cmocka_unit_test_teardown(a_host_copier_becomes_the_file_of_the_pcm, clean),
		cmocka_unit_test_teardown(sizes_can_be_multiplied, clean),
		cmocka_unit_test_teardown(data_of_a_bytes_control_are_sent, clean),
		cmocka_unit_test_teardown(a_file_of_another_sample_format_is_converted, clean),
		cmocka_unit_test_teardown(channels_are_those_that_the_topologys_copier_makes,
					  clean),
		cmocka_unit_test_teardown(converters_make_the_rate_that_is_wanted, clean),
		cmocka_unit_test_teardown(a_rate_that_the_topology_lacks_is_refused_or_taken,
					  clean),
		cmocka_unit_test_teardown(what_does_not_fit_on_the_way_is_refused, clean),
		cmocka_unit_test_teardown(formats_that_are_no_samples_here_are_refused, clean),
		cmocka_unit_test_teardown(modules_without_formats_or_uuid_are_refused, clean),
		cmocka_unit_test_teardown(several_inputs_are_mixed, clean),
		cmocka_unit_test_teardown(several_outputs_go_where_bindings_say, clean),
		cmocka_unit_test_teardown(a_copier_is_told_of_its_other_outputs, clean),
		cmocka_unit_test_teardown(an_input_that_feeds_several_gets_a_copier, clean),
		cmocka_unit_test_teardown(pins_that_do_not_suffice_are_refused, clean),
		cmocka_unit_test_teardown(ends_in_the_middle_of_a_way_are_refused, clean),
		cmocka_unit_test_teardown(loops_are_refused, clean),
		cmocka_unit_test_teardown(a_route_that_is_there_twice_is_one, clean),
		cmocka_unit_test_teardown(control_data_must_be_blobs, clean),
		cmocka_unit_test_teardown(pipelines_that_are_not_there_are_refused, clean),
		cmocka_unit_test_teardown(pipeline_ids_above_a_byte_are_renumbered, clean),
		cmocka_unit_test_teardown(the_only_way_is_found, clean),
		cmocka_unit_test_teardown(several_ways_are_listed, clean),
		cmocka_unit_test_teardown(no_way_says_why, clean),
		cmocka_unit_test_teardown(a_generator_needs_no_input, clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
