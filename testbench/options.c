/* SPDX-License-Identifier: BSD-3-Clause */
#include "options.h"

#include <autoconf.h>
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options_chain.h"
#include "options_format.h"
#include "suggest.h"

/* Of --rate and its kin on one command line. */
#define SETTINGS_MAX 64

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum long_option {
	OPT_DP = 256,
	OPT_ISOLATION,
	OPT_DOMAIN,
	OPT_DOMAIN_ID,
	OPT_RATE,
	OPT_CHANNELS,
	OPT_INIT,
	OPT_SHARE,
	OPT_ON_FAULT,
	OPT_HEAP,
	OPT_WATCHDOG,
	OPT_DP_PERIOD,
	OPT_CORES,
	OPT_HEAP_BYTES,
	OPT_STACK_BYTES,
	OPT_MODULE,
	OPT_ALLOW_HOST_CALLS,
	OPT_LIST_MODULES,
	OPT_REPORT,
	OPT_SHOW_TOPOLOGY,
	OPT_DOT,
	OPT_CONTROLS,
	OPT_VERSION,
};

static const struct option long_options[] = {
	{ "input", required_argument, NULL, 'i' },
	{ "output", required_argument, NULL, 'o' },
	{ "modules", required_argument, NULL, 'm' },
	{ "dp", required_argument, NULL, OPT_DP },
	{ "isolation", required_argument, NULL, OPT_ISOLATION },
	{ "domain", required_argument, NULL, OPT_DOMAIN },
	{ "domain-id", required_argument, NULL, OPT_DOMAIN_ID },
	{ "rate", required_argument, NULL, OPT_RATE },
	{ "channels", required_argument, NULL, OPT_CHANNELS },
	{ "init", required_argument, NULL, OPT_INIT },
	{ "share", required_argument, NULL, OPT_SHARE },
	{ "on-fault", required_argument, NULL, OPT_ON_FAULT },
	{ "heap", required_argument, NULL, OPT_HEAP },
	{ "watchdog", required_argument, NULL, OPT_WATCHDOG },
	{ "dp-period", required_argument, NULL, OPT_DP_PERIOD },
	{ "cores", required_argument, NULL, OPT_CORES },
	{ "heap-bytes", required_argument, NULL, OPT_HEAP_BYTES },
	{ "stack-bytes", required_argument, NULL, OPT_STACK_BYTES },
	{ "module", required_argument, NULL, OPT_MODULE },
	{ "allow-host-calls", no_argument, NULL, OPT_ALLOW_HOST_CALLS },
	{ "list-modules", no_argument, NULL, OPT_LIST_MODULES },
	{ "report", required_argument, NULL, OPT_REPORT },
	{ "topology", required_argument, NULL, 't' },
	{ "pipelines", required_argument, NULL, 'p' },
	{ "show-topology", no_argument, NULL, OPT_SHOW_TOPOLOGY },
	{ "dot", required_argument, NULL, OPT_DOT },
	{ "controls", no_argument, NULL, OPT_CONTROLS },
	{ "script", required_argument, NULL, 's' },
	{ "debug", required_argument, NULL, 'd' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ NULL, 0, NULL, 0 },
};

/* Values in the order of the enums they stand for. */
static const char *const isolation_words[] = { "auto", "pkey", "mprotect", "none", "required" };
static const char *const domain_words[] = { "instance", "type", "id" };
static const char *const share_words[] = { "heap", "grant" };
static const char *const on_fault_words[] = { "stop", "mute", "abort", "continue" };
static const char *const heap_words[] = { "plain", "guard" };
static const char *const level_words[] = { "none", "err", "wrn", "inf", "dbg" };

/* ", did you mean X?" into text, or nothing. */
static const char *did_you_mean(const char *best, char *text, size_t size)
{
	text[0] = '\0';
	if (best)
		snprintf(text, size, ", did you mean %s?", best);
	return text;
}

static int pick_word(const char *option, const char *value, const char *const *words, size_t count,
		     struct problem *why)
{
	char list[120] = "", hint[80];
	size_t i, at = 0;

