/* SPDX-License-Identifier: BSD-3-Clause */
/* The buffer between two LL components: kernel memory, so nothing in it needs checking. */
#include <ipc4/base-config.h>
#include <rtos/userspace_helper.h>
#include <sof/audio/buffer.h>
#include <sof/audio/component.h>

static struct audio_stream *stream_of_source(struct sof_source *source)
{
	return &((struct comp_buffer *)sof_audio_buffer_from_source(source))->stream;
}

static struct audio_stream *stream_of_sink(struct sof_sink *sink)
{
	return &((struct comp_buffer *)sof_audio_buffer_from_sink(sink))->stream;
}

static size_t data_available(struct sof_source *source)
{
	return audio_stream_get_avail_bytes(stream_of_source(source));
}

static int get_data(struct sof_source *source, size_t req_size, void const **data_ptr,
		    void const **buffer_start, size_t *buffer_size)
{
	const struct audio_stream *stream = stream_of_source(source);

	if (req_size > audio_stream_get_avail_bytes(stream))
		return -ENODATA;
	*data_ptr = stream->r_ptr;
	*buffer_start = stream->addr;
	*buffer_size = stream->size;
	return 0;
}

static int release_data(struct sof_source *source, size_t free_size)
{
	audio_stream_consume(stream_of_source(source), (uint32_t)free_size);
	return 0;
}

static size_t free_size_of(struct sof_sink *sink)
{
	return audio_stream_get_free_bytes(stream_of_sink(sink));
}

static int get_buffer(struct sof_sink *sink, size_t req_size, void **data_ptr, void **buffer_start,
		      size_t *buffer_size)
{
	const struct audio_stream *stream = stream_of_sink(sink);

	if (req_size > audio_stream_get_free_bytes(stream))
		return -ENODATA;
	*data_ptr = stream->w_ptr;
	*buffer_start = stream->addr;
	*buffer_size = stream->size;
	return 0;
}

static int commit_buffer(struct sof_sink *sink, size_t commit_size)
{
	audio_stream_produce(stream_of_sink(sink), (uint32_t)commit_size);
	return 0;
}

static int format_set(struct sof_audio_buffer *audio_buffer)
{
	struct comp_buffer *buffer = (struct comp_buffer *)audio_buffer;
	struct audio_stream *stream = &buffer->stream;
	const uint32_t room = (uint32_t)((char *)stream->end_addr - (char *)stream->addr);
	const uint32_t frame = audio_stream_frame_bytes(stream);

	if (!frame || frame > room)
		return -EINVAL;
	audio_stream_recalc_align(stream);
	if (stream->size % frame) {
		/* a frame must not wrap; the end stays where closed memory begins */
		stream->size -= stream->size % frame;
		stream->addr = (char *)stream->end_addr - stream->size;
		audio_stream_reset(stream);
	}
	return 0;
}

static int set_ipc_params(struct sof_audio_buffer *audio_buffer,
			  struct sof_ipc_stream_params *params, bool force_update)
{
	return buffer_set_params((struct comp_buffer *)audio_buffer, params, force_update);
}

static int set_alignment(struct sof_audio_buffer *audio_buffer, const uint32_t byte_align,
			 const uint32_t frame_align_req)
{
	audio_stream_set_align(byte_align, frame_align_req,
			       &((struct comp_buffer *)audio_buffer)->stream);
	return 0;
}

static void reset(struct sof_audio_buffer *audio_buffer)
{
	audio_stream_reset(&((struct comp_buffer *)audio_buffer)->stream);
	audio_buffer->_source_api.requested_read_frag_size = 0;
	audio_buffer->_sink_api.requested_write_frag_size = 0;
}

static void release(struct sof_audio_buffer *audio_buffer)
{
	struct comp_buffer *buffer = (struct comp_buffer *)audio_buffer;

	sof_ctx_free(audio_buffer->alloc, buffer->memory);
	sof_ctx_free(audio_buffer->alloc, buffer);
}

static const struct source_ops comp_buffer_source_ops = {
	.get_data_available = data_available,
	.get_data = get_data,
	.release_data = release_data,
	.audio_set_ipc_params = audio_buffer_source_set_ipc_params,
	.on_audio_format_set = audio_buffer_source_on_audio_format_set,
	.set_alignment_constants = audio_buffer_source_set_alignment_constants,
};

