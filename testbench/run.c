/* SPDX-License-Identifier: BSD-3-Clause */
#include "run.h"

#include <errno.h>
#include <host/printable.h>
#include <stdio.h>
#include <string.h>

#include "denied.h"
#include "endpoint.h"
#include "failure_words.h"
#include "fault_report.h"
#include "notices.h"
#include "progress.h"
#include "run_build.h"
#include "run_events.h"
#include "widget_names.h"

/* Silence after the end of the streams that is taken for more than a module's delay, in ticks, over
 * what the graph's periods explain. */
#define ENDLESS_TICKS 200

/* Audio that a module may produce without taking any of the input that waits for it: far more than
 * any delay; once all streams have ended, what has gone on for some time. */
#define UNFED_MS	 10000
#define UNFED_ENDING_MS	 500
#define UNFED_LOOK_TICKS 64

/* Kernel data: it is in use while the C heap and the main stack are closed. */
static struct {
	struct run *run;
	struct build build;
	struct progress progress;
	size_t leading;		/* input that lasts longest, GRAPH_NONE: there is none */
	uint64_t patience;	/* ticks that nothing may move */
	uint64_t look_again_at; /* tick before which it is not yet a stall */
	uint64_t ticks_max;	/* the graph's */
	uint64_t start_ns;	/* of playing; 0: not yet */
} play_state;

/* Names of a topology's widgets may hold anything. */
static void make_printable(char *text, size_t size)
{
	char raw[64];

	snprintf(raw, sizeof(raw), "%s", text);
	host_printable(text, size, raw);
}

static void take_figures(struct outcome *outcome)
{
	size_t count = 0, i;

	host_memory_open();
	while (count < outcome->room && !sof_instance_stats(count, &outcome->instances[count]))
		count++;
	outcome->instance_count = count;
	for (i = 0; i < count; i++) {
		make_printable(outcome->instances[i].name, sizeof(outcome->instances[i].name));
		make_printable(outcome->instances[i].domain, sizeof(outcome->instances[i].domain));
	}
	count = 0;
	while (count < outcome->room && !sof_domain_stats(count, &outcome->domains[count]))
		count++;
	outcome->domain_count = count;
	for (i = 0; i < count; i++)
		make_printable(outcome->domains[i].name, sizeof(outcome->domains[i].name));
	for (i = 0; i < outcome->file_count; i++)
		outcome->files[i].frames = endpoint_frames(i);
	outcome->ticks = sof_tick_count();
	notices_count(&outcome->notifications, &outcome->notifications_dropped);
}

void run_settle(const char *dead)
{
	struct outcome *outcome;
	size_t i;

	if (!play_state.run)
		return;
	outcome = play_state.run->outcome;
	take_figures(outcome);
	if (play_state.start_ns && !outcome->wall_ns)
		outcome->wall_ns = progress_now_ns() - play_state.start_ns;
	for (i = 0; i < outcome->instance_count; i++)
		outcome->instances[i].dead |= !strcmp(outcome->instances[i].name, dead);
}

static void say(char *text, size_t size, size_t *at, const char *what, const char *name)
{
	if (*at < size)
		*at += (size_t)snprintf(text + *at, size - *at, "%s%s%s for %s", *at ? ", " : ": ",
					strstr(text, "waiting are ") ? "" : "waiting are ", name,
					what);
}

/* What was told of those whose call does not return, "a.0: process() does not return: ..., ". */
static size_t list_blocked(size_t told, char *text, size_t size)
{
	const struct fault_record *record;
	size_t at = 0;

	for (; at < size && (record = fault_report_at(told)); told++)
		at += (size_t)snprintf(text + at, size - at, "%s%s: %s", at ? ", " : ": ",
				       widget_names_with(record->instance), record->what);
	return at;
}

/* The run plays on when modules that do not return can be muted. */
static bool plays_on_without(unsigned int blocked)
{
	const enum host_on_fault policy = play_state.run->options->board.on_fault;

	if (!blocked || (policy != HOST_ON_FAULT_MUTE && policy != HOST_ON_FAULT_CONTINUE))
		return false;
	play_state.look_again_at = sof_tick_count() + play_state.patience;
	return true;
}

/* Say who waits for what: modules that do not return first, then those that are not called, then
 * the inputs that can't get rid of their frames. 0: all of the first are muted. */
