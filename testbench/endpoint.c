/* SPDX-License-Identifier: BSD-3-Clause */
#include "endpoint.h"

#include <errno.h>
#include <host/audio.h>
#include <host/platform.h>
#include <module/audio/sink_api.h>
#include <module/audio/source_api.h>
#include <module/module/base.h>
#include <rtos/alloc.h>
#include <string.h>

/* Most frames, and most bytes, of a file read or written at once. */
#define BLOCK_FRAMES (1u << 15)
#define BLOCK_BYTES  (256u * 1024)

static const uint8_t source_uuid[16] = { 0x1e, 0x53, 0x0c, 0x7a, 0x52, 0x8b, 0x3d, 0x4e,
					 0x9a, 0x11, 0x66, 0x69, 0x6c, 0x65, 0x69, 0x6e };
static const uint8_t sink_uuid[16] = { 0x8f, 0x21, 0xd4, 0x35, 0x0b, 0xe6, 0x4a, 0x47,
				       0xb3, 0x5c, 0x66, 0x69, 0x6c, 0x65, 0x6f, 0x75 };

/* Kernel data, like the blocks: the C heap is closed while ticks run. */
static struct {
	struct audio_input *file;
	struct problem *why;
	uint8_t *block;
	size_t block_frames, frame_bytes;
	size_t at, filled; /* frames of the block */
	uint64_t total, given, ticks, rate;
	uint64_t due; /* frames whose time has come */
} source;

static struct {
	struct audio_output *file;
	struct problem *why;
	uint8_t *block;
	size_t block_frames, frame_bytes;
	size_t filled;
	uint64_t taken;
} sink;

static int endpoint_init(struct processing_module *mod)
{
	return 0;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static void copy_to_ring(uint8_t *at, uint8_t *start, size_t size, const uint8_t *from,
			 size_t bytes)
{
	size_t first = smaller(bytes, (size_t)(start + size - at));

	memcpy(at, from, first);
	memcpy(start, from + first, bytes - first);
}

static void copy_from_ring(uint8_t *to, const uint8_t *at, const uint8_t *start, size_t size,
			   size_t bytes)
{
	size_t first = smaller(bytes, (size_t)(start + size - at));

	memcpy(to, at, first);
	memcpy(to + first, start, bytes - first);
}

static int source_refill(void)
{
	long got;

	host_memory_open();
	got = audio_input_read(source.file, source.block, source.block_frames, source.why);
	if (got < 0)
		return (int)got;
	source.at = 0;
	source.filled = (size_t)got;
	return 0;
}

static int source_process(struct processing_module *mod, struct sof_source **sources,
			  int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	void *at, *start;
	size_t frames, size;
	int ret;

	if (num_of_sinks < 1)
		return -EINVAL;
	source.due += (source.ticks + 1) * source.rate / 1000 - source.ticks * source.rate / 1000;
	source.ticks++;
	if (source.due > source.total - source.given)
		source.due = source.total - source.given;

	while (source.due) {
		if (source.at == source.filled) {
			ret = source_refill();
			if (ret)
				return ret;
		}
		frames = smaller(source.filled - source.at,
				 sink_get_free_size(sinks[0]) / source.frame_bytes);
		frames = smaller(frames, (size_t)source.due);
		if (!frames)
			break;
		ret = sink_get_buffer(sinks[0], frames * source.frame_bytes, &at, &start, &size);
		if (ret)
			return ret;
		copy_to_ring(at, start, size, source.block + source.at * source.frame_bytes,
			     frames * source.frame_bytes);
		ret = sink_commit_buffer(sinks[0], frames * source.frame_bytes);
		if (ret)
			return ret;
		source.at += frames;
		source.given += frames;
		source.due -= frames;
	}
	return 0;
}

int endpoint_sink_flush(void)
{
	int ret;

	if (!sink.filled)
		return 0;
	host_memory_open();
	ret = audio_output_write(sink.file, sink.block, sink.filled, sink.why);
	sink.filled = 0;
	return ret;
}

static int sink_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const void *at, *start;
	size_t frames, size;
	int ret;

	if (num_of_sources < 1)
		return -EINVAL;
	for (;;) {
		frames = smaller(source_get_data_available(sources[0]) / sink.frame_bytes,
				 sink.block_frames - sink.filled);
		if (!frames)
			return 0;
		ret = source_get_data(sources[0], frames * sink.frame_bytes, &at, &start, &size);
		if (ret)
			return ret;
		copy_from_ring(sink.block + sink.filled * sink.frame_bytes, at, start, size,
			       frames * sink.frame_bytes);
		ret = source_release_data(sources[0], frames * sink.frame_bytes);
		if (ret)
			return ret;
		sink.filled += frames;
		sink.taken += frames;
		if (sink.filled == sink.block_frames) {
			ret = endpoint_sink_flush();
			if (ret)
				return ret;
		}
	}
}

static const struct module_interface source_interface = {
	.init = endpoint_init,
	.process = source_process,
};

static const struct module_interface sink_interface = {
	.init = endpoint_init,
	.process = sink_process,
};

static int register_endpoint(const char *name, const uint8_t *uuid,
			     const struct module_interface *ops)
{
	struct sof_module_desc desc = { .name = name, .ops = ops, .endpoint = true };

	memcpy(desc.uuid, uuid, sizeof(desc.uuid));
	return sof_module_register(&desc);
}

int endpoints_open(struct audio_input *input, struct audio_output *output, struct problem *why)
{
	const struct audio_format *format;
	size_t frames;
	int ret;

	host_memory_open();
	format = audio_input_format(input);
	frames = smaller(BLOCK_FRAMES, BLOCK_BYTES / format->frame_bytes);

	memset(&source, 0, sizeof(source));
	memset(&sink, 0, sizeof(sink));
	source.file = input;
	source.why = why;
	source.total = audio_input_frames(input);
	source.rate = format->rate;
	sink.file = output;
	sink.why = why;
	source.frame_bytes = sink.frame_bytes = format->frame_bytes;
	source.block_frames = sink.block_frames = frames;
	source.block = rballoc(0, frames * source.frame_bytes);
	sink.block = rballoc(0, frames * sink.frame_bytes);
	if (!source.block || !sink.block)
		ret = -ENOMEM;
	else
		ret = register_endpoint(ENDPOINT_SOURCE_NAME, source_uuid, &source_interface);
	if (!ret)
		ret = register_endpoint(ENDPOINT_SINK_NAME, sink_uuid, &sink_interface);
	if (ret)
		endpoints_close();
	return ret;
}

void endpoints_close(void)
{
	rfree(source.block);
	rfree(sink.block);
	source.block = NULL;
	sink.block = NULL;
}

bool endpoint_source_exhausted(void)
{
	return source.given == source.total;
}

uint64_t endpoint_source_frames(void)
{
	return source.given;
}

uint64_t endpoint_sink_frames(void)
{
	return sink.taken;
}
