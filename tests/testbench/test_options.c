/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "options.h"
#include "suggest.h"

#define WORDS_MAX 80

/* Split a command line at spaces; the copy stays until the next call. */
static int parse(const char *line, struct options *options, struct problem *why)
{
	static char copy[4000];
	static char *words[WORDS_MAX + 1];
	int count = 0;
	char *word;

	memset(why, 0, sizeof(*why));
	strcpy(copy, line);
	for (word = strtok(copy, " "); word && count < WORDS_MAX; word = strtok(NULL, " "))
		words[count++] = word;
	words[count] = NULL;
	return options_parse(options, count, words, why);
}

static void refused(const char *line, const char *part)
{
	struct options options;
	struct problem why;

	assert_int_not_equal(parse(line, &options, &why), 0);
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	if (!strstr(why.text, part))
		fail_msg("%s: '%s' lacks '%s'", line, why.text, part);
	options_free(&options);
}

static void objects_are_counted_and_host_calls_are_let_in_when_told(void **state)
{
	struct options options;
	struct problem why;

	assert_int_equal(parse("tb --list-modules --module a.so --allow-host-calls --module b.so",
			       &options, &why),
			 0);
	assert_int_equal(options.action, ACTION_LIST_MODULES);
	assert_int_equal(options.object_count, 2);
	assert_string_equal(options.objects[1], "b.so");
	assert_true(options.allow_host_calls);
	options_free(&options);
	refused("tb --allow-host-calls=yes -i a -o b -m gain", "takes no value");
	refused("tb --allow-hostcalls -i a -o b -m gain", "did you mean --allow-host-calls?");
}

static void the_letters_of_sofs_testbench_are_understood(void **state)
{
	struct options options;
	struct problem why;

	assert_int_equal(
		parse("./sof-testbench4 -i a.raw,b\\,c.raw -o x.raw,y.raw -o z.raw -b S24_LE "
		      "-c 4 -n 2 -r 48000 -R 44100 -p 1,2 -C 500 -P 3 -s s.sh -d 3 -t t.tplg",
		      &options, &why),
		0);
	assert_true(options.like_sof);
	assert_int_equal(options.input_count, 2);
	assert_string_equal(options.inputs[1], "b,c.raw");
	assert_int_equal(options.output_count, 3);
	assert_string_equal(options.outputs[2], "z.raw");
	assert_true(options.plain.known);
	assert_int_equal(options.plain.sample, AUDIO_S24);
	assert_int_equal(options.plain.channels, 4);
	assert_int_equal(options.plain.rate, 48000);
	assert_int_equal(options.channels_out, 2);
	assert_int_equal(options.rate_out, 44100);
	assert_int_equal(options.ticks_max, 500);
	assert_int_equal(options.rounds, 3);
	assert_string_equal(options.script, "s.sh");
	options_free(&options);
	/* In a chain a comma is a letter of a name like others. */
	assert_int_equal(parse("sof-testbench -i a,b.wav -o c.wav -m gain", &options, &why), 0);
	assert_false(options.like_sof);
	assert_string_equal(options.inputs[0], "a,b.wav");
	assert_int_equal(options.rounds, 1);
	assert_int_equal(options.ticks_max, 0);
	options_free(&options);
	refused("tb -b S16_BE", "-b: 'S16_BE' is not S16_LE, S24_LE or S32_LE");
	refused("tb -c 0", "-c: '0' is not a number of channels from 1 to 8");
	refused("tb -r 1000000", "-r: '1000000' is not a number of Hz");
	refused("tb -C x", "-C: 'x' is not a number of milliseconds");
	refused("tb -P -1", "-P: '-1' is not a number of rounds");
	refused("tb -s", "-s expects a value");
	refused("tb -n 2 -m gain -i a -o b", "-R and -n need a topology");
	refused("tb -t t -i a,,b -o c", "-i: a list of files has an empty name");
	refused("tb -t t -i a -o c,", "-o: a list of files has an empty name");
	refused("tb --controls", "--controls needs a topology");
}

