/* SPDX-License-Identifier: BSD-3-Clause */
#include "summary_sof.h"

#include "summary.h"

#include <host/printable.h>

#define RULE "==========================================================\n"

void summary_sof_start(FILE *out, const struct options *options, unsigned int round)
{
	fprintf(out, "pipeline run %u/%u\n", round, options->rounds);
	fprintf(out, RULE "\t\t           Test Start %u\n" RULE, round);
}

/* Instances are made in the order of nodes. */
static const struct sof_instance_stats *stats_of(const struct outcome *outcome, size_t node)
{
	static const struct sof_instance_stats none;

	return node < outcome->instance_count ? &outcome->instances[node] : &none;
}

static void print_file(FILE *out, const struct graph *graph, const struct outcome *outcome,
		       size_t file)
{
	const struct outcome_file *fact = &outcome->files[file];
	const struct sof_instance_stats *stats = stats_of(outcome, graph->files[file].node);

	fputs("file ", out);
	host_printable_put(out, fact->path);
	fprintf(out, ": id %u: type 22: samples %llu copies %llu\n",
		(unsigned int)stats->instance_id << 16 | stats->module_id,
		(unsigned long long)(fact->frames * fact->format.channels),
		(unsigned long long)stats->calls);
}

static void print_pipelines(FILE *out, const struct graph *graph, const struct outcome *outcome)
{
	size_t i, k;

	for (i = 0; i < graph->pipeline_count; i++) {
		fprintf(out, "pipeline %u\n", graph->pipelines[i].id);
		for (k = 0; k < graph->file_count; k++)
			if (graph->nodes[graph->files[k].node].pipeline == i)
				print_file(out, graph, outcome, k);
	}
}

static void print_count(FILE *out, const char *what, const struct outcome *outcome,
			enum graph_file_end end)
{
	unsigned long long samples = 0, frames = 0;
	size_t i;

	for (i = 0; i < outcome->file_count; i++) {
		const struct outcome_file *file = &outcome->files[i];

		if (file->end != end)
			continue;
		samples += file->frames * file->format.channels;
		frames += file->frames;
	}
	fprintf(out, "%s sample (frame) count: %llu (%llu)\n", what, samples, frames);
}

static void print_heaps(FILE *out, const struct graph *graph, const struct outcome *outcome)
{
	size_t i;

	for (i = 0; i < graph->node_count && i < outcome->instance_count; i++) {
		if (graph->nodes[i].file != GRAPH_NONE)
			continue;
		fputs("Heap usage for module ", out);
		host_printable_put(out, graph->nodes[i].name);
		fprintf(out, ": %zu bytes\n", outcome->instances[i].heap_high_water);
	}
}

void summary_sof_print(FILE *out, const struct options *options, const struct graph *graph,
		       const struct outcome *outcome, enum exit_code code, size_t faults)
{
	const struct outcome_file *input = outcome_first_file(outcome, GRAPH_FILE_INPUT);
	const struct outcome_file *output = outcome_first_file(outcome, GRAPH_FILE_OUTPUT);
	unsigned long long us = outcome->wall_ns / 1000;
	char verdict[SUMMARY_VERDICT_SIZE];

	/* SOF's counts from 1, and always shows 1. */
	fprintf(out, RULE "\t\t           Test Summary 1\n" RULE);
	print_pipelines(out, graph, outcome);
	fprintf(out, "Input bit format: %s_LE\n", audio_sample_name(input->format.sample));
	fprintf(out, "Input sample rate: %u\n", input->format.rate);
	fprintf(out, "Output sample rate: %u\n", output->format.rate);
	print_count(out, "Input", outcome, GRAPH_FILE_INPUT);
	print_count(out, "Output", outcome, GRAPH_FILE_OUTPUT);
	print_heaps(out, graph, outcome);
	fputc('\n', out);
	if (us && output->format.rate)
		fprintf(out, "Total execution time: %llu us, %.2f x realtime\n\n", us,
			(double)output->frames / output->format.rate * 1e6 / (double)us);
	summary_verdict(verdict, sizeof(verdict), options, outcome, code, faults);
	fprintf(out, "verdict        %s\n", verdict);
}
