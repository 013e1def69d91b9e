/* SPDX-License-Identifier: BSD-3-Clause */
#include "craft.h"

#include <stdlib.h>
#include <string.h>

#include "topology/topology_tokens.h"

void craft_init(struct craft *craft)
{
	memset(craft, 0, sizeof(*craft));
}

uint32_t craft_word(const struct craft *craft, size_t offset)
{
	uint32_t value;

	memcpy(&value, craft->data + offset, sizeof(value));
	return value;
}

void craft_patch(struct craft *craft, size_t offset, uint32_t value)
{
	memcpy(craft->data + offset, &value, sizeof(value));
}

static size_t append(struct craft *craft, const void *data, size_t size)
{
	size_t at = craft->size;

	if (size > sizeof(craft->data) - at)
		abort();
	memcpy(craft->data + at, data, size);
	craft->size += size;
	return at;
}

static void add_to(struct craft *craft, size_t offset, uint32_t more)
{
	craft_patch(craft, offset, craft_word(craft, offset) + more);
}

static void name(char to[SNDRV_CTL_ELEM_ID_NAME_MAXLEN], const char *from)
{
	memset(to, 0, SNDRV_CTL_ELEM_ID_NAME_MAXLEN);
	memcpy(to, from, strnlen(from, SNDRV_CTL_ELEM_ID_NAME_MAXLEN));
}

void craft_block(struct craft *craft, uint32_t type, uint32_t index)
{
	struct snd_soc_tplg_hdr head = {
		.magic = SND_SOC_TPLG_MAGIC,
		.abi = SND_SOC_TPLG_ABI_VERSION,
		.size = sizeof(head),
		.type = type,
		.index = index,
	};

	craft->block = append(craft, &head, sizeof(head));
	craft->objects = 0;
}

void craft_block_end(struct craft *craft)
{
	craft_patch(craft, craft->block + offsetof(struct snd_soc_tplg_hdr, payload_size),
		    (uint32_t)(craft->size - craft->block - sizeof(struct snd_soc_tplg_hdr)));
	craft_patch(craft, craft->block + offsetof(struct snd_soc_tplg_hdr, count), craft->objects);
}

void craft_widget(struct craft *craft, uint32_t id, const char *text, const char *stream)
{
	struct snd_soc_tplg_dapm_widget widget = { .size = sizeof(widget), .id = id };

	name(widget.name, text);
	name(widget.sname, stream);
	craft->widget = append(craft, &widget, sizeof(widget));
	craft->array = 0;
	craft->objects++;
}

void craft_widget_end(struct craft *craft, uint32_t controls)
{
	struct snd_soc_tplg_dapm_widget *widget = NULL;

	craft_patch(craft, craft->widget + offsetof(struct snd_soc_tplg_dapm_widget, priv.size),
		    (uint32_t)(craft->size - craft->widget - sizeof(*widget)));
	craft_patch(craft, craft->widget + offsetof(struct snd_soc_tplg_dapm_widget, num_kcontrols),
		    controls);
}

void craft_array(struct craft *craft, uint32_t type)
{
	struct snd_soc_tplg_vendor_array array = { .size = sizeof(array), .type = type };

	craft->array = append(craft, &array, sizeof(array));
}

static void element(struct craft *craft, const void *data, size_t size)
{
	append(craft, data, size);
	add_to(craft, craft->array + offsetof(struct snd_soc_tplg_vendor_array, size),
	       (uint32_t)size);
	add_to(craft, craft->array + offsetof(struct snd_soc_tplg_vendor_array, num_elems), 1);
}

void craft_value(struct craft *craft, uint32_t token, uint32_t value)
{
	struct snd_soc_tplg_vendor_value_elem elem = { token, value };

	element(craft, &elem, sizeof(elem));
}

void craft_text(struct craft *craft, uint32_t token, const char *text)
{
	struct snd_soc_tplg_vendor_string_elem elem = { .token = token };

	name(elem.string, text);
	element(craft, &elem, sizeof(elem));
}

void craft_uuid(struct craft *craft, uint32_t token, const uint8_t uuid[16])
{
	struct snd_soc_tplg_vendor_uuid_elem elem = { .token = token };

	memcpy(elem.uuid, uuid, sizeof(elem.uuid));
	element(craft, &elem, sizeof(elem));
}

static struct snd_soc_tplg_ctl_hdr control_head(const char *text, uint32_t type, uint32_t info)
{
	struct snd_soc_tplg_ctl_hdr head = { .size = sizeof(head), .type = type };

	name(head.name, text);
	head.ops.info = info;
	return head;
}

static void end_control(struct craft *craft)
{
	/* Of a widget, or an object of the block. */
	if (craft_word(craft, craft->block + offsetof(struct snd_soc_tplg_hdr, type)) !=
	    SND_SOC_TPLG_TYPE_DAPM_WIDGET)
		craft->objects++;
}

void craft_mixer(struct craft *craft, const char *text, int32_t min, int32_t max, uint32_t channels)
{
	struct snd_soc_tplg_mixer_control mixer = {
		.hdr = control_head(text, SND_SOC_TPLG_TYPE_MIXER, SND_SOC_TPLG_CTL_VOLSW),
		.size = sizeof(mixer),
		.min = (uint32_t)min,
		.max = (uint32_t)max,
		.num_channels = channels,
	};

	craft->control = append(craft, &mixer, sizeof(mixer));
	end_control(craft);
}