	for (i = 0; i < count; i++)
		if (!strcmp(value, words[i]))
			return (int)i;
	for (i = 0; i < count; i++)
		at += (size_t)snprintf(list + at, sizeof(list) - at, "%s%s",
				       i == 0	      ? "" :
				       i + 1 == count ? " or " :
							", ",
				       words[i]);
	return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s: '%s' is not %s%s", option, value, list,
			   did_you_mean(suggest(value, words, count), hint, sizeof(hint)));
}

/* A count of bytes with an optional K or M. */
static int pick_bytes(const char *option, const char *value, size_t *bytes, struct problem *why)
{
	unsigned long long number;
	unsigned int shift = 0;
	char *end;

	errno = 0;
	number = strtoull(value, &end, 0);
	if (end != value && *end) {
		shift = toupper((unsigned char)*end) == 'K' ? 10 :
			toupper((unsigned char)*end) == 'M' ? 20 :
							      0;
		end += shift != 0;
	}
	if (errno || end == value || *end || !isdigit((unsigned char)value[0]) || number == 0 ||
	    number > (1ull << 30) >> shift)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: '%s' is not a number of bytes from 1 to 1024M", option,
				   value);
	*bytes = (size_t)number << shift;
	return 0;
}

static int pick_watchdog(const char *value, unsigned int *ms, struct problem *why)
{
	double seconds;
	char *end;

	seconds = strtod(value, &end);
	if (end == value || *end || !(seconds >= 0.0 && seconds <= 86400.0))
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "--watchdog: '%s' is not a number of seconds from 0 to 86400",
				   value);
	*ms = (unsigned int)(seconds * 1000.0 + 0.5);
	if (seconds > 0.0 && *ms == 0)
		*ms = 1;
	return 0;
}

static int pick_period(const char *value, unsigned int *ms, struct problem *why)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(value, &end, 10);
	if (errno || *end || !isdigit((unsigned char)value[0]) || number < 1 || number > 1000)
		return problem_set(
			why, EXIT_BAD_INPUT, EINVAL,
			"--dp-period: '%s' is not a number of milliseconds from 1 to 1000", value);
	*ms = (unsigned int)number;
	return 0;
}

static int pick_cores(const char *value, unsigned int *cores, struct problem *why)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(value, &end, 10);
	if (errno || *end || !isdigit((unsigned char)value[0]) || number < 1 ||
	    number > CONFIG_MP_MAX_NUM_CPUS)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "--cores: '%s' is not a number of virtual cores from 1 to %d",
				   value, CONFIG_MP_MAX_NUM_CPUS);
	*cores = (unsigned int)number;
	return 0;
}

static int complain_unknown(int argc, char **argv, struct problem *why)
{
	const char *names[COUNT(long_options)];
	const char *given;
	char hint[80] = "", name[80];
	size_t i;

	given = optind > 0 && optind <= argc ? argv[optind - 1] : "";
	if (strncmp(given, "--", 2))
		return problem_set(why, EXIT_BAD_INPUT, EINVAL, "-%c is not an option, see --help",
				   optopt);
	if (optopt)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s takes no value", given);
	for (i = 0; long_options[i].name; i++)
		names[i] = long_options[i].name;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(given + 2, "="), given + 2);
	if (suggest(name, names, i))
		snprintf(hint, sizeof(hint), ", did you mean --%s?", suggest(name, names, i));
	return problem_set(why, EXIT_BAD_INPUT, EINVAL, "--%s is not an option%s", name,
			   hint[0] ? hint : ", see --help");
}

static int pick_pipelines(struct options *options, const char *value, struct problem *why)
{
	const char *at = value;
	unsigned long number;
	char *end;

	do {
		errno = 0;
		number = strtoul(at, &end, 10);
		if (errno || !isdigit((unsigned char)at[0]) || (*end && *end != ',') ||
		    number > UINT32_MAX)
			return problem_set(why, EXIT_BAD_INPUT, EINVAL,
					   "-p: '%s' is not a list of pipeline numbers", value);
		if (options->pipeline_count == OPTIONS_PIPELINES_MAX)
			return problem_set(why, EXIT_BAD_INPUT, EINVAL,
					   "-p: more than %d pipelines", OPTIONS_PIPELINES_MAX);
		options->pipelines[options->pipeline_count++] = (uint32_t)number;
		at = end + 1;
	} while (*end);
	return 0;
}

