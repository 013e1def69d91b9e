/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <host/loader.h>
#include <host/printable.h>
#include <host/standard_files.h>
#include <signal.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio_file.h"
#include "catalog.h"
#include "chain.h"
#include "chain_control.h"
#include "control/control.h"
#include "control/script.h"
#include "control/script_plan.h"
#include "declared_formats.h"
#include "denied.h"
#include "fault_report.h"
#include "file_plan.h"
#include "graph.h"
#include "init_payload.h"
#include "module_list.h"
#include "options.h"
#include "outcome.h"
#include "output_place.h"
#include "report.h"
#include "reporter.h"
#include "run.h"
#include "run_reserve.h"
#include "standard_output.h"
#include "standard_files.h"
#include "summary.h"
#include "summary_sof.h"
#include "topology/topology_command.h"
#include "widget_names.h"

/* Program data, not the main stack: code on the virtual core uses all of it. */
static struct options options;
static struct catalog catalog;
static struct outcome outcome;
static struct problem why;

static struct graph graph;
static struct controls controls;
static struct audio_input *inputs[OPTIONS_FILES_MAX];
static struct output_place *report;

static void warn_of_input(const char *path, const char *note)
{
	if (!note)
		return;
	fputs("sof-testbench: warning: ", stderr);
	host_printable_put(stderr, path);
	fputs(": ", stderr);
	host_printable_put(stderr, note);
	fputc('\n', stderr);
}

static int open_inputs(struct audio_format *formats)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < options.input_count; i++) {
		ret = audio_input_open_as(options.inputs[i], &options.plain, &inputs[i], &why);
		if (ret)
			break;
		formats[i] = *audio_input_format(inputs[i]);
		warn_of_input(options.inputs[i], audio_input_note(inputs[i]));
	}
	return ret;
}

/* The graph's inputs are the command line's, in order. */
static void lend_inputs(void)
{
	size_t i, next = 0;

	for (i = 0; i < graph.file_count; i++)
		if (graph.files[i].end == GRAPH_FILE_INPUT)
			graph.files[i].input = inputs[next++];
}

/* Roughly, of an output: as long as the longest input. */
static uint64_t frames_foreseen(unsigned int rate)
{
	double seconds = 0.0;
	size_t i;

	for (i = 0; i < options.input_count; i++) {
		double length = (double)audio_input_frames(inputs[i]) /
				(double)audio_input_format(inputs[i])->rate;

		seconds = length > seconds ? length : seconds;
	}
	if (options.ticks_max && seconds > options.ticks_max / 1000.0)
		seconds = options.ticks_max / 1000.0;
	return (uint64_t)(seconds * rate);
}

static int open_output(struct graph_file *file)
{
	struct audio_format format = file->format;

	/* -b asks for raw samples where no name says otherwise. */
	if (standard_output_is(file->path) && options.plain.known)
		format.sndfile_format = SF_FORMAT_RAW;
	return audio_output_open_for(file->path, &format, frames_foreseen(format.rate),
				     &file->output, &why);
}

static int open_outputs(void)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < graph.file_count; i++) {
		struct graph_file *file = &graph.files[i];

		if (file->end == GRAPH_FILE_OUTPUT)
			ret = open_output(file);
	}
	return ret;
}

