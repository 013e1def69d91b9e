/* SPDX-License-Identifier: BSD-3-Clause */
#include "topology_graph.h"

#include <errno.h>
#include <kernel/abi.h>
#include <sndfile.h>
#include <sof/lib/uuid.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio_format.h"
#include "blob.h"
#include "topology_pick.h"
#include "topology_widget.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ipc4_peak_volume_config, channel_id: the values are for all. */
#define ALL_CHANNELS 0xffffffffu
/* ipc4_copier_gateway_cfg, node_id: no gateway. */
#define NO_GATEWAY 0xffffffffu
/* Parameter of a copier: what one of its outputs shall be. */
#define COPIER_SET_SINK_FORMAT 2

/* SOF's struct sof_abi_hdr. */
struct abi_header {
	uint32_t magic, type, size, abi, reserved[4];
};

struct copier_init {
	struct ipc4_audio_format out;
	uint32_t features, node_id, dma_buffer_size, config_length;
};

struct copier_sink {
	uint32_t sink;
	struct ipc4_audio_format source_format, sink_format;
};

/* Nodes that a widget stands for. The same, unless a copier is between file and pipeline. */
struct pair {
	size_t outer; /* the file's; GRAPH_NONE: no node yet */
	size_t inner; /* the one that modules are connected to */
};

struct building {
	const struct topology *topology;
	const struct topology_choice *choice;
	const struct topology_request *request;
	const struct topology_plan *plan;
	struct graph *graph;
	struct pair *pairs; /* one a widget */
	size_t *pipelines;  /* the graph's, one a pipeline of the topology */
	struct problem *why;
};

static bool has_id(const struct graph *graph, uint32_t id)
{
	size_t i;

	for (i = 0; i < graph->pipeline_count; i++)
		if (graph->pipelines[i].id == id)
			return true;
	return false;
}

/* The graph numbers pipelines with a byte; those of a topology that do not fit are renumbered. */
static int add_pipeline(struct building *building, size_t at, uint32_t id)
{
	const struct topology_pipeline *from = &building->topology->pipelines[at];
	struct graph_pipeline *pipeline;
	int ret;

	ret = graph_add_pipeline(building->graph, (uint8_t)id,
				 from->direction ? GRAPH_CAPTURE : GRAPH_PLAYBACK,
				 &building->pipelines[at]);
	if (ret)
		return ret;
	pipeline = &building->graph->pipelines[building->pipelines[at]];
	pipeline->priority = (uint8_t)from->priority;
	pipeline->core = (uint8_t)from->core;
	pipeline->low_power = from->low_power;
	return 0;
}

static int add_pipelines(struct building *building)
{
	const struct topology *topology = building->topology;
	bool *takes_part;
	uint32_t id = 0;
	size_t i;
	int ret = 0;

	takes_part = calloc(topology->pipeline_count + 1, sizeof(*takes_part));
	if (!takes_part)
		return -ENOMEM;
	for (i = 0; i < topology->widget_count; i++)
		if (building->choice->widgets[i])
			takes_part[topology->widgets[i].pipeline] = true;
	for (i = 0; !ret && i < topology->pipeline_count; i++)
		if (takes_part[i] && topology->pipelines[i].id <= UINT8_MAX)
			ret = add_pipeline(building, i, topology->pipelines[i].id);
	for (i = 0; !ret && i < topology->pipeline_count; i++) {
		if (!takes_part[i] || topology->pipelines[i].id <= UINT8_MAX)
			continue;
		while (id < UINT8_MAX && has_id(building->graph, id))
			id++;
		ret = add_pipeline(building, i, id);
	}
	free(takes_part);
	return ret;
}

/* Numbers instances of one module: no two nodes of it have the same. */
static void number_instance(struct building *building, size_t at)
{
	struct graph_node *node = &building->graph->nodes[at];
	unsigned int number = 0;
	size_t i;

	for (i = 0; i < at; i++)
		number += building->graph->nodes[i].file == GRAPH_NONE &&
			  !memcmp(building->graph->nodes[i].uuid, node->uuid, sizeof(node->uuid));
	node->instance_id = (uint8_t)number;
}

