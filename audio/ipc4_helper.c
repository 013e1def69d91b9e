/* SPDX-License-Identifier: BSD-3-Clause */
/* IPC4 audio formats as stream parameters, in the caller's mode. */
#include <ipc4/base-config.h>
#include <rtos/symbol.h>
#include <sof/audio/audio_stream.h>
#include <sof/audio/buffer.h>
#include <string.h>

#include "firmware.h"

/* Four bits a channel. */
static uint16_t channel_position(const struct ipc4_audio_format *format, unsigned int channel)
{
	return (uint16_t)(format->ch_map >> (4 * channel) & 0xf);
}

void ipc4_audio_format_to_stream_params(const struct ipc4_audio_format *audio_fmt,
					struct sof_ipc_stream_params *params)
{
	enum sof_ipc_frame container, sample;

	memset(params, 0, sizeof(*params));
	audio_stream_fmt_conversion(audio_fmt->depth, audio_fmt->valid_bit_depth, &container,
				    &sample, audio_fmt->s_type);
	params->channels = audio_fmt->channels_count;
	params->rate = audio_fmt->sampling_frequency;
	params->frame_fmt = container;
	params->buffer_fmt = audio_fmt->interleaving_style;
	params->sample_container_bytes = (uint16_t)(audio_fmt->depth / 8);
	params->sample_valid_bytes = audio_fmt->valid_bit_depth / 8;
	for (unsigned int i = 0; i < SOF_IPC_MAX_CHANNELS; i++)
		params->chmap[i] = channel_position(audio_fmt, i);
}
EXPORT_SYMBOL(ipc4_audio_format_to_stream_params);

void ipc4_base_module_cfg_to_stream_params(const struct ipc4_base_module_cfg *base_cfg,
					   struct sof_ipc_stream_params *params)
{
	ipc4_audio_format_to_stream_params(&base_cfg->audio_fmt, params);
}
EXPORT_SYMBOL(ipc4_base_module_cfg_to_stream_params);

void ipc4_format_to_params(const struct ipc4_audio_format *format,
			   struct sof_audio_stream_params *params)
{
	memset(params, 0, sizeof(*params));
	audio_stream_fmt_conversion(format->depth, format->valid_bit_depth, &params->frame_fmt,
				    &params->valid_sample_fmt, format->s_type);
	params->rate = format->sampling_frequency;
	params->channels = format->channels_count;
	params->buffer_fmt = format->interleaving_style;
	for (unsigned int i = 0; i < SOF_IPC_MAX_CHANNELS; i++)
		params->chmap[i] = channel_position(format, i);
	params->state = AUDIOBUF_STATE_READY;
	audio_stream_params_align(params, 1, 1);
}

void ipc4_update_buffer_format(struct comp_buffer *buf_c, const struct ipc4_audio_format *fmt)
{
	struct sof_ipc_stream_params params;

	ipc4_audio_format_to_stream_params(fmt, &params);
	buffer_set_params(buf_c, &params, BUFFER_UPDATE_IF_UNSET);
}
EXPORT_SYMBOL(ipc4_update_buffer_format);

void ipc4_update_source_format(struct sof_source *source, const struct ipc4_audio_format *fmt)
{
	enum sof_ipc_frame container, sample;

	if (audio_stream_fmt_conversion(fmt->depth, fmt->valid_bit_depth, &container, &sample,
					fmt->s_type))
		return;
	source_set_channels(source, fmt->channels_count);
	source_set_rate(source, fmt->sampling_frequency);
	source_set_valid_fmt(source, sample);
	source_set_buffer_fmt(source, fmt->interleaving_style);
	source_set_frm_fmt(source, container);
}
EXPORT_SYMBOL(ipc4_update_source_format);

void ipc4_update_sink_format(struct sof_sink *sink, const struct ipc4_audio_format *fmt)
{
	enum sof_ipc_frame container, sample;

	if (audio_stream_fmt_conversion(fmt->depth, fmt->valid_bit_depth, &container, &sample,
					fmt->s_type))
		return;
	sink_set_channels(sink, fmt->channels_count);
	sink_set_rate(sink, fmt->sampling_frequency);
	sink_set_valid_fmt(sink, sample);
	sink_set_buffer_fmt(sink, fmt->interleaving_style);
	sink_set_frm_fmt(sink, container);
}
EXPORT_SYMBOL(ipc4_update_sink_format);