/* What is run, and its controls. */
static int compile(const struct audio_format *formats)
{
	int ret;

	if (options.topology)
		return topology_compile(&options, formats, &graph, &controls, stderr, &why);
	ret = chain_compile(&options, formats, &graph, &why);
	if (!ret && chain_controls(&graph, &controls))
		ret = problem_set(&why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	return ret;
}

static int plan_script(void)
{
	struct script script;
	int ret;

	if (!options.script)
		return 0;
	ret = script_read(options.script, &script, &why);
	if (ret)
		return ret;
	ret = script_plan(&script, &controls, &graph, &why);
	script_free(&script);
	return ret;
}

static int open_files(void)
{
	struct audio_format formats[OPTIONS_FILES_MAX];
	int ret = file_plan_check(&options, &why);

	if (ret)
		return ret;
	if (options.report) {
		ret = output_place_open(options.report, &report, &why);
		if (ret)
			return ret;
	}
	ret = open_inputs(formats);
	if (!ret)
		ret = compile(formats);
	if (!ret)
		ret = plan_script();
	if (ret)
		return ret;
	graph.ticks_max = options.ticks_max;
	lend_inputs();
	if (outcome_reserve(&outcome, &graph) || widget_names_reserve(graph.node_count))
		return problem_set(&why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	return open_outputs();
}

/* All of them, or as far as it goes: no name is given before the last one's data is there. */
static bool commit_outputs(void)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < graph.file_count; i++)
		if (graph.files[i].output)
			ret = audio_output_commit(&graph.files[i].output, &why);
	return !ret;
}

static void close_files(void)
{
	size_t i;

	for (i = 0; i < graph.file_count; i++)
		audio_output_discard(&graph.files[i].output);
	for (i = 0; i < options.input_count; i++)
		audio_input_close(&inputs[i]);
	output_place_discard(&report);
	outcome_free(&outcome);
	widget_names_free();
	controls_free(&controls);
	graph_free(&graph);
}

static int start_board(void)
{
	int ret = host_init(&options.board);

	if (!ret) {
		snprintf(outcome.backend, sizeof(outcome.backend), "%s", host_isolation_name());
		outcome.isolated = host_isolated();
		outcome.parallel = host_cores_parallel();
		return 0;
	}
	if (ret == -ENOTSUP && denied_check(options.board.isolation, EXIT_BAD_INPUT, &why))
		return ret;
	if (ret == -ENOTSUP)
		return problem_set(&why, EXIT_BAD_INPUT, ENOTSUP, "--isolation %s",
				   options.board.isolation == HOST_ISOLATION_PKEY ?
					   "pkey: this host has no free memory protection keys "
					   "('ospke' in /proc/cpuinfo); mprotect needs none" :
					   "mprotect or required: this host refuses mprotect()");
	return problem_set(&why, EXIT_RUN_FAILED, -ret, "the board can't be started: %s",
			   strerror(-ret));
}

/* The objects are gone when the report is written. */
static void save_host_calls(void)
{
	size_t i;

	for (i = 0; i < catalog.object_count; i++) {
		const char *calls = host_object_host_calls(catalog.objects[i]);

		struct outcome_host_calls *noted = &outcome.host_calls[outcome.host_call_count];

		if (!*calls || outcome.host_call_count == OUTCOME_HOST_CALLS_MAX)
			continue;
		snprintf(noted->object, sizeof(noted->object), "%s",
			 host_object_path(catalog.objects[i]));
		snprintf(noted->names, sizeof(noted->names), "%s", calls);
		outcome.host_call_count++;
	}
}

static int check_thread_count(void)
{
	size_t dp = 0, i;

	for (i = 0; i < graph.node_count; i++)
		dp += graph.nodes[i].dp;
	if (dp <= host_threads_max())
		return 0;
	return problem_set(&why, EXIT_BAD_INPUT, EAGAIN,
			   "%zu DP modules: the board has threads for %u, run some as LL modules "
			   "(--dp)",
			   dp, host_threads_max());
}

/* What depends on the modules themselves, now that they are there. */
static int complete_graph(void)
{
	const struct catalog_module *entry;
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < graph.node_count; i++) {
		struct graph_node *node = &graph.nodes[i];

		if (node->file != GRAPH_NONE)
			continue;
		if (!node->module) {
			ret = catalog_load_uuid(&catalog, node->uuid, node->name, NULL, &why);
			continue;
		}
		entry = catalog_find(&catalog, node->module);
		if (entry && init_payload_fill(node, entry->module.uuid))
			ret = problem_set(&why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	}
	if (!ret)
		ret = graph_check(&graph, &why);
	if (!ret)
		ret = declared_formats_check(&graph, &catalog, &why);
	return ret ? ret : check_thread_count();
}

