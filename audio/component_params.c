/* SPDX-License-Identifier: BSD-3-Clause */
/* Formats and amounts of a component's buffers, for modules of the older interfaces. */
#include <rtos/symbol.h>
#include <sof/audio/component_ext.h>

static void copy_limits(const struct comp_buffer *source, const struct comp_buffer *sink,
			uint32_t frames, struct comp_copy_limits *cl)
{
	cl->frames = (int)frames;
	cl->source_frame_bytes = (int)audio_stream_frame_bytes(&source->stream);
	cl->sink_frame_bytes = (int)audio_stream_frame_bytes(&sink->stream);
	cl->source_bytes = cl->frames * cl->source_frame_bytes;
	cl->sink_bytes = cl->frames * cl->sink_frame_bytes;
}

void comp_get_copy_limits(struct comp_buffer *source, struct comp_buffer *sink,
			  struct comp_copy_limits *cl)
{
	copy_limits(source, sink, audio_stream_avail_frames(&source->stream, &sink->stream), cl);
}
EXPORT_SYMBOL(comp_get_copy_limits);

void comp_get_copy_limits_frame_aligned(const struct comp_buffer *source,
					const struct comp_buffer *sink, struct comp_copy_limits *cl)
{
	copy_limits(source, sink, audio_stream_avail_frames_aligned(&source->stream, &sink->stream),
		    cl);
}
EXPORT_SYMBOL(comp_get_copy_limits_frame_aligned);

/* What the buffer keeps, the parameters take over; then the buffer takes them all. */
static int params_to_buffer(struct comp_buffer *buffer, uint32_t keep,
			    struct sof_ipc_stream_params *params)
{
	const struct audio_stream *stream = &buffer->stream;

	if (keep & BUFF_PARAMS_FRAME_FMT)
		params->frame_fmt = audio_stream_get_frm_fmt(stream);
	if (keep & BUFF_PARAMS_BUFFER_FMT)
		params->buffer_fmt = audio_stream_get_buffer_fmt(stream);
	if (keep & BUFF_PARAMS_CHANNELS)
		params->channels = audio_stream_get_channels(stream);
	if (keep & BUFF_PARAMS_RATE)
		params->rate = audio_stream_get_rate(stream);
	return buffer_set_params(buffer, params, BUFFER_UPDATE_FORCE);
}

int comp_verify_params(struct comp_dev *dev, uint32_t flag, struct sof_ipc_stream_params *params)
{
	struct comp_buffer *source = comp_dev_get_first_data_producer(dev);
	struct comp_buffer *sink = comp_dev_get_first_data_consumer(dev);
	struct comp_buffer *buffer;
	int err = 0;

	if (!params)
		return -EINVAL;
	if (!source && !sink)
		return 0;
	if (!source || !sink) {
		buffer = source ? source : sink;
		err = params_to_buffer(buffer, flag, params);
	} else if (dev->direction == SOF_IPC_STREAM_PLAYBACK) {
		buffer = sink;
		comp_dev_for_each_consumer(dev, sink) err =
			err ? err : params_to_buffer(sink, flag, params);
	} else {
		buffer = sink;
		comp_dev_for_each_producer(dev, source) err =
			err ? err : params_to_buffer(source, flag, params);
	}
	component_set_nearest_period_frames(dev, audio_stream_get_rate(&buffer->stream));
	return err;
}
EXPORT_SYMBOL(comp_verify_params);
