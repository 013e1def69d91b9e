/* SPDX-License-Identifier: BSD-3-Clause */
#include "options_chain.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio_file.h"
#include "suggest.h"

static int out_of_memory(struct problem *why)
{
	return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
}

/* Cut the next item off a comma-separated list, in place; "\," is a comma of the item. */
static char *next_item(char **list)
{
	char *item = *list, *from, *to;

	if (!item)
		return NULL;
	for (from = to = item; *from && *from != ','; from++) {
		if (from[0] == '\\' && from[1] == ',')
			from++;
		*to++ = *from;
	}
	*list = *from ? from + 1 : NULL;
	*to = '\0';
	return item;
}

static int add_module(struct options *options, const char *item, struct problem *why)
{
	const char *equals = strchr(item, '=');
	struct module_choice *module;
	size_t i;

	if (item[0] == '\0' || equals == item)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "-m: a module name is missing before '%s'", item);
	if (equals && !equals[1])
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "-m: a file name is expected behind '%s'", item);
	module = realloc(options->modules,
			 (options->module_count + 1) * sizeof(options->modules[0]));
	if (!module)
		return out_of_memory(why);
	options->modules = module;
	module += options->module_count++;
	memset(module, 0, sizeof(*module));
	module->name = equals ? strndup(item, (size_t)(equals - item)) : strdup(item);
	module->blob_path = equals ? strdup(equals + 1) : NULL;
	if (!module->name || (equals && !module->blob_path))
		return out_of_memory(why);
	for (i = 0; i + 1 < options->module_count; i++)
		module->number += !strcmp(options->modules[i].name, module->name);
	return 0;
}

int options_add_modules(struct options *options, const char *list, struct problem *why)
{
	char *copy = strdup(list), *rest = copy, *item;
	int ret = copy ? 0 : out_of_memory(why);

	while (!ret && (item = next_item(&rest)))
		ret = add_module(options, item, why);
	free(copy);
	return ret;
}

/* "eqiir" is every one of the chain, "eqiir.1" the second. */
static bool is_named(const struct module_choice *module, const char *item)
{
	char one[96];

	snprintf(one, sizeof(one), "%s.%u", module->name, module->number);
	return !strcmp(item, module->name) || !strcmp(item, one);
}

static const char *nearest(const struct options *options, const char *item, char *text, size_t size)
{
	struct suggestion near = { .wanted = item };
	size_t i;

	for (i = 0; i < options->module_count; i++)
		suggestion_offer(&near, options->modules[i].name);
	text[0] = '\0';
	if (near.best)
		snprintf(text, size, ", did you mean %s?", near.best);
	return text;
}

static int mark_dp(struct options *options, const char *item, struct problem *why)
{
	char hint[80];
	bool found = false;
	size_t i;

	for (i = 0; i < options->module_count; i++)
		if (is_named(&options->modules[i], item))
			found = options->modules[i].dp = true;
	if (found)
		return 0;
	return problem_set(why, EXIT_BAD_INPUT, EINVAL,
			   "--dp: '%s' is not all, none or a module of the chain%s", item,
			   nearest(options, item, hint, sizeof(hint)));
}

int options_apply_dp(struct options *options, const char *value, struct problem *why)
{
	bool all = !strcmp(value, "all");
	char *copy, *rest, *item;
	size_t i;
	int ret;

	if (all || !strcmp(value, "none")) {
		for (i = 0; i < options->module_count; i++)
			options->modules[i].dp = all;
		return 0;
	}
	copy = rest = strdup(value);
	ret = copy ? 0 : out_of_memory(why);
	while (!ret && (item = next_item(&rest)))
		ret = mark_dp(options, item, why);
	free(copy);
	return ret;
}

static const struct setting {
	const char *option, *form;
	unsigned long long least, most; /* of a number */
} settings[] = {
	[SETTING_DOMAIN_ID] = { "--domain-id", "ID", 0, UINT32_MAX },
	[SETTING_RATE] = { "--rate", "HZ", 1, AUDIO_RATE_MAX },
	[SETTING_CHANNELS] = { "--channels", "COUNT", 1, AUDIO_CHANNELS_MAX },
	[SETTING_INIT] = { "--init", "FILE", 0, 0 },
};

static int check_value(const struct setting *setting, const char *item, const char *value,
		       unsigned long long *number, struct problem *why)
{
	char *end = NULL;

	if (!setting->most) {
		if (value && *value)
			return 0;
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: '%s' is not NAME=%s or NAME.N=%s", setting->option, item,
				   setting->form, setting->form);
	}
	errno = 0;
	if (value && isdigit((unsigned char)value[0]))
		*number = strtoull(value, &end, 0);
	if (!end || *end || errno || *number < setting->least || *number > setting->most)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: '%s' is not NAME=%s or NAME.N=%s with a number from %llu "
				   "to %llu",
				   setting->option, item, setting->form, setting->form,
				   setting->least, setting->most);
	return 0;
}

static int give(struct module_choice *module, enum module_setting setting, const char *value,
		unsigned long long number, struct problem *why)
{
	char *copy;

	switch (setting) {
	case SETTING_DOMAIN_ID:
		module->domain_id = (uint32_t)number;
		return 0;
	case SETTING_RATE:
		module->rate = (unsigned int)number;
		return 0;
	case SETTING_CHANNELS:
		module->channels = (unsigned int)number;
		return 0;
	case SETTING_INIT:
		copy = strdup(value);
		if (!copy)
			return out_of_memory(why);
		free(module->init_path);
		module->init_path = copy;
		return 0;
	}
	return 0;
}

static int set_one(struct options *options, enum module_setting setting, char *item,
		   struct problem *why)
{
	char *equals = strchr(item, '='), hint[80];
	const char *value = equals ? equals + 1 : NULL;
	unsigned long long number = 0;
	bool found = false;
	size_t i;
	int ret;

	ret = check_value(&settings[setting], item, value, &number, why);
	if (ret)
		return ret;
	*equals = '\0';
	for (i = 0; !ret && i < options->module_count; i++) {
		if (!is_named(&options->modules[i], item))
			continue;
		ret = give(&options->modules[i], setting, value, number, why);
		found = true;
	}
	if (found)
		return ret;
	return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s: '%s' is not a module of the chain%s",
			   settings[setting].option, item,
			   nearest(options, item, hint, sizeof(hint)));
}

int options_apply_setting(struct options *options, enum module_setting setting, const char *list,
			  struct problem *why)
{
	char *copy, *rest, *item;
	int ret;

	if (setting == SETTING_DOMAIN_ID && options->domain_model != SOF_DOMAIN_ID)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "--domain-id: has a meaning with --domain id only");
	copy = rest = strdup(list);
	ret = copy ? 0 : out_of_memory(why);
	while (!ret && (item = next_item(&rest)))
		ret = set_one(options, setting, item, why);
	free(copy);
	return ret;
}

void options_free_modules(struct options *options)
{
	size_t i;

	for (i = 0; i < options->module_count; i++) {
		free(options->modules[i].name);
		free(options->modules[i].blob_path);
		free(options->modules[i].init_path);
	}
	free(options->modules);
	options->modules = NULL;
	options->module_count = 0;
}
