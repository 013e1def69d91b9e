/* SPDX-License-Identifier: BSD-3-Clause */
#include "graph.h"

#include <errno.h>
#include <ipc4/module.h>
#include <stdlib.h>
#include <string.h>

void graph_init(struct graph *graph)
{
	memset(graph, 0, sizeof(*graph));
}

static void node_free(struct graph_node *node)
{
	size_t i;

	for (i = 0; i < node->blob_count; i++) {
		free(node->blobs[i].from);
		free(node->blobs[i].memory);
	}
	for (i = 0; i < node->request_count; i++)
		free(node->requests[i]);
	free(node->requests);
	free(node->blobs);
	free(node->input_pins);
	free(node->output_pins);
	free(node->init_data);
	free(node->module);
	free(node->name);
}

void graph_free(struct graph *graph)
{
	size_t i;

	for (i = 0; i < graph->node_count; i++)
		node_free(&graph->nodes[i]);
	for (i = 0; i < graph->file_count; i++)
		free(graph->files[i].path);
	graph_free_events(graph);
	free(graph->pipelines);
	free(graph->nodes);
	free(graph->edges);
	free(graph->files);
	graph_init(graph);
}

/* One more zeroed element, or NULL. Arrays double whenever their count is a power of two. */
static void *append(void **array, size_t *count, size_t size)
{
	size_t room = *count ? 2 * *count : 1, bytes;
	void *grown;

	if (!(*count & (*count - 1))) {
		if (__builtin_mul_overflow(room, size, &bytes))
			return NULL;
		grown = realloc(*array, bytes);
		if (!grown)
			return NULL;
		*array = grown;
	}
	grown = (char *)*array + *count * size;
	memset(grown, 0, size);
	++*count;
	return grown;
}

#define APPEND(array, count) append((void **)&(array), &(count), sizeof((array)[0]))

static void *copy_of(const void *bytes, size_t size)
{
	void *copy = malloc(size ? size : 1);

	if (copy && size)
		memcpy(copy, bytes, size);
	return copy;
}

static char *copy_of_text(const char *text)
{
	return copy_of(text, strlen(text) + 1);
}

int graph_add_pipeline(struct graph *graph, uint8_t id, enum graph_direction direction,
		       size_t *index)
{
	struct graph_pipeline *pipeline = APPEND(graph->pipelines, graph->pipeline_count);

	if (!pipeline)
		return -ENOMEM;
	pipeline->id = id;
	pipeline->direction = direction;
	if (index)
		*index = graph->pipeline_count - 1;
	return 0;
}

int graph_add_node(struct graph *graph, const char *name, const char *module, size_t pipeline,
		   size_t *index)
{
	char *own_name = copy_of_text(name);
	char *own_module = module ? copy_of_text(module) : NULL;
	struct graph_node *node = NULL;

	if (own_name && (own_module || !module))
		node = APPEND(graph->nodes, graph->node_count);
	if (!node) {
		free(own_name);
		free(own_module);
		return -ENOMEM;
	}
	node->name = own_name;
	node->module = own_module;
	node->pipeline = pipeline;
	node->file = GRAPH_NONE;
	if (index)
		*index = graph->node_count - 1;
	return 0;
}

static size_t ends_of_kind(const struct graph *graph, enum graph_file_end end)
{
	size_t i, count = 0;

	for (i = 0; i < graph->file_count; i++)
		count += graph->files[i].end == end;
	return count;
}

int graph_add_file(struct graph *graph, const char *path, enum graph_file_end end,
		   const struct audio_format *format, const char *name, size_t pipeline,
		   size_t *index)
{
	const char *module = end == GRAPH_FILE_INPUT ? "file-source" : "file-sink";
	char *own_path = copy_of_text(path);
	size_t number = ends_of_kind(graph, end), at;
	struct graph_file *file = NULL;

	if (own_path)
		file = APPEND(graph->files, graph->file_count);
	if (!file || graph_add_node(graph, name ? name : module, module, pipeline, &at)) {
		free(own_path);
		graph->file_count -= file != NULL;
		return -ENOMEM;
	}
	file->path = own_path;
	file->end = end;
	file->format = *format;
	file->node = at;
	graph->nodes[at].file = graph->file_count - 1;
	graph->nodes[at].instance_id = (uint8_t)number;
	graph_base_config(&graph->nodes[at].base, format, 1);
	if (index)
		*index = graph->file_count - 1;
	return 0;
}

int graph_add_edge(struct graph *graph, size_t from, unsigned int from_queue, size_t to,
		   unsigned int to_queue)
{
	struct graph_edge *edge = APPEND(graph->edges, graph->edge_count);

	if (!edge)
		return -ENOMEM;
	*edge = (struct graph_edge){ from, to, from_queue, to_queue };
	return 0;
}

int graph_add_input_pin(struct graph_node *node, const struct ipc4_input_pin_format *pin)
{
	struct ipc4_input_pin_format *added = APPEND(node->input_pins, node->input_pin_count);

	if (!added)
		return -ENOMEM;
	*added = *pin;
	return 0;
}

int graph_add_output_pin(struct graph_node *node, const struct ipc4_output_pin_format *pin)
{
	struct ipc4_output_pin_format *added = APPEND(node->output_pins, node->output_pin_count);

	if (!added)
		return -ENOMEM;
	*added = *pin;
	return 0;
}

int graph_set_init_data(struct graph_node *node, const void *data, size_t size)
{
	void *copy = copy_of(data, size);

	if (!copy)
		return -ENOMEM;
	free(node->init_data);
	node->init_data = copy;
	node->init_size = size;
	return 0;
}

