/* SPDX-License-Identifier: BSD-3-Clause */
#include "report.h"

#include <errno.h>
#include <host/printable.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fault_report.h"
#include "summary.h"
#include "widget_names.h"

static json_t *whole(uint64_t number)
{
	return json_integer((json_int_t)number);
}

/* A JSON string is UTF-8, which names of files and modules need not be: \xNN for other bytes. */
static json_t *text(const char *string)
{
	json_t *value = json_string(string ? string : "");
	size_t size;
	char *copy;

	if (value)
		return value;
	size = strlen(string) * (HOST_PRINTABLE_PIECE - 1) + 1;
	copy = malloc(size);
	if (!copy)
		return NULL;
	host_printable(copy, size, string);
	value = json_string(copy);
	free(copy);
	return value;
}

static json_t *hex(uint64_t number)
{
	return json_sprintf("0x%llx", (unsigned long long)number);
}

static json_t *instance_json(const struct sof_instance_stats *stats)
{
	json_t *object = json_object();

	json_object_set_new(object, "name", text(stats->name));
	json_object_set_new(object, "widget", text(widget_names_find(stats->name)));
	json_object_set_new(object, "mode", text(summary_mode(stats)));
	json_object_set_new(object, "dp", json_boolean(stats->dp));
	json_object_set_new(object, "board_runs_ll", json_boolean(stats->board_runs_ll));
	json_object_set_new(object, "isolated", json_boolean(stats->isolated));
	json_object_set_new(object, "endpoint", json_boolean(stats->endpoint));
	json_object_set_new(object, "dead", json_boolean(stats->dead));
	json_object_set_new(object, "domain", text(stats->domain));
	json_object_set_new(object, "heap_bytes", whole(stats->heap_size));
	json_object_set_new(object, "heap_used_bytes", whole(stats->heap_used));
	json_object_set_new(object, "heap_high_water_bytes", whole(stats->heap_high_water));
	json_object_set_new(object, "stack_bytes", whole(stats->stack_size));
	json_object_set_new(object, "stack_used_bytes", whole(stats->stack_used));
	json_object_set_new(object, "calls", whole(stats->calls));
	json_object_set_new(object, "time_ns", whole(stats->time_ns));
	json_object_set_new(object, "time_max_ns", whole(stats->time_max_ns));
	json_object_set_new(object, "deadline_misses", whole(stats->deadline_misses));
	json_object_set_new(object, "startup_delay_ms", whole(stats->startup_delay_ms));
	json_object_set_new(object, "bytes_in", whole(stats->bytes_in));
	json_object_set_new(object, "bytes_out", whole(stats->bytes_out));
	json_object_set_new(object, "last_error", text(stats->last_error.text));
	return object;
}

static json_t *domain_json(const struct sof_domain_stats *stats)
{
	json_t *object = json_object();

	json_object_set_new(object, "name", text(stats->name));
	json_object_set_new(object, "shared", json_boolean(stats->shared));
	json_object_set_new(object, "modules", whole(stats->instances));
	json_object_set_new(object, "heaps", whole(stats->heaps));
	json_object_set_new(object, "heap_bytes", whole(stats->heap_size));
	json_object_set_new(object, "heap_used_bytes", whole(stats->heap_used));
	json_object_set_new(object, "heap_high_water_bytes", whole(stats->heap_high_water));
	json_object_set_new(object, "stack_bytes", whole(stats->stack_size));
	json_object_set_new(object, "stack_used_bytes", whole(stats->stack_used));
	json_object_set_new(object, "partitions", whole(stats->partitions));
	return object;
}

static json_t *frame_json(const struct source_frame *frame)
{
	json_t *object = json_object();

	json_object_set_new(object, "pc", hex(frame->pc));
	json_object_set_new(object, "function", text(frame->function));
	json_object_set_new(object, "object", text(frame->object));
	json_object_set_new(object, "file", text(frame->file));
	json_object_set_new(object, "line", whole(frame->line));
	json_object_set_new(object, "inlined", json_boolean(frame->inlined));
	return object;
}

