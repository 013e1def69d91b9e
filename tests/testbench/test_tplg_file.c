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
#include "failing_malloc.h"
#include "topology/tplg_file.h"

static struct craft craft;

static struct tplg_file *read_own(const char *name)
{
	struct problem why = { 0 };
	struct tplg_file *file;
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", TOPOLOGY_DIR, name);
	if (tplg_file_read(path, &file, &why))
		fail_msg("%s", why.text);
	assert_non_null(file);
	return file;
}

static const struct tplg_control *control_of(const struct tplg_file *file, const char *name)
{
	size_t i;

	for (i = 0; i < file->control_count; i++)
		if (!strcmp(file->controls[i].name, name))
			return &file->controls[i];
	fail_msg("no control '%s'", name);
	return NULL;
}

static void expect_good(void)
{
	struct problem why = { 0 };
	struct tplg_file *file;

	if (tplg_file_parse("x.tplg", craft.data, craft.size, &file, &why))
		fail_msg("%s", why.text);
	tplg_file_free(file);
}

/* One line that names the file, the offset, and what was expected. */
static void expect_refusal(size_t offset, const char *part)
{
	struct tplg_file *file = (struct tplg_file *)1;
	struct problem why = { 0 };
	char at[64];

	assert_int_equal(tplg_file_parse("x.tplg", craft.data, craft.size, &file, &why), -EINVAL);
	assert_null(file);
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	snprintf(at, sizeof(at), "x.tplg: offset %zu: ", offset);
	if (strncmp(why.text, at, strlen(at)) || !strstr(why.text, part))
		fail_msg("'%s' is not '%s...%s'", why.text, at, part);
}

static void blocks_of_a_compiled_file_are_read(void **state)
{
	struct tplg_file *file = read_own("gain.tplg");
	size_t i, hosts = 0;

	assert_true(file->manifest.present);
	assert_int_equal(file->manifest.data.size, 6);
	assert_memory_equal(file->manifest.data.bytes, "\x03\0\x1d\0\x01\0", 6);
	assert_int_equal(file->widget_count, 10);
	assert_int_equal(file->route_count, 4);
	assert_int_equal(file->pcm_count, 1);
	for (i = 0; i < file->widget_count; i++) {
		hosts += file->widgets[i].id == SND_SOC_TPLG_DAPM_AIF_IN;
		assert_in_range(file->widgets[i].index, 1, 4);
	}
	assert_int_equal(hosts, 1);
	tplg_file_free(file);
}

static void tuples_are_listed_by_array(void **state)
{
	struct tplg_file *file = read_own("dcblock-dp.tplg");
	const struct tplg_tuple *tuple;
	char text[TPLG_NAME_SIZE];
	size_t i;

	for (i = 0; i < file->widget_count; i++)
		if (!strcmp(file->widgets[i].name, "dcblock.1.1"))
			break;
	assert_true(i < file->widget_count);
	tuple = tplg_tuple_find(&file->widgets[i].tuples, 418);
	assert_non_null(tuple);
	assert_int_equal(tuple->type, TPLG_TUPLE_STRING);
	assert_string_equal(tplg_tuple_text(tuple, text), "DP");
	tuple = tplg_tuple_find(&file->widgets[i].tuples, 421);
	assert_non_null(tuple);
	assert_int_equal(tuple->value, 24576);
	assert_string_equal(tplg_tuple_text(tuple, text), "");
	tuple = tplg_tuple_find(&file->widgets[i].tuples, 405);
	assert_non_null(tuple);
	assert_int_equal(tuple->type, TPLG_TUPLE_UUID);
	assert_memory_equal(tuple->bytes, "\xaf\xef\x09\xb8", 4);
	assert_null(tplg_tuple_find(&file->widgets[i].tuples, 9999));
	tplg_file_free(file);
}

