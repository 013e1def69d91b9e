/* SPDX-License-Identifier: BSD-3-Clause */
#include "topology.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "topology_widget.h"
#include "tplg_cursor.h"

/* Widgets by name, for the routes. */
struct named_widget {
	const char *name;
	bool module;
	size_t number;
};

static int by_name(const void *a, const void *b)
{
	const struct named_widget *first = a, *second = b;
	int order = strcmp(first->name, second->name);

	if (order)
		return order;
	/* A virtual widget may share a name; routes of audio mean the module. */
	if (first->module != second->module)
		return first->module ? -1 : 1;
	return first->number < second->number ? -1 : first->number > second->number;
}

/* First of the name in a sorted list. */
static size_t lookup(const struct named_widget *list, size_t count, const char *name)
{
	size_t low = 0, high = count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(list[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && !strcmp(list[low].name, name) ? list[low].number : TOPOLOGY_NONE;
}

static int sort_names(const struct topology *topology, struct named_widget *list,
		      struct problem *why)
{
	const struct topology_widget *widget;
	size_t i;

	for (i = 0; i < topology->widget_count; i++) {
		widget = &topology->widgets[i];
		list[i] =
			(struct named_widget){ widget->from->name, topology_is_module(widget), i };
	}
	qsort(list, topology->widget_count, sizeof(*list), by_name);
	for (i = 1; i < topology->widget_count; i++)
		if (list[i].module && list[i - 1].module && !strcmp(list[i].name, list[i - 1].name))
			return topology_bad(topology->file, topology->widgets[list[i].number].from,
					    why, "another one has this name, at offset %zu",
					    topology->widgets[list[i - 1].number].from->offset);
	return 0;
}

/* Rows of a list of routes by one of their ends: counting sort, which keeps the order. */
static void sort_routes(const struct topology *topology, bool by_to, size_t *first, size_t *list)
{
	size_t i, end, sum = 0, count;

	for (i = 0; i < topology->route_count; i++)
		first[by_to ? topology->routes[i].to : topology->routes[i].from]++;
	for (i = 0; i <= topology->widget_count; i++) {
		count = first[i];
		first[i] = sum;
		sum += count;
	}
	for (i = 0; i < topology->route_count; i++) {
		end = by_to ? topology->routes[i].to : topology->routes[i].from;
		list[first[end]++] = i;
	}
	for (i = topology->widget_count; i > 0; i--)
		first[i] = first[i - 1];
	first[0] = 0;
}

static int index_routes(struct topology *topology)
{
	size_t rows = topology->widget_count + 1;
	size_t routes = topology->route_count ? topology->route_count : 1;

	topology->first_from = calloc(rows, sizeof(size_t));
	topology->first_to = calloc(rows, sizeof(size_t));
	topology->by_from = calloc(routes, sizeof(size_t));
	topology->by_to = calloc(routes, sizeof(size_t));
	if (!topology->first_from || !topology->first_to || !topology->by_from || !topology->by_to)
		return -ENOMEM;
	sort_routes(topology, false, topology->first_from, topology->by_from);
	sort_routes(topology, true, topology->first_to, topology->by_to);
	return 0;
}

static int take_routes(struct topology *topology, struct problem *why)
{
	const struct tplg_file *file = topology->file;
	struct topology_route *route;
	struct named_widget *list;
	size_t i, from, to;
	int ret;

	list = calloc(topology->widget_count ? topology->widget_count : 1, sizeof(*list));
	if (!list)
		return -ENOMEM;
	ret = sort_names(topology, list, why);
	for (i = 0; !ret && i < file->route_count; i++) {
		from = lookup(list, topology->widget_count, file->routes[i].source);
		to = lookup(list, topology->widget_count, file->routes[i].sink);
		if (from == TOPOLOGY_NONE || to == TOPOLOGY_NONE) {
			topology->missing_count++;
			continue;
		}
		if (!topology_is_module(&topology->widgets[from]) ||
		    !topology_is_module(&topology->widgets[to]))
			continue;
		route = tplg_grow((void **)&topology->routes, &topology->route_count,
				  sizeof(*route));
		if (route)
			*route = (struct topology_route){ from, to, i };
		else
			ret = -ENOMEM;
	}
	free(list);
	return ret ? ret : index_routes(topology);
}

static int by_id(const void *a, const void *b)
{
	const struct topology_pipeline *first = a, *second = b;

	return first->id < second->id ? -1 : first->id > second->id;
}

static int take_pipelines(struct topology *topology, struct problem *why)
{
	const struct tplg_file *file = topology->file;
	struct topology_pipeline *pipeline;
	size_t i;
	int ret;

	for (i = 0; i < file->widget_count; i++) {
		if (file->widgets[i].id != SND_SOC_TPLG_DAPM_SCHEDULER)
			continue;
		pipeline = tplg_grow((void **)&topology->pipelines, &topology->pipeline_count,
				     sizeof(*pipeline));
		if (!pipeline)
			return -ENOMEM;
		ret = topology_take_pipeline(file, &file->widgets[i], pipeline, why);
		if (ret)
			return ret;
	}
	if (topology->pipeline_count)
		qsort(topology->pipelines, topology->pipeline_count, sizeof(*pipeline), by_id);
	for (i = 1; i < topology->pipeline_count; i++)
		if (topology->pipelines[i].id == topology->pipelines[i - 1].id)
			return topology_bad(file, topology->pipelines[i].from, why,
					    "a second scheduler of pipeline %u, after '%s'",
					    topology->pipelines[i].id,
					    topology->pipelines[i - 1].from->name);
	return 0;
}

static size_t find_pipeline(const struct topology *topology, uint32_t id)
{
	struct topology_pipeline key = { .id = id };
	const struct topology_pipeline *found = NULL;

	if (topology->pipeline_count)
		found = bsearch(&key, topology->pipelines, topology->pipeline_count, sizeof(key),
				by_id);
	return found ? (size_t)(found - topology->pipelines) : TOPOLOGY_NONE;
}

/* Some topologies have a DAI copier outside all pipelines: it goes with what it is connected to. */
static void adopt_ends(struct topology *topology)
{
	const struct topology_route *route;
	size_t i;

	for (i = 0; i < topology->route_count; i++) {
		struct topology_widget *from, *to;

		route = &topology->routes[i];
		from = &topology->widgets[route->from];
		to = &topology->widgets[route->to];
		if (from->pipeline == TOPOLOGY_NONE && topology_is_end(from))
			from->pipeline = to->pipeline;
		else if (to->pipeline == TOPOLOGY_NONE && topology_is_end(to))
			to->pipeline = from->pipeline;
	}
}

static int take_widgets(struct topology *topology, struct problem *why)
{
	const struct tplg_file *file = topology->file;
	struct topology_widget *widget;
	size_t i;
	int ret;

	topology->widgets =
		calloc(file->widget_count ? file->widget_count : 1, sizeof(*topology->widgets));
	if (!topology->widgets)
		return -ENOMEM;
	for (i = 0; i < file->widget_count; i++) {
		widget = &topology->widgets[i];
		topology->widget_count++;
		ret = topology_take_widget(file, &file->widgets[i], widget, why);
		if (ret)
			return ret;
		if (topology_is_module(widget))
			widget->pipeline = find_pipeline(topology, widget->from->index);
	}
	return 0;
}

/* A PCM's stream and its host copier go by one name. */
static size_t host_of(const struct topology *topology, const char *stream, bool source)
{
	const struct topology_widget *widget;
	size_t i;

	for (i = 0; stream[0] && i < topology->widget_count; i++) {
		widget = &topology->widgets[i];
		if (widget->kind == TOPOLOGY_HOST && widget->source == source &&
		    !strcmp(widget->from->stream, stream))
			return i;
	}
	return TOPOLOGY_NONE;
}

static int take_pcms(struct topology *topology)
{
	const struct tplg_file *file = topology->file;
	struct topology_pcm *pcm;
	size_t i;

	topology->pcms = calloc(file->pcm_count ? file->pcm_count : 1, sizeof(*topology->pcms));
	if (!topology->pcms)
		return -ENOMEM;
	for (i = 0; i < file->pcm_count; i++) {
		pcm = &topology->pcms[topology->pcm_count++];
		pcm->from = &file->pcms[i];
		pcm->host[0] = host_of(topology, pcm->from->caps[0].name, true);
		pcm->host[1] = host_of(topology, pcm->from->caps[1].name, false);
	}
	return 0;
}

static int check_limits(const struct tplg_file *file, struct problem *why)
{
	if (file->widget_count > TOPOLOGY_WIDGETS_MAX)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s: %zu widgets, %d at most",
				   file->name, file->widget_count, TOPOLOGY_WIDGETS_MAX);
	if (file->route_count > TOPOLOGY_ROUTES_MAX)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s: %zu routes, %d at most",
				   file->name, file->route_count, TOPOLOGY_ROUTES_MAX);
	if (file->pcm_count > TOPOLOGY_WIDGETS_MAX)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s: %zu PCMs, %d at most",
				   file->name, file->pcm_count, TOPOLOGY_WIDGETS_MAX);
	return 0;
}