/* "a, b" as an array. */
static json_t *names_json(const char *names)
{
	json_t *array = json_array();

	while (*names) {
		const size_t length = strcspn(names, ",");

		json_array_append_new(array, json_stringn(names, length));
		names += length;
		names += strspn(names, ", ");
	}
	return array;
}

static json_t *wait_json(const struct host_wait *wait)
{
	json_t *object = json_object();

	json_object_set_new(object, "suspended", json_boolean(wait->suspended));
	json_object_set_new(object, "type", text(wait->type));
	json_object_set_new(object, "address", hex(wait->object));
	json_object_set_new(object, "name", text(wait->name));
	json_object_set_new(object, "forever", json_boolean(wait->forever));
	json_object_set_new(object, "until_us", whole(wait->until_us));
	return object;
}

static json_t *fault_json(const struct fault_record *record)
{
	const struct host_fault *fault = &record->fault;
	json_t *object = json_object(), *frames = json_array();
	size_t i;

	json_object_set_new(object, "kind", text(fault_kind_name(fault->kind)));
	json_object_set_new(object, "module", text(record->module));
	json_object_set_new(object, "instance", text(record->instance));
	json_object_set_new(object, "widget", text(record->widget));
	json_object_set_new(object, "suspects", names_json(record->suspects));
	json_object_set_new(object, "thread", text(fault->thread_name));
	json_object_set_new(object, "mode", text(fault->user_mode ? "user" : "supervisor"));
	json_object_set_new(object, "in_syscall", json_boolean(fault->in_syscall));
	json_object_set_new(object, "what", text(record->what));
	json_object_set_new(object, "reason", text(record->reason));
	json_object_set_new(object, "last_error", text(record->last_error));
	json_object_set_new(object, "access", text(fault_access_name(fault->access)));
	json_object_set_new(object, "times", whole(record->times));
	json_object_set_new(object, "let_through", json_boolean(fault->let_through));
	json_object_set_new(object, "writers", names_json(record->writers));
	json_object_set_new(object, "refusal", text(fault->refusal ? fault->refusal : ""));
	json_object_set_new(object, "address", hex(fault->address));
	json_object_set_new(object, "where", text(record->where));
	json_object_set_new(object, "owner", text(fault->where.owner));
	json_object_set_new(object, "own", json_boolean(fault->where.own));
	json_object_set_new(object, "symbol", text(record->symbol));
	json_object_set_new(object, "block_bytes", whole(fault->where.block_size));
	json_object_set_new(object, "block_offset", json_integer(fault->where.block_offset));
	if (fault->call && fault->call[0])
		json_object_set_new(object, "call", text(fault->call));
	if (fault->kind == HOST_FAULT_STALL)
		json_object_set_new(object, "waits_for", wait_json(&fault->wait));
	json_object_set_new(object, "alignment", whole(fault->alignment));
	json_object_set_new(object, "stack_overflow", json_boolean(fault->stack_overflow));
	json_object_set_new(object, "pc", hex(fault->pc));
	json_object_set_new(object, "sp", hex(fault->sp));
	if (record->culprit < record->frame_count) {
		const struct source_frame *frame = &record->frames[record->culprit];

		json_object_set_new(object, "file", text(frame->file));
		json_object_set_new(object, "line", whole(frame->line));
		json_object_set_new(object, "function", text(frame->function));
		json_object_set_new(object, "source", text(record->source_line));
	}
	for (i = 0; i < record->frame_count; i++)
		json_array_append_new(frames, frame_json(&record->frames[i]));
	json_object_set_new(object, "backtrace", frames);
	return object;
}

