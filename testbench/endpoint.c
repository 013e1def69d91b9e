/* SPDX-License-Identifier: BSD-3-Clause */
#include "endpoint.h"

#include <errno.h>
#include <host/audio.h>
#include <host/platform.h>
#include <module/audio/sink_api.h>
#include <module/audio/source_api.h>
#include <rtos/alloc.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <stdlib.h>
#include <string.h>

/* Most frames, and most bytes, of a file read or written at once; and of all files together. */
#define BLOCK_FRAMES	 (1u << 15)
#define BLOCK_BYTES	 (256u * 1024)
#define BLOCKS_BYTES_ALL (16u << 20)

static const uint8_t source_uuid[16] = { 0x1e, 0x53, 0x0c, 0x7a, 0x52, 0x8b, 0x3d, 0x4e,
					 0x9a, 0x11, 0x66, 0x69, 0x6c, 0x65, 0x69, 0x6e };
static const uint8_t sink_uuid[16] = { 0x8f, 0x21, 0xd4, 0x35, 0x0b, 0xe6, 0x4a, 0x47,
				       0xb3, 0x5c, 0x66, 0x69, 0x6c, 0x65, 0x6f, 0x75 };

struct file_end {
	struct audio_input *input; /* of a source, else NULL */
	struct audio_output *output;
	uint8_t instance;
	size_t part;
	uint64_t moved_at; /* tick when a frame last went through */
	uint8_t *block;
	uint8_t carried[AUDIO_CHANNELS_MAX * sizeof(int32_t)]; /* a frame on its way */
	size_t block_frames, frame_bytes;
	size_t at, filled; /* frames of the block; a sink's begin at 0 */
	uint64_t rate;
	uint64_t frames; /* through it so far, silence included */
	uint64_t length; /* of its part in frames of its own: of a source with silence behind it */
	uint64_t
		silent; /* of a sink: frames of silence after the end that are not in the block yet */
	/* of a source */
	uint64_t total; /* in the file */
	uint64_t ticks;
	uint64_t due; /* frames whose time has come */
};

/* Kernel data, like the ends and their blocks: the C heap is closed while ticks run. */
static struct {
	struct file_end *ends; /* by file index */
	size_t count;
	bool ending;	     /* the streams' end has been announced */
	uint64_t sounded_at; /* tick when that was, or when last anything but silence came out */
	struct problem *why;
} files;

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int endpoint_init(struct processing_module *mod, bool source)
{
	uint32_t instance = IPC4_INST_ID(mod->dev->ipc_config.id);
	size_t i;

	for (i = 0; i < files.count; i++) {
		struct file_end *end = &files.ends[i];

		if (end->instance == instance && (end->input != NULL) == source) {
			module_set_private_data(mod, end);
			return 0;
		}
	}
	return -ENOENT;
}

static int source_end_init(struct processing_module *mod)
{
	return endpoint_init(mod, true);
}

