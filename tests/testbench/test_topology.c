/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "craft.h"
#include "topology/topology.h"
#include "topology/topology_show.h"
#include "topology/topology_tokens.h"

static struct craft craft;
static const uint8_t uuid[16] = { 0xa8, 0xa9, 0xbc, 0x61, 0xd0, 0x18, 0x18, 0x4a,
				  0x8e, 0x7b, 0x26, 0x39, 0x21, 0x98, 0x04, 0xb7 };

static struct topology *read_own(const char *name)
{
	struct problem why = { 0 };
	struct topology *topology;
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", TOPOLOGY_DIR, name);
	if (topology_read(path, &topology, &why))
		fail_msg("%s", why.text);
	return topology;
}

static int make(struct topology **topology, struct problem *why)
{
	struct tplg_file *file;

	memset(why, 0, sizeof(*why));
	if (tplg_file_parse("x.tplg", craft.data, craft.size, &file, why))
		fail_msg("%s", why->text);
	return topology_make(file, topology, why);
}

static struct topology *made(void)
{
	struct topology *topology;
	struct problem why;

	if (make(&topology, &why))
		fail_msg("%s", why.text);
	return topology;
}

static void expect_refusal(const char *text)
{
	struct topology *topology = (struct topology *)1;
	struct problem why;

	assert_int_equal(make(&topology, &why), -EINVAL);
	assert_null(topology);
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	if (!strstr(why.text, text))
		fail_msg("'%s' lacks '%s'", why.text, text);
}

static const struct topology_widget *widget_of(const struct topology *topology, const char *name)
{
	size_t at = topology_find(topology, name);

	if (at == TOPOLOGY_NONE)
		fail_msg("no widget %s", name);
	return &topology->widgets[at];
}

static void modules_have_what_their_tokens_say(void **state)
{
	struct topology *topology = read_own("chain-dp.tplg");
	const struct topology_widget *widget = widget_of(topology, "eqiir.5.1");

	assert_int_equal(widget->kind, TOPOLOGY_PROCESS);
	assert_string_equal(topology_uuid_name(widget->uuid), "eq_iir");
	assert_int_equal(widget->sched, TOPOLOGY_SCHED_DP);
	assert_int_equal(widget->domain_id, 7);
	assert_int_equal(widget->heap_bytes, 32768);
	assert_int_equal(widget->stack_bytes, 16384);
	assert_int_equal(topology->pipelines[widget->pipeline].id, 5);
	assert_int_equal(topology->pipelines[widget->pipeline].priority, 1);
	assert_int_equal(topology->pipelines[widget->pipeline].direction, 0);
	widget = widget_of(topology, "gain.3.2");
	assert_int_equal(widget->kind, TOPOLOGY_GAIN);
	assert_int_equal(widget->init_value, 0x7fffffff);
	assert_int_equal(widget->curve_type, 2);
	assert_int_equal(widget->curve_duration, 200000);
	assert_int_equal(topology->pipelines[widget->pipeline].direction, 1);
	topology_free(topology);
	topology = read_own("chain.tplg");
	assert_int_equal(widget_of(topology, "eqiir.5.1")->sched, TOPOLOGY_SCHED_LL);
	topology_free(topology);
}

static void formats_are_those_declared(void **state)
{
	struct topology *topology = read_own("src.tplg");
	const struct topology_widget *src = widget_of(topology, "src.1.1");
	const struct topology_format *format = &src->in.formats[3];

	assert_int_equal(src->kind, TOPOLOGY_SRC);
	assert_int_equal(src->rate_out, 48000);
	assert_int_equal(src->in.format_count, 39);
	assert_int_equal(src->out.format_count, 3);
	assert_int_equal(format->audio.sampling_frequency, 11025);
	assert_int_equal(format->audio.depth, 16);
	assert_int_equal(format->audio.valid_bit_depth, 16);
	assert_int_equal(format->audio.channels_count, 2);
	assert_int_equal(format->audio.ch_map, 0xffffff10);
	assert_int_equal(format->audio.ch_cfg, IPC4_CHANNEL_CONFIG_STEREO);
	assert_int_equal(format->audio.s_type, IPC4_TYPE_LSB_INTEGER);
	/* 12 frames: a millisecond, rounded up. */
	assert_int_equal(format->bytes, 12 * 4);
	topology_free(topology);

	topology = read_own("asrc.tplg");
	assert_int_equal(widget_of(topology, "asrc.1.1")->operation_mode, 1);
	assert_int_equal(widget_of(topology, "asrc.1.1")->rate_out, 48000);
	assert_int_equal(widget_of(topology, "asrc.3.2")->operation_mode, 2);
	topology_free(topology);
}