void craft_enum(struct craft *craft, const char *text, uint32_t items)
{
	static struct snd_soc_tplg_enum_control list;

	memset(&list, 0, sizeof(list));
	list.hdr = control_head(text, SND_SOC_TPLG_TYPE_ENUM, SND_SOC_TPLG_CTL_ENUM);
	list.size = sizeof(list);
	list.num_channels = 1;
	list.items = items;
	craft->control = append(craft, &list, sizeof(list));
	end_control(craft);
}

void craft_bytes(struct craft *craft, const char *text, uint32_t max, const void *data,
		 uint32_t size)
{
	struct snd_soc_tplg_bytes_control bytes = {
		.hdr = control_head(text, SND_SOC_TPLG_TYPE_BYTES, SND_SOC_TPLG_CTL_BYTES),
		.size = sizeof(bytes),
		.max = max,
		.priv = { .size = size },
	};

	craft->control = append(craft, &bytes, sizeof(bytes));
	append(craft, data, size);
	end_control(craft);
}

void craft_route(struct craft *craft, const char *source, const char *sink)
{
	struct snd_soc_tplg_dapm_graph_elem route = { 0 };

	name(route.source, source);
	name(route.sink, sink);
	craft->route = append(craft, &route, sizeof(route));
	craft->objects++;
}

void craft_pcm(struct craft *craft, const char *text, uint32_t id)
{
	struct snd_soc_tplg_pcm pcm = { .size = sizeof(pcm), .pcm_id = id, .playback = 1 };

	name(pcm.pcm_name, text);
	name(pcm.caps[0].name, text);
	craft->pcm = append(craft, &pcm, sizeof(pcm));
	craft->objects++;
}

void craft_link(struct craft *craft, uint32_t type, const char *text, uint32_t hw_configs)
{
	struct snd_soc_tplg_link_config link = { .size = sizeof(link),
						 .num_hw_configs = hw_configs };

	name(link.name, text);
	craft_block(craft, type, 0);
	craft->link = append(craft, &link, sizeof(link));
	craft->objects++;
	craft_block_end(craft);
}

void craft_dai(struct craft *craft, const char *text)
{
	struct snd_soc_tplg_dai dai = { .size = sizeof(dai), .dai_id = 5, .capture = 1 };

	name(dai.dai_name, text);
	craft->dai = append(craft, &dai, sizeof(dai));
	craft->objects++;
}

void craft_manifest(struct craft *craft)
{
	struct snd_soc_tplg_manifest manifest = { .size = sizeof(manifest) };

	craft_block(craft, SND_SOC_TPLG_TYPE_MANIFEST, 0);
	append(craft, &manifest, sizeof(manifest));
	craft->objects++;
	craft_block_end(craft);
}

void craft_pipeline(struct craft *craft, uint32_t id)
{
	craft_block(craft, SND_SOC_TPLG_TYPE_DAPM_WIDGET, id);
	craft_widget(craft, SND_SOC_TPLG_DAPM_SCHEDULER, "pipeline", "");
	craft_widget_end(craft, 0);
}

static void format(struct craft *craft, uint32_t first, uint32_t bytes, uint32_t rate,
		   uint32_t channels, uint32_t depth, uint32_t valid)
{
	craft_array(craft, SND_SOC_TPLG_TUPLE_TYPE_WORD);
	craft_value(craft, first, rate);
	craft_value(craft, first + TOKEN_IN_BIT_DEPTH - TOKEN_IN_RATE, depth);
	craft_value(craft, first + TOKEN_IN_FMT_CFG - TOKEN_IN_RATE,
		    channels | valid << 8 | 1u << 16);
	craft_value(craft, bytes, rate / 1000 * channels * depth / 8);
}

void craft_in_format(struct craft *craft, uint32_t rate, uint32_t channels, uint32_t depth,
		     uint32_t valid)
{
	format(craft, TOKEN_IN_RATE, TOKEN_IBS, rate, channels, depth, valid);
}

void craft_out_format(struct craft *craft, uint32_t rate, uint32_t channels, uint32_t depth,
		      uint32_t valid)
{
	format(craft, TOKEN_OUT_RATE, TOKEN_OBS, rate, channels, depth, valid);
}

void craft_module(struct craft *craft, uint32_t dapm, const char *text, const uint8_t uuid[16],
		  uint32_t in_rate, uint32_t out_rate)
{
	craft_widget(craft, dapm, text, "");
	craft_array(craft, SND_SOC_TPLG_TUPLE_TYPE_UUID);
	craft_uuid(craft, TOKEN_COMP_UUID, uuid);
	if (in_rate)
		craft_in_format(craft, in_rate, 2, 32, 32);
	if (out_rate)
		craft_out_format(craft, out_rate, 2, 32, 32);
}

void craft_routes(struct craft *craft, const char *const *names)
{
	craft_block(craft, SND_SOC_TPLG_TYPE_DAPM_GRAPH, 0);
	for (; names[0]; names += 2)
		craft_route(craft, names[0], names[1]);
	craft_block_end(craft);
}
