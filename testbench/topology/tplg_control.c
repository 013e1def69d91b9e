/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tplg_cursor.h"

/* SNDRV_CTL_TLVT_DB_SCALE of ALSA's asound.h; bits of its second data word. */
#define TLV_DB_SCALE	  1
#define TLV_DB_SCALE_MASK 0xffff
#define TLV_DB_SCALE_MUTE 0x10000

static int take_channels(struct tplg_cursor *cursor, size_t offset, uint32_t count,
			 const struct snd_soc_tplg_channel *from, struct tplg_control *control)
{
	uint32_t i;

	if (count > TPLG_CHANNELS_MAX)
		return tplg_bad(cursor, offset, "%u channels, expected up to %d", count,
				TPLG_CHANNELS_MAX);
	for (i = 0; i < count; i++)
		control->channels[i] =
			(struct tplg_channel){ from[i].reg, from[i].shift, from[i].id };
	control->channel_count = count;
	return 0;
}

/* What alsatplg writes as a dB scale is three words: minimum, step, mute. */
static void take_level(const struct snd_soc_tplg_ctl_tlv *tlv, struct tplg_control *control)
{
	if (tlv->size == 0 || tlv->type != TLV_DB_SCALE)
		return;
	control->has_db = true;
	control->db_min = (int32_t)tlv->scale.min;
	control->db_step = (int32_t)(tlv->scale.step & TLV_DB_SCALE_MASK);
	control->db_mute = tlv->scale.mute || tlv->scale.step & TLV_DB_SCALE_MUTE;
}

static int take_mixer(struct tplg_cursor *cursor, struct tplg_control *control)
{
	struct snd_soc_tplg_mixer_control mixer;
	size_t start = cursor->at;
	int ret;

	ret = tplg_copy(cursor, &mixer, sizeof(mixer), "mixer control");
	if (!ret)
		ret = tplg_check_size(cursor, start, "mixer control", mixer.size, sizeof(mixer));
	if (!ret)
		ret = take_channels(cursor, start, mixer.num_channels, mixer.channel, control);
	if (ret)
		return ret;
	control->min = (int32_t)mixer.min;
	control->max = (int32_t)mixer.max;
	control->invert = mixer.invert != 0;
	if (control->min > control->max)
		return tplg_bad(cursor, start, "values from %d to %d", control->min, control->max);
	take_level(&mixer.hdr.tlv, control);
	return tplg_take_tuples(cursor, mixer.priv.size, &control->tuples);
}

static int take_enum(struct tplg_cursor *cursor, struct tplg_control *control)
{
	struct snd_soc_tplg_enum_control list;
	size_t start = cursor->at;
	uint32_t i;
	int ret;

	ret = tplg_copy(cursor, &list, sizeof(list), "enumerated control");
	if (!ret)
		ret = tplg_check_size(cursor, start, "enumerated control", list.size, sizeof(list));
	if (!ret)
		ret = take_channels(cursor, start, list.num_channels, list.channel, control);
	if (ret)
		return ret;
	if (list.items < 1 || list.items > TPLG_TEXTS_MAX)
		return tplg_bad(cursor, start, "%u items, expected 1 to %d", list.items,
				TPLG_TEXTS_MAX);
	control->texts = calloc(list.items, sizeof(*control->texts));
	if (!control->texts)
		return -ENOMEM;
	for (i = 0; i < list.items; i++)
		tplg_name(control->texts[i], list.texts[i]);
	control->item_count = list.items;
	control->max = (int32_t)list.items - 1;
	return tplg_take_tuples(cursor, list.priv.size, &control->tuples);
}

static int take_bytes(struct tplg_cursor *cursor, struct tplg_control *control)
{
	struct snd_soc_tplg_bytes_control bytes;
	size_t start = cursor->at;
	int ret;

	ret = tplg_copy(cursor, &bytes, sizeof(bytes), "bytes control");
	if (!ret)
		ret = tplg_check_size(cursor, start, "bytes control", bytes.size, sizeof(bytes));
	if (ret)
		return ret;
	control->bytes_max = bytes.max;
	control->ext_get = bytes.ext_ops.get;
	control->ext_put = bytes.ext_ops.put;
	if (bytes.priv.size > bytes.max)
		return tplg_bad(cursor, start, "%u bytes of data, expected up to its max of %u",
				bytes.priv.size, bytes.max);
	return tplg_take_data(cursor, bytes.priv.size, "data", &control->data);
}

int tplg_take_control(struct tplg_cursor *cursor, struct tplg_control *control)
{
	struct snd_soc_tplg_ctl_hdr head;
	size_t start = cursor->at;
	int ret;

	ret = tplg_copy(cursor, &head, sizeof(head), "head of a control");
	if (!ret)
		ret = tplg_check_size(cursor, start, "head of a control", head.size, sizeof(head));
	if (ret)
		return ret;
	control->offset = start;
	control->widget = SIZE_MAX;
	tplg_name(control->name, head.name);
	control->access = head.access;
	control->get = head.ops.get;
	control->put = head.ops.put;
	control->info = head.ops.info;
	tplg_object(cursor, "control '%s'", control->name);
	/* The head is the beginning of each kind. */
	cursor->at = start;
	switch (head.ops.info) {
	case SND_SOC_TPLG_CTL_VOLSW:
	case SND_SOC_TPLG_CTL_VOLSW_SX:
	case SND_SOC_TPLG_CTL_VOLSW_XR_SX:
	case SND_SOC_TPLG_CTL_RANGE:
	case SND_SOC_TPLG_CTL_STROBE:
	case SND_SOC_TPLG_DAPM_CTL_VOLSW:
	case SND_SOC_TPLG_DAPM_CTL_PIN:
		control->kind = TPLG_CONTROL_MIXER;
		return take_mixer(cursor, control);
	case SND_SOC_TPLG_DAPM_CTL_ENUM_DOUBLE:
	case SND_SOC_TPLG_DAPM_CTL_ENUM_VALUE:
	case SND_SOC_TPLG_DAPM_CTL_ENUM_VIRT:
	case SND_SOC_TPLG_CTL_ENUM_VALUE:
	case SND_SOC_TPLG_CTL_ENUM:
		control->kind = TPLG_CONTROL_ENUM;
		return take_enum(cursor, control);
	case SND_SOC_TPLG_CTL_BYTES:
		control->kind = TPLG_CONTROL_BYTES;
		return take_bytes(cursor, control);
	default:
		return tplg_bad(
			cursor, start,
			"info operation %u, expected one of a mixer (1 to 3, 7, 8, 64, 68), "
			"enumerated (4, 6, 65 to 67) or bytes control (5)",
			head.ops.info);
	}
}