static void a_volume_has_range_channels_and_level(void **state)
{
	struct tplg_file *file = read_own("gain.tplg");
	const struct tplg_control *volume = control_of(file, "Playback volume");

	assert_int_equal(volume->kind, TPLG_CONTROL_MIXER);
	assert_int_equal(volume->min, 0);
	assert_int_equal(volume->max, 45);
	assert_int_equal(volume->channel_count, 2);
	assert_int_equal(volume->channels[1].shift, 1);
	assert_int_equal(volume->put, 256);
	assert_true(volume->has_db);
	assert_int_equal(volume->db_min, -9000);
	assert_int_equal(volume->db_step, 200);
	assert_true(volume->db_mute);
	assert_string_equal(file->widgets[volume->widget].name, "gain.1.1");
	tplg_file_free(file);
}

static void an_enumerated_control_has_its_texts(void **state)
{
	struct tplg_file *file = read_own("tdfb.tplg");
	const struct tplg_control *angle = control_of(file, "Playback tdfb angle");

	assert_int_equal(angle->kind, TPLG_CONTROL_ENUM);
	assert_int_equal(angle->item_count, 4);
	assert_string_equal(angle->texts[3], "90 degrees");
	assert_int_equal(angle->max, 3);
	tplg_file_free(file);
}

static void a_bytes_control_has_its_data(void **state)
{
	struct tplg_file *file = read_own("eqiir.tplg");
	const struct tplg_control *bytes = control_of(file, "Playback eqiir bytes");

	assert_int_equal(bytes->kind, TPLG_CONTROL_BYTES);
	assert_int_equal(bytes->bytes_max, 1024);
	assert_int_equal(bytes->ext_put, 258);
	assert_int_equal(bytes->data.size, 120);
	assert_memory_equal(bytes->data.bytes, "SOF4", 4);
	assert_int_equal(control_of(file, "Capture eqiir bytes")->data.size, 0);
	tplg_file_free(file);
}

static void a_pcm_has_capabilities(void **state)
{
	struct tplg_file *file = read_own("gain.tplg");
	const struct tplg_pcm *pcm = &file->pcms[0];

	assert_string_equal(pcm->name, "Stereo");
	assert_true(pcm->playback);
	assert_true(pcm->capture);
	assert_false(pcm->compress);
	assert_string_equal(pcm->caps[0].name, "Playback");
	assert_string_equal(pcm->caps[1].name, "Capture");
	/* S16_LE 2, S24_LE 6, S32_LE 10 */
	assert_int_equal(pcm->caps[0].formats, 1 << 2 | 1 << 6 | 1 << 10);
	assert_int_equal(pcm->caps[0].channels_max, 8);
	assert_int_equal(pcm->caps[0].period_bytes_min, 192);
	tplg_file_free(file);
}

static void links_and_dais_are_read(void **state)
{
	struct problem why = { 0 };
	struct tplg_file *file;

	craft_init(&craft);
	craft_link(&craft, SND_SOC_TPLG_TYPE_BACKEND_LINK, "wire", 2);
	craft_patch(&craft,
		    craft.link + offsetof(struct snd_soc_tplg_link_config, hw_config) +
			    sizeof(struct snd_soc_tplg_hw_config) +
			    offsetof(struct snd_soc_tplg_hw_config, fsync_rate),
		    48000);
	craft_link(&craft, SND_SOC_TPLG_TYPE_DAI_LINK, "old", 0);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAI, 0);
	craft_dai(&craft, "pin");
	craft_block_end(&craft);
	assert_int_equal(tplg_file_parse("x", craft.data, craft.size, &file, &why), 0);
	assert_int_equal(file->link_count, 2);
	assert_string_equal(file->links[0].name, "wire");
	assert_int_equal(file->links[0].hw_config_count, 2);
	assert_int_equal(file->links[0].hw_configs[1].fsync_rate, 48000);
	assert_int_equal(file->links[1].hw_config_count, 0);
	assert_int_equal(file->dai_count, 1);
	assert_string_equal(file->dais[0].name, "pin");
	assert_int_equal(file->dais[0].id, 5);
	assert_true(file->dais[0].capture);
	tplg_file_free(file);
}