/* Once the board has run, or has come to an end that it can't be taken down from. */
static void take_counts(void)
{
	host_counters_get(&outcome.counters);
	host_denied_get(&outcome.denied);
	outcome.stray_accesses = host_stray_supervisor_accesses();
}

static void settle(const struct fault_record *last)
{
	run_settle(last->instance);
	take_counts();
}

static int run_on_board(void)
{
	static struct run run;
	int ret, result = 0;

	ret = start_board();
	if (ret)
		return ret;
	catalog_warn_of_folders(stderr);
	ret = catalog_load(&catalog, &options, &why);
	if (!ret)
		ret = complete_graph();
	catalog_warn_of_host_calls(&catalog, stderr);
	save_host_calls();
	if (!ret) {
		run = (struct run){ &options, &catalog, &graph, &outcome, &why };
		ret = run_reserve(&run);
	}
	if (!ret) {
		ret = host_run(run_graph, &run, &result);
		fault_report_disarm();
		if (ret == -ENOENT)
			problem_set(&why, EXIT_RUN_FAILED, ENOENT,
				    "isolation needs /proc/self/maps, which can't be read: mount "
				    "/proc, or run with --isolation none");
		else if (ret)
			problem_set(&why, EXIT_RUN_FAILED, -ret,
				    "the virtual core can't be started: %s", strerror(-ret));
		else
			ret = result;
	}
	if (ret)
		denied_explain(&why);
	take_counts();
	catalog_unload(&catalog);
	outcome.blocks_left = host_exit();
	return ret;
}

/* A call that does not return has a line as well, which may tell who waits because of it. */
static void judge_call(const struct fault_record *record)
{
	const enum exit_code code = fault_exit_code(record->fault.kind);

	if (why.code == code && strstr(why.text, record->instance))
		return;
	why.code = EXIT_DONE;
	problem_set(&why, code, EIO, "%s: %s%s%s", widget_names_with(record->instance),
		    record->what, record->last_error[0] ? "; it logged last: " : "",
		    record->last_error);
}

/* A fault is told by its own report, so its exit code comes without a line of text. */
static void judge_faults(void)
{
	const struct fault_record *first = fault_report_at(0);

	if (!fault_report_count())
		return;
	if (first &&
	    (first->fault.kind == HOST_FAULT_STALL || first->fault.kind == HOST_FAULT_ENDED)) {
		judge_call(first);
		return;
	}
	why.text[0] = '\0';
	why.code = first ? fault_exit_code(first->fault.kind) : EXIT_FAULT;
}

/* Judge, and write all that a run leaves behind. \p ret: what it came to; \p ended: why a fault has
 * ended it, whatever --on-fault says, or NULL. */
static void conclude(int ret, const char *ended)
{
	struct problem report_why = { 0 };
	bool plays_on = options.board.on_fault == HOST_ON_FAULT_MUTE ||
			options.board.on_fault == HOST_ON_FAULT_CONTINUE;

	judge_faults();
	if (ended)
		snprintf(why.text, sizeof(why.text), "%s", ended);
	if (ret == -EFAULT && why.code == EXIT_DONE)
		problem_set(&why, EXIT_RUN_FAILED, EFAULT,
			    "defect of the firmware core: %s has ended, and no fault was reported",
			    outcome.failure.call ? widget_names_with(outcome.failure.instance) :
						   "an instance");
	/* A fault of a module's free() comes when all has been played. */
	if (!ret && outcome.played && !fault_report_count())
		ret = outcome_check_frames(&outcome, &why);
	if (outcome.played && (fault_report_count() ? plays_on : !ret))
		outcome.output_written = commit_outputs();
	if (report && report_write(&report, &options, &outcome, why.code, why.text, &report_why)) {
		if (why.code == EXIT_DONE)
			why = report_why;
		else
			problem_print(&report_why);
	}
	if (!options.quiet && outcome.instance_count && options.like_sof)
		summary_sof_print(stdout, &options, &graph, &outcome, why.code,
				  fault_report_count());
	else if (!options.quiet && (outcome.instance_count || fault_report_count()))
		summary_print(stdout, &options, &outcome, why.code, fault_report_count());
}