static int set_copier(struct graph_node *node, const struct ipc4_audio_format *out)
{
	struct copier_init init = { .out = *out, .node_id = NO_GATEWAY };

	return graph_set_init_data(node, &init, sizeof(init));
}

static int show_output(struct graph_node *node, const struct topology_format *out)
{
	struct ipc4_output_pin_format pin = { 0, out->bytes, out->audio };

	return graph_add_output_pin(node, &pin);
}

/* A copier between an end's file and the pipeline: in to out. */
static int add_copier(struct building *building, size_t widget, const struct topology_format *in,
		      const struct topology_format *out, size_t *at)
{
	static const struct sof_uuid copier = SOF_REG_UUID(copier);
	const struct topology_widget *from = &building->topology->widgets[widget];
	char name[TPLG_NAME_SIZE + 8];
	struct graph_node *node;
	int ret;

	snprintf(name, sizeof(name), "%s.copier", from->from->name);
	ret = graph_add_node(building->graph, name, NULL, building->pipelines[from->pipeline], at);
	if (ret)
		return ret;
	node = &building->graph->nodes[*at];
	memcpy(node->uuid, &copier, sizeof(node->uuid));
	number_instance(building, *at);
	node->core = (uint8_t)from->core;
	node->base.cpc = from->cpc;
	node->base.is_pages = from->is_pages;
	node->base.ibs = in->bytes;
	node->base.obs = out->bytes;
	node->base.audio_fmt = in->audio;
	ret = set_copier(node, &out->audio);
	return ret ? ret : show_output(node, out);
}

/* Channels that nobody says otherwise of are where the pipeline has them. */
static struct topology_format outer_format(const struct topology_format *outer,
					   const struct topology_format *inner)
{
	struct topology_format format = *outer;

	if (format.audio.channels_count == inner->audio.channels_count) {
		format.audio.ch_map = inner->audio.ch_map;
		format.audio.ch_cfg = inner->audio.ch_cfg;
	}
	return format;
}

/* A container's subtype that holds the sample's bits, where the given one is of another sample. */
static int with_subtype(int sndfile_format, enum audio_sample sample)
{
	static const int subtypes[] = { [AUDIO_S16] = SF_FORMAT_PCM_16,
					[AUDIO_S24] = SF_FORMAT_PCM_24,
					[AUDIO_S32] = SF_FORMAT_PCM_32 };

	if (audio_subtype_of(sndfile_format)->sample == sample)
		return sndfile_format;
	return (sndfile_format & ~SF_FORMAT_SUBMASK) | subtypes[sample];
}

static int add_file(struct building *building, size_t widget, size_t *node)
{
	const struct topology_widget *from = &building->topology->widgets[widget];
	const struct topology_part *part = &building->plan->parts[widget];
	const struct topology_request *request = building->request;
	enum graph_file_end end = from->source ? GRAPH_FILE_INPUT : GRAPH_FILE_OUTPUT;
	struct audio_format format;
	const char *path;
	size_t file;
	int ret;

	if (from->source) {
		path = request->inputs[part->file].path;
		format = request->inputs[part->file].format;
	} else {
		path = request->outputs[part->file].path;
		ret = graph_audio_format(&part->out.audio, &format);
		if (ret)
			return ret;
		format.sndfile_format =
			with_subtype(request->outputs[part->file].sndfile_format, format.sample);
	}
	ret = graph_add_file(building->graph, path, end, &format, from->from->name,
			     building->pipelines[from->pipeline], &file);
	if (!ret)
		*node = building->graph->files[file].node;
	return ret;
}

