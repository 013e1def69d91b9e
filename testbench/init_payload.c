/* SPDX-License-Identifier: BSD-3-Clause */
#include "init_payload.h"

#include <sof/lib/uuid.h>
#include <string.h>

/* Sampling rate conversion: rate of the output. */
struct src_payload {
	uint32_t sink_rate;
} __attribute__((packed, aligned(4)));

#define ASRC_MODE_PUSH			(1u << 0) /* playback: paced by the input */
#define ASRC_MODE_DISABLE_JITTER_BUFFER (1u << 4) /* for DP, which has no use for it */

struct asrc_payload {
	uint32_t out_freq;
	uint32_t asrc_mode;
} __attribute__((packed, aligned(4)));

#define COPIER_NO_GATEWAY 0xffffffffu

struct copier_payload {
	struct ipc4_audio_format out_fmt;
	uint32_t copier_feature_mask;
	struct {
		uint32_t node_id;
		uint32_t dma_buffer_size;
		uint32_t config_length; /* words */
		uint32_t config_data[1];
	} gtw_cfg;
} __attribute__((packed, aligned(4)));

struct mux_payload {
	struct ipc4_audio_format reference_format; /* of input 1 */
	struct ipc4_audio_format output_format;
} __attribute__((packed, aligned(4)));

struct up_down_mixer_payload {
	uint32_t out_channel_config;  /* enum ipc4_channel_config */
	uint32_t coefficients_select; /* 0: the module's own */
	int32_t coefficients[8];
	uint32_t channel_map;
} __attribute__((packed, aligned(4)));

struct aria_payload {
	uint32_t attenuation;
} __attribute__((packed, aligned(4)));

#define GAIN_ALL_CHANNELS 0xffffffffu
#define GAIN_0_DB	  0x7fffffffu
#define GAIN_CURVE_LINEAR 2
#define GAIN_CURVE_20_MS  200000 /* of 100 ns */

struct gain_payload {
	uint32_t channel_id;
	uint32_t target_volume; /* Q1.31 */
	uint32_t curve_type;
	uint32_t reserved;
	uint64_t curve_duration;
} __attribute__((packed, aligned(4)));

static const struct ipc4_audio_format *output_format(const struct graph_node *node)
{
	return node->output_pin_count ? &node->output_pins[0].audio_fmt : &node->base.audio_fmt;
}

static int fill_src(struct graph_node *node)
{
	struct src_payload payload = { output_format(node)->sampling_frequency };

	return graph_set_init_data(node, &payload, sizeof(payload));
}

static int fill_asrc(struct graph_node *node)
{
	struct asrc_payload payload = { output_format(node)->sampling_frequency, ASRC_MODE_PUSH };

	if (node->dp)
		payload.asrc_mode |= ASRC_MODE_DISABLE_JITTER_BUFFER;
	return graph_set_init_data(node, &payload, sizeof(payload));
}

static int fill_copier(struct graph_node *node)
{
	struct copier_payload payload = { .out_fmt = *output_format(node) };

	payload.gtw_cfg.node_id = COPIER_NO_GATEWAY;
	return graph_set_init_data(node, &payload, sizeof(payload));
}

static int fill_mux(struct graph_node *node)
{
	struct mux_payload payload = { .reference_format = node->base.audio_fmt,
				       .output_format = *output_format(node) };

	if (node->input_pin_count > 1)
		payload.reference_format = node->input_pins[1].audio_fmt;
	return graph_set_init_data(node, &payload, sizeof(payload));
}

/* The mux's structure, the other way round; without it every output is a copy of the input. */
static int fill_demux(struct graph_node *node)
{
	struct mux_payload payload = { .reference_format = node->base.audio_fmt,
				       .output_format = *output_format(node) };
	unsigned int first = payload.output_format.channels_count;

	if (first == node->base.audio_fmt.channels_count)
		return 0;
	if (node->output_pin_count > 1)
		payload.reference_format = node->output_pins[1].audio_fmt;
	else
		payload.reference_format.channels_count =
			(node->base.audio_fmt.channels_count - first) & 0xff;
	return graph_set_init_data(node, &payload, sizeof(payload));
}

static int fill_up_down_mixer(struct graph_node *node)
{
	struct up_down_mixer_payload payload = { .out_channel_config = output_format(node)->ch_cfg,
						 .channel_map = node->base.audio_fmt.ch_map };

	return graph_set_init_data(node, &payload, sizeof(payload));
}

static int fill_aria(struct graph_node *node)
{
	struct aria_payload payload = { 0 };

	return graph_set_init_data(node, &payload, sizeof(payload));
}

static int fill_gain(struct graph_node *node)
{
	struct gain_payload payload = { .channel_id = GAIN_ALL_CHANNELS,
					.target_volume = GAIN_0_DB,
					.curve_type = GAIN_CURVE_LINEAR,
					.curve_duration = GAIN_CURVE_20_MS };

	return graph_set_init_data(node, &payload, sizeof(payload));
}

/* They look for their pins whether there is anything to tell by them or not. */
static int fill_pins(struct graph_node *node)
{
	node->send_pins = true;
	return 0;
}

static const struct {
	struct sof_uuid uuid;
	int (*fill)(struct graph_node *node);
} payloads[] = {
	{ SOF_REG_UUID(src), fill_src },	{ SOF_REG_UUID(src4), fill_src },
	{ SOF_REG_UUID(src_lite), fill_src },	{ SOF_REG_UUID(asrc), fill_asrc },
	{ SOF_REG_UUID(asrc4), fill_asrc },	{ SOF_REG_UUID(copier), fill_copier },
	{ SOF_REG_UUID(mux), fill_mux },	{ SOF_REG_UUID(mux4), fill_mux },
	{ SOF_REG_UUID(demux), fill_demux },	{ SOF_REG_UUID(up_down_mixer), fill_up_down_mixer },
	{ SOF_REG_UUID(aria), fill_aria },	{ SOF_REG_UUID(gain), fill_gain },
	{ SOF_REG_UUID(volume), fill_gain },	{ SOF_REG_UUID(volume4), fill_gain },
	{ SOF_REG_UUID(selector), fill_pins },	{ SOF_REG_UUID(selector4), fill_pins },
	{ SOF_REG_UUID(crossover), fill_pins }, { SOF_REG_UUID(tdfb), fill_pins },
	{ SOF_REG_UUID(tone), fill_pins },
};

static bool pins_tell_more(const struct graph_node *node)
{
	return node->input_pin_count > 1 || node->output_pin_count > 1 ||
	       memcmp(output_format(node), &node->base.audio_fmt, sizeof(node->base.audio_fmt));
}

int init_payload_fill(struct graph_node *node, const uint8_t uuid[16])
{
	size_t i;

	if (node->init_size)
		return 0;
	for (i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++)
		if (!memcmp(&payloads[i].uuid, uuid, sizeof(payloads[i].uuid)))
			return payloads[i].fill(node);
	node->send_pins = pins_tell_more(node);
	return 0;
}
