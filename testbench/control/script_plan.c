/* SPDX-License-Identifier: BSD-3-Clause */
#include "control/script_plan.h"

#include <errno.h>
#include <ipc4/header.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "blob.h"
#include "output_place.h"
#include "suggest.h"

#define NS_A_TICK 1000000ull
/* Parameter of a gain's volume, and the channel that is all of them. */
#define VOLUME_PARAM 0
#define ALL_CHANNELS 0xffffffffu
#define ABI_BYTES    32

struct planning {
	const struct script *script;
	const struct script_command *command;
	struct controls *controls;
	struct graph *graph;
	struct problem *why;
	uint64_t now_ns;
};

/* struct ipc4_peak_volume_config of modules/gain. */
struct volume_message {
	uint32_t channel, gain, curve_type, reserved, curve_duration[2];
};

struct value_message {
	struct sof_ipc4_control_msg_payload head;
	struct sof_ipc4_ctrl_value_chan values[CONTROL_CHANNELS_MAX];
};

static int bad(struct planning *planning, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static int bad(struct planning *planning, const char *format, ...)
{
	char text[450];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return problem_set(planning->why, EXIT_BAD_INPUT, EINVAL, "%s: line %u: %s",
			   planning->script->name, planning->command->line, text);
}

static int no_memory(struct planning *planning)
{
	return problem_set(planning->why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
}

static uint64_t tick_now(const struct planning *planning)
{
	return (planning->now_ns + NS_A_TICK / 2) / NS_A_TICK;
}

/* The nearest by spelling; where none is, some of those there are. */
static int unknown_control(struct planning *planning)
{
	const struct controls *controls = planning->controls;
	struct suggestion search = { .wanted = planning->command->control };
	char list[260] = "";
	size_t i, at = 0;

	for (i = 0; i < controls->count; i++)
		suggestion_offer(&search, controls->at[i].name);
	if (search.best)
		return bad(planning, "no control '%s', did you mean '%s'?", search.wanted,
			   search.best);
	for (i = 0; i < controls->count && at < sizeof(list); i++)
		at += (size_t)snprintf(list + at, sizeof(list) - at, "%s'%s'", i ? ", " : "",
				       controls->at[i].name);
	return bad(planning, "no control '%s', there are %s", search.wanted,
		   controls->count ? list : "none");
}

static int find(struct planning *planning, struct control **control)
{
	const struct script_command *command = planning->command;

	*control = NULL;
	if (!command->numid)
		*control = controls_find(planning->controls, command->control);
	else if (command->numid <= planning->controls->count)
		*control = &planning->controls->at[command->numid - 1];
	if (*control)
		return 0;
	if (!command->numid)
		return unknown_control(planning);
	return bad(planning, "no control of number %u, there are %zu", command->numid,
		   planning->controls->count);
}

static void describe(const struct planning *planning, const struct control *control, char *text,
		     size_t size)
{
	snprintf(text, size, "%.200s: line %u: '%s'", planning->script->name,
		 planning->command->line, control->name);
}

static int add_message(struct planning *planning, const struct control *control, uint32_t param_id,
		       const void *payload, size_t size)
{
	char from[400];
	int ret;

	describe(planning, control, from, sizeof(from));
	ret = graph_add_event(planning->graph, tick_now(planning), control->node, from, param_id,
			      payload, size);
	return ret ? no_memory(planning) : 0;
}

static int add_text(struct planning *planning, const char *from, const char *text)
{
	return graph_add_event_text(planning->graph, tick_now(planning), from, text) ?
		       no_memory(planning) :
		       0;
}

static int send_volume(struct planning *planning, const struct control *control)
{
	bool same = true;
	unsigned int i;
	int ret = 0;

	for (i = 1; i < control->channels; i++)
		same &= control->values[i] == control->values[0];
	for (i = 0; !ret && i < (same ? 1 : control->channels); i++) {
		struct volume_message message = {
			.channel = same ? ALL_CHANNELS : i,
			.gain = control_gain(control, control->values[i]),
			.curve_type = control->curve_type,
			.curve_duration = { control->curve_duration, 0 },
		};

		ret = add_message(planning, control, VOLUME_PARAM, &message, sizeof(message));
	}
	return ret;
}

static int send_values(struct planning *planning, const struct control *control)
{
	struct value_message message = { 0 };
	unsigned int i;

	message.head.id = control->id;
	message.head.num_elems = (uint16_t)control->channels;
	for (i = 0; i < control->channels; i++) {
		message.values[i].channel = i;
		message.values[i].value = (uint32_t)control->values[i];
	}
	return add_message(planning, control,
			   control->kind == CONTROL_ENUM ? SOF_IPC4_ENUM_CONTROL_PARAM_ID :
							   SOF_IPC4_SWITCH_CONTROL_PARAM_ID,
			   &message,
			   sizeof(message.head) + control->channels * sizeof(message.values[0]));
}

static int set_values(struct planning *planning, struct control *control)
{
	char reason[300];

	if (control_parse(control, planning->command->value, control->values, reason,
			  sizeof(reason)))
		return bad(planning, "'%s': %s", control->name, reason);
	if (control->kind == CONTROL_VOLUME && !control->has_db)
		return bad(planning, "'%s' has no dB scale, so nobody knows its gains",
			   control->name);
	control->known = true;
	return control->kind == CONTROL_VOLUME ? send_volume(planning, control) :
						 send_values(planning, control);
}

static int set_bytes(struct planning *planning, struct control *control)
{
	const struct script_command *command = planning->command;
	struct problem trouble = { 0 };
	struct blob blob;
	int ret;

	if (control->kind != CONTROL_BYTES)
		return bad(planning, "'%s' takes values, by amixer, and no bytes", control->name);
	ret = blob_read(command->value, &blob, &trouble);
	if (ret == -ENOMEM)
		return no_memory(planning);
	if (ret)
		return bad(planning, "%s", trouble.text);
	if (command->bare)
		blob.param_id = command->param_id;
	if (control->bytes_max && blob.size + ABI_BYTES > control->bytes_max)
		ret = bad(planning,
			  "'%s': %s has %zu bytes with its header, at most %u are expected",
			  control->name, command->value, blob.size + ABI_BYTES, control->bytes_max);
	else if (control_set_bytes(control, blob.param_id, blob.payload, blob.size))
		ret = no_memory(planning);
	else
		ret = add_message(planning, control, blob.param_id, blob.payload, blob.size);
	blob_free(&blob);
	return ret;
}

/* Can it be written? Nothing of it stays. A FIFO's reader would notice. */
static int check_output(struct planning *planning, const char *path)
{
	struct problem unfit = { 0 };
	struct output_place *place;
	struct stat status;

	if (!stat(path, &status) && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
		return 0;
	if (output_place_open(path, &place, &unfit))
		return unfit.code == EXIT_BAD_INPUT ? bad(planning, "%s", unfit.text) :
						      no_memory(planning);
	output_place_discard(&place);
	return 0;
}

static int read_bytes(struct planning *planning, const struct control *control)
{
	const struct script_command *command = planning->command;
	uint32_t most = control->bytes_max ? control->bytes_max : CONTROL_ANY_BYTES;
	char from[400], unknown[200], head[300];
	struct graph_read read = {
		.from = from,
		.head = head,
		.unknown = unknown,
		.bare = command->bare,
		.path = command->output,
		.param_id = command->has_param ? command->param_id : control->param_id,
		.room = most > ABI_BYTES ? most - ABI_BYTES : 1,
		.style = command->verb == SCRIPT_GET ? GRAPH_READ_AMIXER :
			 command->binary	     ? GRAPH_READ_HEX :
						       GRAPH_READ_WORDS,
	};

	if (command->output && check_output(planning, command->output))
		return planning->why->code == EXIT_BAD_INPUT ? -EINVAL : -ENOMEM;
	describe(planning, control, from, sizeof(from));
	snprintf(unknown, sizeof(unknown), "'%s' holds the module's own bytes\n", control->name);
	control_head(planning->controls, control, head, sizeof(head));
	if (control->data && read.param_id == control->param_id) {
		read.last = control->data;
		read.last_size = control->size;
	}
	return graph_add_event_read(planning->graph, tick_now(planning), control->node, &read) ?
		       no_memory(planning) :
		       0;
}

static int get(struct planning *planning, const struct control *control)
{
	char from[400], *text;
	int ret;

	if (control->kind == CONTROL_BYTES)
		return read_bytes(planning, control);
	if (planning->command->verb == SCRIPT_GET_BYTES)
		return bad(planning, "'%s' has values, for amixer, and no bytes", control->name);
	text = control_text(planning->controls, control);
	describe(planning, control, from, sizeof(from));
	ret = text ? add_text(planning, from, text) : no_memory(planning);
	free(text);
	return ret;
}

static int sleep_on(struct planning *planning)
{
	uint64_t before = tick_now(planning), ticks;
	char text[400];

	planning->now_ns += planning->command->sleep_ns;
	ticks = tick_now(planning) - before;
	if (ticks * NS_A_TICK == planning->command->sleep_ns)
		return 0;
	snprintf(text, sizeof(text), "%.200s: line %u: sleep is rounded to %llu ms\n",
		 planning->script->name, planning->command->line, (unsigned long long)ticks);
	return add_text(planning, NULL, text);
}

static int plan_command(struct planning *planning)
{
	const struct script_command *command = planning->command;
	struct control *control;
	int ret;

	if (command->verb == SCRIPT_SLEEP)
		return sleep_on(planning);
	ret = find(planning, &control);
	if (ret)
		return ret;
	if (command->verb == SCRIPT_GET || command->verb == SCRIPT_GET_BYTES)
		return get(planning, control);
	if (control->node == GRAPH_NONE)
		return bad(planning, "'%s' belongs to %s, which does not take part in this run",
			   control->name, control->owner);
	if (command->verb == SCRIPT_SET)
		return set_values(planning, control);
	ret = set_bytes(planning, control);
	return ret || !command->output ? ret : read_bytes(planning, control);
}

int script_plan(const struct script *script, struct controls *controls, struct graph *graph,
		struct problem *why)
{
	struct planning planning = {
		.script = script, .controls = controls, .graph = graph, .why = why
	};
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < script->count; i++) {
		planning.command = &script->commands[i];
		ret = plan_command(&planning);
	}
	return ret;
}