/* The last words. Returns the exit code. */
static enum exit_code finish(enum exit_code code)
{
	if (standard_output_finish(&why) && code == EXIT_DONE)
		code = why.code;
	problem_print(&why);
	return code;
}

/*
 * The other process can't go on: end the run in its place, with what it knows. The arrays of the
 * outcome were made before the reporter, so they have the same addresses here. Output files are
 * left to the other process: they go when it ends.
 */
static int conclude_in_reporter(const char *reason)
{
	const size_t room = outcome.room;

	if (reporter_fetch(&outcome, sizeof(outcome)) ||
	    reporter_fetch(outcome.instances, room * sizeof(outcome.instances[0])) ||
	    reporter_fetch(outcome.domains, room * sizeof(outcome.domains[0])) ||
	    reporter_fetch(outcome.files, outcome.file_count * sizeof(outcome.files[0])))
		return -EIO;
	conclude(-EFAULT, reason);
	return (int)finish(why.code);
}

static enum exit_code process(void)
{
	static const struct fault_report_ending ending = { settle, conclude_in_reporter };
	int ret;

	if (fault_report_start(&options))
		problem_set(&why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	ret = why.code ? -ENOMEM : open_files();
	if (!ret) {
		fault_report_arm(&ending);
		ret = run_on_board();
	}
	conclude(ret, NULL);
	close_files();
	fault_report_stop();
	return why.code;
}

/* -P: each round makes everything anew, up to the first that fails. */
static enum exit_code process_rounds(void)
{
	enum exit_code code = EXIT_DONE;
	unsigned int i;

	for (i = 0; code == EXIT_DONE && i < options.rounds; i++) {
		memset(&outcome, 0, sizeof(outcome));
		if (options.like_sof && !options.quiet)
			summary_sof_start(stdout, &options, i);
		code = process();
	}
	return code;
}

static enum exit_code list_controls(void)
{
	struct audio_format format = { 48000, 2, AUDIO_S16, 2, 4, 0, 0 };
	int ret;

	if (options.topology) {
		ret = topology_list_controls(&options, &controls, &why);
	} else {
		options.input_count = options.output_count = 0;
		ret = compile(&format);
	}
	if (!ret)
		controls_show(stdout, &controls);
	controls_free(&controls);
	graph_free(&graph);
	return ret ? why.code : EXIT_DONE;
}

static enum exit_code list_modules(void)
{
	size_t i;

	if (!start_board()) {
		catalog_warn_of_folders(stderr);
		catalog_load(&catalog, &options, &why);
		catalog_warn_of_host_calls(&catalog, stderr);
		module_list_print(stdout, &catalog);
		fflush(stdout);
		for (i = 0; i < catalog.refused_count; i++)
			problem_print(&catalog.refused[i]);
		if (catalog.refused_count && why.code == EXIT_DONE)
			why.code = catalog.refused[0].code;
		catalog_unload(&catalog);
		host_exit();
	}
	return why.code;
}

int main(int argc, char **argv)
{
	enum exit_code code = EXIT_DONE;

	if (host_standard_files_open())
		return EXIT_RUN_FAILED;
	/* A reader that goes away, or a file size limit, is a failed write and not a death. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);

	if (options_parse(&options, argc, argv, &why))
		code = why.code;
	else if (options.action == ACTION_HELP)
		fputs(options_help, stdout);
	else if (options.action == ACTION_VERSION)
		puts("sof-testbench " SOF_TESTBENCH_VERSION);
	else if (options.action == ACTION_LIST_MODULES)
		code = list_modules();
	else if (options.action == ACTION_SHOW_TOPOLOGY)
		code = file_plan_check(&options, &why) || topology_command(&options, stdout, &why) ?
			       why.code :
			       EXIT_DONE;
	else if (options.action == ACTION_CONTROLS)
		code = list_controls();
	else
		code = process_rounds();
	code = finish(code);
	options_free(&options);
	return code;
}