/* With each allocation failing in turn: no file, the right error, and no memory is lost. */
static void parse_without_memory(const uint8_t *data, size_t size)
{
	struct tplg_file *file;
	struct problem why = { 0 };
	const unsigned long before = malloc_count();
	const size_t used = malloc_live();
	unsigned long total;

	assert_int_equal(tplg_file_parse("x", data, size, &file, &why), 0);
	assert_true(malloc_live() > used);
	tplg_file_free(file);
	assert_int_equal(malloc_live(), used);
	total = malloc_count() - before;
	for (unsigned long n = 1; n <= total + 1; n++) {
		malloc_fail_at(n);
		assert_int_equal(tplg_file_parse("x", data, size, &file, &why),
				 n <= total ? -ENOMEM : 0);
		malloc_fail_at(0);
		assert_int_equal(file == NULL, n <= total);
		tplg_file_free(file);
		assert_int_equal(malloc_live(), used);
	}
}

static void memory_that_lacks_is_told_and_none_is_lost(void **state)
{
	static const char *const names[] = { "gain", "eqiir", "mux" };
	static uint8_t data[1 << 20];

	craft_init(&craft);
	craft_link(&craft, SND_SOC_TPLG_TYPE_BACKEND_LINK, "wire", 2);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAI, 0);
	craft_dai(&craft, "pin");
	craft_block_end(&craft);
	parse_without_memory(craft.data, craft.size);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[512];
		size_t size;
		FILE *file;

		snprintf(path, sizeof(path), "%s/%s.tplg", TOPOLOGY_DIR, names[i]);
		file = fopen(path, "rb");
		assert_non_null(file);
		size = fread(data, 1, sizeof(data), file);
		fclose(file);
		assert_in_range(size, 1000, sizeof(data) - 1);
		parse_without_memory(data, size);
	}
}

static void names_need_no_nul(void **state)
{
	static const char longest[] = "0123456789012345678901234567890123456789abcd";
	struct problem why = { 0 };
	struct tplg_file *file;

	assert_int_equal(sizeof(longest), TPLG_NAME_SIZE);
	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAPM_WIDGET, 0);
	craft_widget(&craft, 0, longest, longest);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	assert_int_equal(tplg_file_parse("x", craft.data, craft.size, &file, &why), 0);
	assert_string_equal(file->widgets[0].name, longest);
	assert_string_equal(file->widgets[0].stream, longest);
	tplg_file_free(file);
}

static void controls_may_stand_alone(void **state)
{
	struct problem why = { 0 };
	struct tplg_file *file;

	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_MIXER, 3);
	craft_mixer(&craft, "alone", -2, 2, 1);
	craft_block_end(&craft);
	assert_int_equal(tplg_file_parse("x", craft.data, craft.size, &file, &why), 0);
	assert_int_equal(file->control_count, 1);
	assert_int_equal(file->controls[0].widget, SIZE_MAX);
	assert_int_equal(file->controls[0].min, -2);
	assert_false(file->controls[0].has_db);
	tplg_file_free(file);
}

static void blocks_of_other_types_are_stepped_over(void **state)
{
	static const uint32_t others[] = { SND_SOC_TPLG_TYPE_PDATA, SND_SOC_TPLG_TYPE_CODEC_LINK,
					   SND_SOC_TPLG_TYPE_VENDOR_CONFIG, 77 };
	size_t i;

	craft_init(&craft);
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		craft_block(&craft, others[i], 0);
		memcpy(craft.data + craft.size, "whatever", 8);
		craft.size += 8;
		craft_block_end(&craft);
	}
	craft_manifest(&craft);
	expect_good();
}