static int sink_end_init(struct processing_module *mod)
{
	return endpoint_init(mod, false);
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

static void copy_from_ring(uint8_t *to, const uint8_t *at, const uint8_t *start, size_t size,
			   size_t bytes)
{
	size_t first = smaller(bytes, (size_t)(start + size - at));

	memcpy(to, at, first);
	memcpy(to + first, start, bytes - first);
}

static int source_refill(struct file_end *end)
{
	size_t wanted = end->block_frames;
	long got;

	if (wanted > end->total - end->frames)
		wanted = (size_t)(end->total - end->frames);
	host_memory_open();
	got = audio_input_read(end->input, end->block, wanted, files.why);
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

static int sink_flush(struct file_end *end)
{
	int ret;

	if (!end->filled)
		return 0;
	host_memory_open();
	ret = audio_output_write(end->output, end->block, end->filled, files.why);
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

static int sink_pad_all(struct file_end *end)
{
	int ret = 0;

	while (!ret && end->silent) {
		sink_pad(end);
		if (end->filled == end->block_frames)
			ret = sink_flush(end);
	}
	return ret;
}

/* How many of the frames just behind the filled ones stay there. After the end of the streams
 * silence may be all that will ever come: it is counted, and written when something follows. */
static int sink_sift(struct file_end *end, size_t *frames)
{
	uint8_t *frame = end->block + end->filled * end->frame_bytes;
	int ret;

	if (!files.ending)
		return 0;
	if (is_silent(frame, end->frame_bytes)) {
		*frames = 0;
		end->silent++;
		return 0;
	}
	files.sounded_at = sof_tick_count();
	if (!end->silent)
		return 0;
	/* The frame's place is taken by the silence before it. */
	memcpy(end->carried, frame, end->frame_bytes);
	ret = sink_pad_all(end);
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
		frames = files.ending ? smaller(frames, 1) : frames;
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
			ret = sink_flush(end);
			if (ret)
				return ret;
		}
	}
}

static const struct module_interface source_interface = {
	.init = source_end_init,
	.process = source_process,
};

static const struct module_interface sink_interface = {
	.init = sink_end_init,
	.process = sink_process,
};

static int register_endpoint(const char *name, const uint8_t *uuid,
			     const struct module_interface *ops)
{
	struct sof_module_desc desc = { .name = name, .ops = ops, .endpoint = true };

	memcpy(desc.uuid, uuid, sizeof(desc.uuid));
	return sof_module_register(&desc);
}

static int end_open(struct file_end *end, const struct graph *graph, const struct graph_file *file)
{
	const struct audio_format *format = &file->format;
	size_t bytes = smaller(BLOCK_BYTES, BLOCKS_BYTES_ALL / graph->file_count);

	end->frame_bytes = format->frame_bytes;
	end->rate = format->rate;
	end->instance = graph->nodes[file->node].instance_id;
	end->block_frames = smaller(BLOCK_FRAMES, bytes / format->frame_bytes);
	end->block_frames = end->block_frames ? end->block_frames : 1;
	end->block = rballoc(0, end->block_frames * end->frame_bytes);
	if (!end->block)
		return -ENOMEM;
	if (file->end == GRAPH_FILE_OUTPUT) {
		end->output = file->output;
		return 0;
	}
	end->input = file->input;
	end->total = audio_input_frames(file->input);
	if (file->frames_max && file->frames_max < end->total)
		end->total = file->frames_max;
	return 0;
}

/* Each input is as long as the longest of its part. */
static void lengths_set(void)
{
	size_t i, k;

	for (i = 0; i < files.count; i++) {
		struct file_end *end = &files.ends[i];

		for (k = 0; k < files.count; k++) {
			const struct file_end *other = &files.ends[k];
			unsigned __int128 frames = (unsigned __int128)other->total * end->rate;

			frames = (frames + other->rate - 1) / other->rate;
			if (other->part == end->part && frames > end->length)
				end->length = (uint64_t)frames;
		}
	}
}

static int ends_open(const struct graph *graph)
{
	size_t *parts = malloc((graph->node_count + 1) * sizeof(*parts));
	size_t i;
	int ret = parts ? 0 : -ENOMEM;

	if (!ret)
		graph_parts(graph, parts);
	for (i = 0; !ret && i < files.count; i++) {
		files.ends[i].part = parts[graph->files[i].node];
		ret = end_open(&files.ends[i], graph, &graph->files[i]);
	}
	free(parts);
	return ret;
}

int endpoints_open(const struct graph *graph, struct problem *why)
{
	int ret = 0;

	host_memory_open();
	memset(&files, 0, sizeof(files));
	files.why = why;
	if (graph->file_count) {
		files.ends =
			rzalloc(SOF_MEM_FLAG_KERNEL, graph->file_count * sizeof(files.ends[0]));
		files.count = files.ends ? graph->file_count : 0;
		ret = files.ends ? ends_open(graph) : -ENOMEM;
	}
	if (!ret)
		lengths_set();
	if (!ret)
		ret = register_endpoint(ENDPOINT_SOURCE_NAME, source_uuid, &source_interface);
	if (!ret)
		ret = register_endpoint(ENDPOINT_SINK_NAME, sink_uuid, &sink_interface);
	if (ret)
		endpoints_close();
	return ret;
}

void endpoints_close(void)
{
	size_t i;

	for (i = 0; i < files.count; i++)
		rfree(files.ends[i].block);
	rfree(files.ends);
	files.ends = NULL;
	files.count = 0;
}

static bool exhausted(const struct file_end *end)
{
	return !end->input || end->frames >= end->length;
}

bool endpoints_exhausted(void)
{
	size_t i;

	for (i = 0; i < files.count; i++)
		if (!exhausted(&files.ends[i]))
			return false;
	return true;
}

void endpoints_cut(void)
{
	size_t i;

	for (i = 0; i < files.count; i++) {
		struct file_end *end = &files.ends[i];

		if (end->input && end->total > end->frames)
			end->total = end->frames;
		end->length = 0;
		end->due = 0;
	}
	lengths_set();
}

void endpoints_ending(void)
{
	files.ending = true;
	files.sounded_at = sof_tick_count();
}

bool endpoints_silent(uint64_t ticks)
{
	return files.ending && sof_tick_count() - files.sounded_at > ticks;
}

uint64_t endpoint_frames(size_t file)
{
	const struct file_end *end = &files.ends[file];

	return end->input && end->frames > end->total ? end->total : end->frames;
}

uint64_t endpoint_frames_left(size_t file)
{
	const struct file_end *end = &files.ends[file];

	return end->input ? end->length - end->frames : 0;
}

static bool part_rests(size_t part, uint64_t ticks)
{
	uint64_t now = sof_tick_count();
	size_t i;

	for (i = 0; i < files.count; i++)
		if (files.ends[i].part == part && now - files.ends[i].moved_at <= ticks)
			return false;
	return true;
}

bool endpoints_stuck(uint64_t ticks)
{
	size_t i;

	for (i = 0; i < files.count; i++) {
		const struct file_end *end = &files.ends[i];

		if (!exhausted(end) && sof_tick_count() - end->moved_at > ticks &&
		    part_rests(end->part, ticks))
			return true;
	}
	return false;
}

int endpoints_flush(bool endless)
{
	size_t i;
	int first = 0, ret;

	for (i = 0; i < files.count; i++) {
		struct file_end *end = &files.ends[i];

		if (end->input)
			continue;
		if (endless) {
			uint64_t missing =
				end->length > end->frames ? end->length - end->frames : 0;

			end->silent = end->silent < missing ? end->silent : missing;
		}
		ret = sink_pad_all(end);
		if (!ret)
			ret = sink_flush(end);
		first = first ? first : ret;
	}
	return first;
}
