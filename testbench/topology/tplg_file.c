/* SPDX-License-Identifier: BSD-3-Clause */
#include "tplg_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tplg_cursor.h"
#include "whole_file.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct reader {
	struct tplg_cursor cursor;
	struct tplg_file *file;
	uint32_t index; /* of the block */
};

static void take_caps(const struct snd_soc_tplg_stream_caps *from, struct tplg_caps *caps)
{
	tplg_name(caps->name, from->name);
	caps->formats = from->formats;
	caps->rates = from->rates;
	caps->rate_min = from->rate_min;
	caps->rate_max = from->rate_max;
	caps->channels_min = from->channels_min;
	caps->channels_max = from->channels_max;
	caps->periods_min = from->periods_min;
	caps->periods_max = from->periods_max;
	caps->period_bytes_min = from->period_size_min;
	caps->period_bytes_max = from->period_size_max;
	caps->buffer_bytes_min = from->buffer_size_min;
	caps->buffer_bytes_max = from->buffer_size_max;
	caps->significant_bits = from->sig_bits;
}

static int read_manifest(struct reader *reader)
{
	struct tplg_manifest *manifest = &reader->file->manifest;
	struct tplg_cursor *cursor = &reader->cursor;
	struct snd_soc_tplg_manifest from;
	size_t start = cursor->at;
	int ret;

	tplg_object(cursor, "manifest");
	if (manifest->present)
		return tplg_bad(cursor, start, "a second one, expected one");
	ret = tplg_copy(cursor, &from, sizeof(from), "manifest");
	if (!ret)
		ret = tplg_check_size(cursor, start, "manifest", from.size, sizeof(from));
	if (ret)
		return ret;
	manifest->present = true;
	manifest->controls = from.control_elems;
	manifest->widgets = from.widget_elems;
	manifest->routes = from.graph_elems;
	manifest->pcms = from.pcm_elems;
	manifest->links = from.dai_link_elems;
	manifest->dais = from.dai_elems;
	return tplg_take_data(cursor, from.priv.size, "private data", &manifest->data);
}

static int read_control(struct reader *reader)
{
	struct tplg_file *file = reader->file;
	struct tplg_control *control =
		tplg_grow((void **)&file->controls, &file->control_count, sizeof(*control));

	if (!control)
		return -ENOMEM;
	control->index = reader->index;
	return tplg_take_control(&reader->cursor, control);
}

static int read_widget(struct reader *reader)
{
	struct tplg_cursor *cursor = &reader->cursor;
	struct tplg_file *file = reader->file;
	struct snd_soc_tplg_dapm_widget from;
	struct tplg_widget *widget;
	size_t start = cursor->at;
	uint32_t i;
	int ret;

	ret = tplg_copy(cursor, &from, sizeof(from), "widget");
	if (ret)
		return ret;
	widget = tplg_grow((void **)&file->widgets, &file->widget_count, sizeof(*widget));
	if (!widget)
		return -ENOMEM;
	widget->offset = start;
	widget->id = from.id;
	tplg_name(widget->name, from.name);
	tplg_name(widget->stream, from.sname);
	widget->index = reader->index;
	tplg_object(cursor, "widget '%s'", widget->name);
	ret = tplg_check_size(cursor, start, "widget", from.size, sizeof(from));
	if (!ret)
		ret = tplg_take_tuples(cursor, from.priv.size, &widget->tuples);
	widget->first_control = file->control_count;
	for (i = 0; !ret && i < from.num_kcontrols; i++) {
		ret = read_control(reader);
		if (!ret) {
			file->controls[file->control_count - 1].widget = file->widget_count - 1;
			widget->control_count++;
		}
	}
	return ret;
}

static int read_route(struct reader *reader)
{
	struct tplg_file *file = reader->file;
	struct snd_soc_tplg_dapm_graph_elem from;
	struct tplg_route *route;
	size_t start = reader->cursor.at;
	int ret;

	ret = tplg_copy(&reader->cursor, &from, sizeof(from), "route");
	if (ret)
		return ret;
	route = tplg_grow((void **)&file->routes, &file->route_count, sizeof(*route));
	if (!route)
		return -ENOMEM;
	route->offset = start;
	route->index = reader->index;
	tplg_name(route->source, from.source);
	tplg_name(route->control, from.control);
	tplg_name(route->sink, from.sink);
	if (!route->source[0] || !route->sink[0])
		return tplg_bad(&reader->cursor, start, "route without a %s",
				route->source[0] ? "sink" : "source");
	return 0;
}