static void ends_know_their_side(void **state)
{
	struct topology *topology = read_own("gain.tplg");
	const struct topology_widget *end;

	end = widget_of(topology, "host-copier.0.playback");
	assert_int_equal(end->kind, TOPOLOGY_HOST);
	assert_true(end->source);
	assert_int_equal(end->node_type, 0);
	end = widget_of(topology, "dai-copier.HDA.Link.playback");
	assert_int_equal(end->kind, TOPOLOGY_DAI);
	assert_false(end->source);
	assert_string_equal(end->dai_type, "HDA");
	assert_true(widget_of(topology, "dai-copier.HDA.Link.capture")->source);
	assert_int_equal(widget_of(topology, "dai-copier.HDA.Link.capture")->direction, 1);
	assert_false(widget_of(topology, "host-copier.0.capture")->source);
	assert_int_equal(topology->pcm_count, 1);
	assert_int_equal(topology->pcms[0].host[0],
			 topology_find(topology, "host-copier.0.playback"));
	assert_int_equal(topology->pcms[0].host[1],
			 topology_find(topology, "host-copier.0.capture"));
	topology_free(topology);
}

static void pins_have_bindings_and_mixers_types(void **state)
{
	struct topology *topology = read_own("crossover.tplg");
	const struct topology_widget *widget = widget_of(topology, "crossover.1.1");

	assert_int_equal(widget->out.count, 2);
	assert_string_equal(widget->out.bindings[0], "dai-copier.HDA.Low.playback");
	assert_string_equal(widget->out.bindings[1], "dai-copier.HDA.High.playback");
	assert_null(widget->in.bindings);
	topology_free(topology);
	topology = read_own("mix.tplg");
	assert_int_equal(widget_of(topology, "mixin.1.1")->mix_type, 0);
	assert_int_equal(widget_of(topology, "mixin.1.1")->out.count, 3);
	assert_int_equal(widget_of(topology, "mixout.3.1")->mix_type, 1);
	assert_int_equal(widget_of(topology, "mixout.3.1")->in.count, 8);
	topology_free(topology);
}

static void every_module_here_has_a_known_uuid(void **state)
{
	static const char *const own[] = {
		"asrc",	 "chain", "copier", "crossover",	"dcblock", "demux", "drc",
		"eqfir", "eqiir", "gain",   "level_multiplier", "micsel",  "mix",   "multiband_drc",
		"mux",	 "src",	  "tdfb",   "template_comp"
	};
	char name[64];
	size_t i, k;

	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		struct topology *topology;

		snprintf(name, sizeof(name), "%s.tplg", own[i]);
		topology = read_own(name);
		for (k = 0; k < topology->widget_count; k++)
			if (topology_is_module(&topology->widgets[k]) &&
			    !topology_uuid_name(topology->widgets[k].uuid))
				fail_msg("%s: %s", name, topology->widgets[k].from->name);
		assert_int_equal(topology->missing_count, 0);
		topology_free(topology);
	}
}

/* A pipeline with one effect "w", begun. */
static void begin(void)
{
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_EFFECT, "w", uuid, 48000, 48000);
}

static void end(void)
{
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
}

static void a_format_repeats_in_one_array(void **state)
{
	struct topology *topology;
	const struct topology_widget *widget;

	begin();
	craft_in_format(&craft, 44100, 1, 16, 16);
	craft_value(&craft, TOKEN_IN_RATE, 16000);
	craft_value(&craft, TOKEN_INPUT_PIN_INDEX, 1);
	end();
	topology = made();
	widget = widget_of(topology, "w");
	assert_int_equal(widget->in.format_count, 3);
	assert_int_equal(widget->in.formats[1].audio.channels_count, 1);
	assert_int_equal(widget->in.formats[1].audio.valid_bit_depth, 16);
	assert_int_equal(widget->in.formats[2].audio.sampling_frequency, 16000);
	assert_int_equal(widget->in.formats[2].pin, 1);
	topology_free(topology);
}

