/* SPDX-License-Identifier: BSD-3-Clause */
#include "outcome.h"

#include <errno.h>
#include <stdlib.h>

int outcome_reserve(struct outcome *outcome, const struct graph *graph)
{
	size_t i;

	outcome->files = calloc(graph->file_count + 1, sizeof(outcome->files[0]));
	outcome->instances = calloc(graph->node_count + 1, sizeof(outcome->instances[0]));
	outcome->domains = calloc(graph->node_count + 1, sizeof(outcome->domains[0]));
	if (!outcome->files || !outcome->instances || !outcome->domains) {
		outcome_free(outcome);
		return -ENOMEM;
	}
	outcome->room = graph->node_count;
	outcome->file_count = graph->file_count;
	for (i = 0; i < graph->file_count; i++) {
		const struct graph_file *file = &graph->files[i];
		struct outcome_file *fact = &outcome->files[i];

		fact->path = file->path;
		fact->end = file->end;
		fact->format = file->format;
		if (file->input)
			fact->file_frames = audio_input_frames(file->input);
	}
	return 0;
}

void outcome_free(struct outcome *outcome)
{
	free(outcome->files);
	free(outcome->instances);
	free(outcome->domains);
	outcome->files = NULL;
	outcome->instances = NULL;
	outcome->domains = NULL;
	outcome->file_count = outcome->instance_count = outcome->domain_count = 0;
	outcome->room = 0;
}

const struct outcome_file *outcome_first_file(const struct outcome *outcome,
					      enum graph_file_end end)
{
	static const struct outcome_file none;
	size_t i;

	for (i = 0; i < outcome->file_count; i++)
		if (outcome->files[i].end == end)
			return &outcome->files[i];
	return &none;
}

size_t outcome_file_count(const struct outcome *outcome, enum graph_file_end end)
{
	size_t i, count = 0;

	for (i = 0; i < outcome->file_count; i++)
		count += outcome->files[i].end == end;
	return count;
}
