/* SPDX-License-Identifier: BSD-3-Clause */
#include "summary.h"

#include "denied.h"
#include "fault_report.h"
#include "widget_names.h"

#include <host/printable.h>
#include <stdbool.h>
#include <string.h>

/* The last one, "widget", is for topologies. */
#define COLUMNS 9

struct row {
	char cells[COLUMNS][WIDGET_NAME_SIZE];
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
	char(*cells)[WIDGET_NAME_SIZE] = row->cells;
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
	snprintf(cells[8], size, "%s", widget_names_find(stats->name));
}

static bool has_widgets(const struct outcome *outcome)
{
	for (size_t i = 0; i < outcome->instance_count; i++)
		if (*widget_names_find(outcome->instances[i].name))
			return true;
	return false;
}

static void print_table(FILE *out, const struct outcome *outcome)
{
	static const struct row head = { { "module", "mode", "domain", "heap used/size",
					   "stack used/size", "calls", "ms", "share", "widget" } };
	const bool widgets = has_widgets(outcome);
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
		for (c = 0; c < COLUMNS - 1; c++)
			/* Words to the left, figures to the right. */
			fprintf(out, "%s%*s", c ? "  " : "", c < 3 ? -(int)width[c] : (int)width[c],
				row.cells[c]);
		if (widgets && row.cells[c][0])
			fprintf(out, "  %s", row.cells[c]);
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

static void print_board_runs_ll(FILE *out, const struct outcome *outcome)
{
	size_t i;

	for (i = 0; i < outcome->instance_count; i++)
		if (outcome->instances[i].board_runs_ll && outcome->instances[i].dp)
			fprintf(out, "board          the board runs %s LL\n",
				outcome->instances[i].name);
}

static void print_misses(FILE *out, const struct outcome *outcome)
{
	size_t i;

	for (i = 0; i < outcome->instance_count; i++)
		if (outcome->instances[i].deadline_misses)
			fprintf(out, "deadlines      %s missed %llu\n", outcome->instances[i].name,
				(unsigned long long)outcome->instances[i].deadline_misses);
}

static void print_format(FILE *out, const struct audio_format *format)
{
	fprintf(out, "%u Hz, %u channel%s, %s", format->rate, format->channels,
		format->channels == 1 ? "" : "s", audio_sample_name(format->sample));
}

static bool same_format(const struct audio_format *a, const struct audio_format *b)
{
	return a->rate == b->rate && a->channels == b->channels && a->sample == b->sample;
}

/* Frames that last as long as those that went in, at the output's rate. */
static uint64_t frames_expected(const struct outcome_file *in, const struct outcome_file *out)
{
	return in->format.rate ?
		       (uint64_t)((double)in->frames * out->format.rate / (double)in->format.rate +
				  0.5) :
		       0;
}

static void print_remark(FILE *out, const struct outcome_file *input,
			 const struct outcome_file *output)
{
	uint64_t expected = frames_expected(input, output), a_period = output->format.rate / 500;

	if (input->format.rate == output->format.rate)
		fputs(input->frames == output->frames ? "" : " (not the same number)", out);
	else if (output->frames + a_period < expected || output->frames > expected + a_period)
		fprintf(out, " (%llu would last as long)", (unsigned long long)expected);
}

/* One input and one output are told together, more each in a line of its own. */
static void print_files(FILE *out, const struct outcome *outcome)
{
	const struct outcome_file *input = outcome_first_file(outcome, GRAPH_FILE_INPUT);
	const struct outcome_file *output = outcome_first_file(outcome, GRAPH_FILE_OUTPUT);
	size_t i;

	if (outcome->file_count == 2 && input->path && output->path) {
		fputs("audio          ", out);
		print_format(out, &input->format);
		if (!same_format(&input->format, &output->format)) {
			fputs(" -> ", out);
			print_format(out, &output->format);
		}
		fprintf(out, "\nframes         %llu in, %llu out",
			(unsigned long long)input->frames, (unsigned long long)output->frames);
		print_remark(out, input, output);
		fputc('\n', out);
		return;
	}
	for (i = 0; i < outcome->file_count; i++) {
		const struct outcome_file *file = &outcome->files[i];

		fputs(file->end == GRAPH_FILE_INPUT ? "audio in       " : "audio out      ", out);
		host_printable_put(out, file->path);
		fputs(": ", out);
		print_format(out, &file->format);
		fprintf(out, ", %llu frames\n", (unsigned long long)file->frames);
	}
}

/* The outputs in words: the first one's name, and how many more there are. */
static void outputs_name(char *text, size_t size, const struct outcome *outcome)
{
	const char *path = outcome_first_file(outcome, GRAPH_FILE_OUTPUT)->path;
	size_t count = outcome_file_count(outcome, GRAPH_FILE_OUTPUT), length;

	length = host_printable(text, size, path ? path : "nothing");
	if (count > 1)
		snprintf(text + length, size - length, " and %zu more", count - 1);
}

void summary_verdict(char *text, size_t size, const struct options *options,
		     const struct outcome *outcome, enum exit_code code, size_t faults)
{
	size_t dp = 0, isolated = 0, let_through = fault_report_let_through(), i;
	char outputs[300];

	outputs_name(outputs, sizeof(outputs), outcome);
	for (i = 0; i < outcome->instance_count; i++) {
		dp += outcome->instances[i].dp;
		isolated += outcome->instances[i].dp && outcome->instances[i].isolated;
	}
	if (faults && outcome->output_written && let_through == faults)
		snprintf(text, size, "FAULT: %zu fault%s let through, %s may be wrong", faults,
			 faults == 1 ? "" : "s", outputs);
	else if (faults && outcome->output_written && let_through)
		snprintf(text, size,
			 "FAULT: %zu faults, %zu let through and the others muted, %s may be wrong",
			 faults, let_through, outputs);
	else if (faults && outcome->output_written)
		snprintf(text, size, "FAULT: %zu fault%s, what faulted is muted in %s", faults,
			 faults == 1 ? "" : "s", outputs);
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
	if (!faults && code == EXIT_DONE)
		denied_qualify(text, size, &outcome->denied, isolated != 0);
}

/* Faults let through are told once each; here is how often each happened. */
static void print_repeats(FILE *out, size_t faults)
{
	for (size_t i = 0; i < faults; i++) {
		const struct fault_record *record = fault_report_at(i);
		unsigned long times = record ? record->times : 1;

		if (times > 1)
			fprintf(out, "fault %-8zu happened %lu times\n", i + 1, times);
	}
}

/* Of the input that lasted longest; without one, what an output has. */
static double audio_seconds(const struct outcome *outcome)
{
	double longest = 0.0, seconds;
	bool inputs = outcome_file_count(outcome, GRAPH_FILE_INPUT) != 0;
	size_t i;

	for (i = 0; i < outcome->file_count; i++) {
		const struct outcome_file *file = &outcome->files[i];

		if (inputs != (file->end == GRAPH_FILE_INPUT) || !file->format.rate)
			continue;
		seconds = (double)file->frames / (double)file->format.rate;
		longest = seconds > longest ? seconds : longest;
	}
	return longest;
}

static void print_host_calls(FILE *out, const struct outcome_host_calls *calls)
{
	fputs("host calls     ", out);
	host_printable_put(out, calls->object);
	fputs(": ", out);
	host_printable_put(out, calls->names);
	fputs("; it will not link on a board\n", out);
}

/* They have the firmware's rights and can allocate kernel memory. */
static bool ll_modules_ran(const struct outcome *outcome)
{
	for (size_t i = 0; i < outcome->instance_count; i++)
		if (!outcome->instances[i].dp && !outcome->instances[i].endpoint)
			return true;
	return false;
}

void summary_print(FILE *out, const struct options *options, const struct outcome *outcome,
		   enum exit_code code, size_t faults)
{
	double wall = (double)outcome->wall_ns / 1e9, audio = audio_seconds(outcome);
	char verdict[SUMMARY_VERDICT_SIZE];

	if (outcome->instance_count)
		print_table(out, outcome);
	if (outcome->instance_count)
		fprintf(out, "               heap and stack in bytes; on a 32-bit board they are "
			     "smaller, pointers are half the size\n");
	print_domains(out, outcome);
	print_files(out, outcome);
	if (outcome->wall_ns)
		fprintf(out, "speed          %.*f x real time (%.2f s of audio in %.1f %s)\n",
			audio < 100 * wall, audio / wall, audio, wall < 1.0 ? 1000.0 * wall : wall,
			wall < 1.0 ? "ms" : "s");
	print_delays(out, outcome);
	print_misses(out, outcome);
	print_board_runs_ll(out, outcome);
	if (outcome->notifications || outcome->notifications_dropped)
		fprintf(out, "notifications  %llu%s\n",
			(unsigned long long)(outcome->notifications +
					     outcome->notifications_dropped),
			outcome->notifications_dropped ? ", more at a time than can wait" : "");
	if (outcome->endless)
		fprintf(out,
			"end            a module goes on giving audio after the end of its input; "
			"cut\n");
	if (outcome->events_left)
		fprintf(out, "script         %zu steps of the control script were not applied\n",
			outcome->events_left);
	fprintf(out, "isolation      %s%s\n", outcome->backend,
		outcome->isolated ? "" : ": memory is NOT closed to modules");
	denied_print(out, &outcome->denied);
	for (size_t i = 0; i < outcome->host_call_count; i++)
		print_host_calls(out, &outcome->host_calls[i]);
	if (options->board.cores > 1)
		fprintf(out, "cores          %u virtual cores, %s\n", options->board.cores,
			outcome->parallel ? "side by side" : "one after another");
	if (outcome->stray_accesses)
		fprintf(out,
			"core defect    %u stray accesses of the firmware core to closed memory\n",
			outcome->stray_accesses);
	if (outcome->blocks_left)
		fprintf(out, "%s%zu kernel or shared blocks were never freed\n",
			ll_modules_ran(outcome) ? "left behind    by LL modules or the core: " :
						  "core defect    ",
			outcome->blocks_left);
	print_repeats(out, faults);
	summary_verdict(verdict, sizeof(verdict), options, outcome, code, faults);
	fprintf(out, "verdict        %s\n", verdict);
}
