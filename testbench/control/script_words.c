/* SPDX-License-Identifier: BSD-3-Clause */
#include "control/script_words.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int script_words_start(struct script_words *words, const void *data, size_t size)
{
	memset(words, 0, sizeof(*words));
	/* No word is longer than what it is made of, but each gets an end of its own. */
	words->memory = malloc(size + SCRIPT_WORDS_MAX + 1);
	if (!words->memory)
		return -ENOMEM;
	words->next = data;
	words->end = words->next + size;
	words->next_line = 1;
	return 0;
}

void script_words_free(struct script_words *words)
{
	free(words->memory);
	memset(words, 0, sizeof(*words));
}

static int trouble(struct script_words *words, const char *what)
{
	words->trouble = what;
	return -EINVAL;
}

static bool more(const struct script_words *words)
{
	return words->next < words->end;
}

static char take(struct script_words *words)
{
	char c = *words->next++;

	words->next_line += c == '\n';
	return c;
}

/* A backslash before the end of a line joins it with the next one. */
static bool take_joint(struct script_words *words)
{
	if (words->end - words->next < 2 || words->next[0] != '\\' || words->next[1] != '\n')
		return false;
	take(words);
	take(words);
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static int take_quoted(struct script_words *words, char quote)
{
	while (more(words)) {
		char c;

		if (quote == '"' && take_joint(words))
			continue;
		c = take(words);
		if (c == quote)
			return 0;
		if (c == '\0')
			break;
		if (quote == '"' && (c == '$' || c == '`'))
			return trouble(words,
				       "variables and commands in quotes are not understood");
		if (quote == '"' && c == '\\' && more(words) && strchr("\"\\$`", *words->next))
			c = take(words);
		*words->put++ = c;
	}
	return trouble(words, "a quote has no end");
}

/* Up to the blank or the end of the line behind it. */
static int take_word(struct script_words *words)
{
	int ret = 0;

	if (words->count == SCRIPT_WORDS_MAX)
		return trouble(words, "too many words");
	words->at[words->count++] = words->put;
	while (!ret && more(words) && !is_blank(*words->next) && *words->next != '\n') {
		char c;

		if (take_joint(words))
			continue;
		c = take(words);
		if (c == '\'' || c == '"')
			ret = take_quoted(words, c);
		else if (c == '\\' && more(words))
			*words->put++ = take(words);
		else if (strchr(";&|<>()$`*?\\", c))
			/* strchr() finds the NUL as well. */
			ret = trouble(words, c ? "one of ;&|<>()$`*?\\ outside quotes: only plain "
						 "commands are understood, one a line" :
						 "a NUL byte");
		else
			*words->put++ = c;
	}
	*words->put++ = '\0';
	return ret;
}

static void skip_comment(struct script_words *words)
{
	while (more(words) && *words->next != '\n')
		take(words);
}

int script_words_next(struct script_words *words)
{
	int ret = 0;

	words->count = 0;
	words->put = words->memory;
	while (!ret && more(words)) {
		if (take_joint(words))
			continue;
		if (!words->count)
			words->line = words->next_line;
		if (*words->next == '\n') {
			take(words);
			if (words->count)
				break;
		} else if (is_blank(*words->next)) {
			take(words);
		} else if (*words->next == '#') {
			skip_comment(words);
		} else {
			ret = take_word(words);
		}
	}
	return ret;
}
