/* SPDX-License-Identifier: BSD-3-Clause */
#include "topology_choice.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pairs of ends that are tried for a way: a file made for it has millions. */
#define PAIRS_MAX 1024

struct walk {
	const struct topology *topology;
	const bool *within; /* only these widgets; NULL: all */
	size_t *queue;
};

/* Mark all that can be reached from what is marked, downstream, upstream or both. */
static void spread(struct walk *walk, bool *marked, bool down, bool up)
{
	const struct topology *t = walk->topology;
	size_t head = 0, tail = 0, i, at, next;

	for (i = 0; i < t->widget_count; i++)
		if (marked[i])
			walk->queue[tail++] = i;
	while (head < tail) {
		at = walk->queue[head++];
		for (i = t->first_from[at]; down && i < t->first_from[at + 1]; i++) {
			next = t->routes[t->by_from[i]].to;
			if (!marked[next] && (!walk->within || walk->within[next])) {
				marked[next] = true;
				walk->queue[tail++] = next;
			}
		}
		for (i = t->first_to[at]; up && i < t->first_to[at + 1]; i++) {
			next = t->routes[t->by_to[i]].from;
			if (!marked[next] && (!walk->within || walk->within[next])) {
				marked[next] = true;
				walk->queue[tail++] = next;
			}
		}
	}
}

/* Makes audio of nothing: no input in the topology. */
static bool is_generator(const struct topology *topology, size_t at)
{
	const struct topology_widget *widget = &topology->widgets[at];

	return widget->kind == TOPOLOGY_PROCESS && !widget->in.count &&
	       topology->first_to[at] == topology->first_to[at + 1];
}

static bool is_input(const struct topology_widget *widget)
{
	return topology_is_end(widget) && widget->source;
}

static bool is_output(const struct topology_widget *widget)
{
	return topology_is_end(widget) && !widget->source;
}

void topology_choice_free(struct topology_choice *choice)
{
	free(choice->pipelines);
	free(choice->widgets);
	free(choice->inputs);
	free(choice->outputs);
	memset(choice, 0, sizeof(*choice));
}

static int choice_init(const struct topology *topology, struct topology_choice *choice)
{
	size_t widgets = topology->widget_count ? topology->widget_count : 1;
	size_t pipelines = topology->pipeline_count ? topology->pipeline_count : 1;

	memset(choice, 0, sizeof(*choice));
	choice->pipelines = calloc(pipelines, sizeof(*choice->pipelines));
	choice->widgets = calloc(widgets, sizeof(*choice->widgets));
	choice->inputs = calloc(widgets, sizeof(*choice->inputs));
	choice->outputs = calloc(widgets, sizeof(*choice->outputs));
	if (choice->pipelines && choice->widgets && choice->inputs && choice->outputs)
		return 0;
	topology_choice_free(choice);
	return -ENOMEM;
}

/* Room for the walks of one call. */
struct scratch {
	bool *within, *from, *to;
	size_t *queue;
};

static void scratch_free(struct scratch *scratch)
{
	free(scratch->within);
	free(scratch->from);
	free(scratch->to);
	free(scratch->queue);
}

static int scratch_init(const struct topology *topology, struct scratch *scratch)
{
	size_t widgets = topology->widget_count ? topology->widget_count : 1;

	scratch->within = calloc(widgets, sizeof(bool));
	scratch->from = calloc(widgets, sizeof(bool));
	scratch->to = calloc(widgets, sizeof(bool));
	scratch->queue = calloc(widgets, sizeof(size_t));
	if (scratch->within && scratch->from && scratch->to && scratch->queue)
		return 0;
	scratch_free(scratch);
	return -ENOMEM;
}

/* From the pipelines to the widgets that take part. */
static void settle(const struct topology *topology, struct topology_choice *choice,
		   struct scratch *scratch)
{
	struct walk walk = { topology, scratch->within, scratch->queue };
	const struct topology_widget *widget;
	size_t i;