static int stalled(uint64_t ticks)
{
	struct outcome *outcome = play_state.run->outcome;
	const size_t told = fault_report_count();
	const unsigned int blocked = sof_end_blocked();
	char list[900] = "";
	size_t at, i;

	if (plays_on_without(blocked))
		return 0;
	take_figures(outcome);
	at = list_blocked(told, list, sizeof(list));
	for (i = 0; i < outcome->instance_count; i++) {
		const struct sof_instance_stats *stats = &outcome->instances[i];

		if (!stats->dead && stats->waits_for && stats->waits_for[0])
			say(list, sizeof(list), &at, stats->waits_for,
			    widget_names_with(stats->name));
	}
	for (i = 0; i < outcome->file_count; i++)
		if (endpoint_frames_left(i))
			say(list, sizeof(list), &at, "space", outcome->files[i].path);
	return problem_set(play_state.run->why, EXIT_STALLED, EDEADLK,
			   "nothing has moved for %llu ms of audio time%s",
			   (unsigned long long)ticks, list);
}

static int tick_failed(int error)
{
	struct problem *why = play_state.run->why;
	unsigned long long now = (unsigned long long)sof_tick_count();
	struct failure_text text;

	if (failure_take(play_state.run, error, &text))
		return -EFAULT;
	if (!text.failure.call)
		return problem_set(why, EXIT_RUN_FAILED, EIO,
				   "the pipeline failed after %llu ms of audio time: %s", now,
				   text.words);
	return problem_set(why, EXIT_RUN_FAILED, EIO, "%s: %s after %llu ms of audio time%s%s%s",
			   widget_names_with(text.failure.instance), text.words, now,
			   text.shortage[0] ? "; " : "", text.shortage, text.last_error);
}

static bool at_the_end(void)
{
	if (play_state.ticks_max && sof_tick_count() == play_state.ticks_max)
		endpoints_cut();
	if (play_state.leading == GRAPH_NONE && sof_tick_count() < play_state.ticks_max)
		return false;
	return endpoints_exhausted();
}

/* Some modules give silence, or more, whether anything comes in or not. */
static bool goes_on_for_ever(uint64_t ticks)
{
	uint64_t limit = 2 * play_state.patience + ENDLESS_TICKS;

	return (sof_streams_ended() && endpoints_silent(limit)) || ticks > 10 * limit;
}

/* A module that takes none of its input keeps the run from ending, and its output grows. */
static int look_for_unfed(uint64_t at_least_ms)
{
	struct run *run = play_state.run;
	struct sof_failure failure;

	if (!sof_unfed(at_least_ms, &failure))
		return 0;
	host_memory_open();
	run->outcome->failure = failure;
	return problem_set(run->why, EXIT_STALLED, EDEADLK,
			   "%s: process() has produced %llu ms of audio since it last took any of "
			   "its input, which waits: it would never end",
			   widget_names_with(failure.instance),
			   (unsigned long long)failure.unfed_ms);
}

static int look_now_and_then(void)
{
	return sof_tick_count() % UNFED_LOOK_TICKS ? 0 : look_for_unfed(UNFED_MS);
}

/* Until nothing moves any more. */
static int drain(void)
{
	uint64_t idle = 0, ticks = 0;
	int ret = build_end_streams(&play_state.build);

	if (ret)
		return ret;
	endpoints_ending();
	while (idle <= play_state.patience) {
		ret = run_events_send(&play_state.build);
		if (ret)
			return ret;
		ret = sof_tick();
		notices_take();
		if (ret < 0)
			return tick_failed(ret);
		idle = ret == SOF_TICK_IDLE ? idle + 1 : 0;
		ret = look_now_and_then();
		if (ret)
			return ret;
		if (goes_on_for_ever(++ticks)) {
			/* as it looks when one of them does not return */
			ret = sof_end_blocked() ? -EFAULT : look_for_unfed(UNFED_ENDING_MS);
			if (ret)
				return ret;
			play_state.run->outcome->endless = true;
			return 0;
		}
	}
	return 0;
}

static bool is_stuck(uint64_t idle)
{
	return sof_tick_count() >= play_state.look_again_at &&
	       (idle > play_state.patience || endpoints_stuck(play_state.patience));
}