static int read_pcm(struct reader *reader)
{
	struct tplg_cursor *cursor = &reader->cursor;
	struct tplg_file *file = reader->file;
	struct snd_soc_tplg_pcm from;
	struct tplg_pcm *pcm;
	size_t start = cursor->at;
	int i, ret;

	ret = tplg_copy(cursor, &from, sizeof(from), "PCM");
	if (ret)
		return ret;
	pcm = tplg_grow((void **)&file->pcms, &file->pcm_count, sizeof(*pcm));
	if (!pcm)
		return -ENOMEM;
	pcm->offset = start;
	tplg_name(pcm->name, from.pcm_name);
	tplg_name(pcm->dai_name, from.dai_name);
	tplg_object(cursor, "PCM '%s'", pcm->name);
	ret = tplg_check_size(cursor, start, "PCM", from.size, sizeof(from));
	if (ret)
		return ret;
	if (from.num_streams > TPLG_STREAMS_MAX)
		return tplg_bad(cursor, start, "%u streams, expected up to %d", from.num_streams,
				TPLG_STREAMS_MAX);
	pcm->id = from.pcm_id;
	pcm->dai_id = from.dai_id;
	pcm->playback = from.playback != 0;
	pcm->capture = from.capture != 0;
	pcm->compress = from.compress != 0;
	pcm->flag_mask = from.flag_mask;
	pcm->flags = from.flags;
	for (i = 0; i < 2; i++)
		take_caps(&from.caps[i], &pcm->caps[i]);
	return tplg_take_tuples(cursor, from.priv.size, &pcm->tuples);
}

static int take_hw_configs(struct tplg_cursor *cursor, size_t offset,
			   const struct snd_soc_tplg_link_config *from, struct tplg_link *link)
{
	const struct snd_soc_tplg_hw_config *hw;
	uint32_t i;

	if (from->num_hw_configs > SND_SOC_TPLG_HW_CONFIG_MAX)
		return tplg_bad(cursor, offset, "%u hardware configurations, expected up to %d",
				from->num_hw_configs, SND_SOC_TPLG_HW_CONFIG_MAX);
	if (!from->num_hw_configs)
		return 0;
	link->hw_configs = calloc(from->num_hw_configs, sizeof(*link->hw_configs));
	if (!link->hw_configs)
		return -ENOMEM;
	for (i = 0; i < from->num_hw_configs; i++) {
		hw = &from->hw_config[i];
		link->hw_configs[i] = (struct tplg_hw_config){
			.id = hw->id,
			.format = hw->fmt,
			.mclk_rate = hw->mclk_rate,
			.bclk_rate = hw->bclk_rate,
			.fsync_rate = hw->fsync_rate,
			.tdm_slots = hw->tdm_slots,
			.tdm_slot_width = hw->tdm_slot_width,
			.tx_slots = hw->tx_slots,
			.rx_slots = hw->rx_slots,
		};
	}
	link->hw_config_count = from->num_hw_configs;
	return 0;
}

static int read_link(struct reader *reader)
{
	struct tplg_cursor *cursor = &reader->cursor;
	struct tplg_file *file = reader->file;
	struct snd_soc_tplg_link_config from;
	struct tplg_link *link;
	size_t start = cursor->at;
	int ret;

	ret = tplg_copy(cursor, &from, sizeof(from), "link");
	if (ret)
		return ret;
	link = tplg_grow((void **)&file->links, &file->link_count, sizeof(*link));
	if (!link)
		return -ENOMEM;
	link->offset = start;
	tplg_name(link->name, from.name);
	tplg_name(link->stream, from.stream_name);
	tplg_object(cursor, "link '%s'", link->name);
	ret = tplg_check_size(cursor, start, "link", from.size, sizeof(from));
	if (ret)
		return ret;
	if (from.num_streams > TPLG_STREAMS_MAX)
		return tplg_bad(cursor, start, "%u streams, expected up to %d", from.num_streams,
				TPLG_STREAMS_MAX);
	link->id = from.id;
	link->default_hw_config = from.default_hw_config_id;
	ret = take_hw_configs(cursor, start, &from, link);
	if (!ret)
		ret = tplg_take_tuples(cursor, from.priv.size, &link->tuples);
	return ret;
}