	for (i = 0; i < topology->widget_count; i++) {
		widget = &topology->widgets[i];
		scratch->within[i] = topology_is_module(widget) &&
				     widget->pipeline != TOPOLOGY_NONE &&
				     choice->pipelines[widget->pipeline];
		scratch->from[i] =
			scratch->within[i] && (is_input(widget) || is_generator(topology, i));
		scratch->to[i] = scratch->within[i] && is_output(widget);
	}
	spread(&walk, scratch->from, true, false);
	spread(&walk, scratch->to, false, true);
	choice->input_count = choice->output_count = 0;
	for (i = 0; i < topology->widget_count; i++) {
		widget = &topology->widgets[i];
		choice->widgets[i] = scratch->from[i] && scratch->to[i];
		if (choice->widgets[i] && is_input(widget))
			choice->inputs[choice->input_count++] = i;
		if (choice->widgets[i] && is_output(widget))
			choice->outputs[choice->output_count++] = i;
	}
}

static void list_ids(const struct topology *topology, const bool *marked, char *text, size_t size)
{
	size_t i, at = 0;

	text[0] = '\0';
	for (i = 0; i < topology->pipeline_count && at < size; i++)
		if (!marked || marked[i])
			at += (size_t)snprintf(text + at, size - at, "%s%u", at ? "," : "",
					       topology->pipelines[i].id);
}

int topology_choose(const struct topology *topology, const uint32_t *ids, size_t count,
		    struct topology_choice *choice, struct problem *why)
{
	struct scratch scratch;
	char list[200];
	size_t i, k;
	int ret = choice_init(topology, choice);

	if (!ret && scratch_init(topology, &scratch)) {
		topology_choice_free(choice);
		ret = -ENOMEM;
	}
	if (ret)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	for (i = 0; !ret && i < count; i++) {
		for (k = 0; k < topology->pipeline_count; k++)
			if (topology->pipelines[k].id == ids[i])
				break;
		if (k < topology->pipeline_count) {
			choice->pipelines[k] = true;
			continue;
		}
		list_ids(topology, NULL, list, sizeof(list));
		ret = problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s: no pipeline %u, there are %s",
				  topology->file->name, ids[i], list[0] ? list : "none");
	}
	if (!ret) {
		settle(topology, choice, &scratch);
		list_ids(topology, choice->pipelines, list, sizeof(list));
		if (!choice->output_count)
			ret = problem_set(why, EXIT_BAD_INPUT, EINVAL,
					  "%s: pipelines %s hold no way from an input to an output",
					  topology->file->name, list);
	}
	scratch_free(&scratch);
	if (ret)
		topology_choice_free(choice);
	return ret;
}

struct search {
	const struct topology *topology;
	size_t inputs, outputs; /* wanted */
	struct topology_choice *found;
	size_t count, capacity;
	struct scratch scratch;
	bool *marked, *back;
};

static bool same_widgets(const struct search *search, const struct topology_choice *a,
			 const struct topology_choice *b)
{
	return !memcmp(a->widgets, b->widgets, search->topology->widget_count * sizeof(bool));
}

/* Keep the pipelines of the marked widgets, if they have the ends that are wanted and are new. */
static int offer(struct search *search, const bool *marked)
{
	const struct topology *topology = search->topology;
	struct topology_choice *choice;
	size_t i;

	if (search->count == TOPOLOGY_CHOICES_MAX)
		return 0;
	choice = &search->found[search->count];
	if (choice_init(topology, choice))
		return -ENOMEM;
	for (i = 0; i < topology->widget_count; i++)
		if (marked[i] && topology->widgets[i].pipeline != TOPOLOGY_NONE)
			choice->pipelines[topology->widgets[i].pipeline] = true;
	settle(topology, choice, &search->scratch);
	if (choice->input_count == search->inputs && choice->output_count == search->outputs &&
	    choice->output_count) {
		for (i = 0; i < search->count; i++)
			if (same_widgets(search, &search->found[i], choice))
				break;
		if (i == search->count) {
			search->count++;
			return 0;
		}
	}
	topology_choice_free(choice);
	return 0;
}

static void clear(struct search *search, bool *marked)
{
	memset(marked, 0, search->topology->widget_count * sizeof(*marked));
}