static void every_shortening_of_a_good_file_is_refused(void **state)
{
	struct tplg_file *file = read_own("tdfb-dp.tplg"), *cut;
	const uint8_t *memory = file->memory;
	size_t size, boundary = 0, refused = 0;
	struct snd_soc_tplg_hdr head;

	for (size = 0; size < file->size; size++) {
		struct problem why = { 0 };

		if (size == boundary) {
			memcpy(&head, memory + boundary, sizeof(head));
			boundary += sizeof(head) + head.payload_size;
			/* Nothing says how many blocks there are. */
			if (size)
				continue;
		}
		assert_int_equal(tplg_file_parse("x", memory, size, &cut, &why), -EINVAL);
		assert_null(cut);
		refused++;
	}
	assert_true(refused > 10000);
	tplg_file_free(file);
}

static void a_wrong_head_is_refused(void **state)
{
	craft_init(&craft);
	expect_refusal(0, "the file is empty");
	craft_manifest(&craft);
	expect_good();

	craft_patch(&craft, 0, 0x12345678);
	expect_refusal(0, "0x12345678 where a block's magic 0x41536f43 is expected: no compiled");
	craft_patch(&craft, 0, __builtin_bswap32(SND_SOC_TPLG_MAGIC));
	expect_refusal(0, "big-endian");
	craft_patch(&craft, 0, SND_SOC_TPLG_MAGIC);
	craft_patch(&craft, 4, 4);
	expect_refusal(0, "ABI version 4, expected 5");
	craft_patch(&craft, 4, 5);
	craft_patch(&craft, 16, 35);
	expect_refusal(0, "head tells of 35 bytes, expected 36");
	craft_patch(&craft, 16, 36);
	craft_patch(&craft, 24, 0xffffffff);
	expect_refusal(0, "of 4294967295 bytes, expected up to 112");
	craft_patch(&craft, 24, 111);
	expect_refusal(0, "1 manifests in 111 bytes, which hold 0 at most");
}

static void wrong_counts_of_objects_are_refused(void **state)
{
	size_t count = offsetof(struct snd_soc_tplg_hdr, count);

	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAPM_GRAPH, 0);
	craft_route(&craft, "a", "b");
	craft_route(&craft, "b", "c");
	craft_block_end(&craft);
	expect_good();
	craft_patch(&craft, craft.block + count, 3);
	expect_refusal(0, "3 routes in 264 bytes, which hold 2 at most");
	craft_patch(&craft, craft.block + count, 0x20000001);
	expect_refusal(0, "536870913 routes");
	craft_patch(&craft, craft.block + count, 1);
	expect_refusal(36 + 132, "132 bytes behind the last of 1 routes");
}

static void routes_need_both_ends(void **state)
{
	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAPM_GRAPH, 0);
	craft_route(&craft, "", "b");
	craft_block_end(&craft);
	expect_refusal(36, "route without a source");
	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAPM_GRAPH, 0);
	craft_route(&craft, "a", "");
	craft_block_end(&craft);
	expect_refusal(36, "route without a sink");
}

static void a_second_manifest_is_refused(void **state)
{
	size_t second;

	craft_init(&craft);
	craft_manifest(&craft);
	second = craft.size + sizeof(struct snd_soc_tplg_hdr);
	craft_manifest(&craft);
	expect_refusal(second, "manifest: a second one");
	craft_init(&craft);
	craft_manifest(&craft);
	craft_patch(&craft, 36, 111);
	expect_refusal(36, "manifest tells of 111 bytes, expected 112");
	craft_patch(&craft, 36, 112);
	craft_patch(&craft, 36 + 108, 1);
	expect_refusal(36 + 112, "private data: 1 bytes expected, 0 are left");
}

static void begin_widget(void)
{
	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAPM_WIDGET, 1);
	craft_widget(&craft, SND_SOC_TPLG_DAPM_EFFECT, "w", "");
}

