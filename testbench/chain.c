/* SPDX-License-Identifier: BSD-3-Clause */
#include "chain.h"

#include <errno.h>
#include <ipc4/module.h>
#include <stdio.h>
#include <string.h>

#include "blob.h"

#define PIPELINE      1
#define INSTANCES_MAX 256

/* What is compiled, into what. */
struct chain {
	const struct options *options;
	struct graph *graph;
	struct problem *why;
	size_t pipeline;
	size_t first, last; /* nodes of the first module and of the last so far */
	unsigned int dp_modules;
};

static int told(struct chain *chain, int ret)
{
	return ret == -ENOMEM ? problem_set(chain->why, EXIT_RUN_FAILED, ENOMEM, "out of memory") :
				ret;
}

static bool same_format(const struct audio_format *a, const struct audio_format *b)
{
	return a->rate == b->rate && a->channels == b->channels && a->sample == b->sample;
}

static int check_files(const struct options *options, const struct audio_format *inputs,
		       struct problem *why)
{
	size_t i;

	if (options->input_count > IPC4_MAX_DST_QUEUE)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "-i: %zu files, a module has at most %d inputs",
				   options->input_count, IPC4_MAX_DST_QUEUE);
	if (options->output_count > IPC4_MAX_SRC_QUEUE)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "-o: %zu files, a module has at most %d outputs",
				   options->output_count, IPC4_MAX_SRC_QUEUE);
	for (i = 1; i < options->input_count; i++)
		if (!same_format(&inputs[0], &inputs[i]))
			return problem_set(
				why, EXIT_BAD_INPUT, EINVAL,
				"%s has %u Hz, %u channels, %s, but %s has %u Hz, %u channels, "
				"%s: inputs of a module must agree",
				options->inputs[i], inputs[i].rate, inputs[i].channels,
				audio_sample_name(inputs[i].sample), options->inputs[0],
				inputs[0].rate, inputs[0].channels,
				audio_sample_name(inputs[0].sample));
	return 0;
}

static int add_files(struct chain *chain, enum graph_file_end end,
		     const struct audio_format *formats, bool format_each)
{
	const struct options *options = chain->options;
	bool input = end == GRAPH_FILE_INPUT;
	const char *const *paths = input ? options->inputs : options->outputs;
	size_t count = input ? options->input_count : options->output_count, i;
	int ret = 0;

	for (i = 0; !ret && i < count; i++)
		ret = graph_add_file(chain->graph, paths[i], end, &formats[format_each ? i : 0],
				     NULL, chain->pipeline, NULL);
	return told(chain, ret);
}

static struct graph_node *node_of(struct chain *chain, size_t node)
{
	return &chain->graph->nodes[node];
}

static int read_blob(struct chain *chain, size_t node, const char *path)
{
	struct blob blob;
	int ret = blob_read(path, &blob, chain->why);

	if (ret)
		return ret;
	ret = graph_add_blob(node_of(chain, node), path, blob.param_id, blob.payload, blob.size);
	blob_free(&blob);
	return told(chain, ret);
}

static int read_init_data(struct chain *chain, size_t node, const char *path)
{
	struct blob blob;
	int ret = blob_read(path, &blob, chain->why);

	if (ret)
		return ret;
	if (blob.size % sizeof(uint32_t))
		ret = problem_set(chain->why, EXIT_BAD_INPUT, EINVAL,
				  "%s: %zu bytes of init data, a multiple of 4 is expected", path,
				  blob.size);
	if (!ret)
		ret = told(chain,
			   graph_set_init_data(node_of(chain, node), blob.payload, blob.size));
	if (!ret)
		ret = told(chain, graph_add_request(node_of(chain, node), path));
	blob_free(&blob);
	return ret;
}

static int request(struct chain *chain, size_t node, unsigned long number, const char *unit)
{
	char text[48];

	snprintf(text, sizeof(text), "%lu %s", number, unit);
	return told(chain, graph_add_request(node_of(chain, node), text));
}

/* A module's output after its input, and its block after the input's. */
static void change_output(struct graph_node *node, const struct module_choice *choice,
			  unsigned int period_ms, struct audio_format *format)
{
	uint64_t frames = node->base.ibs / format->frame_bytes;

	/* Rounded up: what a period's input may come to must find room. */
	if (choice->rate && choice->rate != format->rate) {
		frames = ((uint64_t)choice->rate * period_ms + 999) / 1000;
		format->rate = choice->rate;
	}
	if (choice->channels)
		format->channels = choice->channels;
	format->frame_bytes = format->channels * format->sample_bytes;
	node->base.obs = (uint32_t)frames * format->frame_bytes;
}

