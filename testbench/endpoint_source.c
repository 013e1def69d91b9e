/* SPDX-License-Identifier: BSD-3-Clause */
/* The module that reads an audio file. */
#include <errno.h>
#include <host/audio.h>
#include <host/platform.h>
#include <module/audio/sink_api.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <string.h>

#include "endpoint_private.h"

static int source_end_init(struct processing_module *mod)
{
	return endpoint_init(mod, true);
}

/* \p from NULL: silence. */
static void copy_to_ring(uint8_t *at, uint8_t *start, size_t size, const uint8_t *from,
			 size_t bytes)
{
	size_t first = smaller(bytes, (size_t)(start + size - at));

	if (!from) {
		memset(at, 0, first);
		memset(start, 0, bytes - first);
		return;
	}
	memcpy(at, from, first);
	memcpy(start, from + first, bytes - first);
}

static int source_refill(struct file_end *end)
{
	size_t wanted = end->block_frames;
	long got;

	if (wanted > end->total - end->frames)
		wanted = (size_t)(end->total - end->frames);
	host_memory_open();
	got = audio_input_read(end->input, end->block, wanted, endpoint_files.why);
	if (got <= 0)
		return got ? (int)got : -EIO;
	end->at = 0;
	end->filled = (size_t)got;
	return 0;
}

/* As many frames as there are and the sink has room for: of the file, or of silence behind it. */
static int source_give(struct file_end *end, struct sof_sink *sink, size_t *given)
{
	bool silence = end->frames >= end->total;
	void *at, *start;
	size_t frames, size;
	int ret;

	if (!silence && end->at == end->filled) {
		ret = source_refill(end);
		if (ret)
			return ret;
	}
	frames = smaller(sink_get_free_size(sink) / end->frame_bytes, (size_t)end->due);
	if (!silence)
		frames = smaller(frames, end->filled - end->at);
	*given = frames;
	if (!frames)
		return 0;
	ret = sink_get_buffer(sink, frames * end->frame_bytes, &at, &start, &size);
	if (ret)
		return ret;
	copy_to_ring(at, start, size, silence ? NULL : end->block + end->at * end->frame_bytes,
		     frames * end->frame_bytes);
	end->at += silence ? 0 : frames;
	return sink_commit_buffer(sink, frames * end->frame_bytes);
}

static int source_process(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct file_end *end = module_get_private_data(mod);
	size_t given = 0;
	int ret;

	if (num_of_sinks < 1)
		return -EINVAL;
	end->due += (end->ticks + 1) * end->rate / 1000 - end->ticks * end->rate / 1000;
	end->ticks++;
	if (end->due > end->length - end->frames)
		end->due = end->length - end->frames;
	while (end->due) {
		ret = source_give(end, sinks[0], &given);
		if (ret)
			return ret;
		if (!given)
			break;
		end->frames += given;
		end->due -= given;
		end->moved_at = sof_tick_count();
	}
	return 0;
}

const struct module_interface endpoint_source_interface = {
	.init = source_end_init,
	.process = source_process,
};
