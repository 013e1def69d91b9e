/* SPDX-License-Identifier: BSD-3-Clause */
#include "topology_plan.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "graph.h"
#include "topology_pick.h"
#include "tplg_cursor.h"

struct planning {
	const struct topology *topology;
	const struct topology_choice *choice;
	const struct topology_request *request;
	struct topology_plan *plan;
	struct problem *why;
};

bool topology_same_stream(const struct ipc4_audio_format *a, const struct ipc4_audio_format *b)
{
	return a->sampling_frequency == b->sampling_frequency &&
	       a->channels_count == b->channels_count && a->depth == b->depth &&
	       a->valid_bit_depth == b->valid_bit_depth;
}

static const char *name_of(const struct planning *planning, size_t widget)
{
	return planning->topology->widgets[widget].from->name;
}

static int refuse(const struct planning *planning, size_t widget, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static int refuse(const struct planning *planning, size_t widget, const char *format, ...)
{
	char text[400];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return problem_set(planning->why, EXIT_BAD_INPUT, EINVAL, "%s: %s: %s",
			   planning->topology->file->name, name_of(planning, widget), text);
}

/* The pin that a connection is at, or -EINVAL. */
static int queue_of(const struct planning *planning, size_t widget,
		    const struct topology_pins *pins, size_t other, uint8_t *used,
		    const char *which, unsigned int *queue)
{
	unsigned int count = pins->count ? pins->count : 1, i;

	*queue = 0;
	if (count == 1)
		return 0;
	if (pins->bindings) {
		for (i = 0; i < count; i++) {
			if (strcmp(pins->bindings[i], name_of(planning, other)))
				continue;
			*queue = i;
			return 0;
		}
		return refuse(planning, widget, "none of its %u %s pins is bound to %s", count,
			      which, name_of(planning, other));
	}
	for (i = 0; i < count && *used & 1u << i; i++)
		;
	if (i == count)
		return refuse(planning, widget, "it has %u %s pins, %s is one too many", count,
			      which, name_of(planning, other));
	*used |= (uint8_t)(1u << i);
	*queue = i;
	return 0;
}

/* A route that a topology has twice is one connection. */
static bool is_there(const struct topology_plan *plan, const struct topology_link *link)
{
	const struct topology_link *other;

	for (other = plan->links; other < link; other++)
		if (other->from == link->from && other->to == link->to &&
		    other->from_queue == link->from_queue && other->to_queue == link->to_queue)
			return true;
	return false;
}

static int collect_links(struct planning *planning)
{
	const struct topology *topology = planning->topology;
	const struct topology_route *route;
	struct topology_link *link;
	uint8_t *used;
	size_t i;
	int ret = 0;

	/* Bits of output queues, then of input queues. */
	used = calloc(2 * topology->widget_count + 1, 1);
	if (!used)
		return -ENOMEM;
	for (i = 0; !ret && i < topology->route_count; i++) {
		route = &topology->routes[i];
		if (!planning->choice->widgets[route->from] ||
		    !planning->choice->widgets[route->to])
			continue;
		link = tplg_grow((void **)&planning->plan->links, &planning->plan->link_count,
				 sizeof(*link));
		if (!link) {
			ret = -ENOMEM;
			break;
		}
		link->from = route->from;
		link->to = route->to;
		ret = queue_of(planning, route->from, &topology->widgets[route->from].out,
			       route->to, &used[route->from], "output", &link->from_queue);
		if (!ret)
			ret = queue_of(planning, route->to, &topology->widgets[route->to].in,
				       route->from, &used[topology->widget_count + route->to],
				       "input", &link->to_queue);
		if (!ret && is_there(planning->plan, link))
			planning->plan->link_count--;
	}
	free(used);
	return ret;
}

/* Those that wait for nothing first; links of the plan are few enough to be walked for each. */
static int sort_widgets(struct planning *planning)
{
	const struct topology *topology = planning->topology;
	struct topology_plan *plan = planning->plan;
	size_t *waits, chosen = 0, done = 0, i, k;
	int ret = 0;

	plan->order = calloc(topology->widget_count + 1, sizeof(*plan->order));
	waits = calloc(topology->widget_count + 1, sizeof(*waits));
	if (!plan->order || !waits) {
		free(waits);
		return -ENOMEM;
	}
	for (i = 0; i < plan->link_count; i++)
		waits[plan->links[i].to]++;
	for (i = 0; i < topology->widget_count; i++) {
		if (!planning->choice->widgets[i])
			continue;
		chosen++;
		if (!waits[i])
			plan->order[plan->order_count++] = i;
	}
	for (; done < plan->order_count; done++) {
		for (i = 0; i < plan->link_count; i++) {
			k = plan->links[i].to;
			if (plan->links[i].from == plan->order[done] && --waits[k] == 0)
				plan->order[plan->order_count++] = k;
		}
	}
	for (i = 0; plan->order_count < chosen && i < topology->widget_count; i++) {
		if (!waits[i] || !planning->choice->widgets[i])
			continue;
		ret = refuse(planning, i, "it is part of a loop");
		break;
	}
	free(waits);
	return ret;
}

/* A format that this program has. */
static int check_format(const struct planning *planning, size_t widget,
			const struct ipc4_audio_format *audio)
{
	struct audio_format format;
	char text[64];

	if (!graph_audio_format(audio, &format))
		return 0;
	return refuse(planning, widget,
		      "%s: expected interleaved S16, S24 or S32 of 1 to %d channels",
		      topology_format_text(audio, text), AUDIO_CHANNELS_MAX);
}

static void fill_bytes(struct topology_format *format)
{
	uint32_t frames = ((uint32_t)format->audio.sampling_frequency + 999) / 1000;

	if (!format->bytes)
		format->bytes =
			frames * format->audio.channels_count * ((uint32_t)format->audio.depth / 8);
}

/* What an end says of the files that fit. */
static int refuse_file(const struct planning *planning, size_t widget, const char *path,
		       const struct ipc4_audio_format *audio, const struct topology_pins *pins)
{
	char text[64], list[250];

	return refuse(planning, widget, "%s is %s, expected one of: %s", path,
		      topology_format_text(audio, text),
		      topology_pins_text(pins, list, sizeof(list)));
}

static unsigned int fan_out(const struct planning *planning, size_t widget)
{
	unsigned int count = 0;
	size_t i;

	for (i = 0; i < planning->plan->link_count; i++)
		count += planning->plan->links[i].from == widget;
	return count;
}

static int plan_input(struct planning *planning, size_t at)
{
	const struct topology_widget *widget = &planning->topology->widgets[at];
	struct topology_part *part = &planning->plan->parts[at];
	const struct topology_input *input = &planning->request->inputs[part->file];
	const struct topology_pins *takes =
		widget->kind == TOPOLOGY_HOST ? &widget->in : &widget->out;
	const struct topology_format *picked;
	struct topology_reference reference;
	struct ipc4_base_module_cfg base;
	bool own;

	graph_base_config(&base, &input->format, 1);
	part->in.audio = base.audio_fmt;
	part->in.bytes = base.obs;
	reference = topology_reference(&part->in.audio);
	own = topology_pick(&widget->in, 0, &reference) != NULL;
	picked = topology_pick_only(&widget->out, 0);
	if (!picked) {
		if (topology_only_valid_bits(&widget->out))
			reference.valid_bits = topology_only_valid_bits(&widget->out);
		picked = topology_pick(&widget->out, 0, &reference);
	}
	if (!picked)
		return refuse_file(planning, at, input->path, &part->in.audio, takes);
	part->out = *picked;
	if (planning->request->any_rate && topology_only_rate(&widget->out))
		topology_set_rate(&part->out, input->format.rate);
	if (part->out.audio.sampling_frequency != part->in.audio.sampling_frequency ||
	    (part->out.audio.channels_count != part->in.audio.channels_count && !own))
		return refuse_file(planning, at, input->path, &part->in.audio, takes);
	fill_bytes(&part->out);
	part->has_in = part->has_out = true;
	part->convert = !topology_same_stream(&part->in.audio, &part->out.audio) ||
			fan_out(planning, at) > 1;
	return check_format(planning, at, &part->out.audio);
}

/* What arrives at a pin must be what it takes. */
static int accept(const struct planning *planning, const struct topology_link *link,
		  const struct topology_pins *pins, struct topology_format *format)
{
	struct topology_reference reference = topology_reference(&link->audio);
	const struct topology_format *picked = topology_pick_only(pins, link->to_queue);
	char text[64], list[250];

	if (!picked)
		picked = topology_pick(pins, link->to_queue, &reference);
	if (picked) {
		*format = *picked;
		if (planning->request->any_rate && topology_only_rate(pins))
			topology_set_rate(format, reference.rate);
		fill_bytes(format);
		if (topology_same_stream(&format->audio, &link->audio))
			return check_format(planning, link->to, &format->audio);
	}
	return refuse(planning, link->to, "%s gives %s, expected one of: %s",
		      name_of(planning, link->from), topology_format_text(&link->audio, text),
		      topology_pins_text(pins, list, sizeof(list)));
}

/* What arrives at a further pin: the same as at the first, unless formats are listed for it. */
static int accept_other(const struct planning *planning, const struct topology_link *link,
			const struct topology_link *first)
{
	const struct topology_pins *pins = &planning->topology->widgets[link->to].in;
	struct topology_format format;
	char text[64], others[64];
	int ret = accept(planning, link, pins, &format);

	if (ret || topology_pick_pin(pins, link->to_queue) ||
	    topology_same_stream(&link->audio, &first->audio))
		return ret;
	return refuse(planning, link->to, "%s gives %s and %s %s, expected one format",
		      name_of(planning, first->from), topology_format_text(&first->audio, others),
		      name_of(planning, link->from), topology_format_text(&link->audio, text));
}

static void set_sample(struct ipc4_audio_format *audio, enum audio_sample sample)
{
	static const unsigned int bits[] = { [AUDIO_S16] = 16, [AUDIO_S24] = 24, [AUDIO_S32] = 32 };

	audio->valid_bit_depth = bits[sample];
	audio->depth = sample == AUDIO_S16 ? IPC4_DEPTH_16BIT : IPC4_DEPTH_32BIT;
}

/* Channels of a file behind an end: those that arrive, unless the topology's copier makes others. */
static unsigned int file_channels(const struct topology_widget *widget, unsigned int arriving)
{
	size_t i;

	for (i = 0; i < widget->out.format_count; i++)
		if (widget->out.formats[i].audio.channels_count == arriving)
			return arriving;
	return widget->out.format_count ? widget->out.formats[0].audio.channels_count : arriving;
}

static int plan_output(struct planning *planning, size_t at, const struct topology_link *link)
{
	const struct topology_widget *widget = &planning->topology->widgets[at];
	struct topology_part *part = &planning->plan->parts[at];
	const struct topology_output *output = &planning->request->outputs[part->file];
	unsigned int rate, channels;
	char text[64];
	int ret = accept(planning, link, &widget->in, &part->in);

	if (ret)
		return ret;
	part->out = part->in;
	channels = file_channels(widget, link->audio.channels_count);
	if (channels != link->audio.channels_count)
		part->out.audio = widget->out.formats[0].audio;
	part->out.audio.sampling_frequency = link->audio.sampling_frequency;
	part->out.audio.depth = link->audio.depth;
	part->out.audio.valid_bit_depth = link->audio.valid_bit_depth;
	part->out.audio.s_type = link->audio.s_type;
	if (output->has_sample)
		set_sample(&part->out.audio, output->sample);
	part->out.bytes = 0;
	fill_bytes(&part->out);
	rate = output->rate ? output->rate : (unsigned int)part->out.audio.sampling_frequency;
	channels = output->channels ? output->channels : part->out.audio.channels_count;
	if (rate != (unsigned int)part->out.audio.sampling_frequency ||
	    channels != part->out.audio.channels_count)
		return refuse(
			planning, at, "it gives %s, %s was asked to have %u Hz and %u channels",
			topology_format_text(&part->out.audio, text), output->path, rate, channels);
	part->has_in = part->has_out = true;
	part->convert = !topology_same_stream(&part->in.audio, &part->out.audio);
	return check_format(planning, at, &part->out.audio);
}

/* Rate that a converter is to make. */
static unsigned int converted_rate(const struct planning *planning,
				   const struct topology_widget *widget, unsigned int arriving)
{
	unsigned int only = topology_only_rate(&widget->out);
	size_t i;

	if (only)
		return only;
	if (widget->rate_out)
		return widget->rate_out;
	for (i = 0; i < planning->request->output_count; i++)
		if (planning->request->outputs[i].rate)
			return planning->request->outputs[i].rate;
	return arriving;
}

static bool has_channels(const struct topology_pins *pins, unsigned int channels)
{
	size_t i;

	for (i = 0; i < pins->format_count; i++)
		if (pins->formats[i].audio.channels_count == channels)
			return true;
	return false;
}

/* A module whose outputs have channels that its inputs don't is one that makes them. */
static bool makes_channels(const struct topology_widget *widget)
{
	size_t i;

	for (i = 0; i < widget->out.format_count; i++)
		if (!has_channels(&widget->in, widget->out.formats[i].audio.channels_count))
			return true;
	return false;
}

/* Channels that such a module is to make. */
static unsigned int made_channels(const struct planning *planning,
				  const struct topology_widget *widget, unsigned int arriving)
{
	size_t i;

	for (i = 0; makes_channels(widget) && i < planning->request->output_count; i++)
		if (has_channels(&widget->out, planning->request->outputs[i].channels))
			return planning->request->outputs[i].channels;
	return arriving;
}

static int plan_module_output(struct planning *planning, size_t at)
{
	const struct topology_widget *widget = &planning->topology->widgets[at];
	struct topology_part *part = &planning->plan->parts[at];
	const struct topology_format *picked = topology_pick_only(&widget->out, 0);
	bool converter = widget->kind == TOPOLOGY_SRC || widget->kind == TOPOLOGY_ASRC;
	struct topology_reference reference = topology_reference(&part->in.audio);
	char list[250];

	if (!widget->out.format_count)
		return 0;
	if (!picked) {
		if (converter)
			reference.rate = converted_rate(planning, widget, reference.rate);
		else if (widget->kind == TOPOLOGY_COPIER && topology_only_valid_bits(&widget->out))
			reference.valid_bits = topology_only_valid_bits(&widget->out);
		else if (widget->kind == TOPOLOGY_PROCESS)
			reference.channels = made_channels(planning, widget, reference.channels);
		picked = topology_pick(&widget->out, 0, &reference);
	}
	if (!picked)
		return refuse(planning, at, "no output format of %u Hz, %u channels, %u bits: %s",
			      reference.rate, reference.channels, reference.valid_bits,
			      topology_pins_text(&widget->out, list, sizeof(list)));
	part->out = *picked;
	if (!converter && planning->request->any_rate && part->has_in &&
	    topology_only_rate(&widget->out) &&
	    topology_only_rate(&widget->out) == topology_only_rate(&widget->in))
		topology_set_rate(&part->out, (unsigned int)part->in.audio.sampling_frequency);
	fill_bytes(&part->out);
	part->has_out = true;
	return check_format(planning, at, &part->out.audio);
}

/* What a module gives at a queue that is not the first. */
static void other_queue(const struct planning *planning, struct topology_link *link)
{
	const struct topology_widget *from = &planning->topology->widgets[link->from];
	const struct topology_widget *to = &planning->topology->widgets[link->to];
	const struct topology_part *part = &planning->plan->parts[link->from];
	const struct topology_format *own = topology_pick_pin(&from->out, link->from_queue);
	const struct topology_format *wanted = topology_pick_only(&to->in, link->to_queue);
	bool copier = topology_is_end(from) || from->kind == TOPOLOGY_COPIER;

	if (own)
		link->audio = own->audio;
	else if (copier && wanted &&
		 wanted->audio.sampling_frequency == part->out.audio.sampling_frequency)
		/* A copier makes of its input what each output is told to be. */
		link->audio = wanted->audio;
}

/* A file is at the outer end of a way: an input is fed by nothing, an output by one and feeds none. */
static int check_end(const struct planning *planning, size_t at)
{
	const struct topology_widget *widget = &planning->topology->widgets[at];
	const struct topology_plan *plan = planning->plan;
	unsigned int feeders = 0;
	size_t i;

	for (i = 0; i < plan->link_count; i++) {
		if (plan->links[i].from == at && !widget->source)
			return refuse(planning, at, "an output end that feeds %s",
				      name_of(planning, plan->links[i].to));
		if (plan->links[i].to != at)
			continue;
		if (widget->source || ++feeders > 1)
			return refuse(planning, at, "%s that is fed by %s",
				      widget->source ? "an input end" : "an output end",
				      name_of(planning, plan->links[i].from));
	}
	return 0;
}

static int plan_module(struct planning *planning, size_t at)
{
	struct topology_plan *plan = planning->plan;
	const struct topology_widget *widget = &planning->topology->widgets[at];
	struct topology_part *part = &plan->parts[at];
	const struct topology_link *first = NULL;
	size_t i;
	int ret = 0;

	for (i = 0; i < plan->link_count; i++)
		if (plan->links[i].to == at &&
		    (!first || plan->links[i].to_queue < first->to_queue))
			first = &plan->links[i];
	if (topology_is_end(widget) && check_end(planning, at))
		return -EINVAL;
	if (topology_is_end(widget) && widget->source)
		return plan_input(planning, at);
	if (!first)
		return plan_module_output(planning, at);
	if (topology_is_end(widget))
		return plan_output(planning, at, first);
	ret = accept(planning, first, &widget->in, &part->in);
	part->has_in = true;
	for (i = 0; !ret && i < plan->link_count; i++)
		if (plan->links[i].to == at && &plan->links[i] != first)
			ret = accept_other(planning, &plan->links[i], first);
	return ret ? ret : plan_module_output(planning, at);
}

static int plan_formats(struct planning *planning)
{
	struct topology_plan *plan = planning->plan;
	size_t i, k, at;
	int ret = 0;

	for (i = 0; !ret && i < plan->order_count; i++) {
		at = plan->order[i];
		ret = plan_module(planning, at);
		for (k = 0; !ret && k < plan->link_count; k++) {
			if (plan->links[k].from != at)
				continue;
			if (!plan->parts[at].has_out)
				return refuse(planning, at, "it lists no output format");
			plan->links[k].audio = plan->parts[at].out.audio;
			if (plan->links[k].from_queue > 0)
				other_queue(planning, &plan->links[k]);
		}
	}
	return ret;
}

static int assign_files(struct planning *planning)
{
	const struct topology_choice *choice = planning->choice;
	const struct topology_request *request = planning->request;
	size_t i;

	if (choice->input_count != request->input_count ||
	    choice->output_count != request->output_count)
		return problem_set(planning->why, EXIT_BAD_INPUT, EINVAL,
				   "%s: these pipelines have %zu inputs and %zu outputs, there are "
				   "%zu input and %zu output files",
				   planning->topology->file->name, choice->input_count,
				   choice->output_count, request->input_count,
				   request->output_count);
	for (i = 0; i < choice->input_count; i++)
		planning->plan->parts[choice->inputs[i]].file = i;
	for (i = 0; i < choice->output_count; i++)
		planning->plan->parts[choice->outputs[i]].file = i;
	return 0;
}

int topology_plan_make(const struct topology *topology, const struct topology_choice *choice,
		       const struct topology_request *request, struct topology_plan *plan,
		       struct problem *why)
{
	struct planning planning = { topology, choice, request, plan, why };
	int ret = 0;

	memset(plan, 0, sizeof(*plan));
	plan->parts = calloc(topology->widget_count + 1, sizeof(*plan->parts));
	if (!plan->parts)
		ret = -ENOMEM;
	if (!ret)
		ret = assign_files(&planning);
	if (!ret)
		ret = collect_links(&planning);
	if (!ret)
		ret = sort_widgets(&planning);
	if (!ret)
		ret = plan_formats(&planning);
	if (ret) {
		topology_plan_free(plan);
		if (ret == -ENOMEM)
			problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	}
	return ret;
}

void topology_plan_free(struct topology_plan *plan)
{
	free(plan->links);
	free(plan->parts);
	free(plan->order);
	memset(plan, 0, sizeof(*plan));
}
