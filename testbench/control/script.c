/* SPDX-License-Identifier: BSD-3-Clause */
#include "control/script.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "control/script_words.h"
#include "suggest.h"
#include "whole_file.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A script being read. */
struct reading {
	const char *name;
	struct script_words words;
	struct script *script;
	size_t room;
	struct problem *why;
};

static int bad(struct reading *reading, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static int bad(struct reading *reading, const char *format, ...)
{
	char text[400];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return problem_set(reading->why, EXIT_BAD_INPUT, EINVAL, "%s: line %u: %s", reading->name,
			   reading->words.line, text);
}

static int no_memory(struct reading *reading)
{
	return problem_set(reading->why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
}

static int add_command(struct reading *reading, enum script_verb verb,
		       struct script_command **command)
{
	struct script *script = reading->script;

	*command = NULL;
	if (script->count == SCRIPT_COMMANDS_MAX)
		return bad(reading, "more than %d commands", SCRIPT_COMMANDS_MAX);
	if (script->count == reading->room) {
		size_t room = reading->room ? 2 * reading->room : 16;
		struct script_command *more =
			realloc(script->commands, room * sizeof(script->commands[0]));

		if (!more)
			return no_memory(reading);
		script->commands = more;
		reading->room = room;
	}
	*command = &script->commands[script->count++];
	memset(*command, 0, sizeof(**command));
	(*command)->verb = verb;
	(*command)->line = reading->words.line;
	return 0;
}

static int set_text(struct reading *reading, char **text, const char *value)
{
	free(*text);
	*text = strdup(value);
	return *text ? 0 : no_memory(reading);
}

static int take_number(struct reading *reading, const char *word, const char *what, uint32_t least,
		       uint32_t most, uint32_t *number)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(word, &end, 10);
	if (errno || *end || !isdigit((unsigned char)word[0]) || value < least || value > most)
		return bad(reading, "'%s' is not %s from %u to %u", word, what, least, most);
	*number = (uint32_t)value;
	return 0;
}

/* What identifies a control. */
enum id_key { ID_NUMID, ID_IFACE, ID_NAME, ID_INDEX, ID_DEVICE };

static const struct id_word {
	const char *text;
	enum id_key key;
} id_words[] = {
	{ "numid=", ID_NUMID }, { "iface=", ID_IFACE },	  { "name=", ID_NAME },
	{ "index=", ID_INDEX }, { "device=", ID_DEVICE }, { "subdevice=", ID_DEVICE },
};

static const struct id_word *find_key(const char *at)
{
	size_t i;

	for (i = 0; i < COUNT(id_words); i++)
		if (!strncasecmp(at, id_words[i].text, strlen(id_words[i].text)))
			return &id_words[i];
	return NULL;
}

/* A name in quotes of its own, or up to the next comma; *at moves behind it. A name that was in the
 * shell's quotes can have commas, as long as no key follows them. */
static int take_name(struct reading *reading, const char **at, struct script_command *command)
{
	const char *name = *at, *end;

	if (*name == '\'' || *name == '"') {
		end = strchr(name + 1, *name);
		if (!end)
			return bad(reading, "the name %s has no closing quote", name);
		name++;
		*at = end + 1;
	} else {
		for (end = name; *end && !(*end == ',' && find_key(end + 1)); end++)
			;
		*at = end;
	}
	if (end == name)
		return bad(reading, "a control's name is expected behind name=");
	free(command->control);
	command->control = strndup(name, (size_t)(end - name));
	return command->control ? 0 : no_memory(reading);
}

/* A number up to the next comma; *at moves behind it. */
static int take_id_number(struct reading *reading, const char **at, uint32_t least,
			  const char *what, uint32_t *number)
{
	size_t length = strcspn(*at, ",");
	char text[24];

	snprintf(text, sizeof(text), "%.*s", (int)(length < 20 ? length : 20), *at);
	*at += length;
	return take_number(reading, text, what, least, UINT32_MAX, number);
}

static int take_interface(struct reading *reading, const char **at)
{
	static const char *const names[] = { "card",  "mixer",	   "pcm",    "hwdep",
					     "timer", "sequencer", "rawmidi" };
	size_t length = strcspn(*at, ","), i;

	for (i = 0; i < COUNT(names); i++)
		if (strlen(names[i]) == length && !strncasecmp(*at, names[i], length)) {
			*at += length;
			return 0;
		}
	return bad(reading, "'%s' is no interface, MIXER is expected", *at);
}

static int take_key(struct reading *reading, enum id_key key, const char **at,
		    struct script_command *command)
{
	uint32_t number = 0;

	switch (key) {
	case ID_NUMID:
		return take_id_number(reading, at, 1, "a control's number", &command->numid);
	case ID_IFACE:
		return take_interface(reading, at);
	case ID_NAME:
		return take_name(reading, at, command);
	case ID_INDEX:
		/* No two controls of one name: it is the first. */
		if (take_id_number(reading, at, 0, "an index", &number))
			return -EINVAL;
		return number ? bad(reading, "index %u: no name is there twice", number) : 0;
	default:
		return take_id_number(reading, at, 0, "a device", &number);
	}
}

/* Keys and values as amixer takes them. */
static int take_id(struct reading *reading, const char *word, bool bare_names,
		   struct script_command *command)
{
	const struct id_word *found = NULL;
	const char *at = word;
	int ret = 0;

	if (bare_names && *at && !strchr(at, '='))
		return set_text(reading, &command->control, at);
	while (!ret && *at) {
		found = find_key(at);
		if (!found)
			break;
		at += strlen(found->text);
		ret = take_key(reading, found->key, &at, command);
		if (!ret && *at && *at != ',')
			ret = bad(reading, "'%s' is not expected in '%s'", at, word);
		at += !ret && *at;
	}
	if (ret)
		return ret;
	if (*at || (!command->control && !command->numid))
		return bad(reading, "'%s' names no control, name='...' or numid=N is expected",
			   word);
	return 0;
}

/* The argument of option -X in words[*at]: what follows in the word, or the next word. */
static int take_argument(struct reading *reading, size_t *at, size_t place, const char **argument)
{
	const struct script_words *words = &reading->words;

	*argument = words->at[*at] + place + 1;
	if (**argument)
		return 0;
	if (*at + 1 >= words->count)
		return bad(reading, "-%c expects a value", words->at[*at][place]);
	*argument = words->at[++*at];
	return 0;
}

/* Options before the command; *at is the command's word then. */
static int skip_amixer_options(struct reading *reading, size_t *at)
{
	const struct script_words *words = &reading->words;
	const char *word, *argument;
	int ret = 0;

	for (; !ret && *at < words->count && words->at[*at][0] == '-'; ++*at) {
		word = words->at[*at];
		if (!strncmp(word, "--card=", 7) || !strncmp(word, "--device=", 9) ||
		    !strcmp(word, "-q") || !strcmp(word, "--quiet"))
			continue;
		if (!strcmp(word, "--card") || !strcmp(word, "--device"))
			++*at;
		else if (word[1] == 'c' || word[1] == 'D')
			ret = take_argument(reading, at, 1, &argument);
		else
			ret = bad(reading, "amixer: option %s is not understood", word);
	}
	return ret;
}

static int parse_amixer(struct reading *reading)
{
	const struct script_words *words = &reading->words;
	struct script_command *command;
	const char *arguments[2];
	bool set, ended = false;
	size_t at = 1, count = 0;
	int ret = skip_amixer_options(reading, &at);

	if (ret)
		return ret;
	if (at >= words->count)
		return bad(reading, "amixer: cset or cget is expected");
	set = !strcmp(words->at[at], "cset");
	if (!set && strcmp(words->at[at], "cget"))
		return bad(reading, "amixer: '%s' is not understood, cset or cget is expected",
			   words->at[at]);
	at++;
	for (; at < words->count; at++) {
		/* Behind which nothing is an option. */
		if (!ended && !strcmp(words->at[at], "--"))
			ended = true;
		else if (count++ < COUNT(arguments))
			arguments[count - 1] = words->at[at];
	}
	if (count != (set ? 2 : 1))
		return bad(reading, "amixer %s: %s", set ? "cset" : "cget",
			   count > (set ? 2 : 1) ? "too many words, names with blanks need quotes" :
						   (set ? "name='...' and values are expected" :
							  "name='...' is expected"));
	ret = add_command(reading, set ? SCRIPT_SET : SCRIPT_GET, &command);
	if (!ret)
		ret = take_id(reading, arguments[0], false, command);
	if (!ret && set)
		ret = set_text(reading, &command->value, arguments[1]);
	return ret;
}

/* One letter of sof-ctl; *at moves on when the letter has a value in the next word. */
static int take_sofctl_letter(struct reading *reading, size_t *at, size_t place, bool *has_value,
			      struct script_command *command)
{
	char letter = reading->words.at[*at][place];
	const char *argument;
	uint32_t version;
	int ret;

	*has_value = false;
	if (letter == 'b') {
		command->binary = true;
		return 0;
	}
	if (letter == 'r') {
		command->bare = true;
		return 0;
	}
	if (!strchr("Dcnsoitp", letter))
		return bad(reading, "sof-ctl: option -%c is not understood", letter);
	*has_value = true;
	ret = take_argument(reading, at, place, &argument);
	if (ret)
		return ret;
	switch (letter) {
	case 'c':
		return take_id(reading, argument, true, command);
	case 'n':
		return take_number(reading, argument, "a control's number", 1, UINT32_MAX,
				   &command->numid);
	case 's':
		return set_text(reading, &command->value, argument);
	case 'o':
		return set_text(reading, &command->output, argument);
	case 'i':
		return take_number(reading, argument, "an IPC's version", 3, 4, &version);
	case 't':
	case 'p':
		command->has_param = true;
		return take_number(reading, argument, "a parameter", 0, UINT8_MAX,
				   &command->param_id);
	default:
		return 0;
	}
}

static int parse_sofctl(struct reading *reading)
{
	const struct script_words *words = &reading->words;
	struct script_command *command;
	size_t at, place;
	bool has_value;
	int ret = add_command(reading, SCRIPT_GET_BYTES, &command);

	for (at = 1; !ret && at < words->count; at++) {
		if (words->at[at][0] != '-' || !words->at[at][1])
			return bad(reading, "sof-ctl: '%s' is not expected here", words->at[at]);
		has_value = false;
		for (place = 1; !ret && !has_value && words->at[at][place]; place++)
			ret = take_sofctl_letter(reading, &at, place, &has_value, command);
	}
	if (ret)
		return ret;
	if (!command->control && !command->numid)
		return bad(reading, "sof-ctl: a control is expected, -c name='...' or -n NUMBER");
	if (command->value)
		command->verb = SCRIPT_SET_BYTES;
	return 0;
}

static int parse_sleep(struct reading *reading)
{
	const struct script_words *words = &reading->words;
	const char *word = words->count == 2 ? words->at[1] : "";
	struct script_command *command;
	double seconds = -1.0;
	char *end = "";
	int ret;

	if (isdigit((unsigned char)word[0]) || word[0] == '.')
		seconds = strtod(word, &end);
	if (*end && !end[1]) {
		seconds *= *end == 's' ? 1.0 : *end == 'm' ? 60.0 : *end == 'h' ? 3600.0 : -1.0;
		end++;
	}
	if (!(seconds >= 0.0 && seconds <= SCRIPT_SLEEP_MAX_S) || *end)
		return bad(reading, "sleep expects a number of seconds from 0 to %d",
			   SCRIPT_SLEEP_MAX_S);
	ret = add_command(reading, SCRIPT_SLEEP, &command);
	if (!ret)
		command->sleep_ns = (uint64_t)(seconds * 1e9 + 0.5);
	return ret;
}

static int parse_line(struct reading *reading)
{
	static const char *const verbs[] = { "amixer", "sof-ctl", "sleep", "set" };
	const char *verb = reading->words.at[0], *slash = strrchr(verb, '/'), *near;

	verb = slash ? slash + 1 : verb;
	if (!strcmp(verb, "amixer"))
		return parse_amixer(reading);
	if (!strcmp(verb, "sof-ctl"))
		return parse_sofctl(reading);
	if (!strcmp(verb, "sleep"))
		return parse_sleep(reading);
	if (!strcmp(verb, "set"))
		return 0;
	near = suggest(verb, verbs, COUNT(verbs));
	if (near)
		return bad(reading, "'%s' is not understood, did you mean %s?", verb, near);
	return bad(reading, "'%s' is not understood, amixer, sof-ctl or sleep is expected", verb);
}

int script_parse(const char *name, const void *data, size_t size, struct script *script,
		 struct problem *why)
{
	struct reading reading = { .name = name, .script = script, .why = why };
	int ret;

	memset(script, 0, sizeof(*script));
	if (size > SCRIPT_BYTES_MAX)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: a script of at most %u bytes is expected", name,
				   SCRIPT_BYTES_MAX);
	script->name = strdup(name);
	ret = script->name ? script_words_start(&reading.words, data, size) : -ENOMEM;
	while (!ret) {
		ret = script_words_next(&reading.words);
		if (ret || !reading.words.count)
			break;
		ret = parse_line(&reading);
	}
	if (reading.words.trouble)
		ret = bad(&reading, "%s", reading.words.trouble);
	else if (ret == -ENOMEM)
		no_memory(&reading);
	script_words_free(&reading.words);
	if (ret)
		script_free(script);
	return ret;
}

int script_read(const char *path, struct script *script, struct problem *why)
{
	uint8_t *data;
	size_t size;
	int ret = whole_file_read(path, "script", SCRIPT_BYTES_MAX, &data, &size, why);

	memset(script, 0, sizeof(*script));
	if (!ret)
		ret = script_parse(path, (const char *)data, size, script, why);
	free(data);
	return ret;
}

void script_free(struct script *script)
{
	size_t i;

	for (i = 0; i < script->count; i++) {
		free(script->commands[i].control);
		free(script->commands[i].value);
		free(script->commands[i].output);
	}
	free(script->commands);
	free(script->name);
	memset(script, 0, sizeof(*script));
}