static void single_tokens_stand_in_for_the_packed_one(void **state)
{
	struct topology *topology;
	const struct topology_format *format;

	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_widget(&craft, SND_SOC_TPLG_DAPM_EFFECT, "w", "");
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, TOKEN_OUT_RATE, 8000);
	craft_value(&craft, TOKEN_OUT_CHANNELS, 3);
	craft_value(&craft, TOKEN_OUT_VALID_BIT_DEPTH, 24);
	craft_value(&craft, TOKEN_OUT_SAMPLE_TYPE, 2);
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, TOKEN_OUT_FMT_CFG, 4 | 16 << 8 | 1 << 16);
	craft_value(&craft, TOKEN_OUT_CHANNELS, 5);
	end();
	topology = made();
	assert_int_equal(widget_of(topology, "w")->out.format_count, 2);
	format = widget_of(topology, "w")->out.formats;
	assert_int_equal(format[0].audio.channels_count, 3);
	assert_int_equal(format[0].audio.valid_bit_depth, 24);
	assert_int_equal(format[0].audio.s_type, IPC4_TYPE_SIGNED_INTEGER);
	assert_int_equal(format[1].audio.channels_count, 4);
	assert_int_equal(format[1].audio.valid_bit_depth, 16);
	topology_free(topology);
}

static void more_formats_declared_than_there_are_is_no_error(void **state)
{
	struct topology *topology;

	begin();
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, TOKEN_COMP_NUM_INPUT_AUDIO_FORMATS, 9);
	craft_value(&craft, TOKEN_COMP_NUM_OUTPUT_AUDIO_FORMATS, 0);
	end();
	topology = made();
	assert_int_equal(widget_of(topology, "w")->in.format_count, 1);
	assert_int_equal(widget_of(topology, "w")->out.format_count, 0);
	topology_free(topology);
}

static void retired_and_unknown_tokens_are_ignored(void **state)
{
	begin();
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, TOKEN_COMP_RETIRED_LIFETIME_HEAP, 1);
	craft_value(&craft, TOKEN_COMP_RETIRED_SHARED_BYTES, 2);
	craft_value(&craft, 123456, 3);
	end();
	topology_free(made());
}

static void sizes_and_domains_come_as_words(void **state)
{
	struct topology *topology;
	const struct topology_widget *widget;

	begin();
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, TOKEN_COMP_DOMAIN_ID, 123);
	craft_value(&craft, TOKEN_COMP_STACK_BYTES, 4096);
	craft_value(&craft, TOKEN_COMP_HEAP_BYTES, 0xffffffff);
	craft_value(&craft, TOKEN_COMP_CORE_ID, 15);
	craft_value(&craft, TOKEN_COMP_CPC, 17);
	craft_value(&craft, TOKEN_COMP_IS_PAGES, 18);
	craft_array(&craft, TPLG_TUPLE_STRING);
	craft_text(&craft, TOKEN_COMP_SCHED_DOMAIN, "default");
	end();
	topology = made();
	widget = widget_of(topology, "w");
	assert_int_equal(widget->domain_id, 123);
	assert_int_equal(widget->stack_bytes, 4096);
	assert_int_equal(widget->heap_bytes, 0xffffffff);
	assert_int_equal(widget->core, 15);
	assert_int_equal(widget->cpc, 17);
	assert_int_equal(widget->is_pages, 18);
	assert_int_equal(widget->sched, TOPOLOGY_SCHED_DEFAULT);
	topology_free(topology);
}

static void refuse_value(uint32_t type, uint32_t token, uint32_t value, const char *text)
{
	begin();
	craft_array(&craft, type);
	if (type == TPLG_TUPLE_STRING)
		craft_text(&craft, token, "text");
	else if (type == TPLG_TUPLE_UUID)
		craft_uuid(&craft, token, uuid);
	else
		craft_value(&craft, token, value);
	end();
	expect_refusal(text);
}