static int read_dai(struct reader *reader)
{
	struct tplg_cursor *cursor = &reader->cursor;
	struct tplg_file *file = reader->file;
	struct snd_soc_tplg_dai from;
	const uint8_t *skipped;
	struct tplg_dai *dai;
	size_t start = cursor->at;
	int i, ret;

	ret = tplg_copy(cursor, &from, sizeof(from), "DAI");
	if (ret)
		return ret;
	dai = tplg_grow((void **)&file->dais, &file->dai_count, sizeof(*dai));
	if (!dai)
		return -ENOMEM;
	dai->offset = start;
	tplg_name(dai->name, from.dai_name);
	tplg_object(cursor, "DAI '%s'", dai->name);
	ret = tplg_check_size(cursor, start, "DAI", from.size, sizeof(from));
	if (ret)
		return ret;
	dai->id = from.dai_id;
	dai->playback = from.playback != 0;
	dai->capture = from.capture != 0;
	for (i = 0; i < 2; i++)
		take_caps(&from.caps[i], &dai->caps[i]);
	return tplg_take(cursor, from.priv.size, "private data", &skipped);
}

static const struct block_type {
	uint32_t type;
	const char *objects;
	size_t least_bytes; /* of an object */
	int (*read)(struct reader *reader);
} block_types[] = {
	{ SND_SOC_TPLG_TYPE_MIXER, "controls", sizeof(struct snd_soc_tplg_ctl_hdr), read_control },
	{ SND_SOC_TPLG_TYPE_BYTES, "controls", sizeof(struct snd_soc_tplg_ctl_hdr), read_control },
	{ SND_SOC_TPLG_TYPE_ENUM, "controls", sizeof(struct snd_soc_tplg_ctl_hdr), read_control },
	{ SND_SOC_TPLG_TYPE_DAPM_GRAPH, "routes", sizeof(struct snd_soc_tplg_dapm_graph_elem),
	  read_route },
	{ SND_SOC_TPLG_TYPE_DAPM_WIDGET, "widgets", sizeof(struct snd_soc_tplg_dapm_widget),
	  read_widget },
	{ SND_SOC_TPLG_TYPE_DAI_LINK, "links", sizeof(struct snd_soc_tplg_link_config), read_link },
	{ SND_SOC_TPLG_TYPE_BACKEND_LINK, "links", sizeof(struct snd_soc_tplg_link_config),
	  read_link },
	{ SND_SOC_TPLG_TYPE_PCM, "PCMs", sizeof(struct snd_soc_tplg_pcm), read_pcm },
	{ SND_SOC_TPLG_TYPE_MANIFEST, "manifests", sizeof(struct snd_soc_tplg_manifest),
	  read_manifest },
	{ SND_SOC_TPLG_TYPE_DAI, "DAIs", sizeof(struct snd_soc_tplg_dai), read_dai },
};

static const struct block_type *block_type_of(uint32_t type)
{
	size_t i;

	for (i = 0; i < COUNT(block_types); i++)
		if (block_types[i].type == type)
			return &block_types[i];
	return NULL;
}

static int check_block(struct tplg_cursor *cursor, size_t start,
		       const struct snd_soc_tplg_hdr *head)
{
	if (head->magic == __builtin_bswap32(SND_SOC_TPLG_MAGIC))
		return tplg_bad(cursor, start, "a big-endian topology, expected little-endian");
	if (head->magic != SND_SOC_TPLG_MAGIC)
		return tplg_bad(cursor, start, "%#x where a block's magic %#x is expected%s",
				head->magic, SND_SOC_TPLG_MAGIC,
				start ? "" : ": no compiled ALSA topology");
	if (head->abi != SND_SOC_TPLG_ABI_VERSION)
		return tplg_bad(cursor, start, "ABI version %u, expected %u", head->abi,
				SND_SOC_TPLG_ABI_VERSION);
	return tplg_check_size(cursor, start, "head", head->size, sizeof(*head));
}