static int tick_through(void)
{
	uint64_t idle = 0;
	int ret;

	for (;;) {
		ret = run_events_send(&play_state.build);
		if (ret)
			return ret;
		ret = sof_tick();
		notices_take();
		if (ret < 0)
			return tick_failed(ret);
		idle = ret == SOF_TICK_IDLE ? idle + 1 : 0;
		if (at_the_end())
			return drain();
		ret = look_now_and_then();
		if (!ret && is_stuck(idle))
			ret = stalled(idle > play_state.patience ? idle : play_state.patience);
		if (ret)
			return ret;
		if (play_state.leading != GRAPH_NONE)
			progress_update(&play_state.progress, endpoint_frames(play_state.leading));
	}
}

static int play(void)
{
	struct outcome *outcome = play_state.run->outcome;
	int ret;

	play_state.start_ns = progress_now_ns();
	ret = tick_through();
	outcome->wall_ns = progress_now_ns() - play_state.start_ns;
	progress_clear(&play_state.progress);
	if (!ret)
		ret = endpoints_flush(outcome->endless);
	outcome->played = !ret;
	return ret;
}

/* Each module may hold its output back for a period, and then take one to run. */
static uint64_t patience_for(const struct graph *graph, unsigned int period_ms)
{
	size_t i;

	for (i = 0; i < graph->node_count; i++)
		if (graph_period_ms(&graph->nodes[i]) > period_ms)
			period_ms = graph_period_ms(&graph->nodes[i]);
	return 2ull * period_ms * (graph->node_count + 1) + 16;
}

static size_t leading_input(const struct outcome *outcome)
{
	size_t i, best = GRAPH_NONE;
	double longest = -1.0, length;

	for (i = 0; i < outcome->file_count; i++) {
		const struct outcome_file *file = &outcome->files[i];

		length = (double)file->file_frames / (double)file->format.rate;
		if (file->end == GRAPH_FILE_INPUT && length > longest) {
			longest = length;
			best = i;
		}
	}
	return best;
}

static void get_ready(struct run *run)
{
	const struct outcome_file *leading;

	memset(&play_state, 0, sizeof(play_state));
	notices_start();
	play_state.run = run;
	play_state.leading = leading_input(run->outcome);
	play_state.patience = patience_for(run->graph, run->options->dp_period_ms);
	play_state.ticks_max = run->graph->ticks_max;
	if (play_state.leading == GRAPH_NONE)
		return;
	leading = &run->outcome->files[play_state.leading];
	progress_start(&play_state.progress, run->options->quiet, leading->format.rate,
		       leading->file_frames);
}

static int run_firmware(struct run *run)
{
	int ret;

	host_memory_open();
	get_ready(run);
	ret = endpoints_open(run->graph, run->why);
	if (ret)
		return problem_set(run->why, EXIT_RUN_FAILED, -ret, "file ends: %s",
				   strerror(-ret));
	ret = build_up(&play_state.build, run);
	/* Now all threads are there. */
	if (!ret)
		ret = denied_check(run->options->board.isolation, EXIT_RUN_FAILED, run->why);
	if (!ret)
		ret = run_events_start(&play_state.build);
	if (!ret) {
		host_memory_open();
		ret = play();
	}
	take_figures(run->outcome);
	ret = run_events_stop(&play_state.build, ret);
	ret = build_take_down(&play_state.build, ret);
	endpoints_close();
	host_memory_open();
	return ret;
}

int run_graph(void *arg)
{
	struct run *run = arg;
	struct sof_audio_config config = { 0 };
	int ret;

	host_memory_open();
	config.domain_model = run->options->domain_model;
	config.share = run->options->share;
	/* What can't go on under "continue" is muted. */
	config.mute_on_fault = run->options->board.on_fault == HOST_ON_FAULT_MUTE ||
			       run->options->board.on_fault == HOST_ON_FAULT_CONTINUE;
	/* SOF's summary lines have no times of modules. */
	config.untimed = !run->options->report && (run->options->quiet || run->options->like_sof);
	config.heap_bytes = run->options->heap_bytes;
	config.stack_bytes = run->options->stack_bytes;
	ret = sof_audio_init(&config);
	if (ret)
		return problem_set(run->why, EXIT_RUN_FAILED, -ret,
				   "the firmware can't be started: %s", strerror(-ret));
	ret = catalog_register(run->catalog, run->why);
	if (!ret)
		ret = run_firmware(run);
	sof_audio_exit();
	host_memory_open();
	return ret;
}
