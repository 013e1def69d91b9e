/* SPDX-License-Identifier: BSD-3-Clause */
#include "run_events.h"

#include <errno.h>
#include <host/platform.h>
#include <rtos/alloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zephyr/logging/log.h>

#include "control/read_text.h"
#include "output_place.h"

struct pending {
	uint64_t tick;
	uint64_t bytes; /* that its module has consumed by then; 0: it goes by the tick */
	size_t node;
	bool sent;
	char *said; /* C heap; NULL: nothing */
};

/* Kernel data, like the array: it is looked at each tick, while the C heap is closed. */
static struct {
	struct pending *at;
	size_t count, first; /* all before the first are sent */
	size_t told;	     /* what those before said has been told */
} events;

static uint64_t bytes_at(const struct graph *graph, size_t node, uint64_t tick)
{
	const struct ipc4_audio_format *format = &graph->nodes[node].base.audio_fmt;
	size_t i, inputs = 0;

	for (i = 0; i < graph->edge_count; i++)
		inputs += graph->edges[i].to == node;
	if (inputs != 1)
		return 0;
	return tick * (uint64_t)format->sampling_frequency / 1000 * format->channels_count *
	       ((uint64_t)format->depth / 8);
}

int run_events_start(struct build *build)
{
	const struct graph *graph = build->run->graph;
	size_t i;

	host_memory_open();
	events.first = events.count = events.told = 0;
	if (!graph->event_count)
		return 0;
	events.at = rzalloc(SOF_MEM_FLAG_KERNEL, graph->event_count * sizeof(events.at[0]));
	if (!events.at)
		return problem_set(build->run->why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	events.count = graph->event_count;
	for (i = 0; i < events.count; i++) {
		const struct graph_event *event = &graph->events[i];

		events.at[i].tick = event->tick;
		events.at[i].node = event->node;
		if (event->node != GRAPH_NONE)
			events.at[i].bytes = bytes_at(graph, event->node, event->tick);
	}
	return 0;
}

/* Instances are made in the order of the graph's nodes, and so are their figures. */
static bool is_due(const struct pending *pending, bool *dead)
{
	static struct sof_instance_stats stats;

	*dead = false;
	if (pending->node == GRAPH_NONE)
		return true;
	if (sof_instance_stats(pending->node, &stats))
		return true;
	*dead = stats.dead;
	return stats.dead || stats.bytes_in >= pending->bytes;
}

/* In the script's order, whatever the order in which modules got that far. */
static void tell(void)
{
	for (; events.told < events.count && events.at[events.told].sent; events.told++) {
		struct pending *pending = &events.at[events.told];

		if (pending->said)
			fputs(pending->said, stdout);
		free(pending->said);
		pending->said = NULL;
	}
	/* A run that ends at a fault has no time to. */
	fflush(stdout);
}

static int no_memory(struct build *build)
{
	return problem_set(build->run->why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
}

static int say(struct build *build, struct pending *pending, const char *text)
{
	pending->said = strdup(text);
	return pending->said ? 0 : no_memory(build);
}

static int write_file(struct build *build, const struct graph_read *read, const char *bytes,
		      size_t size)
{
	struct problem *why = build->run->why;
	struct output_place *place;
	size_t at = 0;
	int ret = output_place_open(read->path, &place, why);

	while (!ret && at < size) {
		ssize_t written = write(output_place_fd(place), bytes + at, size - at);

		if (written > 0)
			at += (size_t)written;
		else if (written == 0 || errno != EINTR)
			ret = problem_set(why, EXIT_RUN_FAILED, written ? errno : ENOSPC,
					  "%s: %s can't be written: %s", read->from, read->path,
					  strerror(written ? errno : ENOSPC));
	}
	if (!ret)
		ret = output_place_commit(&place, why);
	else
		output_place_discard(&place);
	return ret;
}

static int give(struct build *build, struct pending *pending, const struct graph_read *read,
		const uint8_t *data, size_t size)
{
	char line[64];
	size_t length;
	char *text = read_text(read, data, size, &length);
	int ret = 0;

	if (!text)
		return no_memory(build);
	if (!read->path) {
		pending->said = text;
		return 0;
	}
	ret = write_file(build, read, text, length);
	free(text);
	snprintf(line, sizeof(line), "%zu bytes written to file.\n", length);
	return ret ? ret : say(build, pending, line);
}

static bool is_zero(const uint8_t *data, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		if (data[i])
			return false;
	return true;
}

/* A module that takes the question and does nothing has not answered. What modules log when they
 * can't answer is of interest to few: most of SOF's can't. */
static int ask(struct ipc_instance instance, const struct graph_read *read, uint8_t *data,
	       size_t *size, bool *answered)
{
	int level = host_log_level(LOG_LEVEL_NONE);
	uint32_t status;

	if (level >= (int)LOG_LEVEL_INF)
		host_log_level(level);
	status = ipc_read_configuration(instance, read->param_id, data, read->room, size);
	host_log_level(level);
	*answered = !status && !(*size == read->room && is_zero(data, *size));
	return status && sof_ipc4_last_error() == -EFAULT ? -EFAULT : 0;
}

static int read_back(struct build *build, size_t index, bool dead)
{
	const struct graph_event *event = &build->run->graph->events[index];
	const struct graph_read *read = event->read;
	struct pending *pending = &events.at[index];
	bool answered = false;
	size_t size = 0;
	uint8_t *data;
	int ret = 0;

	data = calloc(1, read->room);
	if (!data)
		return no_memory(build);
	if (event->node != GRAPH_NONE && !dead)
		ret = ask(build->instances[event->node], read, data, &size, &answered);
	if (!ret && answered)
		ret = give(build, pending, read, data, size);
	else if (!ret && read->last)
		ret = give(build, pending, read, read->last, read->last_size);
	else if (!ret)
		ret = say(build, pending, read->unknown);
	free(data);
	return ret;
}

static int send(struct build *build, size_t index, bool dead)
{
	const struct graph_event *event;
	uint32_t status;
	char what[560];

	host_memory_open();
	event = &build->run->graph->events[index];
	if (event->text)
		return say(build, &events.at[index], event->text);
	if (event->read)
		return read_back(build, index, dead);
	if (dead)
		return 0;
	status = ipc_configure(build->instances[event->node], &event->blob);
	if (!status)
		return 0;
	host_memory_open();
	snprintf(what, sizeof(what), "%s is refused by %s", event->blob.from,
		 build->run->graph->nodes[event->node].name);
	return build_refused(build, status, EXIT_BAD_INPUT, what);
}

int run_events_send(struct build *build)
{
	uint64_t now = sof_tick_count();
	bool dead;
	size_t i;
	int ret = 0;

	while (events.first < events.count && events.at[events.first].sent)
		events.first++;
	for (i = events.first; !ret && i < events.count && events.at[i].tick <= now; i++) {
		if (events.at[i].sent || !is_due(&events.at[i], &dead))
			continue;
		events.at[i].sent = true;
		ret = send(build, i, dead);
		host_memory_open();
		tell();
	}
	return ret;
}

static const char *event_from(const struct graph_event *event)
{
	return event->read ? event->read->from : event->blob.from;
}

/* A script that was not carried out to its end has not made the audio that it asks for. */
static int not_applied(struct build *build, size_t index, size_t left)
{
	const struct pending *pending = &events.at[index];
	const struct graph *graph = build->run->graph;
	const struct graph_event *event = &graph->events[index];
	unsigned long long now = (unsigned long long)sof_tick_count();
	char more[40] = "", reason[200];
	struct sof_instance_stats stats = { 0 };

	if (left > 1)
		snprintf(more, sizeof(more), ", nor %zu more", left - 1);
	if (pending->tick >= now || pending->node == GRAPH_NONE ||
	    sof_instance_stats(pending->node, &stats))
		snprintf(reason, sizeof(reason),
			 "it comes after the end of the run, which was at %llu ms", now);
	else
		snprintf(
			reason, sizeof(reason),
			"%s has taken only %llu of the %llu bytes of its input that come before it",
			graph->nodes[pending->node].name, (unsigned long long)stats.bytes_in,
			(unsigned long long)pending->bytes);
	return problem_set(build->run->why, EXIT_RUN_FAILED, ETIME,
			   "%s, at %llu ms of the control script, was not applied%s: %s",
			   event_from(event), (unsigned long long)pending->tick, more, reason);
}

int run_events_stop(struct build *build, int ret)
{
	size_t left = 0, first = 0, i;

	host_memory_open();
	for (i = events.count; i-- > events.first;) {
		if (events.at[i].sent || !event_from(&build->run->graph->events[i]))
			continue;
		first = i;
		left++;
	}
	build->run->outcome->events_left = left;
	if (left && !ret)
		ret = not_applied(build, first, left);
	/* What comes behind something that never came. */
	for (i = events.told; i < events.count; i++)
		events.at[i].sent = true;
	tell();
	rfree(events.at);
	events.at = NULL;
	events.count = events.first = events.told = 0;
	return ret;
}