static void wrong_widgets_are_refused(void **state)
{
	begin_widget();
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	expect_good();
	craft_patch(&craft, craft.widget, 131);
	expect_refusal(craft.widget, "widget 'w': widget tells of 131 bytes, expected 132");
	craft_patch(&craft, craft.widget, 132);
	craft_patch(&craft, craft.widget + 128, 1);
	expect_refusal(craft.size, "private data: 1 bytes expected, 0 are left");
	craft_patch(&craft, craft.widget + 128, 0xfffffff0);
	expect_refusal(craft.size, "private data: 4294967280 bytes expected");
	craft_patch(&craft, craft.widget + 128, 0);
	craft_patch(&craft, craft.widget + 124, 0xffffffff);
	expect_refusal(craft.size, "head of a control: 204 bytes expected, 0 are left");
}

static void wrong_tuple_arrays_are_refused(void **state)
{
	size_t size;

	begin_widget();
	craft_array(&craft, TPLG_TUPLE_WORD);
	craft_value(&craft, 1, 2);
	craft_value(&craft, 3, 4);
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	expect_good();
	craft_patch(&craft, craft.array + 4, 6);
	expect_refusal(craft.array, "tuple array of type 6, expected 0 to 5");
	craft_patch(&craft, craft.array + 4, TPLG_TUPLE_WORD);
	craft_patch(&craft, craft.array, 11);
	expect_refusal(craft.array, "tuple array of 11 bytes, expected 12 to 28");
	craft_patch(&craft, craft.array, 29);
	expect_refusal(craft.array, "tuple array of 29 bytes, expected 12 to 28");
	craft_patch(&craft, craft.array, 0);
	expect_refusal(craft.array, "tuple array of 0 bytes");
	craft_patch(&craft, craft.array, 28);
	craft_patch(&craft, craft.array + 8, 3);
	expect_refusal(craft.array, "3 elements in 28 bytes, expected 8 bytes each and 12");
	/* 8 times this is 8 in 32 bits. */
	craft_patch(&craft, craft.array + 8, 0x20000002);
	expect_refusal(craft.array, "536870914 elements");
	craft_patch(&craft, craft.array + 8, 2);
	craft_patch(&craft, craft.array + 4, TPLG_TUPLE_STRING);
	expect_refusal(craft.array, "expected 48 bytes each");
	craft_patch(&craft, craft.array + 4, TPLG_TUPLE_UUID);
	expect_refusal(craft.array, "expected 20 bytes each");

	/* An array whose head is cut. */
	begin_widget();
	size = craft.size;
	memset(craft.data + craft.size, 0, 8);
	craft.size += 8;
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	expect_refusal(size, "head of a tuple array: 12 bytes expected, 8 are left");
}

/* A widget with one control, begun by the caller. */
static void end_with_control(void)
{
	craft_block_end(&craft);
}

static void begin_control(void)
{
	begin_widget();
	craft_widget_end(&craft, 1);
}

static void wrong_mixers_are_refused(void **state)
{
	size_t own = sizeof(struct snd_soc_tplg_ctl_hdr);

	begin_control();
	craft_mixer(&craft, "m", 0, 5, 8);
	end_with_control();
	expect_good();
	craft_patch(&craft, craft.control, 1);
	expect_refusal(craft.control, "head of a control tells of 1 bytes");
	craft_patch(&craft, craft.control, (uint32_t)own);
	craft_patch(&craft, craft.control + own, 7);
	expect_refusal(craft.control, "control 'm': mixer control tells of 7 bytes");
	craft_patch(&craft, craft.control + own, sizeof(struct snd_soc_tplg_mixer_control));
	craft_patch(&craft,
		    craft.control + offsetof(struct snd_soc_tplg_mixer_control, num_channels), 9);
	expect_refusal(craft.control, "9 channels, expected up to 8");
	craft_patch(&craft,
		    craft.control + offsetof(struct snd_soc_tplg_mixer_control, num_channels), 0);
	craft_patch(&craft, craft.control + offsetof(struct snd_soc_tplg_mixer_control, max),
		    (uint32_t)-1);
	expect_refusal(craft.control, "values from 0 to -1");
	craft_patch(&craft, craft.control + offsetof(struct snd_soc_tplg_mixer_control, max), 0);
	craft_patch(&craft, craft.control + offsetof(struct snd_soc_tplg_ctl_hdr, ops.info), 99);
	expect_refusal(craft.control, "info operation 99, expected");
	craft_patch(&craft, craft.control + offsetof(struct snd_soc_tplg_ctl_hdr, ops.info), 4);
	expect_refusal(craft.control, "enumerated control: ");
}