/* What goes with a topology only, and what does not. */
static int check_topology(const struct options *options, struct problem *why)
{
	if (options->topology && options->module_count)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "-t and -m: a topology or a chain is expected, not both");
	if (!options->topology &&
	    (options->pipeline_count || options->dot || options->action == ACTION_SHOW_TOPOLOGY))
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "-p, --show-topology and --dot need a topology: -t FILE");
	return 0;
}

static int check_complete(const struct options *options, int argc, char **argv, struct problem *why)
{
	if (optind < argc)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "'%s' is not expected here: files are named with -i and -o",
				   argv[optind]);
	if (check_topology(options, why))
		return -EINVAL;
	if (options_check_letters(options, why))
		return -EINVAL;
	if (options->action == ACTION_CONTROLS && !options->module_count && !options->topology)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "--controls needs a topology, -t FILE, or a chain, -m LIST");
	if (options->action != ACTION_RUN)
		return 0;
	if (!options->input_count)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "an input file is expected: -i FILE, see --help");
	if (!options->output_count)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "an output file is expected: -o FILE, see --help");
	if (!options->module_count && !options->topology)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "a chain of modules is expected: -m NAME[=BLOB],..., or a "
				   "topology: -t FILE, "
				   "see --help");
	return 0;
}

/* Non-negative: the word's place. */
static int word_into(int word, int *target)
{
	if (word < 0)
		return word;
	*target = word;
	return 0;
}

/* What can only be looked into when the chain is known. */
struct later {
	const char *dp;
	struct {
		enum module_setting setting;
		const char *list;
	} settings[SETTINGS_MAX];
	size_t setting_count;
};

static int set_later(struct later *later, enum module_setting setting, const char *list,
		     struct problem *why)
{
	if (later->setting_count == SETTINGS_MAX)
		return problem_set(
			why, EXIT_BAD_INPUT, EINVAL,
			"more than %d options --rate, --channels, --init and --domain-id",
			SETTINGS_MAX);
	later->settings[later->setting_count].setting = setting;
	later->settings[later->setting_count++].list = list;
	return 0;
}

static int add_file(const char *option, const char **files, size_t *count, const char *path,
		    struct problem *why)
{
	if (*count == OPTIONS_FILES_MAX)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s: more than %d files", option,
				   OPTIONS_FILES_MAX);
	files[(*count)++] = path;
	return 0;
}