static void more_files_than_fit_are_refused_in_a_list_too(void **state)
{
	char line[400] = "tb -t t -i a -o ";
	int i;

	for (i = 0; i < OPTIONS_FILES_MAX; i++)
		strcat(line, "o,");
	strcat(line, "o");
	refused(line, "-o: more than 32 files");
}

static void a_chain_counts_its_instances(void **state)
{
	struct options options;
	struct problem why;

	assert_int_equal(parse("tb -i a -o b -m gain,eqiir=x\\,y.txt,gain", &options, &why), 0);
	assert_int_equal(options.module_count, 3);
	assert_string_equal(options.modules[1].name, "eqiir");
	assert_string_equal(options.modules[1].blob_path, "x,y.txt");
	assert_int_equal(options.modules[0].number, 0);
	assert_int_equal(options.modules[1].number, 0);
	assert_int_equal(options.modules[2].number, 1);
	assert_true(options.modules[0].dp && options.modules[1].dp && options.modules[2].dp);
	assert_int_equal(options.board.watchdog_ms, 5000);
	assert_int_equal(options.dp_period_ms, 1);
	assert_int_equal(options.board.cores, 1);
	assert_false(options.allow_host_calls);
	options_free(&options);
}

static void dp_takes_modules_and_instances(void **state)
{
	struct options options;
	struct problem why;

	assert_int_equal(parse("tb -i a -o b --dp gain.1,eqiir -m gain,eqiir,gain", &options, &why),
			 0);
	assert_false(options.modules[0].dp);
	assert_true(options.modules[1].dp);
	assert_true(options.modules[2].dp);
	options_free(&options);
	assert_int_equal(parse("tb -i a -o b --dp none -m gain", &options, &why), 0);
	assert_false(options.modules[0].dp);
	options_free(&options);
}

static void values_are_read(void **state)
{
	struct options options;
	struct problem why;

	assert_int_equal(parse("tb -i a -o b -m gain --isolation=required --domain type --on-fault "
			       "mute --watchdog 0.5 --dp-period 10 --heap-bytes 64K --stack-bytes "
			       "8192 --cores 4 -d inf -q --report r.json --module m.so",
			       &options, &why),
			 0);
	assert_int_equal(options.board.isolation, HOST_ISOLATION_REQUIRED);
	assert_int_equal(options.domain_model, SOF_DOMAIN_TYPE);
	assert_int_equal(options.board.on_fault, HOST_ON_FAULT_MUTE);
	assert_int_equal(options.board.watchdog_ms, 500);
	assert_int_equal(options.dp_period_ms, 10);
	assert_int_equal(options.heap_bytes, 65536);
	assert_int_equal(options.stack_bytes, 8192);
	assert_int_equal(options.board.cores, 4);
	assert_int_equal(options.board.log_level, 3);
	assert_true(options.quiet);
	assert_string_equal(options.objects[0], "m.so");
	options_free(&options);
}

static void domain_ids_are_given_by_name_or_instance(void **state)
{
	struct options options;
	struct problem why;

	assert_int_equal(parse("tb -i a -o b -m gain,dcblock,gain --domain id --share grant "
			       "--domain-id gain=7,dcblock=0x10,gain.1=4294967295",
			       &options, &why),
			 0);
	assert_int_equal(options.domain_model, SOF_DOMAIN_ID);
	assert_int_equal(options.share, SOF_SHARE_GRANT);
	assert_int_equal(options.modules[0].domain_id, 7);
	assert_int_equal(options.modules[1].domain_id, 16);
	assert_int_equal(options.modules[2].domain_id, 4294967295u);
	options_free(&options);

	refused("tb -i a -o b -m gain --domain-id gain=1", "--domain id");
	refused("tb -i a -o b -m gain --domain id --domain-id gain", "NAME=ID");
	refused("tb -i a -o b -m gain --domain id --domain-id gain=", "NAME=ID");
	refused("tb -i a -o b -m gain --domain id --domain-id gain=-1", "NAME=ID");
	refused("tb -i a -o b -m gain --domain id --domain-id gain=4294967296", "NAME=ID");
	refused("tb -i a -o b -m gain --domain id --domain-id gian=1", "did you mean gain");
	refused("tb -i a -o b -m gain --share some", "heap or grant");
}