/* What lies between one input and one output. */
static int offer_ways(struct search *search)
{
	const struct topology *topology = search->topology;
	struct walk walk = { topology, NULL, search->scratch.queue };
	size_t from, to, i, pairs = 0;
	int ret = 0;

	for (from = 0; !ret && from < topology->widget_count; from++) {
		if (!is_input(&topology->widgets[from]))
			continue;
		for (to = 0; !ret && to < topology->widget_count && pairs < PAIRS_MAX; to++) {
			if (!is_output(&topology->widgets[to]))
				continue;
			pairs++;
			clear(search, search->marked);
			clear(search, search->back);
			search->marked[from] = search->back[to] = true;
			spread(&walk, search->marked, true, false);
			if (!search->marked[to])
				continue;
			spread(&walk, search->back, false, true);
			for (i = 0; i < topology->widget_count; i++)
				search->marked[i] &= search->back[i];
			ret = offer(search, search->marked);
		}
	}
	return ret;
}

/* All that an end is fed by or feeds; or, both ways, all that hangs together with it. */
static int offer_closures(struct search *search, bool down, bool up)
{
	const struct topology *topology = search->topology;
	struct walk walk = { topology, NULL, search->scratch.queue };
	size_t i, tried = 0;
	int ret = 0;

	for (i = 0; !ret && i < topology->widget_count && tried < PAIRS_MAX; i++) {
		if (down ? !is_input(&topology->widgets[i]) : !is_output(&topology->widgets[i]))
			continue;
		tried++;
		clear(search, search->marked);
		search->marked[i] = true;
		spread(&walk, search->marked, down, up);
		ret = offer(search, search->marked);
	}
	return ret;
}

static int offer_all(struct search *search)
{
	size_t i;

	for (i = 0; i < search->topology->widget_count; i++)
		search->marked[i] = true;
	return offer(search, search->marked);
}

int topology_choices(const struct topology *topology, size_t inputs, size_t outputs,
		     struct topology_choice **choices, size_t *count, struct problem *why)
{
	struct search search = { .topology = topology, .inputs = inputs, .outputs = outputs };
	size_t widgets = topology->widget_count ? topology->widget_count : 1;
	int ret = scratch_init(topology, &search.scratch);

	*choices = NULL;
	*count = 0;
	if (ret)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	search.found = calloc(TOPOLOGY_CHOICES_MAX, sizeof(*search.found));
	search.marked = calloc(widgets, sizeof(bool));
	search.back = calloc(widgets, sizeof(bool));
	if (!search.found || !search.marked || !search.back)
		ret = -ENOMEM;
	if (!ret && inputs == 1 && outputs == 1)
		ret = offer_ways(&search);
	if (!ret)
		ret = offer_closures(&search, false, true);
	if (!ret)
		ret = offer_closures(&search, true, false);
	if (!ret)
		ret = offer_closures(&search, true, true);
	if (!ret)
		ret = offer_all(&search);
	scratch_free(&search.scratch);
	free(search.marked);
	free(search.back);
	if (ret) {
		while (search.count)
			topology_choice_free(&search.found[--search.count]);
		free(search.found);
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	}
	*choices = search.found;
	*count = search.count;
	return 0;
}

const char *topology_choice_text(const struct topology *topology,
				 const struct topology_choice *choice, char *text, size_t size)
{
	const struct tplg_widget *widget;
	char ids[200];
	size_t i, at;

	list_ids(topology, choice->pipelines, ids, sizeof(ids));
	at = (size_t)snprintf(text, size, "-p %s: ", ids);
	for (i = 0; i < choice->input_count + choice->output_count && at < size; i++) {
		bool output = i >= choice->input_count;

		widget = topology->widgets[output ? choice->outputs[i - choice->input_count] :
						    choice->inputs[i]]
				 .from;
		at += (size_t)snprintf(text + at, size - at, "%s%s%s%s%s",
				       i == 0			? "" :
				       i == choice->input_count ? " to " :
								  " and ",
				       widget->name, widget->stream[0] ? " (" : "", widget->stream,
				       widget->stream[0] ? ")" : "");
	}
	return text;
}