static int take_option(struct options *options, int option, struct later *later, int argc,
		       char **argv, struct problem *why)
{
	int word = 0, ret;

	switch (option) {
	case 'i':
		return add_file("-i", options->inputs, &options->input_count, optarg, why);
	case 'o':
		return add_file("-o", options->outputs, &options->output_count, optarg, why);
	case 'm':
		return options_add_modules(options, optarg, why);
	case 'd':
		if (isdigit((unsigned char)optarg[0]) && !optarg[1] && optarg[0] <= '4') {
			options->board.log_level = optarg[0] - '0';
			return 0;
		}
		return word_into(pick_word("-d", optarg, level_words, COUNT(level_words), why),
				 &options->board.log_level);
	case 'q':
		options->quiet = true;
		return 0;
	case 'h':
		options->action = ACTION_HELP;
		return 0;
	case OPT_VERSION:
		options->action = ACTION_VERSION;
		return 0;
	case OPT_LIST_MODULES:
		options->action = ACTION_LIST_MODULES;
		return 0;
	case OPT_DP:
		later->dp = optarg;
		return 0;
	case OPT_ISOLATION:
		ret = word_into(pick_word("--isolation", optarg, isolation_words,
					  COUNT(isolation_words), why),
				&word);
		options->board.isolation = (enum host_isolation)word;
		return ret;
	case OPT_DOMAIN:
		ret = word_into(
			pick_word("--domain", optarg, domain_words, COUNT(domain_words), why),
			&word);
		options->domain_model = (enum sof_domain_model)word;
		return ret;
	case OPT_DOMAIN_ID:
		return set_later(later, SETTING_DOMAIN_ID, optarg, why);
	case OPT_RATE:
		return set_later(later, SETTING_RATE, optarg, why);
	case OPT_CHANNELS:
		return set_later(later, SETTING_CHANNELS, optarg, why);
	case OPT_INIT:
		return set_later(later, SETTING_INIT, optarg, why);
	case OPT_SHARE:
		ret = word_into(pick_word("--share", optarg, share_words, COUNT(share_words), why),
				&word);
		options->share = (enum sof_share)word;
		return ret;
	case OPT_ON_FAULT:
		ret = word_into(
			pick_word("--on-fault", optarg, on_fault_words, COUNT(on_fault_words), why),
			&word);
		options->board.on_fault = (enum host_on_fault)word;
		return ret;
	case OPT_HEAP:
		ret = word_into(pick_word("--heap", optarg, heap_words, COUNT(heap_words), why),
				&word);
		options->board.guard_heaps = word == 1;
		return ret;
	case OPT_WATCHDOG:
		return pick_watchdog(optarg, &options->board.watchdog_ms, why);
	case OPT_DP_PERIOD:
		return pick_period(optarg, &options->dp_period_ms, why);
	case OPT_CORES:
		return pick_cores(optarg, &options->board.cores, why);
	case OPT_HEAP_BYTES:
		return pick_bytes("--heap-bytes", optarg, &options->heap_bytes, why);
	case OPT_STACK_BYTES:
		return pick_bytes("--stack-bytes", optarg, &options->stack_bytes, why);
	case OPT_MODULE:
		if (options->object_count == MODULE_OBJECTS_MAX)
			return problem_set(why, EXIT_BAD_INPUT, EINVAL,
					   "--module: more than %d objects", MODULE_OBJECTS_MAX);
		options->objects[options->object_count++] = optarg;
		return 0;
	case OPT_ALLOW_HOST_CALLS:
		options->allow_host_calls = true;
		return 0;
	case OPT_REPORT:
		options->report = optarg;
		return 0;
	case 't':
		options->topology = optarg;
		return 0;
	case 'p':
		return pick_pipelines(options, optarg, why);
	case OPT_SHOW_TOPOLOGY:
		options->action = ACTION_SHOW_TOPOLOGY;
		return 0;
	case OPT_DOT:
		options->dot = optarg;
		return 0;
	case OPT_CONTROLS:
		options->action = ACTION_CONTROLS;
		return 0;
	case 's':
		options->script = optarg;
		return 0;
	case 'b':
	case 'c':
	case 'n':
	case 'r':
	case 'R':
	case 'C':
	case 'P':
		return options_take_letter(options, option, optarg, why);
	case ':':
		return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s expects a value, see --help",
				   argv[optind - 1]);
	default:
		return complain_unknown(argc, argv, why);
	}
}

static bool called_like_sof(const char *name)
{
	const char *slash = strrchr(name, '/');

	return !strcmp(slash ? slash + 1 : name, "sof-testbench4");
}

int options_parse(struct options *options, int argc, char **argv, struct problem *why)
{
	struct later later = { .dp = "all" };
	int option, ret;
	size_t i;

	memset(options, 0, sizeof(*options));
	options->board.watchdog_ms = 5000;
	options->board.cores = 1;
	options->dp_period_ms = 1;
	options->rounds = 1;
	options->like_sof = argc > 0 && called_like_sof(argv[0]);
	options->argc = argc;
	options->argv = argv;

	opterr = 0;
	optind = 0;
	while ((option = getopt_long(argc, argv, ":i:o:m:d:t:p:b:c:n:r:R:C:P:s:qh", long_options,
				     NULL)) != -1) {
		ret = take_option(options, option, &later, argc, argv, why);
		if (ret)
			return ret;
		if (options->action == ACTION_HELP || options->action == ACTION_VERSION)
			return 0;
	}
	ret = check_complete(options, argc, argv, why);
	if (!ret)
		ret = options_split_files(options, why);
	if (ret || (options->action != ACTION_RUN && options->action != ACTION_CONTROLS))
		return ret;
	ret = options_apply_dp(options, later.dp, why);
	for (i = 0; !ret && i < later.setting_count; i++)
		ret = options_apply_setting(options, later.settings[i].setting,
					    later.settings[i].list, why);
	return ret;
}

void options_free(struct options *options)
{
	options_free_modules(options);
	options_free_files(options);
}

const char *options_domain_name(enum sof_domain_model model)
{
	return domain_words[model];
}

const char *options_share_name(enum sof_share share)
{
	return share_words[share];
}
