/* SPDX-License-Identifier: BSD-3-Clause */
/* The sink end of a connection. Runs in the caller's mode: no state but the sink's. */
#include <rtos/symbol.h>
#include <sof/audio/sink_api.h>

void sink_init(struct sof_sink *sink, const struct sink_ops *ops,
	       struct sof_audio_stream_params *audio_stream_params)
{
	*sink = (struct sof_sink){ .ops = ops, .audio_stream_params = audio_stream_params };
}

int sink_get_buffer(struct sof_sink *sink, size_t req_size, void **data_ptr, void **buffer_start,
		    size_t *buffer_size)
{
	int err = -EBUSY;

	if (!sink->requested_write_frag_size) {
		err = sink->ops->get_buffer(sink, req_size, data_ptr, buffer_start, buffer_size);
		if (err == 0)
			sink->requested_write_frag_size = req_size;
	}
	return err;
}
EXPORT_SYMBOL(sink_get_buffer);

int sink_get_buffer_s16(struct sof_sink *sink, size_t req_size, int16_t **data_ptr,
			int16_t **buffer_start, int *buffer_samples)
{
	void *at, *start;
	size_t bytes;
	const int err = sink_get_buffer(sink, req_size, &at, &start, &bytes);

	if (err == 0) {
		*data_ptr = at;
		*buffer_start = start;
		*buffer_samples = (int)(bytes / sizeof(int16_t));
	}
	return err;
}
EXPORT_SYMBOL(sink_get_buffer_s16);

int sink_get_buffer_s32(struct sof_sink *sink, size_t req_size, int32_t **data_ptr,
			int32_t **buffer_start, int *buffer_samples)
{
	void *at, *start;
	size_t bytes;
	const int err = sink_get_buffer(sink, req_size, &at, &start, &bytes);

	if (err == 0) {
		*data_ptr = at;
		*buffer_start = start;
		*buffer_samples = (int)(bytes / sizeof(int32_t));
	}
	return err;
}
EXPORT_SYMBOL(sink_get_buffer_s32);

int sink_commit_buffer(struct sof_sink *sink, size_t commit_size)
{
	const size_t asked = sink->requested_write_frag_size;
	const size_t bytes = commit_size < asked ? commit_size : asked;
	int err;

	if (!asked)
		return -ENODATA;
	err = sink->ops->commit_buffer(sink, bytes);
	if (err == 0) {
		sink->requested_write_frag_size = 0;
		sink->num_of_bytes_processed += bytes;
	}
	return err;
}
EXPORT_SYMBOL(sink_commit_buffer);

size_t sink_get_frame_bytes(struct sof_sink *sink)
{
	const struct sof_audio_stream_params *params = sink->audio_stream_params;

	return get_frame_bytes(params->frame_fmt, params->channels);
}
EXPORT_SYMBOL(sink_get_frame_bytes);

size_t sink_get_free_frames(struct sof_sink *sink)
{
	const size_t frame = sink_get_frame_bytes(sink);

	return frame ? sink_get_free_size(sink) / frame : 0;
}
EXPORT_SYMBOL(sink_get_free_frames);

static int format_was_set(struct sof_sink *sink)
{
	return sink->ops->on_audio_format_set ? sink->ops->on_audio_format_set(sink) : 0;
}

int sink_set_frm_fmt(struct sof_sink *sink, enum sof_ipc_frame frame_fmt)
{
	sink->audio_stream_params->frame_fmt = frame_fmt;
	return format_was_set(sink);
}
EXPORT_SYMBOL(sink_set_frm_fmt);

int sink_set_valid_fmt(struct sof_sink *sink, enum sof_ipc_frame valid_sample_fmt)
{
	sink->audio_stream_params->valid_sample_fmt = valid_sample_fmt;
	return format_was_set(sink);
}
EXPORT_SYMBOL(sink_set_valid_fmt);

int sink_set_rate(struct sof_sink *sink, unsigned int rate)
{
	sink->audio_stream_params->rate = rate;
	return format_was_set(sink);
}
EXPORT_SYMBOL(sink_set_rate);

int sink_set_channels(struct sof_sink *sink, unsigned int channels)
{
	sink->audio_stream_params->channels = (uint16_t)channels;
	return format_was_set(sink);
}
EXPORT_SYMBOL(sink_set_channels);

int sink_set_buffer_fmt(struct sof_sink *sink, uint32_t buffer_fmt)
{
	sink->audio_stream_params->buffer_fmt = buffer_fmt;
	return format_was_set(sink);
}
EXPORT_SYMBOL(sink_set_buffer_fmt);

int sink_set_overrun(struct sof_sink *sink, bool overrun_permitted)
{
	sink->audio_stream_params->overrun_permitted = overrun_permitted;
	return format_was_set(sink);
}
EXPORT_SYMBOL(sink_set_overrun);

bool sink_get_overrun(struct sof_sink *sink)
{
	return sink->audio_stream_params->overrun_permitted;
}
EXPORT_SYMBOL(sink_get_overrun);

int sink_set_params(struct sof_sink *sink, struct sof_ipc_stream_params *params, bool force_update)
{
	if (!sink->ops->audio_set_ipc_params)
		return 0;
	return sink->ops->audio_set_ipc_params(sink, params, force_update);
}
EXPORT_SYMBOL(sink_set_params);

int sink_set_alignment_constants(struct sof_sink *sink, const uint32_t byte_align,
				 const uint32_t frame_align_req)
{
	if (!sink->ops->set_alignment_constants)
		return 0;
	return sink->ops->set_alignment_constants(sink, byte_align, frame_align_req);
}
EXPORT_SYMBOL(sink_set_alignment_constants);

void sink_set_min_free_space(struct sof_sink *sink, size_t min_free_space)
{
	sink->min_free_space = min_free_space;
}
EXPORT_SYMBOL(sink_set_min_free_space);

size_t sink_get_num_of_processed_bytes(struct sof_sink *sink)
{
	return sink->num_of_bytes_processed;
}
EXPORT_SYMBOL(sink_get_num_of_processed_bytes);

void sink_reset_num_of_processed_bytes(struct sof_sink *sink)
{
	sink->num_of_bytes_processed = 0;
}
EXPORT_SYMBOL(sink_reset_num_of_processed_bytes);