static int add_pins(struct chain *chain, size_t index, size_t inputs, size_t outputs,
		    const struct audio_format *out)
{
	struct graph_node *node = node_of(chain, index);
	struct ipc4_input_pin_format input = { 0, node->base.ibs, node->base.audio_fmt };
	struct ipc4_output_pin_format output = { 0, node->base.obs, node->base.audio_fmt };
	struct ipc4_base_module_cfg base;
	int ret = 0;

	graph_base_config(&base, out, 1);
	output.audio_fmt = base.audio_fmt;
	for (; !ret && input.pin_index < inputs; input.pin_index++)
		ret = graph_add_input_pin(node, &input);
	for (; !ret && output.pin_index < outputs; output.pin_index++)
		ret = graph_add_output_pin(node, &output);
	ret = told(chain, ret);
	if (!ret && inputs > 1)
		ret = request(chain, index, inputs, "inputs");
	if (!ret && outputs > 1)
		ret = request(chain, index, outputs, "outputs");
	return ret;
}

static int add_formats(struct chain *chain, size_t index, size_t number,
		       struct audio_format *format)
{
	const struct options *options = chain->options;
	const struct module_choice *choice = &options->modules[number];
	unsigned int period_ms = choice->dp ? options->dp_period_ms : 1;
	size_t inputs = number ? 1 : options->input_count;
	size_t outputs = number + 1 < options->module_count ? 1 : options->output_count;
	struct audio_format in = *format;
	int ret = 0;

	graph_base_config(&node_of(chain, index)->base, &in, period_ms);
	change_output(node_of(chain, index), choice, period_ms, format);
	if (format->rate != in.rate)
		ret = request(chain, index, format->rate, "Hz");
	if (!ret && format->channels != in.channels)
		ret = request(chain, index, format->channels, "channels");
	return ret ? ret : add_pins(chain, index, inputs, outputs, format);
}

static int add_module(struct chain *chain, size_t number, struct audio_format *format)
{
	const struct options *options = chain->options;
	const struct module_choice *choice = &options->modules[number];
	struct graph_node *node;
	char name[96];
	size_t index;
	int ret;

	if (choice->number >= INSTANCES_MAX)
		return problem_set(chain->why, EXIT_BAD_INPUT, EINVAL,
				   "-m: more than %d instances of %s", INSTANCES_MAX, choice->name);
	snprintf(name, sizeof(name), "%s.%u", choice->name, choice->number);
	ret = graph_add_node(chain->graph, name, choice->name, chain->pipeline, &index);
	if (ret)
		return told(chain, ret);
	node = node_of(chain, index);
	node->instance_id = (uint8_t)choice->number;
	node->dp = choice->dp;
	if (node->dp)
		node->core = (uint8_t)(chain->dp_modules++ % options->board.cores);
	node->domain_id = choice->domain_id;
	node->heap_bytes = (uint32_t)options->heap_bytes;
	node->stack_bytes = (uint32_t)options->stack_bytes;
	ret = add_formats(chain, index, number, format);
	if (!ret && choice->blob_path)
		ret = read_blob(chain, index, choice->blob_path);
	if (!ret && choice->init_path)
		ret = read_init_data(chain, index, choice->init_path);
	if (!ret && number)
		ret = told(chain, graph_add_edge(chain->graph, chain->last, 0, index, 0));
	if (!number)
		chain->first = index;
	chain->last = index;
	return ret;
}

static int connect_files(struct chain *chain)
{
	unsigned int inputs = 0, outputs = 0;
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < chain->graph->file_count; i++) {
		const struct graph_file *file = &chain->graph->files[i];

		if (file->end == GRAPH_FILE_INPUT)
			ret = graph_add_edge(chain->graph, file->node, 0, chain->first, inputs++);
		else
			ret = graph_add_edge(chain->graph, chain->last, outputs++, file->node, 0);
	}
	return told(chain, ret);
}

int chain_compile(const struct options *options, const struct audio_format *inputs,
		  struct graph *graph, struct problem *why)
{
	struct chain chain = { .options = options, .graph = graph, .why = why };
	struct audio_format format = inputs[0];
	size_t i;
	int ret = check_files(options, inputs, why);

	if (ret)
		return ret;
	ret = told(&chain, graph_add_pipeline(graph, PIPELINE, GRAPH_PLAYBACK, &chain.pipeline));
	if (!ret)
		ret = add_files(&chain, GRAPH_FILE_INPUT, inputs, true);
	for (i = 0; !ret && i < options->module_count; i++)
		ret = add_module(&chain, i, &format);
	if (!ret)
		ret = add_files(&chain, GRAPH_FILE_OUTPUT, &format, false);
	return ret ? ret : connect_files(&chain);
}