static void settings_are_given_by_name_or_instance(void **state)
{
	struct options options;
	struct problem why;

	assert_int_equal(
		parse("tb -i a -i b -o c -o d -o e -m src,gain,src --rate src=44100,src.1=8000 "
		      "--channels gain=3 --channels src.1=1 --init gain=x\\,y.bin",
		      &options, &why),
		0);
	assert_int_equal(options.input_count, 2);
	assert_int_equal(options.output_count, 3);
	assert_string_equal(options.inputs[1], "b");
	assert_string_equal(options.outputs[2], "e");
	assert_int_equal(options.modules[0].rate, 44100);
	assert_int_equal(options.modules[1].rate, 0);
	assert_int_equal(options.modules[2].rate, 8000);
	assert_int_equal(options.modules[1].channels, 3);
	assert_int_equal(options.modules[2].channels, 1);
	assert_string_equal(options.modules[1].init_path, "x,y.bin");
	assert_null(options.modules[0].init_path);
	options_free(&options);

	refused("tb -i a -o b -m gain --rate gain", "'gain' is not NAME=HZ or NAME.N=HZ");
	refused("tb -i a -o b -m gain --rate gain=0", "from 1 to 768000");
	refused("tb -i a -o b -m gain --rate gain=8000x", "from 1 to 768000");
	refused("tb -i a -o b -m gain --channels gain=9", "from 1 to 8");
	refused("tb -i a -o b -m gain --channels gian=2", "did you mean gain?");
	refused("tb -i a -o b -m gain --init gain=", "'gain=' is not NAME=FILE");
	refused("tb -i a -o b -m gain --init gain.1=x", "'gain.1' is not a module of the chain");
}

static void there_is_an_end_to_files_and_settings(void **state)
{
	char line[4000];
	struct options options;
	struct problem why;
	int i, at = snprintf(line, sizeof(line), "tb -o b -m gain");

	for (i = 0; i <= OPTIONS_FILES_MAX; i++)
		at += snprintf(line + at, sizeof(line) - (size_t)at, " -ia");
	refused(line, "-i: more than 32 files");
	at = snprintf(line, sizeof(line), "tb -i a -o b -m gain");
	for (i = 0; i < 65; i++)
		at += snprintf(line + at, sizeof(line) - (size_t)at, " --rate=gain=8000");
	refused(line, "more than 64 options");
	/* modules are as many as memory holds */
	at = snprintf(line, sizeof(line), "tb -i a -o b -m gain");
	for (i = 0; i < 40; i++)
		at += snprintf(line + at, sizeof(line) - (size_t)at, ",gain");
	assert_int_equal(parse(line, &options, &why), 0);
	assert_int_equal(options.module_count, 41);
	assert_int_equal(options.modules[40].number, 40);
	options_free(&options);
}

static void a_topology_is_in_place_of_a_chain(void **state)
{
	struct options options;
	struct problem why;

	assert_int_equal(parse("tb -i a -o b -t x.tplg -p 1,2,300 --dot x.dot", &options, &why), 0);
	assert_string_equal(options.topology, "x.tplg");
	assert_string_equal(options.dot, "x.dot");
	assert_int_equal(options.pipeline_count, 3);
	assert_int_equal(options.pipelines[2], 300);
	options_free(&options);
	assert_int_equal(parse("tb --topology x.tplg --show-topology", &options, &why), 0);
	assert_int_equal(options.action, ACTION_SHOW_TOPOLOGY);
	options_free(&options);
	refused("tb -i a -o b -t x.tplg -m gain", "a topology or a chain is expected, not both");
	refused("tb --show-topology", "need a topology: -t FILE");
	refused("tb -i a -o b -m gain -p 1", "need a topology");
	refused("tb -i a -o b -m gain --dot x", "need a topology");
	refused("tb -t x.tplg -o b", "-i FILE");
	refused("tb -t x -p 1,", "'1,' is not a list of pipeline numbers");
	refused("tb -t x -p -1", "'-1' is not a list");
	refused("tb -t x -p 1;2", "'1;2' is not a list");
	refused("tb -t x -p 4294967296", "is not a list");
	refused("tb -t x -p "
		"1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
		"1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1",
		"-p: more than 64 pipelines");
}