static int add_end(struct building *building, size_t widget)
{
	const struct topology_widget *from = &building->topology->widgets[widget];
	const struct topology_part *part = &building->plan->parts[widget];
	struct pair *pair = &building->pairs[widget];
	struct topology_format in = part->in, out = part->out;
	int ret = 0;

	if (from->source) {
		ret = add_file(building, widget, &pair->outer);
		pair->inner = pair->outer;
		in = outer_format(&part->in, &part->out);
	} else {
		out = outer_format(&part->out, &part->in);
	}
	if (!ret && part->convert)
		ret = add_copier(building, widget, &in, &out, &pair->inner);
	if (!ret && !from->source) {
		ret = add_file(building, widget, &pair->outer);
		if (!part->convert)
			pair->inner = pair->outer;
	}
	if (ret || !part->convert)
		return ret;
	return graph_add_edge(building->graph, from->source ? pair->outer : pair->inner, 0,
			      from->source ? pair->inner : pair->outer, 0);
}

/* What the modules that have a configuration of their own are given at their making. */
static int set_own_data(const struct topology_widget *from, const struct topology_part *part,
			struct graph_node *node)
{
	uint32_t gain[] = { ALL_CHANNELS,	  from->init_value,
			    from->curve_type,	  0,
			    from->curve_duration, 0 };
	uint32_t src[] = { (uint32_t)part->out.audio.sampling_frequency };
	uint32_t asrc[] = { (uint32_t)part->out.audio.sampling_frequency, from->operation_mode };

	switch (from->kind) {
	case TOPOLOGY_GAIN:
		return graph_set_init_data(node, gain, sizeof(gain));
	case TOPOLOGY_SRC:
		return graph_set_init_data(node, src, sizeof(src));
	case TOPOLOGY_ASRC:
		return graph_set_init_data(node, asrc, sizeof(asrc));
	case TOPOLOGY_COPIER:
		return set_copier(node, &part->out.audio);
	default:
		return 0;
	}
}

/* Format of a pin that is not the first: what is connected there, else what is listed for it. */
static const struct ipc4_audio_format *pin_format(const struct building *building, size_t widget,
						  bool output, unsigned int pin, uint32_t *bytes)
{
	const struct topology_widget *from = &building->topology->widgets[widget];
	const struct topology_part *part = &building->plan->parts[widget];
	const struct topology_format *first = output ? &part->out : &part->in;
	const struct topology_format *listed =
		topology_pick_pin(output ? &from->out : &from->in, pin);
	const struct topology_link *link;
	size_t i;

	*bytes = listed && pin ? listed->bytes : first->bytes;
	if (pin == 0)
		return &first->audio;
	for (i = 0; i < building->plan->link_count; i++) {
		link = &building->plan->links[i];
		if (output ? link->from == widget && link->from_queue == pin :
			     link->to == widget && link->to_queue == pin)
			return &link->audio;
	}
	return listed ? &listed->audio : &first->audio;
}

static int add_pins(struct building *building, size_t widget, struct graph_node *node)
{
	const struct topology_widget *from = &building->topology->widgets[widget];
	const struct topology_part *part = &building->plan->parts[widget];
	struct ipc4_output_pin_format out;
	struct ipc4_input_pin_format in;
	unsigned int i, inputs, outputs;
	int ret = 0;

	inputs = part->has_in ? (from->in.count ? from->in.count : 1) : 0;
	outputs = part->has_out ? (from->out.count ? from->out.count : 1) : 0;
	for (i = 0; !ret && i < inputs; i++) {
		in.pin_index = i;
		in.audio_fmt = *pin_format(building, widget, false, i, &in.ibs);
		ret = graph_add_input_pin(node, &in);
	}
	for (i = 0; !ret && i < outputs; i++) {
		out.pin_index = i;
		out.audio_fmt = *pin_format(building, widget, true, i, &out.obs);
		ret = graph_add_output_pin(node, &out);
	}
	node->send_pins = true;
	return ret;
}

/* Data of a bytes control: an ABI header, whose type is the parameter, and the payload. */
static int add_blob(struct building *building, const struct tplg_control *control,
		    struct graph_node *node)
{
	const char *file = building->topology->file->name;
	char from[TPLG_NAME_SIZE + 12];
	struct abi_header abi;

