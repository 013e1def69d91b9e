/* SPDX-License-Identifier: BSD-3-Clause */
/* The source end of a connection. Runs in the caller's mode: no state but the source's. */
#include <rtos/symbol.h>
#include <sof/audio/source_api.h>

void source_init(struct sof_source *source, const struct source_ops *ops,
		 struct sof_audio_stream_params *audio_stream_params)
{
	*source = (struct sof_source){ .ops = ops, .audio_stream_params = audio_stream_params };
}

int source_get_data(struct sof_source *source, size_t req_size, void const **data_ptr,
		    void const **buffer_start, size_t *buffer_size)
{
	int err = -EBUSY;

	if (!source->requested_read_frag_size) {
		err = source->ops->get_data(source, req_size, data_ptr, buffer_start, buffer_size);
		if (err == 0)
			source->requested_read_frag_size = req_size;
	}
	return err;
}
EXPORT_SYMBOL(source_get_data);

int source_get_data_s16(struct sof_source *source, size_t req_size, int16_t const **data_ptr,
			int16_t const **buffer_start, int *buffer_samples)
{
	const void *at, *start;
	size_t bytes;
	const int err = source_get_data(source, req_size, &at, &start, &bytes);

	if (err == 0) {
		*data_ptr = at;
		*buffer_start = start;
		*buffer_samples = (int)(bytes / sizeof(int16_t));
	}
	return err;
}
EXPORT_SYMBOL(source_get_data_s16);

int source_get_data_s32(struct sof_source *source, size_t req_size, int32_t const **data_ptr,
			int32_t const **buffer_start, int *buffer_samples)
{
	const void *at, *start;
	size_t bytes;
	const int err = source_get_data(source, req_size, &at, &start, &bytes);

	if (err == 0) {
		*data_ptr = at;
		*buffer_start = start;
		*buffer_samples = (int)(bytes / sizeof(int32_t));
	}
	return err;
}
EXPORT_SYMBOL(source_get_data_s32);

int source_release_data(struct sof_source *source, size_t free_size)
{
	const size_t asked = source->requested_read_frag_size;
	const size_t bytes = free_size < asked ? free_size : asked;
	int err;

	if (!asked)
		return -ENODATA;
	err = source->ops->release_data(source, bytes);
	if (err == 0) {
		source->requested_read_frag_size = 0;
		source->num_of_bytes_processed += bytes;
	}
	return err;
}
EXPORT_SYMBOL(source_release_data);

size_t source_get_frame_bytes(struct sof_source *source)
{
	const struct sof_audio_stream_params *params = source->audio_stream_params;

	return get_frame_bytes(params->frame_fmt, params->channels);
}
EXPORT_SYMBOL(source_get_frame_bytes);

size_t source_get_data_frames_available(struct sof_source *source)
{
	const size_t frame = source_get_frame_bytes(source);

	return frame ? source_get_data_available(source) / frame : 0;
}
EXPORT_SYMBOL(source_get_data_frames_available);

static int format_was_set(struct sof_source *source)
{
	return source->ops->on_audio_format_set ? source->ops->on_audio_format_set(source) : 0;
}

int source_set_frm_fmt(struct sof_source *source, enum sof_ipc_frame frm_fmt)
{
	source->audio_stream_params->frame_fmt = frm_fmt;
	return format_was_set(source);
}
EXPORT_SYMBOL(source_set_frm_fmt);

int source_set_valid_fmt(struct sof_source *source, enum sof_ipc_frame valid_sample_fmt)
{
	source->audio_stream_params->valid_sample_fmt = valid_sample_fmt;
	return format_was_set(source);
}
EXPORT_SYMBOL(source_set_valid_fmt);

int source_set_rate(struct sof_source *source, unsigned int rate)
{
	source->audio_stream_params->rate = rate;
	return format_was_set(source);
}
EXPORT_SYMBOL(source_set_rate);

int source_set_channels(struct sof_source *source, unsigned int channels)
{
	source->audio_stream_params->channels = (uint16_t)channels;
	return format_was_set(source);
}
EXPORT_SYMBOL(source_set_channels);

int source_set_underrun(struct sof_source *source, bool underrun_permitted)
{
	source->audio_stream_params->underrun_permitted = underrun_permitted;
	return format_was_set(source);
}
EXPORT_SYMBOL(source_set_underrun);

int source_set_buffer_fmt(struct sof_source *source, uint32_t buffer_fmt)
{
	source->audio_stream_params->buffer_fmt = buffer_fmt;
	return format_was_set(source);
}
EXPORT_SYMBOL(source_set_buffer_fmt);

bool source_get_underrun(struct sof_source *source)
{
	return source->audio_stream_params->underrun_permitted;
}
EXPORT_SYMBOL(source_get_underrun);

int source_set_params(struct sof_source *source, struct sof_ipc_stream_params *params,
		      bool force_update)
{
	if (!source->ops->audio_set_ipc_params)
		return 0;
	return source->ops->audio_set_ipc_params(source, params, force_update);
}
EXPORT_SYMBOL(source_set_params);

int source_set_alignment_constants(struct sof_source *source, const uint32_t byte_align,
				   const uint32_t frame_align_req)
{
	if (!source->ops->set_alignment_constants)
		return 0;
	return source->ops->set_alignment_constants(source, byte_align, frame_align_req);
}
EXPORT_SYMBOL(source_set_alignment_constants);

void source_set_min_available(struct sof_source *source, size_t min_available)
{
	source->min_available = min_available;
}
EXPORT_SYMBOL(source_set_min_available);

size_t source_get_num_of_processed_bytes(struct sof_source *source)
{
	return source->num_of_bytes_processed;
}
EXPORT_SYMBOL(source_get_num_of_processed_bytes);

void source_reset_num_of_processed_bytes(struct sof_source *source)
{
	source->num_of_bytes_processed = 0;
}
EXPORT_SYMBOL(source_reset_num_of_processed_bytes);
