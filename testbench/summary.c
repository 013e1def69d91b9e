/* SPDX-License-Identifier: BSD-3-Clause */
#include "summary.h"

#include "fault_report.h"

#include <string.h>

#define COLUMNS 8

struct row {
	char cells[COLUMNS][56];
};

const char *summary_mode(const struct sof_instance_stats *stats)
{
	return !stats->dp ? "LL" : stats->isolated ? "DP isolated" : "DP";
}

static uint64_t all_time_ns(const struct outcome *outcome)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < outcome->instance_count; i++)
		sum += outcome->instances[i].time_ns;
	return sum;
}

static void used_of(char *cell, size_t size, size_t used, size_t whole)
{
	if (whole)
		snprintf(cell, size, "%zu/%zu", used, whole);
	else
		snprintf(cell, size, "-");
}

static void fill_row(struct row *row, const struct sof_instance_stats *stats, uint64_t all_ns)
{
	char(*cells)[56] = row->cells;
	size_t size = sizeof(cells[0]);

	snprintf(cells[0], size, "%s%s", stats->name, stats->dead ? " (dead)" : "");
	snprintf(cells[1], size, "%s", summary_mode(stats));
	snprintf(cells[2], size, "%s", stats->domain);
	used_of(cells[3], size, stats->heap_high_water, stats->heap_size);
	used_of(cells[4], size, stats->stack_used, stats->stack_size);
	snprintf(cells[5], size, "%llu", (unsigned long long)stats->calls);
	snprintf(cells[6], size, "%.2f", (double)stats->time_ns / 1e6);
	snprintf(cells[7], size, "%.1f%%",
		 all_ns ? 100.0 * (double)stats->time_ns / (double)all_ns : 0.0);
}

static void print_table(FILE *out, const struct outcome *outcome)
{
	static const struct row head = { { "module", "mode", "domain", "heap used/size",
					   "stack used/size", "calls", "ms", "share" } };
	struct row row;
	size_t width[COLUMNS], i, c;
	uint64_t all_ns = all_time_ns(outcome);

	for (c = 0; c < COLUMNS; c++)
		width[c] = strlen(head.cells[c]);
	for (i = 0; i < outcome->instance_count; i++) {
		fill_row(&row, &outcome->instances[i], all_ns);
		for (c = 0; c < COLUMNS; c++)
			if (strlen(row.cells[c]) > width[c])
				width[c] = strlen(row.cells[c]);
	}
	for (i = 0; i <= outcome->instance_count; i++) {
		row = head;
		if (i)
			fill_row(&row, &outcome->instances[i - 1], all_ns);
		for (c = 0; c < COLUMNS; c++)
			/* Words to the left, figures to the right. */
			fprintf(out, "%s%*s", c ? "  " : "", c < 3 ? -(int)width[c] : (int)width[c],
				row.cells[c]);
		fputc('\n', out);
	}
}

/* Domains of one instance are told in its row already. */
static void print_domains(FILE *out, const struct outcome *outcome)
{
	size_t i;

	for (i = 0; i < outcome->domain_count; i++) {
		const struct sof_domain_stats *stats = &outcome->domains[i];

		if (stats->shared)
			fprintf(out,
				"domain         %s: %u module%s, heap %zu/%zu in %u, stack "
				"%zu/%zu\n",
				stats->name, stats->instances, stats->instances == 1 ? "" : "s",
				stats->heap_high_water, stats->heap_size, stats->heaps,
				stats->stack_used, stats->stack_size);
	}
}

static void print_delays(FILE *out, const struct outcome *outcome)
{
	unsigned long total = 0;
	size_t i;

	for (i = 0; i < outcome->instance_count; i++)
		total += outcome->instances[i].startup_delay_ms;
	if (total)
		fprintf(out,
			"startup delay  %lu ms: DP modules hold their first output back to their "
			"deadline (not padded into the file)\n",
			total);
}

static void print_misses(FILE *out, const struct outcome *outcome)
{
	size_t i;

	for (i = 0; i < outcome->instance_count; i++)
		if (outcome->instances[i].deadline_misses)
			fprintf(out, "deadlines      %s missed %llu\n", outcome->instances[i].name,
				(unsigned long long)outcome->instances[i].deadline_misses);
}