static void set_format(json_t *object, const struct audio_format *format)
{
	json_object_set_new(object, "rate", whole(format->rate));
	json_object_set_new(object, "channels", whole(format->channels));
	json_object_set_new(object, "format", text(audio_sample_name(format->sample)));
}

static json_t *audio_json(const struct outcome *outcome)
{
	const struct outcome_file *input = outcome_first_file(outcome, GRAPH_FILE_INPUT);
	const struct outcome_file *output = outcome_first_file(outcome, GRAPH_FILE_OUTPUT);
	json_t *object = json_object();

	set_format(object, input->path ? &input->format : &output->format);
	json_object_set_new(object, "frames_in_file", whole(input->file_frames));
	json_object_set_new(object, "frames_in", whole(input->frames));
	json_object_set_new(object, "frames_out", whole(output->frames));
	json_object_set_new(object, "endless", json_boolean(outcome->endless));
	json_object_set_new(object, "notifications",
			    json_integer((json_int_t)outcome->notifications));
	json_object_set_new(object, "notifications_dropped",
			    json_integer((json_int_t)outcome->notifications_dropped));
	json_object_set_new(object, "audio_ms", whole(outcome->ticks));
	json_object_set_new(object, "wall_ns", whole(outcome->wall_ns));
	json_object_set_new(object, "script_steps_left", whole(outcome->events_left));
	return object;
}

static json_t *file_json(const struct outcome_file *file)
{
	bool input = file->end == GRAPH_FILE_INPUT;
	json_t *object = json_object();

	json_object_set_new(object, "path", text(file->path));
	json_object_set_new(object, "end", text(input ? "input" : "output"));
	set_format(object, &file->format);
	if (input)
		json_object_set_new(object, "frames_in_file", whole(file->file_frames));
	json_object_set_new(object, "frames", whole(file->frames));
	return object;
}

static json_t *isolation_json(const struct options *options, const struct outcome *outcome)
{
	json_t *object = json_object();

	json_object_set_new(object, "backend", text(outcome->backend));
	json_object_set_new(object, "domain", text(options_domain_name(options->domain_model)));
	json_object_set_new(object, "share", text(options_share_name(options->share)));
	json_object_set_new(object, "active", json_boolean(outcome->isolated));
	json_object_set_new(object, "system_calls_caught",
			    json_boolean(outcome->denied.syscalls_caught));
	json_object_set_new(object, "watchdog_active",
			    json_boolean(options->board.watchdog_ms && !outcome->denied.watchdog));
	json_object_set_new(object, "pinned", json_boolean(!outcome->denied.affinity));
	json_object_set_new(object, "cores", whole(options->board.cores));
	json_object_set_new(object, "cores_parallel", json_boolean(outcome->parallel));
	json_object_set_new(object, "thread_switches", whole(outcome->counters.thread_switches));
	json_object_set_new(object, "user_entries", whole(outcome->counters.user_entries));
	json_object_set_new(object, "syscalls", whole(outcome->counters.syscalls));
	json_object_set_new(object, "protection_changes", whole(outcome->counters.protections));
	json_object_set_new(object, "stray_accesses", whole(outcome->stray_accesses));
	json_object_set_new(object, "blocks_left", whole(outcome->blocks_left));
	return object;
}

static json_t *host_calls_json(const struct outcome *outcome)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < outcome->host_call_count; i++) {
		json_t *object = json_object();

		json_object_set_new(object, "object", text(outcome->host_calls[i].object));
		json_object_set_new(object, "names", text(outcome->host_calls[i].names));
		json_array_append_new(list, object);
	}
	return list;
}

/* Null where nobody in particular failed. */
static json_t *failure_json(const struct sof_failure *failure)
{
	json_t *object;

	if (!failure->call)
		return json_null();
	object = json_object();
	json_object_set_new(object, "instance", text(failure->instance));
	json_object_set_new(object, "widget", text(widget_names_find(failure->instance)));
	json_object_set_new(object, "call", text(failure->call));
	json_object_set_new(object, "error", json_integer(failure->error));
	json_object_set_new(object, "returned", json_boolean(failure->returned));
	json_object_set_new(object, "unfed_ms", whole(failure->unfed_ms));
	json_object_set_new(object, "last_error", text(failure->last_error.text));
	return object;
}