static void wrong_enumerated_controls_are_refused(void **state)
{
	size_t items = offsetof(struct snd_soc_tplg_enum_control, items);

	begin_control();
	craft_enum(&craft, "e", 16);
	end_with_control();
	expect_good();
	craft_patch(&craft, craft.control + items, 17);
	expect_refusal(craft.control, "control 'e': 17 items, expected 1 to 16");
	craft_patch(&craft, craft.control + items, 0);
	expect_refusal(craft.control, "0 items");
	craft_patch(&craft, craft.control + items, 1);
	craft_patch(&craft,
		    craft.control + offsetof(struct snd_soc_tplg_enum_control, num_channels), 9);
	expect_refusal(craft.control, "9 channels");
	craft_patch(&craft,
		    craft.control + offsetof(struct snd_soc_tplg_enum_control, num_channels), 1);
	craft_patch(&craft, craft.control + sizeof(struct snd_soc_tplg_ctl_hdr), 5);
	expect_refusal(craft.control, "enumerated control tells of 5 bytes");
}

static void wrong_bytes_controls_are_refused(void **state)
{
	size_t own = sizeof(struct snd_soc_tplg_ctl_hdr);

	begin_control();
	craft_bytes(&craft, "b", 8, "12345678", 8);
	end_with_control();
	expect_good();
	craft_patch(&craft, craft.control + offsetof(struct snd_soc_tplg_bytes_control, max), 7);
	expect_refusal(craft.control, "control 'b': 8 bytes of data, expected up to its max of 7");
	craft_patch(&craft, craft.control + offsetof(struct snd_soc_tplg_bytes_control, max), 9);
	craft_patch(&craft, craft.control + offsetof(struct snd_soc_tplg_bytes_control, priv.size),
		    9);
	expect_refusal(craft.size - 8, "data: 9 bytes expected, 8 are left");
	craft_patch(&craft, craft.control + own, 1);
	expect_refusal(craft.control, "bytes control tells of 1 bytes");
}

static void wrong_pcms_links_and_dais_are_refused(void **state)
{
	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_PCM, 0);
	craft_pcm(&craft, "p", 0);
	craft_block_end(&craft);
	expect_good();
	craft_patch(&craft, craft.pcm, 3);
	expect_refusal(craft.pcm, "PCM 'p': PCM tells of 3 bytes");
	craft_patch(&craft, craft.pcm, sizeof(struct snd_soc_tplg_pcm));
	craft_patch(&craft, craft.pcm + offsetof(struct snd_soc_tplg_pcm, num_streams), 9);
	expect_refusal(craft.pcm, "9 streams, expected up to 8");

	craft_init(&craft);
	craft_link(&craft, SND_SOC_TPLG_TYPE_BACKEND_LINK, "l", 8);
	expect_good();
	craft_patch(&craft, craft.link + offsetof(struct snd_soc_tplg_link_config, num_hw_configs),
		    9);
	expect_refusal(craft.link, "link 'l': 9 hardware configurations, expected up to 8");
	craft_patch(&craft, craft.link + offsetof(struct snd_soc_tplg_link_config, num_streams), 9);
	expect_refusal(craft.link, "9 streams");
	craft_patch(&craft, craft.link, 0);
	expect_refusal(craft.link, "link tells of 0 bytes");

	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAI, 0);
	craft_dai(&craft, "d");
	craft_block_end(&craft);
	expect_good();
	craft_patch(&craft, craft.dai + offsetof(struct snd_soc_tplg_dai, priv.size), 4);
	expect_refusal(craft.size, "DAI 'd': private data: 4 bytes expected, 0 are left");
	craft_patch(&craft, craft.dai, 0);
	expect_refusal(craft.dai, "DAI tells of 0 bytes");
}