static void bad_input_is_named(void **state)
{
	refused("tb", "-i FILE");
	refused("tb -i a", "-o FILE");
	refused("tb -i a -o b", "-m NAME");
	refused("tb -i a -o b -m gain extra", "'extra'");
	refused("tb -i a -o b -m gain,,gain", "name is missing");
	refused("tb -i a -o b -m gain,", "name is missing");
	refused("tb -i a -o b -m eqiir=", "file name");
	refused("tb -i", "-i expects a value");
	refused("tb --isolaton none", "did you mean --isolation?");
	refused("tb --xyzzy", "--xyzzy is not an option");
	refused("tb -Z", "-Z is not an option");
	refused("tb --quiet=3", "takes no value");
	refused("tb --isolation nome",
		"'nome' is not auto, pkey, mprotect, none or required, did you mean none?");
	refused("tb --domain x", "instance, type or id");
	refused("tb --on-fault x", "stop, mute, abort or continue");
	refused("tb --watchdog -1", "0 to 86400");
	refused("tb --watchdog nan", "0 to 86400");
	refused("tb --dp-period 0", "1 to 1000");
	refused("tb --cores 0", "1 to 4");
	refused("tb --cores 5", "1 to 4");
	refused("tb --cores two", "1 to 4");
	refused("tb --heap-bytes 12x", "'12x'");
	refused("tb --heap-bytes -4", "'-4'");
	refused("tb --heap-bytes 0", "'0'");
	refused("tb -d 5", "'5'");
	refused("tb -i a -o b -m gain --dp eqiir", "'eqiir' is not all, none or a module");
	refused("tb -i a -o b -m gain --dp gian", "did you mean gain?");
}

static void text_stays_one_line(void **state)
{
	struct problem why = { 0 };

	problem_set(&why, EXIT_BAD_INPUT, 1, "a\nb\033c");
	assert_string_equal(why.text, "a\\nb\\ec");
	problem_set(&why, EXIT_RUN_FAILED, 1, "later");
	assert_string_equal(why.text, "a\\nb\\ec");
}

static void near_names_are_found_and_far_ones_not(void **state)
{
	static const char *const names[] = { "dcblock", "eqiir", "gain", "passthrough" };

	assert_string_equal(suggest("gian", names, 4), "gain");
	assert_string_equal(suggest("eqir", names, 4), "eqiir");
	assert_string_equal(suggest("dcblok", names, 4), "dcblock");
	assert_string_equal(suggest("pass", names, 4), "passthrough");
	assert_null(suggest("volume", names, 4));
	assert_null(suggest("", names, 4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_are_counted_and_host_calls_are_let_in_when_told),
		cmocka_unit_test(the_letters_of_sofs_testbench_are_understood),
		cmocka_unit_test(more_files_than_fit_are_refused_in_a_list_too),
		cmocka_unit_test(a_chain_counts_its_instances),
		cmocka_unit_test(dp_takes_modules_and_instances),
		cmocka_unit_test(values_are_read),
		cmocka_unit_test(domain_ids_are_given_by_name_or_instance),
		cmocka_unit_test(settings_are_given_by_name_or_instance),
		cmocka_unit_test(there_is_an_end_to_files_and_settings),
		cmocka_unit_test(a_topology_is_in_place_of_a_chain),
		cmocka_unit_test(bad_input_is_named),
		cmocka_unit_test(text_stays_one_line),
		cmocka_unit_test(near_names_are_found_and_far_ones_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