static int read_objects(struct reader *reader, const struct block_type *type, size_t start,
			uint32_t count)
{
	struct tplg_cursor *cursor = &reader->cursor;
	size_t bytes = cursor->end - cursor->at;
	uint32_t i;
	int ret;

	if (count > bytes / type->least_bytes)
		return tplg_bad(cursor, start, "%u %s in %zu bytes, which hold %zu at most", count,
				type->objects, bytes, bytes / type->least_bytes);
	for (i = 0; i < count; i++) {
		ret = type->read(reader);
		if (ret)
			return ret;
	}
	if (cursor->at != cursor->end)
		return tplg_bad(cursor, cursor->at, "%zu bytes behind the last of %u %s in a block",
				cursor->end - cursor->at, count, type->objects);
	return 0;
}

static int read_block(struct reader *reader)
{
	struct tplg_cursor *cursor = &reader->cursor;
	const struct block_type *type;
	struct snd_soc_tplg_hdr head;
	size_t start = cursor->at, behind = cursor->end;
	int ret;

	tplg_object(cursor, "block");
	ret = tplg_copy(cursor, &head, sizeof(head), "head");
	if (!ret)
		ret = check_block(cursor, start, &head);
	if (ret)
		return ret;
	if (head.payload_size > cursor->end - cursor->at)
		return tplg_bad(cursor, start, "type %u of %u bytes, expected up to %zu", head.type,
				head.payload_size, cursor->end - cursor->at);
	cursor->end = cursor->at + head.payload_size;
	type = block_type_of(head.type);
	reader->index = head.index;
	if (type)
		ret = read_objects(reader, type, start, head.count);
	cursor->at = cursor->end;
	cursor->end = behind;
	return ret;
}

/* Takes over memory, in any case. */
static int parse(const char *name, uint8_t *memory, size_t size, struct tplg_file **file,
		 struct problem *why)
{
	struct reader reader = {
		.cursor = { .file = name, .memory = memory, .end = size, .why = why }
	};
	struct tplg_file *made = calloc(1, sizeof(*made));
	int ret = 0;

	*file = NULL;
	if (!made) {
		free(memory);
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	}
	made->memory = memory;
	made->size = size;
	made->name = malloc(strlen(name) + 1);
	reader.file = made;
	if (made->name)
		strcpy(made->name, name);
	else
		ret = -ENOMEM;
	if (!ret && !size)
		ret = tplg_bad(&reader.cursor, 0, "the file is empty, expected a topology");
	while (!ret && reader.cursor.at < reader.cursor.end)
		ret = read_block(&reader);
	if (ret) {
		tplg_file_free(made);
		if (ret == -ENOMEM)
			problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
		return ret;
	}
	*file = made;
	return 0;
}

int tplg_file_parse(const char *name, const void *data, size_t size, struct tplg_file **file,
		    struct problem *why)
{
	uint8_t *memory = malloc(size ? size : 1);

	*file = NULL;
	if (!memory)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	memcpy(memory, data, size);
	return parse(name, memory, size, file, why);
}

int tplg_file_read(const char *path, struct tplg_file **file, struct problem *why)
{
	uint8_t *memory;
	size_t size;
	int ret = whole_file_read(path, "topology", TPLG_BYTES_MAX, &memory, &size, why);

	*file = NULL;
	return ret ? ret : parse(path, memory, size, file, why);
}

void tplg_file_free(struct tplg_file *file)
{
	size_t i;

	if (!file)
		return;
	for (i = 0; i < file->control_count; i++) {
		free(file->controls[i].texts);
		free(file->controls[i].tuples.at);
	}
	for (i = 0; i < file->widget_count; i++)
		free(file->widgets[i].tuples.at);
	for (i = 0; i < file->pcm_count; i++)
		free(file->pcms[i].tuples.at);
	for (i = 0; i < file->link_count; i++) {
		free(file->links[i].hw_configs);
		free(file->links[i].tuples.at);
	}
	free(file->controls);
	free(file->widgets);
	free(file->routes);
	free(file->pcms);
	free(file->links);
	free(file->dais);
	free(file->memory);
	free(file->name);
	free(file);
}