static void names_in_messages_are_one_line(void **state)
{
	struct problem why = { 0 };
	struct tplg_file *file;

	craft_init(&craft);
	craft_block(&craft, SND_SOC_TPLG_TYPE_DAPM_WIDGET, 1);
	craft_widget(&craft, SND_SOC_TPLG_DAPM_EFFECT, "a\nb\x1b[0m", "");
	craft_widget_end(&craft, 0);
	craft_block_end(&craft);
	craft_patch(&craft, craft.widget, 0);
	assert_int_equal(tplg_file_parse("x", craft.data, craft.size, &file, &why), -EINVAL);
	assert_null(strpbrk(why.text, "\n\x1b"));
}

static void files_that_cannot_be_read_are_refused(void **state)
{
	char path[] = "tplg_file_XXXXXX";
	struct problem why = { 0 };
	struct tplg_file *file;
	int fd;

	assert_int_equal(tplg_file_read("not/there.tplg", &file, &why), -ENOENT);
	assert_non_null(strstr(why.text, "not/there.tplg: topology can't be read: No such file"));
	memset(&why, 0, sizeof(why));
	assert_int_equal(tplg_file_read(".", &file, &why), -EINVAL);
	assert_non_null(strstr(why.text, "not a regular file"));
	assert_null(file);

	memset(&why, 0, sizeof(why));
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, (off_t)TPLG_BYTES_MAX + 1), 0);
	assert_int_equal(tplg_file_read(path, &file, &why), -EFBIG);
	assert_int_equal(why.code, EXIT_BAD_INPUT);
	memset(&why, 0, sizeof(why));
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(tplg_file_read(path, &file, &why), -EINVAL);
	assert_non_null(strstr(why.text, "empty"));
	close(fd);
	unlink(path);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_of_a_compiled_file_are_read),
		cmocka_unit_test(tuples_are_listed_by_array),
		cmocka_unit_test(a_volume_has_range_channels_and_level),
		cmocka_unit_test(an_enumerated_control_has_its_texts),
		cmocka_unit_test(a_bytes_control_has_its_data),
		cmocka_unit_test(a_pcm_has_capabilities),
		cmocka_unit_test(links_and_dais_are_read),
		cmocka_unit_test(memory_that_lacks_is_told_and_none_is_lost),
		cmocka_unit_test(names_need_no_nul),
		cmocka_unit_test(controls_may_stand_alone),
		cmocka_unit_test(blocks_of_other_types_are_stepped_over),
		cmocka_unit_test(every_shortening_of_a_good_file_is_refused),
		cmocka_unit_test(a_wrong_head_is_refused),
		cmocka_unit_test(wrong_counts_of_objects_are_refused),
		cmocka_unit_test(routes_need_both_ends),
		cmocka_unit_test(a_second_manifest_is_refused),
		cmocka_unit_test(wrong_widgets_are_refused),
		cmocka_unit_test(wrong_tuple_arrays_are_refused),
		cmocka_unit_test(wrong_mixers_are_refused),
		cmocka_unit_test(wrong_enumerated_controls_are_refused),
		cmocka_unit_test(wrong_bytes_controls_are_refused),
		cmocka_unit_test(wrong_pcms_links_and_dais_are_refused),
		cmocka_unit_test(names_in_messages_are_one_line),
		cmocka_unit_test(files_that_cannot_be_read_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
