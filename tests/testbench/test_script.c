/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <ipc4/header.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chain_control.h"
#include "control/control.h"
#include "control/read_text.h"
#include "control/script.h"
#include "control/script_plan.h"
#include "failing_malloc.h"
#include "graph.h"

static struct script script;
static struct problem why;

static int parse(const char *text)
{
	memset(&why, 0, sizeof(why));
	return script_parse("s.sh", text, strlen(text), &script, &why);
}

static void refused(const char *text, const char *part)
{
	assert_int_not_equal(parse(text), 0);
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	assert_null(script.commands);
	if (!strstr(why.text, part))
		fail_msg("%s: '%s' lacks '%s'", text, why.text, part);
}

static void commands_are_told_apart(void **state)
{
	assert_int_equal(parse("#!/bin/sh\n\n  # words\nset -e\n"
			       "amixer -c0 cset name='Post Mixer Volume' 40,30 # why\n"
			       "sleep 0.5\n"
			       "/usr/bin/amixer -Dhw:0 -q cget \"name=A 'b'\"\n"
			       "amixer -c 1 --device=hw:0 cset iface=MIXER,name=\"EQ\" \\\n\t-6dB\n"
			       "sof-ctl -Dhw:0 -c name='EQ bytes' -s blob.txt\n"
			       "sof-ctl -n 3 -br -t 7 -s a\\ b\n"
			       "sof-ctl -c EQ\n"
			       "sleep 2m"),
			 0);
	assert_int_equal(script.count, 8);
	assert_int_equal(script.commands[0].verb, SCRIPT_SET);
	assert_int_equal(script.commands[0].line, 5);
	assert_string_equal(script.commands[0].control, "Post Mixer Volume");
	assert_string_equal(script.commands[0].value, "40,30");
	assert_int_equal(script.commands[1].verb, SCRIPT_SLEEP);
	assert_int_equal(script.commands[1].sleep_ns, 500000000);
	assert_int_equal(script.commands[2].verb, SCRIPT_GET);
	assert_string_equal(script.commands[2].control, "A 'b'");
	assert_string_equal(script.commands[3].control, "EQ");
	assert_string_equal(script.commands[3].value, "-6dB");
	assert_int_equal(script.commands[3].line, 8);
	assert_int_equal(script.commands[4].verb, SCRIPT_SET_BYTES);
	assert_string_equal(script.commands[4].control, "EQ bytes");
	assert_string_equal(script.commands[4].value, "blob.txt");
	assert_int_equal(script.commands[4].line, 10);
	assert_null(script.commands[5].control);
	assert_int_equal(script.commands[5].numid, 3);
	assert_true(script.commands[5].bare);
	assert_int_equal(script.commands[5].param_id, 7);
	assert_string_equal(script.commands[5].value, "a b");
	assert_int_equal(script.commands[6].verb, SCRIPT_GET_BYTES);
	assert_int_equal(script.commands[7].sleep_ns, 120000000000);
	script_free(&script);
	assert_int_equal(parse("amixer cget numid=3,iface=MIXER,name='A, b',index=0,device=0\n"
			       "amixer cset IFACE=mixer,NAME=A -- -6dB\n"
			       "amixer -c0 cset -- 'name=A, b,index=0' 1\n"
			       "sof-ctl -i 4 -n 2 -b -r -p 200 -o x.bin\n"
			       "sof-ctl -c numid=2 -o x.txt"),
			 0);
	assert_int_equal(script.count, 5);
	assert_int_equal(script.commands[0].numid, 3);
	assert_string_equal(script.commands[0].control, "A, b");
	assert_string_equal(script.commands[1].control, "A");
	assert_string_equal(script.commands[1].value, "-6dB");
	assert_string_equal(script.commands[2].control, "A, b");
	assert_true(script.commands[3].binary && script.commands[3].bare);
	assert_true(script.commands[3].has_param && script.commands[3].param_id == 200);
	assert_string_equal(script.commands[3].output, "x.bin");
	assert_int_equal(script.commands[3].verb, SCRIPT_GET_BYTES);
	assert_false(script.commands[4].binary || script.commands[4].has_param);
	script_free(&script);
	assert_int_equal(parse(""), 0);
	assert_int_equal(script.count, 0);
	script_free(&script);
}