	if (!control->data.size)
		return 0;
	if (control->data.size < sizeof(abi))
		return problem_set(
			building->why, EXIT_BAD_INPUT, EINVAL,
			"%s: offset %zu: control '%s': %zu bytes of data, expected an ABI "
			"header of %zu",
			file, control->data.offset, control->name, control->data.size, sizeof(abi));
	memcpy(&abi, control->data.bytes, sizeof(abi));
	if (abi.magic != SOF_IPC4_ABI_MAGIC)
		return problem_set(
			building->why, EXIT_BAD_INPUT, EINVAL,
			"%s: offset %zu: control '%s': its data begin with %#x, expected "
			"the magic of IPC4, %#x",
			file, control->data.offset, control->name, abi.magic, SOF_IPC4_ABI_MAGIC);
	if (abi.size != control->data.size - sizeof(abi) || abi.size > BLOB_BYTES_MAX)
		return problem_set(
			building->why, EXIT_BAD_INPUT, EINVAL,
			"%s: offset %zu: control '%s': its ABI header tells of %u bytes, "
			"%zu follow",
			file, control->data.offset, control->name, abi.size,
			control->data.size - sizeof(abi));
	if (abi.type > UINT8_MAX)
		return problem_set(
			building->why, EXIT_BAD_INPUT, EINVAL,
			"%s: offset %zu: control '%s': parameter id %u, expected up to %u", file,
			control->data.offset, control->name, abi.type, UINT8_MAX);
	if (!abi.size)
		return 0;
	snprintf(from, sizeof(from), "control '%s'", control->name);
	return graph_add_blob(node, from, abi.type, control->data.bytes + sizeof(abi), abi.size);
}

static int add_blobs(struct building *building, const struct topology_widget *from,
		     struct graph_node *node)
{
	const struct tplg_file *file = building->topology->file;
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < from->from->control_count; i++) {
		const struct tplg_control *control = &file->controls[from->from->first_control + i];

		if (control->kind == TPLG_CONTROL_BYTES)
			ret = add_blob(building, control, node);
	}
	return ret;
}

static uint32_t scaled(const struct building *building, uint32_t bytes)
{
	unsigned int factor = building->request->size_factor;

	return factor > 1 && bytes <= UINT32_MAX / factor ? bytes * factor : bytes;
}

static int add_module(struct building *building, size_t widget)
{
	const struct topology_widget *from = &building->topology->widgets[widget];
	const struct topology_part *part = &building->plan->parts[widget];
	struct pair *pair = &building->pairs[widget];
	struct graph_node *node;
	int ret;

	if (!from->has_uuid)
		return topology_bad(building->topology->file, from->from, building->why,
				    "it has no UUID, which says what module it is");
	ret = graph_add_node(building->graph, from->from->name, NULL,
			     building->pipelines[from->pipeline], &pair->inner);
	if (ret)
		return ret;
	pair->outer = pair->inner;
	node = &building->graph->nodes[pair->inner];
	memcpy(node->uuid, from->uuid, sizeof(node->uuid));
	number_instance(building, pair->inner);
	node->core = (uint8_t)from->core;
	node->base.cpc = from->cpc;
	node->base.is_pages = from->is_pages;
	node->base.ibs = part->in.bytes;
	node->base.obs = part->has_out ? part->out.bytes : 0;
	node->base.audio_fmt = part->has_in ? part->in.audio : part->out.audio;
	node->dp = from->sched == TOPOLOGY_SCHED_DP;
	node->domain_id = from->domain_id;
	node->heap_bytes = scaled(building, from->heap_bytes);
	node->stack_bytes = scaled(building, from->stack_bytes);
	ret = set_own_data(from, part, node);
	if (!ret && from->kind == TOPOLOGY_PROCESS)
		ret = add_pins(building, widget, node);
	else if (!ret && part->has_in && part->has_out &&
		 !topology_same_stream(&part->in.audio, &part->out.audio))
		ret = show_output(node, &part->out);
	return ret ? ret : add_blobs(building, from, node);
}