static void tokens_of_a_wrong_type_are_refused(void **state)
{
	refuse_value(TPLG_TUPLE_STRING, TOKEN_COMP_HEAP_BYTES, 0,
		     "widget 'w': token 421 is of type string, expected word");
	refuse_value(TPLG_TUPLE_UUID, TOKEN_IN_RATE, 0,
		     "token 1900 is of type UUID, expected word");
	refuse_value(TPLG_TUPLE_WORD, TOKEN_COMP_UUID, 0,
		     "token 405 is of type word, expected UUID");
	refuse_value(TPLG_TUPLE_SHORT, TOKEN_DAI_TYPE, 0,
		     "token 154 is of type short, expected string");
	refuse_value(TPLG_TUPLE_BYTE, TOKEN_COMP_SCHED_DOMAIN, 0,
		     "token 418 is of type byte, expected string");
	refuse_value(TPLG_TUPLE_BOOL, TOKEN_COMP_INPUT_PIN_BINDING, 0,
		     "token 413 is of type bool, expected string");
	refuse_value(TPLG_TUPLE_WORD, TOKEN_COMP_OUTPUT_PIN_BINDING, 0,
		     "token 414 is of type word, expected string");
}

static void values_out_of_range_are_refused(void **state)
{
	refuse_value(TPLG_TUPLE_WORD, TOKEN_COMP_CORE_ID, 16,
		     "core (token 404) is 16, expected up to 15");
	refuse_value(TPLG_TUPLE_WORD, TOKEN_COMP_NUM_INPUT_PINS, 9,
		     "number of input pins (token 411) is 9, expected up to 8");
	refuse_value(TPLG_TUPLE_WORD, TOKEN_COMP_NUM_OUTPUT_PINS, 0xffffffff,
		     "is 4294967295, expected up to 8");
	refuse_value(TPLG_TUPLE_WORD, TOKEN_INPUT_PIN_INDEX, 8,
		     "input format of pin 8, expected up to 7");
	refuse_value(TPLG_TUPLE_WORD, TOKEN_OUTPUT_PIN_INDEX, 0xffffffff,
		     "output format of pin 4294967295");
	refuse_value(TPLG_TUPLE_WORD, TOKEN_DAI_DIRECTION, 2, "direction (token 156) is 2");
	refuse_value(TPLG_TUPLE_WORD, TOKEN_MIX_TYPE, 2, "mix type (token 1700) is 2");
	refuse_value(TPLG_TUPLE_STRING, TOKEN_COMP_SCHED_DOMAIN, 0,
		     "scheduler domain (token 418) is 'text', expected LL, DP or default");
}

static void too_many_bindings_are_refused(void **state)
{
	int i;

	begin();
	craft_array(&craft, TPLG_TUPLE_STRING);
	for (i = 0; i < TOPOLOGY_PINS_MAX; i++)
		craft_text(&craft, TOKEN_COMP_INPUT_PIN_BINDING, "x");
	craft_text(&craft, TOKEN_COMP_OUTPUT_PIN_BINDING, "y");
	end();
	topology_free(made());
	begin();
	craft_array(&craft, TPLG_TUPLE_STRING);
	for (i = 0; i <= TOPOLOGY_PINS_MAX; i++)
		craft_text(&craft, TOKEN_COMP_INPUT_PIN_BINDING, "x");
	end();
	expect_refusal("more than 8 pin bindings (token 413)");
}