static void what_is_not_understood_is_told_with_its_line(void **state)
{
	char many[200] = "amixer";
	int i;

	refused("\n\namixr cset name=a 1", "s.sh: line 3: 'amixr' is not understood, did you mean");
	refused("echo hello", "line 1: 'echo' is not understood, amixer, sof-ctl or sleep");
	refused("amixer", "cset or cget is expected");
	refused("amixer sset Master 1", "'sset' is not understood");
	refused("amixer -z cset name=a 1", "option -z");
	refused("amixer -c", "-c expects a value");
	refused("amixer cset name=a", "values are expected");
	refused("amixer cset name=a b 1", "names with blanks need quotes");
	refused("amixer cget", "name='...' is expected");
	refused("amixer cset Master 1", "'Master' names no control");
	refused("amixer cset name= 1", "name is expected behind");
	refused("amixer cset \"name='a\" 1", "no closing quote");
	refused("amixer cset numid=0 1", "'0' is not a control's number");
	refused("amixer cset numid=99999999999 1", "is not a control's number");
	refused("amixer cset name='a 1\n", "a quote has no end");
	refused("amixer cset name=\"$a\" 1", "variables");
	refused("amixer cset name=a $b", "outside quotes");
	refused("sleep 1; sleep 2", "one a line");
	refused("sleep", "sleep expects");
	refused("sleep -1", "sleep expects");
	refused("sleep 1x", "sleep expects");
	refused("sleep 1sm", "sleep expects");
	refused("sleep 1e99", "sleep expects");
	refused("sleep inf", "sleep expects");
	refused("sof-ctl -s a", "a control is expected");
	refused("sof-ctl -c name=a -s", "-s expects a value");
	refused("sof-ctl -c a -t 256 -s b", "'256' is not a parameter");
	refused("sof-ctl -z", "option -z");
	refused("sof-ctl -c a b", "'b' is not expected");
	refused("sof-ctl -c a -i 5", "'5' is not an IPC's version from 3 to 4");
	refused("sof-ctl -c a -o", "-o expects a value");
	refused("amixer cget iface=LOUD,name=a", "'LOUD,name=a' is no interface");
	refused("amixer cget name=a,index=1", "index 1: no name is there twice");
	refused("amixer cget index=0", "names no control");
	refused("amixer cget \"name='a'b\"", "'b' is not expected in 'name='a'b'");
	refused("amixer cget numid=1,device=x", "'x' is not a device");
	for (i = 0; i < 40; i++)
		strcat(many, " -q");
	refused(many, "too many words");
	assert_int_not_equal(script_parse("s.sh", "sleep\0001", 7, &script, &why), 0);
	assert_non_null(strstr(why.text, "too many words"));
	memset(&why, 0, sizeof(why));
	assert_int_not_equal(script_parse("s.sh", "sle\0ep", 6, &script, &why), 0);
	assert_non_null(strstr(why.text, "a NUL byte"));
	memset(&why, 0, sizeof(why));
	assert_int_not_equal(script_read("missing.sh", &script, &why), 0);
	assert_non_null(strstr(why.text, "missing.sh: script can't be read: No such file"));
	memset(&why, 0, sizeof(why));
	assert_int_not_equal(script_read("/dev/null", &script, &why), 0);
	assert_non_null(strstr(why.text, "a regular file"));
}

static void a_script_has_a_limit(void **state)
{
	size_t size = (SCRIPT_COMMANDS_MAX + 1) * 8, i;
	char *text = malloc(size + 1);

	assert_non_null(text);
	for (i = 0; i < size; i += 8)
		memcpy(text + i, "sleep 0\n", 8);
	text[size] = '\0';
	refused(text, "more than 10000 commands");
	text[size - 8] = '\0';
	assert_int_equal(parse(text), 0);
	assert_int_equal(script.count, SCRIPT_COMMANDS_MAX);
	script_free(&script);
	free(text);
}

static struct control volume(void)
{
	struct control control = { .name = "Volume",
				   .owner = "gain.1",
				   .kind = CONTROL_VOLUME,
				   .channels = 2,
				   .max = 45,
				   .has_db = true,
				   .db_min = -9000,
				   .db_step = 200,
				   .db_mute = true,
				   .curve_type = 1,
				   .curve_duration = 200000,
				   .known = true };

