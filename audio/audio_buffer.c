/* SPDX-License-Identifier: BSD-3-Clause */
/* What all buffers share: initialisation, and ends that hand on to the buffer. */
#include <sof/audio/audio_buffer.h>
#include <sof/audio/audio_stream.h>
#include <string.h>

void audio_buffer_init(struct sof_audio_buffer *buffer, uint32_t buffer_type, bool is_shared,
		       const struct source_ops *source_ops, const struct sink_ops *sink_ops,
		       const struct audio_buffer_ops *audio_buffer_ops,
		       struct sof_audio_stream_params *audio_stream_params)
{
	memset(buffer, 0, sizeof(*buffer));
	buffer->buffer_type = buffer_type;
	buffer->is_shared = is_shared;
	buffer->ops = audio_buffer_ops;
	buffer->audio_stream_params = audio_stream_params;
	source_init(&buffer->_source_api, source_ops, audio_stream_params);
	sink_init(&buffer->_sink_api, sink_ops, audio_stream_params);
}

void audio_buffer_free(struct sof_audio_buffer *buffer)
{
	if (buffer)
		buffer->ops->free(buffer);
}

static int set_ipc_params(struct sof_audio_buffer *buffer, struct sof_ipc_stream_params *params,
			  bool force_update)
{
	return buffer->ops->audio_set_ipc_params ?
		       buffer->ops->audio_set_ipc_params(buffer, params, force_update) :
		       0;
}

static int format_set(struct sof_audio_buffer *buffer)
{
	return buffer->ops->on_audio_format_set ? buffer->ops->on_audio_format_set(buffer) : 0;
}

static int set_alignment(struct sof_audio_buffer *buffer, uint32_t byte_align,
			 uint32_t frame_align_req)
{
	return buffer->ops->set_alignment_constants ?
		       buffer->ops->set_alignment_constants(buffer, byte_align, frame_align_req) :
		       0;
}

int audio_buffer_source_set_ipc_params(struct sof_source *source,
				       struct sof_ipc_stream_params *params, bool force_update)
{
	return set_ipc_params(sof_audio_buffer_from_source(source), params, force_update);
}

int audio_buffer_sink_set_ipc_params(struct sof_sink *sink, struct sof_ipc_stream_params *params,
				     bool force_update)
{
	return set_ipc_params(sof_audio_buffer_from_sink(sink), params, force_update);
}

int audio_buffer_source_on_audio_format_set(struct sof_source *source)
{
	return format_set(sof_audio_buffer_from_source(source));
}

int audio_buffer_sink_on_audio_format_set(struct sof_sink *sink)
{
	return format_set(sof_audio_buffer_from_sink(sink));
}

int audio_buffer_source_set_alignment_constants(struct sof_source *source,
						const uint32_t byte_align,
						const uint32_t frame_align_req)
{
	return set_alignment(sof_audio_buffer_from_source(source), byte_align, frame_align_req);
}

int audio_buffer_sink_set_alignment_constants(struct sof_sink *sink, const uint32_t byte_align,
					      const uint32_t frame_align_req)
{
	return set_alignment(sof_audio_buffer_from_sink(sink), byte_align, frame_align_req);
}

uint32_t audio_buffer_sink_get_lft(struct sof_sink *sink)
{
	return 0;
}
