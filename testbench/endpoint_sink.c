/* SPDX-License-Identifier: BSD-3-Clause */
/* The module that writes an audio file. */
#include <errno.h>
#include <host/audio.h>
#include <host/platform.h>
#include <module/audio/source_api.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <string.h>

#include "endpoint_private.h"

static int sink_end_init(struct processing_module *mod)
{
	return endpoint_init(mod, false);
}

static void copy_from_ring(uint8_t *to, const uint8_t *at, const uint8_t *start, size_t size,
			   size_t bytes)
{
	size_t first = smaller(bytes, (size_t)(start + size - at));

	memcpy(to, at, first);
	memcpy(to + first, start, bytes - first);
}

int endpoint_sink_flush(struct file_end *end)
{
	int ret;

	if (!end->filled)
		return 0;
	host_memory_open();
	ret = audio_output_write(end->output, end->block, end->filled, endpoint_files.why);
	end->filled = 0;
	return ret;
}

static bool is_silent(const uint8_t *frame, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		if (frame[i])
			return false;
	return true;
}

/* Frames of silence into the block, as many as there is room for. */
static void sink_pad(struct file_end *end)
{
	size_t frames = smaller(end->block_frames - end->filled, (size_t)end->silent);

	memset(end->block + end->filled * end->frame_bytes, 0, frames * end->frame_bytes);
	end->filled += frames;
	end->frames += frames;
	end->silent -= frames;
}

int endpoint_sink_pad_all(struct file_end *end)
{
	int ret = 0;

	while (!ret && end->silent) {
		sink_pad(end);
		if (end->filled == end->block_frames)
			ret = endpoint_sink_flush(end);
	}
	return ret;
}

/* How many of the frames just behind the filled ones stay there. After the end of the streams
 * silence may be all that will ever come: it is counted, and written when something follows. */
static int sink_sift(struct file_end *end, size_t *frames)
{
	uint8_t *frame = end->block + end->filled * end->frame_bytes;
	int ret;

	if (!endpoint_files.ending)
		return 0;
	if (is_silent(frame, end->frame_bytes)) {
		*frames = 0;
		end->silent++;
		return 0;
	}
	endpoint_files.sounded_at = sof_tick_count();
	if (!end->silent)
		return 0;
	/* The frame's place is taken by the silence before it. */
	memcpy(end->carried, frame, end->frame_bytes);
	ret = endpoint_sink_pad_all(end);
	memcpy(end->block + end->filled * end->frame_bytes, end->carried, end->frame_bytes);
	return ret;
}

static int sink_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct file_end *end = module_get_private_data(mod);
	const void *at, *start;
	size_t frames, size;
	int ret;

	if (num_of_sources < 1)
		return -EINVAL;
	for (;;) {
		frames = smaller(source_get_data_available(sources[0]) / end->frame_bytes,
				 end->block_frames - end->filled);
		/* After the end of the streams they are looked at one by one. */
		frames = endpoint_files.ending ? smaller(frames, 1) : frames;
		if (!frames)
			return 0;
		ret = source_get_data(sources[0], frames * end->frame_bytes, &at, &start, &size);
		if (ret)
			return ret;
		copy_from_ring(end->block + end->filled * end->frame_bytes, at, start, size,
			       frames * end->frame_bytes);
		ret = source_release_data(sources[0], frames * end->frame_bytes);
		if (!ret)
			ret = sink_sift(end, &frames);
		if (ret)
			return ret;
		end->filled += frames;
		end->frames += frames;
		end->moved_at = sof_tick_count();
		if (end->filled == end->block_frames) {
			ret = endpoint_sink_flush(end);
			if (ret)
				return ret;
		}
	}
}

const struct module_interface endpoint_sink_interface = {
	.init = sink_end_init,
	.process = sink_process,
};