static void pipelines_are_read_and_their_mistakes_refused(void **state)
{
	struct topology *topology;

	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAPM_WIDGET, 300);
	craft_widget(&craft, SND_SOC_TPLG_DAPM_SCHEDULER, "p", "");
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, TOKEN_SCHED_PRIORITY, 7);
	craft_value(&craft, TOKEN_SCHED_CORE, 2);
	craft_value(&craft, TOKEN_SCHED_LP_MODE, 1);
	craft_value(&craft, TOKEN_SCHED_DIRECTION, 1);
	craft_value(&craft, TOKEN_SCHED_DYNAMIC_PIPELINE, 1);
	craft_value(&craft, TOKEN_SCHED_PERIOD, 1000);
	craft_array(&craft, TPLG_TUPLE_BOOL);
	craft_value(&craft, TOKEN_SCHED_USE_CHAIN_DMA, 1);
	end();
	topology = made();
	assert_int_equal(topology->pipeline_count, 1);
	assert_int_equal(topology->pipelines[0].id, 300);
	assert_int_equal(topology->pipelines[0].priority, 7);
	assert_int_equal(topology->pipelines[0].core, 2);
	assert_true(topology->pipelines[0].low_power);
	assert_true(topology->pipelines[0].has_direction);
	assert_int_equal(topology->pipelines[0].direction, 1);
	assert_true(topology->pipelines[0].dynamic);
	assert_true(topology->pipelines[0].chain_dma);
	assert_int_equal(topology->pipelines[0].period_us, 1000);
	topology_free(topology);

	craft_pipeline(&craft, 300);
	craft_block_end(&craft);
	expect_refusal("a second scheduler of pipeline 300");

	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAPM_WIDGET, 1);
	craft_widget(&craft, SND_SOC_TPLG_DAPM_SCHEDULER, "p", "");
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, TOKEN_SCHED_PRIORITY, 8);
	end();
	expect_refusal("widget 'p': priority (token 201) is 8, expected up to 7");

	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAPM_WIDGET, 1);
	craft_widget(&craft, SND_SOC_TPLG_DAPM_SCHEDULER, "p", "");
	craft_array(&craft, TPLG_TUPLE_STRING);
	craft_text(&craft, TOKEN_SCHED_LP_MODE, "yes");
	end();
	expect_refusal("token 207 is of type string, expected bool");
}

static void two_modules_of_one_name_are_refused(void **state)
{
	begin();
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_EFFECT, "w", uuid, 48000, 48000);
	end();
	expect_refusal("widget 'w': another one has this name, at offset");

	/* A virtual one may have it: routes mean the module. */
	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_widget(&craft, SND_SOC_TPLG_DAPM_OUT_DRV, "w", "");
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_EFFECT, "w", uuid, 48000, 48000);
	end();
	craft_routes(&craft, (const char *const[]){ "w", "w", NULL });
	{
		struct topology *topology = made();

		assert_int_equal(topology->route_count, 1);
		assert_int_equal(topology->routes[0].from, 2);
		assert_int_equal(topology_find(topology, "w"), 2);
		topology_free(topology);
	}
}

static void routes_elsewhere_are_kept_apart(void **state)
{
	struct topology *topology;
	size_t w;

	begin();
	craft_widget_end(&craft, 0);
	craft_widget(&craft, SND_SOC_TPLG_DAPM_INPUT, "codec", "");
	end();
	craft_routes(&craft, (const char *const[]){ "w", "away", "codec", "w", "w", "w", NULL });
	topology = made();
	w = topology_find(topology, "w");
	assert_int_equal(topology->missing_count, 1);
	assert_int_equal(topology->route_count, 1);
	assert_int_equal(topology->routes[0].number, 2);
	assert_int_equal(topology->first_from[w + 1] - topology->first_from[w], 1);
	assert_int_equal(topology->first_to[w + 1] - topology->first_to[w], 1);
	assert_int_equal(topology_find(topology, "away"), TOPOLOGY_NONE);
	topology_free(topology);
}

static void an_end_outside_all_pipelines_goes_with_its_neighbour(void **state)
{
	struct topology *topology;

	begin();
	end();
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAPM_WIDGET, 99);
	craft_module(&craft, SND_SOC_TPLG_DAPM_DAI_IN, "dai", uuid, 48000, 48000);
	craft_widget_end(&craft, 0);
	craft_module(&craft, SND_SOC_TPLG_DAPM_AIF_IN, "alone", uuid, 48000, 48000);
	end();
	craft_routes(&craft, (const char *const[]){ "w", "dai", NULL });
	topology = made();
	assert_int_equal(widget_of(topology, "dai")->pipeline, 0);
	assert_int_equal(widget_of(topology, "alone")->pipeline, TOPOLOGY_NONE);
	topology_free(topology);
}

