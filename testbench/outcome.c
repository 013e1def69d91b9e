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

/* The first module that took something and gave nothing, else the last one. */
static const char *silent_module(const struct outcome *outcome)
{
	const char *last = "no module";
	size_t i;

	for (i = 0; i < outcome->instance_count; i++) {
		const struct sof_instance_stats *stats = &outcome->instances[i];

		if (stats->endpoint)
			continue;
		if (stats->bytes_in && !stats->bytes_out)
			return stats->name;
		last = stats->name;
	}
	return last;
}

int outcome_check_frames(const struct outcome *outcome, struct problem *why)
{
	uint64_t in = 0, out = 0;
	size_t i;

	for (i = 0; i < outcome->file_count; i++)
		*(outcome->files[i].end == GRAPH_FILE_INPUT ? &in : &out) +=
			outcome->files[i].frames;
	if (!in || out || !outcome_file_count(outcome, GRAPH_FILE_OUTPUT))
		return 0;
	return problem_set(why, EXIT_RUN_FAILED, ENODATA,
			   "nothing came out: %llu frames went in, %s gave none of them on",
			   (unsigned long long)in, silent_module(outcome));
}