void summary_verdict(char *text, size_t size, const struct options *options,
		     const struct outcome *outcome, enum exit_code code, size_t faults)
{
	size_t dp = 0, isolated = 0, i;

	for (i = 0; i < outcome->instance_count; i++) {
		dp += outcome->instances[i].dp;
		isolated += outcome->instances[i].dp && outcome->instances[i].isolated;
	}
	if (faults && outcome->output_written && options->board.on_fault == HOST_ON_FAULT_CONTINUE)
		snprintf(text, size, "FAULT: %zu fault%s let through, %s may be wrong", faults,
			 faults == 1 ? "" : "s", options->output);
	else if (faults && outcome->output_written)
		snprintf(text, size, "FAULT: %zu fault%s, what faulted is muted in %s", faults,
			 faults == 1 ? "" : "s", options->output);
	else if (faults)
		snprintf(text, size, "FAULT: %zu fault%s, no output written", faults,
			 faults == 1 ? "" : "s");
	else if (code != EXIT_DONE)
		snprintf(text, size, "FAILED, no output written");
	else if (!dp)
		snprintf(text, size, "OK, no module ran as DP, nothing was isolated");
	else if (isolated == dp)
		snprintf(text, size, "OK, %zu DP module%s ran isolated without a fault", dp,
			 dp == 1 ? "" : "s");
	else
		snprintf(text, size,
			 "OK, but NOT ISOLATED: %zu of %zu DP modules ran on open memory",
			 dp - isolated, dp);
}

/* Faults let through are told once each; here is how often each happened. */
static void print_repeats(FILE *out, size_t faults)
{
	for (size_t i = 0; i < faults; i++) {
		const struct fault_record *record = fault_report_at(i);
		unsigned long times = record ? fault_record_times(record) : 1;

		if (times > 1)
			fprintf(out, "fault %-8zu happened %lu times\n", i + 1, times);
	}
}

void summary_print(FILE *out, const struct options *options, const struct outcome *outcome,
		   enum exit_code code, size_t faults)
{
	double audio = (double)outcome->frames_in / (double)outcome->format.rate;
	double wall = (double)outcome->wall_ns / 1e9;
	char verdict[400];

	if (outcome->instance_count)
		print_table(out, outcome);
	if (outcome->instance_count)
		fprintf(out, "               heap and stack in bytes; on a 32-bit board they are "
			     "smaller, pointers are half the size\n");
	print_domains(out, outcome);
	fprintf(out, "audio          %u Hz, %u channel%s, %s\n", outcome->format.rate,
		outcome->format.channels, outcome->format.channels == 1 ? "" : "s",
		audio_sample_name(outcome->format.sample));
	fprintf(out, "frames         %llu in, %llu out%s\n", (unsigned long long)outcome->frames_in,
		(unsigned long long)outcome->frames_out,
		outcome->frames_in == outcome->frames_out ? "" : " (not the same number)");
	if (outcome->wall_ns)
		fprintf(out, "speed          %.1f x real time (%.2f s of audio in %.3f s)\n",
			audio / wall, audio, wall);
	print_delays(out, outcome);
	print_misses(out, outcome);
	fprintf(out, "isolation      %s%s\n", outcome->backend,
		outcome->isolated ? "" : ": memory is NOT closed to modules");
	for (size_t i = 0; i < outcome->host_call_count; i++)
		fprintf(out, "host calls     %s: %s; it will not link on a board\n",
			outcome->host_calls[i].object, outcome->host_calls[i].names);
	if (options->board.cores > 1)
		fprintf(out, "cores          %u virtual cores, %s\n", options->board.cores,
			outcome->parallel ? "side by side" : "one after another");
	if (outcome->stray_accesses)
		fprintf(out,
			"core defect    %u stray accesses of the firmware core to closed memory\n",
			outcome->stray_accesses);
	if (outcome->blocks_left)
		fprintf(out, "core defect    %zu kernel or shared blocks were never freed\n",
			outcome->blocks_left);
	print_repeats(out, faults);
	summary_verdict(verdict, sizeof(verdict), options, outcome, code, faults);
	fprintf(out, "verdict        %s\n", verdict);
}
