/* SPDX-License-Identifier: BSD-3-Clause */
#include "buffer_view.h"

#include <rtos/symbol.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <string.h>

void buffer_view_init(struct buffer_view *view, struct ring_buffer *ring, struct comp_dev *own,
		      bool input)
{
	struct comp_buffer *buffer = &view->buffer;

	memset(buffer, 0, sizeof(*buffer));
	comp_buffer_init(buffer, ring->_data_buffer, (uint32_t)ring->data_buffer_size);
	buffer->is_view = true;
	buffer->source = input ? &view->peer : own;
	buffer->sink = input ? own : &view->peer;
	view->ring = ring;
	view->input = input;
	view->settled = ring->stream_params;
	buffer->stream.runtime_stream_params = ring->stream_params;
	audio_stream_recalc_align(&buffer->stream);
	buffer_view_refresh(view);
}

void buffer_view_refresh(struct buffer_view *view)
{
	struct audio_stream *stream = &view->buffer.stream;
	const struct ring_buffer *ring = view->ring;
	char *const data = (char *)ring->_data_buffer;
	const size_t size = ring->data_buffer_size;
	struct sof_audio_stream_params *params = &stream->runtime_stream_params;
	/* its own end as it is, the other one as the kernel last found it */
	const size_t write = view->input ? ring->_write_seen : ring->_write_offset;
	const size_t read = view->input ? ring->_read_offset : ring->_read_seen;

	stream->addr = data;
	stream->size = (uint32_t)size;
	stream->end_addr = data + size;
	stream->r_ptr = data + (read >= size ? read - size : read);
	stream->w_ptr = data + (write >= size ? write - size : write);
	stream->avail = (uint32_t)(write >= read ? write - read : write + 2 * size - read);
	stream->free = stream->size - stream->avail;
	if (view->input && ring->held) {
		stream->avail = 0;
		stream->w_ptr = stream->r_ptr;
		stream->free = stream->size;
	}
	/* a ring has two owners: neither may move the other's end, whatever a module permits */
	params->overrun_permitted = false;
	params->underrun_permitted = false;
	params->state = ring->stream_params.state;
	view->before = view->input ? stream->avail : stream->free;
}

void buffer_view_commit(struct buffer_view *view)
{
	const struct audio_stream *stream = &view->buffer.stream;
	struct sof_audio_buffer *ring = &view->ring->audio_buffer;
	const uint32_t now = view->input ? stream->avail : stream->free;
	const size_t moved = view->before > now ? view->before - now : 0;
	const void *data, *data_start;
	void *room, *start;
	size_t size;

	view->before = now;
	if (!moved)
		return;
	if (view->input) {
		if (!source_get_data(&ring->_source_api, moved, &data, &data_start, &size))
			source_release_data(&ring->_source_api, moved);
	} else if (!sink_get_buffer(&ring->_sink_api, moved, &room, &start, &size)) {
		sink_commit_buffer(&ring->_sink_api, moved);
	}
}

static bool same_format(const struct sof_audio_stream_params *a,
			const struct sof_audio_stream_params *b)
{
	return a->frame_fmt == b->frame_fmt && a->valid_sample_fmt == b->valid_sample_fmt &&
	       a->rate == b->rate && a->channels == b->channels && a->buffer_fmt == b->buffer_fmt &&
	       !memcmp(a->chmap, b->chmap, sizeof(a->chmap));
}

static void take_format(struct sof_audio_stream_params *to,
			const struct sof_audio_stream_params *from)
{
	to->frame_fmt = from->frame_fmt;
	to->valid_sample_fmt = from->valid_sample_fmt;
	to->rate = from->rate;
	to->channels = from->channels;
	to->buffer_fmt = from->buffer_fmt;
	memcpy(to->chmap, from->chmap, sizeof(to->chmap));
}

int buffer_view_settle(struct buffer_view *view)
{
	struct sof_audio_stream_params *mine = &view->buffer.stream.runtime_stream_params;
	struct sof_audio_buffer *ring = &view->ring->audio_buffer;
	int err = 0;

	if (!same_format(mine, &view->settled)) {
		take_format(&view->ring->stream_params, mine);
		err = ring->ops->on_audio_format_set(ring);
	} else {
		take_format(mine, &view->ring->stream_params);
	}
	view->settled = *mine;
	audio_stream_recalc_align(&view->buffer.stream);
	buffer_view_refresh(view);
	return err;
}

void buffer_views_refresh(struct comp_dev *dev)
{
	struct comp_buffer *buffer;

	comp_dev_for_each_producer(dev, buffer) if (buffer->is_view)
		buffer_view_refresh(buffer_view_of(buffer));
	comp_dev_for_each_consumer(dev, buffer) if (buffer->is_view)
		buffer_view_refresh(buffer_view_of(buffer));
}

void buffer_views_commit(struct comp_dev *dev)
{
	struct comp_buffer *buffer;

	comp_dev_for_each_producer(dev, buffer) if (buffer->is_view)
		buffer_view_commit(buffer_view_of(buffer));
	comp_dev_for_each_consumer(dev, buffer) if (buffer->is_view)
		buffer_view_commit(buffer_view_of(buffer));
}

int buffer_views_settle(struct comp_dev *dev)
{
	struct comp_buffer *buffer;
	int first = 0, err;

	comp_dev_for_each_producer(dev, buffer)
	{
		err = buffer->is_view ? buffer_view_settle(buffer_view_of(buffer)) : 0;
		first = first ? first : err;
	}
	comp_dev_for_each_consumer(dev, buffer)
	{
		err = buffer->is_view ? buffer_view_settle(buffer_view_of(buffer)) : 0;
		first = first ? first : err;
	}
	return first;
}

/* A module that asks for it works on the view from then on, beside or instead of the ring. */
struct comp_buffer *comp_buffer_view_of_source(struct sof_source *source)
{
	struct comp_dev *dev = source->bound_module ? source->bound_module->dev : NULL;
	struct comp_buffer *buffer;

	if (!dev)
		return NULL;
	comp_dev_for_each_producer(dev, buffer)
	{
		if (buffer->is_view &&
		    &buffer_view_of(buffer)->ring->audio_buffer._source_api == source) {
			dev->mod->uses_buffer_views = true;
			buffer_view_refresh(buffer_view_of(buffer));
			return buffer;
		}
	}
	return NULL;
}
EXPORT_SYMBOL(comp_buffer_view_of_source);

struct comp_buffer *comp_buffer_view_of_sink(struct sof_sink *sink)
{
	struct comp_dev *dev = sink->bound_module ? sink->bound_module->dev : NULL;
	struct comp_buffer *buffer;

	if (!dev)
		return NULL;
	comp_dev_for_each_consumer(dev, buffer)
	{
		if (buffer->is_view &&
		    &buffer_view_of(buffer)->ring->audio_buffer._sink_api == sink) {
			dev->mod->uses_buffer_views = true;
			buffer_view_refresh(buffer_view_of(buffer));
			return buffer;
		}
	}
	return NULL;
}
EXPORT_SYMBOL(comp_buffer_view_of_sink);
