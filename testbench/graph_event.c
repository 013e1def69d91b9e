/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "graph.h"

static struct graph_event *append(struct graph *graph, uint64_t tick)
{
	struct graph_event *more = realloc(graph->events, (graph->event_count + 1) * sizeof(*more));

	if (!more)
		return NULL;
	graph->events = more;
	more += graph->event_count++;
	memset(more, 0, sizeof(*more));
	more->tick = tick;
	more->node = GRAPH_NONE;
	return more;
}

int graph_add_event(struct graph *graph, uint64_t tick, size_t node, const char *from,
		    uint32_t param_id, const void *payload, size_t size)
{
	char *own_from = strdup(from);
	uint8_t *memory = malloc(size + 1);
	struct graph_event *event = own_from && memory ? append(graph, tick) : NULL;

	if (!event) {
		free(own_from);
		free(memory);
		return -ENOMEM;
	}
	memcpy(memory, payload, size);
	event->node = node;
	event->blob = (struct graph_blob){ own_from, param_id, memory, size, memory };
	return 0;
}

static void read_free(struct graph_read *read)
{
	if (!read)
		return;
	free(read->from);
	free(read->head);
	free(read->path);
	free(read->last);
	free(read->unknown);
	free(read);
}

static bool copy_text(char **copy, const char *text)
{
	*copy = text ? strdup(text) : NULL;
	return *copy || !text;
}

int graph_add_event_text(struct graph *graph, uint64_t tick, const char *from, const char *text)
{
	struct graph_event *event = NULL;
	char *own_from, *own_text;
	const bool from_copied = copy_text(&own_from, from);
	const bool text_copied = copy_text(&own_text, text);

	if (from_copied && text_copied)
		event = append(graph, tick);
	if (!event) {
		free(own_from);
		free(own_text);
		return -ENOMEM;
	}
	event->blob.from = own_from;
	event->text = own_text;
	return 0;
}

static struct graph_read *read_copy(const struct graph_read *read)
{
	struct graph_read *copy = malloc(sizeof(*copy));
	bool done;

	if (!copy)
		return NULL;
	*copy = *read;
	/* Each of them: what is not copied must not stay the original's. */
	done = copy_text(&copy->from, read->from);
	done &= copy_text(&copy->head, read->head);
	done &= copy_text(&copy->path, read->path);
	done &= copy_text(&copy->unknown, read->unknown);
	copy->last = NULL;
	if (read->last) {
		copy->last = malloc(read->last_size + 1);
		if (copy->last)
			memcpy(copy->last, read->last, read->last_size);
		done &= copy->last != NULL;
	}
	if (done)
		return copy;
	read_free(copy);
	return NULL;
}

int graph_add_event_read(struct graph *graph, uint64_t tick, size_t node,
			 const struct graph_read *read)
{
	struct graph_read *copy = read_copy(read);
	struct graph_event *event = copy ? append(graph, tick) : NULL;

	if (!event) {
		read_free(copy);
		return -ENOMEM;
	}
	event->node = node;
	event->read = copy;
	return 0;
}

void graph_free_events(struct graph *graph)
{
	size_t i;

	for (i = 0; i < graph->event_count; i++) {
		free(graph->events[i].text);
		read_free(graph->events[i].read);
		free(graph->events[i].blob.from);
		free(graph->events[i].blob.memory);
	}
	free(graph->events);
	graph->events = NULL;
	graph->event_count = 0;
}