static void more_than_anybody_has_is_refused(void **state)
{
	struct tplg_file *file;
	struct topology *topology;
	struct problem why = { 0 };
	static struct tplg_file many;
	size_t *counts[] = { &many.widget_count, &many.route_count, &many.pcm_count };
	static const size_t most[] = { TOPOLOGY_WIDGETS_MAX, TOPOLOGY_ROUTES_MAX,
				       TOPOLOGY_WIDGETS_MAX };
	static const char *const texts[] = { "1025 widgets, 1024 at most",
					     "4097 routes, 4096 at most",
					     "1025 PCMs, 1024 at most" };
	size_t i;

	for (i = 0; i < 3; i++) {
		memset(&many, 0, sizeof(many));
		memset(&why, 0, sizeof(why));
		file = calloc(1, sizeof(*file));
		assert_non_null(file);
		*counts[i] = most[i] + 1;
		file->name = strdup("x");
		file->widgets = calloc(many.widget_count, sizeof(*file->widgets));
		file->routes = calloc(many.route_count, sizeof(*file->routes));
		file->pcms = calloc(many.pcm_count, sizeof(*file->pcms));
		file->widget_count = many.widget_count;
		file->route_count = many.route_count;
		file->pcm_count = many.pcm_count;
		assert_int_equal(topology_make(file, &topology, &why), -EINVAL);
		assert_null(topology);
		assert_non_null(strstr(why.text, texts[i]));
	}
}

static char *shown(const struct topology *topology, bool drawn)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	if (drawn)
		topology_draw(out, topology, NULL);
	else
		topology_show(out, topology);
	fclose(out);
	return text;
}

static void expect_in(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' is not in\n%s", part, text);
}

static void a_topology_is_shown(void **state)
{
	struct topology *topology = read_own("chain-dp.tplg");
	char *text = shown(topology, false);

	expect_in(text, "5 pipelines, 10 modules, 8 routes, 1 PCMs, 0 controls, for ABI 3.29.1\n");
	expect_in(text, "pipeline 5, playback, priority 1, core 0");
	expect_in(text,
		  "eqiir.5.1: process, eq_iir, DP, domain 7, heap 32768, stack 16384 bytes\n");
	expect_in(text, "in  pin 0  44100 Hz 2 ch S24 in 32, 360 bytes");
	expect_in(text, "   drc.5.1 -> gain.2.1\n");
	expect_in(text, "0 'Stereo' capture 'Capture': S16 S24 S32;");
	expect_in(text, "; host-copier.0.capture\n");
	free(text);
	topology_free(topology);

	topology = read_own("tdfb.tplg");
	text = shown(topology, false);
	expect_in(text, "control 'Playback tdfb angle': '0 degrees', '30 degrees',");
	expect_in(text, "control 'Playback tdfb bytes': up to 16384 bytes, 536 given");
	free(text);
	topology_free(topology);
	topology = read_own("gain.tplg");
	text = shown(topology, false);
	expect_in(text, "'Playback volume': 0 to 45, silence to 0.00 dB, 2 channels");
	free(text);
	topology_free(topology);
}

/* In the order of the bits of SNDRV_PCM_FORMAT_* and SNDRV_PCM_RATE_*. */
static void every_format_and_rate_of_a_pcm_has_its_name(void **state)
{
	struct topology *topology = read_own("chain-dp.tplg");
	struct tplg_pcm pcm = *topology->pcms[0].from;
	char *text;

	topology->pcms[0].from = &pcm;
	for (int i = 0; i < 2; i++) {
		pcm.caps[i].formats = UINT64_MAX;
		pcm.caps[i].rates = UINT32_MAX;
		pcm.caps[i].rate_min = 4000;
		pcm.caps[i].rate_max = 384000;
	}
	text = shown(topology, false);
	expect_in(text, ": S8 U8 S16 S24 S32 FLOAT MU_LAW A_LAW; 4000 to 384000 Hz 5512 8000 11025 "
			"16000 22050 32000 44100 48000 64000 88200 96000 176400 192000; ");
	free(text);
	pcm.caps[0].formats = pcm.caps[1].formats = 1ull << 10 | 1 << 2;
	pcm.caps[0].rates = pcm.caps[1].rates = 1 << 10 | 1 << 6;
	text = shown(topology, false);
	expect_in(text, ": S16 S32; 4000 to 384000 Hz 44100 96000; ");
	free(text);
	topology_free(topology);
}