static const struct sink_ops comp_buffer_sink_ops = {
	.get_free_size = free_size_of,
	.get_buffer = get_buffer,
	.commit_buffer = commit_buffer,
	.get_lft = audio_buffer_sink_get_lft,
	.audio_set_ipc_params = audio_buffer_sink_set_ipc_params,
	.on_audio_format_set = audio_buffer_sink_on_audio_format_set,
	.set_alignment_constants = audio_buffer_sink_set_alignment_constants,
};

static const struct audio_buffer_ops comp_buffer_ops = {
	.free = release,
	.reset = reset,
	.on_audio_format_set = format_set,
	.audio_set_ipc_params = set_ipc_params,
	.set_alignment_constants = set_alignment,
};

void comp_buffer_init(struct comp_buffer *buffer, void *data, uint32_t size)
{
	audio_buffer_init(&buffer->audio_buffer, BUFFER_TYPE_LEGACY_BUFFER, false,
			  &comp_buffer_source_ops, &comp_buffer_sink_ops, &comp_buffer_ops,
			  &buffer->stream.runtime_stream_params);
	list_init(&buffer->source_list);
	list_init(&buffer->sink_list);
	list_init(&buffer->buffers_list);
	audio_stream_init(&buffer->stream, data, size);
	buffer->memory = data;
}

/* LL modules run without isolation, but an access past the end of a buffer, their most common mistake,
 * must not damage the firmware or another module: closed memory follows the data where possible. */
static void *data_alloc(struct mod_alloc_ctx *alloc, size_t size, uint32_t flags, uint32_t align)
{
	void *data = NULL;

	if (!alloc && !align && !(flags & SOF_MEM_FLAG_USER_SHARED_BUFFER))
		data = supervisor_buffer_alloc(size);
	return data ? data :
		      sof_ctx_alloc(alloc, flags, size, align ? align : PLATFORM_DCACHE_ALIGN);
}

struct comp_buffer *buffer_alloc(struct mod_alloc_ctx *alloc, size_t size, uint32_t flags,
				 uint32_t align, bool is_shared)
{
	struct comp_buffer *buffer = NULL;
	void *data;

	if (!size || size > UINT32_MAX)
		return NULL;
	data = data_alloc(alloc, size, flags, align);
	if (!data)
		return NULL;
	buffer = sof_ctx_zalloc(alloc, flags, sizeof(*buffer), 0);
	if (!buffer) {
		sof_ctx_free(alloc, data);
		return NULL;
	}
	comp_buffer_init(buffer, data, (uint32_t)size);
	buffer->audio_buffer.is_shared = is_shared;
	buffer->audio_buffer.alloc = alloc;
	buffer->flags = flags;
	buffer_zero(buffer);
	return buffer;
}

void buffer_zero(struct comp_buffer *buffer)
{
	memset(buffer->stream.addr, 0, buffer->stream.size);
}

int buffer_set_params(struct comp_buffer *buffer, struct sof_ipc_stream_params *params,
		      bool force_update)
{
	struct audio_stream *stream = &buffer->stream;

	if (!params)
		return -EINVAL;
	if (audio_buffer_hw_params_configured(&buffer->audio_buffer) && !force_update)
		return 0;
	audio_stream_set_params(stream, params);
	audio_stream_set_buffer_fmt(stream, params->buffer_fmt);
	memcpy(stream->runtime_stream_params.chmap, params->chmap,
	       sizeof(stream->runtime_stream_params.chmap));
	audio_buffer_set_hw_params_configured(&buffer->audio_buffer);
	return format_set(&buffer->audio_buffer);
}

bool buffer_params_match(struct comp_buffer *buffer, struct sof_ipc_stream_params *params,
			 uint32_t flag)
{
	const struct audio_stream *stream = &buffer->stream;
	const bool format =
		audio_stream_get_frm_fmt(stream) == (enum sof_ipc_frame)params->frame_fmt;

	return (!(flag & BUFF_PARAMS_FRAME_FMT) || format) &&
	       (!(flag & BUFF_PARAMS_BUFFER_FMT) ||
		audio_stream_get_buffer_fmt(stream) == params->buffer_fmt) &&
	       (!(flag & BUFF_PARAMS_RATE) || audio_stream_get_rate(stream) == params->rate) &&
	       (!(flag & BUFF_PARAMS_CHANNELS) ||
		audio_stream_get_channels(stream) == params->channels);
}

void comp_update_buffer_produce(struct comp_buffer *buffer, uint32_t bytes)
{
	audio_stream_produce(&buffer->stream, bytes);
}

void comp_update_buffer_consume(struct comp_buffer *buffer, uint32_t bytes)
{
	audio_stream_consume(&buffer->stream, bytes);
}