int graph_add_blob(struct graph_node *node, const char *from, uint32_t param_id,
		   const void *payload, size_t size)
{
	char *own_from = copy_of_text(from);
	uint8_t *memory = copy_of(payload, size);
	struct graph_blob *blob = NULL;

	if (own_from && memory)
		blob = APPEND(node->blobs, node->blob_count);
	if (!blob) {
		free(own_from);
		free(memory);
		return -ENOMEM;
	}
	*blob = (struct graph_blob){ own_from, param_id, memory, size, memory };
	return 0;
}

int graph_add_request(struct graph_node *node, const char *request)
{
	char *own = copy_of_text(request);
	char **added = own ? APPEND(node->requests, node->request_count) : NULL;

	if (!added) {
		free(own);
		return -ENOMEM;
	}
	*added = own;
	return 0;
}

static enum ipc4_channel_config channel_config(unsigned int channels)
{
	switch (channels) {
	case 1:
		return IPC4_CHANNEL_CONFIG_MONO;
	case 2:
		return IPC4_CHANNEL_CONFIG_STEREO;
	case 3:
		return IPC4_CHANNEL_CONFIG_2_POINT_1;
	case 4:
		return IPC4_CHANNEL_CONFIG_QUATRO;
	case 5:
		return IPC4_CHANNEL_CONFIG_5_POINT_0;
	case 6:
		return IPC4_CHANNEL_CONFIG_5_POINT_1;
	default:
		return IPC4_CHANNEL_CONFIG_7_POINT_1;
	}
}

void graph_base_config(struct ipc4_base_module_cfg *base, const struct audio_format *format,
		       unsigned int period_ms)
{
	/* Rounded down, so that a period's data is there in every period of an uneven rate. */
	uint32_t frames = (uint32_t)((uint64_t)format->rate * period_ms / 1000);
	unsigned int channel;

	memset(base, 0, sizeof(*base));
	base->ibs = (frames ? frames : 1) * format->frame_bytes;
	base->obs = base->ibs;
	base->audio_fmt.sampling_frequency = (enum ipc4_sampling_frequency)format->rate;
	base->audio_fmt.depth = format->sample == AUDIO_S16 ? IPC4_DEPTH_16BIT : IPC4_DEPTH_32BIT;
	base->audio_fmt.valid_bit_depth = format->sample == AUDIO_S16 ? 16 :
					  format->sample == AUDIO_S24 ? 24 :
									32;
	base->audio_fmt.channels_count = format->channels & 0xff;
	base->audio_fmt.ch_cfg = channel_config(format->channels);
	base->audio_fmt.interleaving_style = IPC4_CHANNELS_INTERLEAVED;
	base->audio_fmt.s_type = IPC4_TYPE_LSB_INTEGER;
	/* Four bits a channel, its slot; slots in file order, unused ones all ones. */
	for (channel = 0; channel < 8; channel++)
		base->audio_fmt.ch_map |= (channel < format->channels ? channel : 0xfu)
					  << (4 * channel);
}

int graph_audio_format(const struct ipc4_audio_format *fmt, struct audio_format *format)
{
	unsigned int bits = fmt->valid_bit_depth;

	memset(format, 0, sizeof(*format));
	if (fmt->interleaving_style != IPC4_CHANNELS_INTERLEAVED || !fmt->channels_count ||
	    fmt->channels_count > AUDIO_CHANNELS_MAX || !fmt->sampling_frequency ||
	    (uint32_t)fmt->sampling_frequency > AUDIO_RATE_MAX)
		return -EINVAL;
	if (fmt->depth == IPC4_DEPTH_16BIT && bits == 16)
		format->sample = AUDIO_S16;
	else if (fmt->depth == IPC4_DEPTH_32BIT && bits == 24 &&
		 fmt->s_type != IPC4_TYPE_MSB_INTEGER)
		format->sample = AUDIO_S24;
	else if (fmt->depth == IPC4_DEPTH_32BIT && bits == 32)
		format->sample = AUDIO_S32;
	else
		return -EINVAL;
	format->rate = fmt->sampling_frequency;
	format->channels = fmt->channels_count;
	format->sample_bytes = format->sample == AUDIO_S16 ? 2 : 4;
	format->frame_bytes = format->channels * format->sample_bytes;
	return 0;
}

size_t graph_init_message_bytes(const struct graph_node *node)
{
	size_t pins = node->send_pins ? ipc4_calc_base_module_cfg_ext_size(node->input_pin_count,
									   node->output_pin_count) :
					0;

	return sizeof(node->base) + pins + node->init_size;
}

static unsigned int block_ms(uint32_t bytes, const struct ipc4_audio_format *fmt)
{
	uint64_t a_second = (uint64_t)fmt->channels_count * (fmt->depth / 8u) *
			    (uint32_t)fmt->sampling_frequency;
	uint64_t ms = a_second ? bytes * 1000ull / a_second : 0;

	return ms > 3600000 ? 3600000 : (unsigned int)ms;
}

unsigned int graph_period_ms(const struct graph_node *node)
{
	const struct ipc4_audio_format *out =
		node->output_pin_count ? &node->output_pins[0].audio_fmt : &node->base.audio_fmt;
	unsigned int in_ms = block_ms(node->base.ibs, &node->base.audio_fmt);
	unsigned int out_ms = block_ms(node->base.obs, out);
	unsigned int ms = in_ms > out_ms ? in_ms : out_ms;

	return ms ? ms : 1;
}
