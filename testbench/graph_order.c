/* SPDX-License-Identifier: BSD-3-Clause */
/* What the connections of a graph tell: who feeds whom. */
#include "graph.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* One connection of different pipelines, as often as there are such. */
struct flow {
	size_t from, to;
};

static int by_target(const void *left, const void *right)
{
	const struct flow *a = left, *b = right;

	return a->to < b->to ? -1 : a->to > b->to;
}

static size_t flows_of(const struct graph *graph, struct flow *flows)
{
	size_t i, count = 0;

	for (i = 0; i < graph->edge_count; i++) {
		size_t from = graph->nodes[graph->edges[i].from].pipeline;
		size_t to = graph->nodes[graph->edges[i].to].pipeline;

		if (from != to)
			flows[count++] = (struct flow){ from, to };
	}
	qsort(flows, count, sizeof(*flows), by_target);
	return count;
}

/* The next one to start: of those that feed nobody who has not started, the one of highest
 * standing; where a loop leaves none of these, of all that are left. */
static size_t next_to_start(const struct graph *graph, const size_t *consumers, const bool *done)
{
	size_t i, best = GRAPH_NONE;

	for (i = 0; i < graph->pipeline_count; i++) {
		if (done[i])
			continue;
		if (best == GRAPH_NONE || (!consumers[i] && consumers[best]) ||
		    (!consumers[i] == !consumers[best] &&
		     graph->pipelines[i].priority < graph->pipelines[best].priority))
			best = i;
	}
	return best;
}

int graph_start_order(const struct graph *graph, size_t *order)
{
	size_t *consumers = calloc(graph->pipeline_count + 1, sizeof(*consumers));
	bool *done = calloc(graph->pipeline_count + 1, sizeof(*done));
	struct flow *flows = calloc(graph->edge_count + 1, sizeof(*flows));
	size_t *first = calloc(graph->pipeline_count + 2, sizeof(*first));
	size_t count, i, n;
	int ret = -ENOMEM;

	if (!consumers || !done || !flows || !first)
		goto out;
	count = flows_of(graph, flows);
	for (i = 0; i < count; i++) {
		consumers[flows[i].from]++;
		first[flows[i].to + 1]++;
	}
	for (i = 0; i < graph->pipeline_count; i++)
		first[i + 1] += first[i];
	for (n = 0; n < graph->pipeline_count; n++) {
		size_t next = next_to_start(graph, consumers, done);

		order[n] = next;
		done[next] = true;
		for (i = first[next]; i < first[next + 1]; i++)
			consumers[flows[i].from]--;
	}
	ret = 0;
out:
	free(first);
	free(flows);
	free(done);
	free(consumers);
	return ret;
}

/* Each node points to one of its part that it was joined to, the first to itself. */
static size_t root_of(size_t *parent, size_t node)
{
	while (parent[node] != node) {
		parent[node] = parent[parent[node]];
		node = parent[node];
	}
	return node;
}

void graph_parts(const struct graph *graph, size_t *part)
{
	size_t i, count = 0;

	for (i = 0; i < graph->node_count; i++)
		part[i] = i;
	for (i = 0; i < graph->edge_count; i++) {
		size_t from = root_of(part, graph->edges[i].from);
		size_t to = root_of(part, graph->edges[i].to);

		/* the lower number stays the root, so that roots come before the rest */
		if (from < to)
			part[to] = from;
		else
			part[from] = to;
	}
	for (i = 0; i < graph->node_count; i++)
		part[i] = root_of(part, i);
	/* roots are at or before i, and have their number already */
	for (i = 0; i < graph->node_count; i++)
		part[i] = part[i] == i ? count++ : part[part[i]];
}
