/* SPDX-License-Identifier: BSD-3-Clause */
#include "options_format.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define ROUNDS_MAX 1000000

static int take_sample(struct options *options, const char *value, struct problem *why)
{
	/* SOF's topologies write them the second way. */
	static const char *const names[] = {
		"S16_LE", "S24_LE", "S32_LE", "s16le", "s24le", "s32le"
	};
	size_t i;

	for (i = 0; i < COUNT(names); i++) {
		if (strcmp(value, names[i]))
			continue;
		options->plain.known = true;
		options->plain.sample = (enum audio_sample)(i % 3);
		return 0;
	}
	return problem_set(why, EXIT_BAD_INPUT, EINVAL, "-b: '%s' is not S16_LE, S24_LE or S32_LE",
			   value);
}

static int take_number(int letter, const char *value, const char *what, unsigned int most,
		       unsigned int *number, struct problem *why)
{
	unsigned long given;
	char *end;

	errno = 0;
	given = strtoul(value, &end, 10);
	if (errno || *end || !isdigit((unsigned char)value[0]) || given < 1 || given > most)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "-%c: '%s' is not a number of %s from 1 to %u", letter, value,
				   what, most);
	*number = (unsigned int)given;
	return 0;
}

int options_take_letter(struct options *options, int letter, const char *value, struct problem *why)
{
	switch (letter) {
	case 'b':
		return take_sample(options, value, why);
	case 'c':
		return take_number(letter, value, "channels", AUDIO_CHANNELS_MAX,
				   &options->plain.channels, why);
	case 'n':
		return take_number(letter, value, "channels", AUDIO_CHANNELS_MAX,
				   &options->channels_out, why);
	case 'r':
		return take_number(letter, value, "Hz", AUDIO_RATE_MAX, &options->plain.rate, why);
	case 'R':
		return take_number(letter, value, "Hz", AUDIO_RATE_MAX, &options->rate_out, why);
	case 'C':
		return take_number(letter, value, "milliseconds", INT32_MAX, &options->ticks_max,
				   why);
	default:
		return take_number(letter, value, "rounds", ROUNDS_MAX, &options->rounds, why);
	}
}

/* One list in place: names end in NULs then. */
static int split(char *list, const char *option, const char **files, size_t *count,
		 struct problem *why)
{
	char *from = list, *to = list, *name = list;

	for (;; from++) {
		if (from[0] == '\\' && from[1] == ',') {
			*to++ = *++from;
			continue;
		}
		if (*from && *from != ',') {
			*to++ = *from;
			continue;
		}
		if (to == name)
			return problem_set(why, EXIT_BAD_INPUT, EINVAL,
					   "%s: a list of files has an empty name", option);
		if (*count == OPTIONS_FILES_MAX)
			return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s: more than %d files",
					   option, OPTIONS_FILES_MAX);
		files[(*count)++] = name;
		if (!*from) {
			*to = '\0';
			return 0;
		}
		*to++ = '\0';
		name = to;
	}
}

static int split_all(struct options *options, const char *option, const char **files, size_t *count,
		     struct problem *why)
{
	const char *lists[OPTIONS_FILES_MAX];
	size_t lists_count = *count, i;
	int ret = 0;

	memcpy(lists, files, lists_count * sizeof(lists[0]));
	*count = 0;
	for (i = 0; !ret && i < lists_count; i++) {
		char *copy = strdup(lists[i]);

		if (!copy)
			return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
		options->file_lists[options->file_list_count++] = copy;
		ret = split(copy, option, files, count, why);
	}
	return ret;
}

int options_split_files(struct options *options, struct problem *why)
{
	int ret;

	if (!options->topology)
		return 0;
	ret = split_all(options, "-i", options->inputs, &options->input_count, why);
	return ret ? ret : split_all(options, "-o", options->outputs, &options->output_count, why);
}

void options_free_files(struct options *options)
{
	while (options->file_list_count)
		free(options->file_lists[--options->file_list_count]);
}

int options_check_letters(const struct options *options, struct problem *why)
{
	if (options->topology || (!options->rate_out && !options->channels_out))
		return 0;
	return problem_set(why, EXIT_BAD_INPUT, EINVAL,
			   "-R and -n need a topology, -t FILE; modules of a chain take --rate and "
			   "--channels");
}