	return control;
}

static void takes(const struct control *control, const char *text, int32_t left, int32_t right)
{
	int32_t values[CONTROL_CHANNELS_MAX] = { 7, 8 };
	char reason[160] = "";

	if (control_parse(control, text, values, reason, sizeof(reason)))
		fail_msg("'%s': %s", text, reason);
	if (values[0] != left || values[1] != right)
		fail_msg("'%s': %d,%d, not %d,%d", text, values[0], values[1], left, right);
}

static void takes_not(const struct control *control, const char *text, const char *part)
{
	int32_t values[CONTROL_CHANNELS_MAX] = { 0 };
	char reason[160] = "";

	assert_int_not_equal(control_parse(control, text, values, reason, sizeof(reason)), 0);
	if (!strstr(reason, part))
		fail_msg("'%s': '%s' lacks '%s'", text, reason, part);
}

static void volumes_are_numbers_percentages_and_levels(void **state)
{
	struct control control = volume();

	takes(&control, "40", 40, 40);
	takes(&control, "40,30", 40, 30);
	takes(&control, ",30", 7, 30);
	takes(&control, "40,", 40, 8);
	takes(&control, "50%", 23, 23);
	takes(&control, "100%,0%", 45, 0);
	takes(&control, "0dB", 45, 45);
	takes(&control, "-6dB,-7.1dB", 42, 41);
	takes(&control, "-90dB", 0, 0);
	takes_not(&control, "46", "in its range, 0 to 45");
	takes_not(&control, "-1", "in its range");
	takes_not(&control, "1.5", "a whole number");
	takes_not(&control, "101%", "a percentage from 0 to 100");
	takes_not(&control, "6dB", "in its range");
	takes_not(&control, "-200dB", "in its range");
	takes_not(&control, "on", "a number, a percentage");
	takes_not(&control, "0x10", "a number, a percentage");
	takes_not(&control, "nan", "a number, a percentage");
	takes_not(&control, "", "a value is expected");
	takes_not(&control, "1,2,3", "more than 2 values");
	control.has_db = false;
	takes_not(&control, "-6dB", "it has no dB scale");
}

static void switches_and_enums_have_words(void **state)
{
	char texts[][CONTROL_NAME_SIZE] = { "-90", "0", "left, right", "on" };
	struct control control = { .kind = CONTROL_SWITCH, .channels = 2, .max = 1 };

	takes(&control, "on", 1, 1);
	takes(&control, "off,On", 0, 1);
	takes(&control, "5,0", 1, 0);
	takes(&control, "toggle", 0, 0);
	takes_not(&control, "maybe", "on or off");
	control = (struct control){ .kind = CONTROL_ENUM, .channels = 2, .max = 3, .texts = texts };
	takes(&control, "-90", 0, 0);
	takes(&control, "0,on", 1, 3);
	takes(&control, "'on','0'", 3, 1);
	takes(&control, "2", 2, 2);
	takes_not(&control, "4", "in its range");
	takes_not(&control, "-1", "in its range");
	takes(&control, "left, right", 2, 2);
	takes(&control, "left, right,on", 2, 3);
	takes(&control, "on,'left, right'", 3, 2);
	takes_not(&control, "of", "is not one of its texts, did you mean 'on'?");
	takes_not(&control, "centre", "is not one of its texts: '-90', '0', 'left, right', 'on'");
	control = (struct control){ .kind = CONTROL_BYTES };
	takes_not(&control, "1", "by sof-ctl");
}

/* 10^(-6/20) and so on, in Q1.31, within what Q16.16 leaves of it. */
static void gains_follow_the_scale(void **state)
{
	struct control control = volume();

	assert_int_equal(control_gain(&control, 45), 0x7fffffff);
	assert_int_equal(control_gain(&control, 0), 0);
	assert_in_range(control_gain(&control, 42), 1076200000, 1076400000);
	assert_in_range(control_gain(&control, 35), 214690000, 214800000);
	assert_int_equal(control_value_of_gain(&control, 0x7fffffff), 45);
	assert_int_equal(control_value_of_gain(&control, control_gain(&control, 30)), 30);
	control.db_step = 50;
	control.db_min = -2250;
	assert_in_range(control_gain(&control, 44), 2027300000, 2027500000);
	control.max = 60;
	assert_int_equal(control_gain(&control, 60), 0x7fffffff);
	/* 0 dB is 45, not what saturates above it. */
	assert_int_equal(control_value_of_gain(&control, 0x7fffffff), 45);
}