int topology_make(struct tplg_file *file, struct topology **topology, struct problem *why)
{
	struct topology *made = calloc(1, sizeof(*made));
	int ret;

	*topology = NULL;
	if (!made) {
		tplg_file_free(file);
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	}
	made->file = file;
	ret = check_limits(file, why);
	if (!ret)
		ret = take_pipelines(made, why);
	if (!ret)
		ret = take_widgets(made, why);
	if (!ret)
		ret = take_routes(made, why);
	if (!ret) {
		adopt_ends(made);
		ret = take_pcms(made);
	}
	if (ret) {
		topology_free(made);
		if (ret == -ENOMEM)
			problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
		return ret;
	}
	*topology = made;
	return 0;
}

int topology_read(const char *path, struct topology **topology, struct problem *why)
{
	struct tplg_file *file;
	int ret;

	*topology = NULL;
	ret = tplg_file_read(path, &file, why);
	return ret ? ret : topology_make(file, topology, why);
}

void topology_free(struct topology *topology)
{
	size_t i;

	if (!topology)
		return;
	for (i = 0; i < topology->widget_count; i++)
		topology_free_widget(&topology->widgets[i]);
	free(topology->widgets);
	free(topology->pipelines);
	free(topology->routes);
	free(topology->by_from);
	free(topology->first_from);
	free(topology->by_to);
	free(topology->first_to);
	free(topology->pcms);
	tplg_file_free(topology->file);
	free(topology);
}

size_t topology_find(const struct topology *topology, const char *name)
{
	size_t i, found = TOPOLOGY_NONE;

	for (i = 0; i < topology->widget_count; i++) {
		if (strcmp(topology->widgets[i].from->name, name))
			continue;
		if (topology_is_module(&topology->widgets[i]))
			return i;
		if (found == TOPOLOGY_NONE)
			found = i;
	}
	return found;
}
