/* SPDX-License-Identifier: BSD-3-Clause */
#include "run_events.h"

#include <errno.h>
#include <rtos/alloc.h>
#include <stdio.h>

struct pending {
	uint64_t tick;
	uint64_t bytes; /* that its module has consumed by then; 0: it goes by the tick */
	size_t node;
	bool sent;
};

/* Kernel data, like the array: it is looked at each tick, while the C heap is closed. */
static struct {
	struct pending *at;
	size_t count, first; /* all before the first are sent */
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
	events.first = events.count = 0;
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

static int send(struct build *build, size_t index)
{
	const struct graph_event *event;
	uint32_t status;
	char what[560];

	host_memory_open();
	event = &build->run->graph->events[index];
	if (event->text) {
		fputs(event->text, stdout);
		return 0;
	}
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
		if (!dead)
			ret = send(build, i);
	}
	return ret;
}

size_t run_events_stop(void)
{
	size_t left = 0, i;

	for (i = events.first; i < events.count; i++)
		left += !events.at[i].sent;
	rfree(events.at);
	events.at = NULL;
	events.count = events.first = 0;
	return left;
}