static struct controls controls;
static struct graph graph;

static void add_controls(void)
{
	struct control *control = controls_add(&controls, "Volume", "gain.1");

	*control = volume();
	control = controls_add(&controls, "Switch", "drc.1");
	control->kind = CONTROL_SWITCH;
	control->id = 3;
	control->channels = 1;
	control->node = 4;
	control = controls_add(&controls, "Bytes", "eqiir.1");
	control->kind = CONTROL_BYTES;
	control->bytes_max = 40;
	control = controls_add(&controls, "Other", "elsewhere");
	control->kind = CONTROL_SWITCH;
	control->channels = 1;
	control->node = GRAPH_NONE;
}

static int plan(const char *text)
{
	int ret;

	controls_free(&controls);
	graph_free(&graph);
	add_controls();
	assert_int_equal(parse(text), 0);
	ret = script_plan(&script, &controls, &graph, &why);
	script_free(&script);
	return ret;
}

static uint32_t word(size_t event, size_t at)
{
	uint32_t value;

	assert_true(event < graph.event_count);
	assert_true(graph.events[event].blob.size >= 4 * at + 4);
	memcpy(&value, graph.events[event].blob.payload + 4 * at, 4);
	return value;
}

static void commands_become_messages_at_their_tick(void **state)
{
	assert_int_equal(plan("amixer cset name=Volume 45,0\nsleep 0.0104\n"
			      "amixer cset name='gain.1 Volume' 45\nsleep 0.0104\n"
			      "amixer cset numid=2 on\namixer cget name=Switch"),
			 0);
	/* left, right, rounded, both, rounded, switch, text */
	assert_int_equal(graph.event_count, 7);
	assert_int_equal(graph.events[0].tick, 0);
	assert_int_equal(graph.events[0].blob.param_id, 0);
	assert_int_equal(word(0, 0), 0);
	assert_int_equal(word(0, 1), 0x7fffffff);
	assert_int_equal(word(0, 2), 1);
	assert_int_equal(word(0, 4), 200000);
	assert_int_equal(word(1, 0), 1);
	assert_int_equal(word(1, 1), 0);
	assert_string_equal(graph.events[2].text, "s.sh: line 2: sleep is rounded to 10 ms\n");
	assert_int_equal(graph.events[3].tick, 10);
	assert_int_equal(word(3, 0), UINT32_MAX);
	/* 20.8 ms by then */
	assert_int_equal(graph.events[5].tick, 21);
	assert_int_equal(graph.events[5].node, 4);
	assert_int_equal(graph.events[5].blob.param_id, SOF_IPC4_SWITCH_CONTROL_PARAM_ID);
	assert_int_equal(graph.events[5].blob.size, 28);
	assert_int_equal(word(5, 0), 3 | 1 << 16);
	assert_int_equal(word(5, 6), 1);
	assert_non_null(strstr(graph.events[6].text, "values=on"));
}