static json_t *shortage_json(const struct host_heap_shortage *shortage)
{
	static const char *const kinds[] = { "module", "shared", "kernel", "board" };
	json_t *object;

	if (!shortage->asked)
		return json_null();
	object = json_object();
	json_object_set_new(object, "heap", text(kinds[shortage->kind]));
	json_object_set_new(object, "name", text(shortage->name));
	json_object_set_new(object, "asked_bytes", whole(shortage->asked));
	json_object_set_new(object, "free_bytes", whole(shortage->available));
	json_object_set_new(object, "heap_bytes", whole(shortage->size));
	json_object_set_new(object, "needed_bytes", whole(shortage->needed));
	return object;
}

static json_t *report_json(const struct options *options, const struct outcome *outcome,
			   enum exit_code code, const char *error)
{
	json_t *root = json_object(), *modules = json_array(), *faults = json_array();
	json_t *domains = json_array(), *files = json_array();
	char verdict[SUMMARY_VERDICT_SIZE];
	size_t i;

	summary_verdict(verdict, sizeof(verdict), options, outcome, code, fault_report_count());
	json_object_set_new(root, "report_version", whole(REPORT_VERSION));
	json_object_set_new(root, "program", text("sof-testbench " SOF_TESTBENCH_VERSION));
	json_object_set_new(root, "input", text(options->input_count ? options->inputs[0] : NULL));
	json_object_set_new(root, "output",
			    text(options->output_count ? options->outputs[0] : NULL));
	json_object_set_new(root, "output_written", json_boolean(outcome->output_written));
	json_object_set_new(root, "exit_code", whole(code));
	json_object_set_new(root, "verdict", text(verdict));
	json_object_set_new(root, "error", text(error));
	json_object_set_new(root, "failure", failure_json(&outcome->failure));
	json_object_set_new(root, "shortage", shortage_json(&outcome->shortage));
	json_object_set_new(root, "audio", audio_json(outcome));
	for (i = 0; i < outcome->file_count; i++)
		json_array_append_new(files, file_json(&outcome->files[i]));
	json_object_set_new(root, "files", files);
	json_object_set_new(root, "isolation", isolation_json(options, outcome));
	json_object_set_new(root, "host_calls", host_calls_json(outcome));
	for (i = 0; i < outcome->instance_count; i++)
		json_array_append_new(modules, instance_json(&outcome->instances[i]));
	json_object_set_new(root, "modules", modules);
	for (i = 0; i < outcome->domain_count; i++)
		json_array_append_new(domains, domain_json(&outcome->domains[i]));
	json_object_set_new(root, "domains", domains);
	json_object_set_new(root, "fault_count", whole(fault_report_count()));
	for (i = 0; fault_report_at(i); i++)
		json_array_append_new(faults, fault_json(fault_report_at(i)));
	json_object_set_new(root, "faults", faults);
	return root;
}

int report_write(struct output_place **place, const struct options *options,
		 const struct outcome *outcome, enum exit_code code, const char *error,
		 struct problem *why)
{
	json_t *root = report_json(options, outcome, code, error);
	int fd = output_place_fd(*place), ret = 0;

	errno = 0;
	if (!root || json_dumpfd(root, fd, JSON_INDENT(2)) || write(fd, "\n", 1) != 1)
		ret = problem_set(why, EXIT_RUN_FAILED, errno ? errno : EIO,
				  "%s: report can't be written: %s", output_place_path(*place),
				  strerror(errno ? errno : EIO));
	json_decref(root);
	if (ret)
		output_place_discard(place);
	else
		ret = output_place_commit(place, why);
	return ret;
}