static void a_topology_is_drawn(void **state)
{
	struct topology *topology = read_own("mix-dp.tplg");
	char path[] = "topology_XXXXXX", *text = shown(topology, true);
	struct problem why = { 0 };
	char read_back[64] = "";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	expect_in(text, "digraph topology {\n");
	expect_in(text, "label=\"pipeline 3\"");
	expect_in(text, "[label=\"gain.1.1\\ngain, DP\"];");
	expect_in(text, " -> w");
	assert_string_equal(text + strlen(text) - 2, "}\n");
	assert_int_equal(topology_write_dot(topology, NULL, path, &why), 0);
	close(fd);
	{
		FILE *file = fopen(path, "r");

		assert_non_null(file);
		assert_non_null(fgets(read_back, sizeof(read_back), file));
		fclose(file);
	}
	assert_string_equal(read_back, "digraph topology {\n");
	unlink(path);
	assert_true(topology_write_dot(topology, NULL, "not/there/x.dot", &why) < 0);
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	free(text);
	topology_free(topology);
}

static void hostile_names_do_no_harm_when_shown(void **state)
{
	struct topology *topology;
	char *text;

	craft_init(&craft);
	craft_pipeline(&craft, 1);
	craft_module(&craft, SND_SOC_TPLG_DAPM_EFFECT, "a\"]; b\\\x1b[2J\n", uuid, 48000, 0);
	end();
	topology = made();
	text = shown(topology, false);
	expect_in(text, "a\"]; b\\\\e[2J\\n: process");
	assert_null(strchr(text, '\x1b'));
	free(text);
	text = shown(topology, true);
	expect_in(text, "label=\"a\\\"]; b\\\\\\\\e[2J\\\\n\\n");
	free(text);
	topology_free(topology);
}

static void uuids_are_written_as_in_the_registry(void **state)
{
	char text[40];

	assert_string_equal(topology_uuid_text(uuid, text), "61bca9a8-18d0-4a18-8e7b2639219804b7");
	assert_string_equal(topology_uuid_name(uuid), "gain");
	assert_null(topology_uuid_name((const uint8_t[16]){ 1 }));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(modules_have_what_their_tokens_say),
		cmocka_unit_test(formats_are_those_declared),
		cmocka_unit_test(ends_know_their_side),
		cmocka_unit_test(pins_have_bindings_and_mixers_types),
		cmocka_unit_test(every_module_here_has_a_known_uuid),
		cmocka_unit_test(a_format_repeats_in_one_array),
		cmocka_unit_test(single_tokens_stand_in_for_the_packed_one),
		cmocka_unit_test(more_formats_declared_than_there_are_is_no_error),
		cmocka_unit_test(retired_and_unknown_tokens_are_ignored),
		cmocka_unit_test(sizes_and_domains_come_as_words),
		cmocka_unit_test(tokens_of_a_wrong_type_are_refused),
		cmocka_unit_test(values_out_of_range_are_refused),
		cmocka_unit_test(too_many_bindings_are_refused),
		cmocka_unit_test(pipelines_are_read_and_their_mistakes_refused),
		cmocka_unit_test(two_modules_of_one_name_are_refused),
		cmocka_unit_test(routes_elsewhere_are_kept_apart),
		cmocka_unit_test(an_end_outside_all_pipelines_goes_with_its_neighbour),
		cmocka_unit_test(more_than_anybody_has_is_refused),
		cmocka_unit_test(a_topology_is_shown),
		cmocka_unit_test(every_format_and_rate_of_a_pcm_has_its_name),
		cmocka_unit_test(a_topology_is_drawn),
		cmocka_unit_test(hostile_names_do_no_harm_when_shown),
		cmocka_unit_test(uuids_are_written_as_in_the_registry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