static void reads_ask_for_what_there_is_room_for(void **state)
{
	const struct graph_read *read;
	FILE *file = fopen("script_read.txt", "w");
	size_t length;
	char *text;

	assert_non_null(file);
	fputs("3,36,877023059,5,4,0,0,0,0,0,258\n", file);
	fclose(file);
	assert_int_equal(plan("sof-ctl -c Bytes\nsof-ctl -c Bytes -s script_read.txt\n"
			      "sleep 0.1\nsof-ctl -c Bytes -b -o x\nsof-ctl -r -c Bytes\n"
			      "sof-ctl -c Bytes -p 6\namixer cget name=Bytes"),
			 0);
	assert_int_equal(graph.event_count, 6);
	read = graph.events[0].read;
	assert_int_equal(read->style, GRAPH_READ_WORDS);
	assert_int_equal(read->room, 8);
	assert_null(read->last);
	assert_string_equal(read->unknown, "'Bytes' holds the module's own bytes\n");
	read = graph.events[2].read;
	assert_int_equal(graph.events[2].tick, 100);
	assert_int_equal(read->param_id, 5);
	assert_int_equal(read->last_size, 4);
	assert_string_equal(read->from, "s.sh: line 4: 'Bytes'");
	assert_string_equal(read->path, "x");
	text = read_text(read, read->last, 3, &length);
	assert_int_equal(length, 43);
	assert_memory_equal(text, "\3\0\0\0\43\0\0\0SOF4\5\0\0\0\3\0\0\0", 20);
	assert_memory_equal(text + 40, "\2\1\0", 3);
	free(text);
	read = graph.events[3].read;
	text = read_text(read, read->last, read->last_size, &length);
	assert_non_null(strstr(text, "hdr: param_id 5\nhdr: size 4 bytes\n"));
	assert_string_equal(text + length - 5, "\n258\n");
	free(text);
	/* Of another parameter nothing is known. */
	assert_int_equal(graph.events[4].read->param_id, 6);
	assert_null(graph.events[4].read->last);
	read = graph.events[5].read;
	text = read_text(read, read->last, read->last_size, &length);
	assert_non_null(strstr(text, "numid=3,iface=MIXER,name='Bytes'\n"
				     "  ; type=BYTES,access=-----RW-,values=40\n"
				     "  : values=0x53,0x4f,0x46,0x34,0x05,"));
	assert_non_null(strstr(text, ",0x00,0x02,0x01,0x00,0x00\n"));
	malloc_fail_at(1);
	assert_null(read_text(read, read->last, read->last_size, &length));
	malloc_fail_at(0);
	free(text);
	remove("script_read.txt");
}

static void plan_refuses(const char *text, const char *part)
{
	assert_int_not_equal(plan(text), 0);
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	if (!strstr(why.text, part))
		fail_msg("%s: '%s' lacks '%s'", text, why.text, part);
}

static void what_can_not_be_done_is_told_before_the_run(void **state)
{
	FILE *file = fopen("script_blob.txt", "w");

	assert_non_null(file);
	fputs("3,48,877023059,5,16,0,0,0,0,0,1,2,3,4\n", file);
	fclose(file);
	plan_refuses("amixer cset name=Volum 1",
		     "line 1: no control 'Volum', did you mean 'Volume'?");
	plan_refuses("sleep 1\namixer cget name=xyzzy",
		     "line 2: no control 'xyzzy', there are 'Volume',");
	plan_refuses("amixer cget numid=9", "no control of number 9, there are 4");
	plan_refuses("amixer cset name=Volume 99", "'Volume': '99' is not in its range");
	plan_refuses("amixer cset name=Bytes 1", "it takes bytes, by sof-ctl");
	plan_refuses("amixer cset name=Other on", "belongs to elsewhere, which does not take part");
	plan_refuses("sof-ctl -c Volume -s script_blob.txt", "takes values, by amixer");
	plan_refuses("sof-ctl -c Volume", "'Volume' has values, for amixer, and no bytes");
	plan_refuses("sof-ctl -c Bytes -s missing.txt", "line 1: missing.txt: blob can't be read");
	plan_refuses("sof-ctl -c Bytes -s script_blob.txt",
		     "has 48 bytes with its header, at most 40");
	remove("script_blob.txt");
}

/* All of it: the script, its plan, and the texts it prints. */
static int read_and_plan(void)
{
	static const char text[] =
		"amixer cset name=Volume 45,0\nsof-ctl -c Bytes -s script_small.txt\n"
		"sof-ctl -c Bytes -o x\nsof-ctl -c Bytes -s script_small.txt -o y\nsleep 1\namixer "
		"cset numid=2 on\n";
	int ret;

	memset(&why, 0, sizeof(why));
	ret = script_parse("s.sh", text, strlen(text), &script, &why);
	if (ret)
		return ret;
	ret = script_plan(&script, &controls, &graph, &why);
	script_free(&script);
	return ret;
}