/* A copier makes its first output by itself; of the others it is told. */
static int tell_copier(struct graph_node *node, const struct topology_link *link)
{
	struct copier_sink sink = { link->from_queue, node->base.audio_fmt, link->audio };

	return graph_add_blob(node, "connection", COPIER_SET_SINK_FORMAT, &sink, sizeof(sink));
}

static int add_links(struct building *building)
{
	const struct topology *topology = building->topology;
	const struct topology_link *link;
	unsigned int queue;
	size_t i, k;
	int ret = 0;

	for (i = 0; !ret && i < building->plan->link_count; i++) {
		const struct topology_widget *from;
		size_t node;

		link = &building->plan->links[i];
		from = &topology->widgets[link->from];
		node = building->pairs[link->from].inner;
		queue = link->from_queue;
		/* An end's own pins say nothing of a copier that is put in for it. */
		if (topology_is_end(from))
			for (k = 0, queue = 0; k < i; k++)
				queue += building->plan->links[k].from == link->from;
		ret = graph_add_edge(building->graph, node, queue, building->pairs[link->to].inner,
				     link->to_queue);
		if (!ret && queue > 0 && (topology_is_end(from) || from->kind == TOPOLOGY_COPIER))
			ret = tell_copier(&building->graph->nodes[node], link);
	}
	return ret;
}

/* Output ends come last, so that the graph's files are in the order of the request's. */
static int build(struct building *building)
{
	const struct topology_choice *choice = building->choice;
	const struct topology_plan *plan = building->plan;
	const struct topology_widget *widget;
	size_t i;
	int ret = add_pipelines(building);

	for (i = 0; !ret && i < choice->input_count; i++)
		ret = add_end(building, choice->inputs[i]);
	for (i = 0; !ret && i < plan->order_count; i++) {
		widget = &building->topology->widgets[plan->order[i]];
		if (!topology_is_end(widget))
			ret = add_module(building, plan->order[i]);
	}
	for (i = 0; !ret && i < choice->output_count; i++)
		ret = add_end(building, choice->outputs[i]);
	return ret ? ret : add_links(building);
}

static int make(const struct topology *topology, const struct topology_choice *choice,
		const struct topology_request *request, struct graph *graph, size_t *nodes,
		struct problem *why)
{
	struct building building = { .topology = topology,
				     .choice = choice,
				     .request = request,
				     .graph = graph,
				     .why = why };
	struct topology_plan plan;
	size_t i;
	int ret;

	graph_init(graph);
	ret = topology_plan_make(topology, choice, request, &plan, why);
	if (ret)
		return ret;
	building.plan = &plan;
	building.pairs = calloc(topology->widget_count + 1, sizeof(*building.pairs));
	building.pipelines = calloc(topology->pipeline_count + 1, sizeof(*building.pipelines));
	if (building.pairs && building.pipelines) {
		for (i = 0; i < topology->widget_count; i++)
			building.pairs[i] = (struct pair){ GRAPH_NONE, GRAPH_NONE };
		ret = build(&building);
	} else {
		ret = -ENOMEM;
	}
	for (i = 0; !ret && nodes && i < topology->widget_count; i++)
		nodes[i] = building.pairs[i].outer;
	free(building.pairs);
	free(building.pipelines);
	topology_plan_free(&plan);
	if (!ret)
		ret = graph_check(graph, why);
	if (ret) {
		graph_free(graph);
		if (ret == -ENOMEM)
			problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	}
	return ret;
}

int topology_graph_make(const struct topology *topology, const struct topology_choice *choice,
			const struct topology_request *request, struct graph *graph, size_t *nodes,
			struct problem *why)
{
	struct topology_request strict = *request;
	struct problem unfit = { 0 }, relaxed = { 0 };
	int ret;

	strict.any_rate = false;
	ret = make(topology, choice, &strict, graph, nodes, &unfit);
	if (ret == -EINVAL && request->any_rate) {
		ret = make(topology, choice, request, graph, nodes, &relaxed);
		if (ret == -ENOMEM)
			unfit = relaxed;
	}
	if (ret && why->code == EXIT_DONE)
		*why = unfit;
	return ret;
}