static void each_failing_allocation_is_told(void **state)
{
	FILE *file = fopen("script_small.txt", "w");
	unsigned long allocations, n;

	assert_non_null(file);
	fputs("3,36,877023059,5,4,0,0,0,0,0,1\n", file);
	fclose(file);
	controls_free(&controls);
	graph_free(&graph);
	add_controls();
	allocations = malloc_count();
	assert_int_equal(read_and_plan(), 0);
	allocations = malloc_count() - allocations;
	assert_true(allocations > 10);
	for (n = 1; n <= allocations; n++) {
		controls_free(&controls);
		graph_free(&graph);
		add_controls();
		malloc_fail_at(n);
		assert_int_equal(read_and_plan(), -ENOMEM);
		malloc_fail_at(0);
		assert_int_equal(why.code, EXIT_RUN_FAILED);
		assert_string_equal(why.text, "out of memory");
	}
	remove("script_small.txt");
}

static int chain_of_kinds(void)
{
	static const char *const modules[] = { "gain", "drc", "tdfb", "passthrough" };
	/* Steps of 45 degrees, the first at -90, of int16_t behind 18 bytes. */
	static const uint8_t blob[28] = { [18] = 45, [20] = 0xa6, [21] = 0xff };
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < 4; i++) {
		char name[20];

		snprintf(name, sizeof(name), "%s.0", modules[i]);
		ret = graph_add_node(&graph, name, modules[i], 0, NULL);
		if (ret)
			break;
		graph.nodes[i].file = GRAPH_NONE;
		graph.nodes[i].base.audio_fmt.channels_count = 2;
		if (i == 2)
			ret = graph_add_blob(&graph.nodes[i], "blob", 3, blob, sizeof(blob));
	}
	return ret ? ret : chain_controls(&graph, &controls);
}

static void chains_have_controls_of_all_kinds(void **state)
{
	static const char *const names[] = { "gain.0 volume",	   "gain.0 switch", "gain.0 bytes",
					     "drc.0 switch",	   "drc.0 bytes",   "tdfb.0 switch",
					     "tdfb.0 tracking",	   "tdfb.0 angle",  "tdfb.0 bytes",
					     "passthrough.0 bytes" };
	const struct control *control;
	unsigned long allocations, n;
	size_t i;

	controls_free(&controls);
	graph_free(&graph);
	allocations = malloc_count();
	assert_int_equal(chain_of_kinds(), 0);
	allocations = malloc_count() - allocations;
	assert_int_equal(controls.count, 10);
	for (i = 0; i < 10; i++)
		assert_string_equal(controls.at[i].name, names[i]);
	assert_true(controls.at[3].known && controls.at[3].values[0] == 1);
	assert_true(controls.at[5].known && controls.at[5].values[0] == 0);
	assert_int_equal(controls.at[6].id, 1);
	control = &controls.at[7];
	assert_int_equal(control->kind, CONTROL_ENUM);
	assert_int_equal(control->max, 8);
	assert_string_equal(control->texts[0], "-90 degrees");
	assert_string_equal(control->texts[8], "270 degrees");
	assert_false(control->known);
	assert_int_equal(controls.at[8].param_id, 3);
	for (n = 1; n <= allocations; n++) {
		controls_free(&controls);
		graph_free(&graph);
		malloc_fail_at(n);
		assert_int_equal(chain_of_kinds(), -ENOMEM);
		malloc_fail_at(0);
	}
}

static int finish(void **state)
{
	controls_free(&controls);
	graph_free(&graph);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_are_told_apart),
		cmocka_unit_test(what_is_not_understood_is_told_with_its_line),
		cmocka_unit_test(a_script_has_a_limit),
		cmocka_unit_test(volumes_are_numbers_percentages_and_levels),
		cmocka_unit_test(switches_and_enums_have_words),
		cmocka_unit_test(gains_follow_the_scale),
		cmocka_unit_test(commands_become_messages_at_their_tick),
		cmocka_unit_test(reads_ask_for_what_there_is_room_for),
		cmocka_unit_test(what_can_not_be_done_is_told_before_the_run),
		cmocka_unit_test(each_failing_allocation_is_told),
		cmocka_unit_test(chains_have_controls_of_all_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
