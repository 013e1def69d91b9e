/* SPDX-License-Identifier: BSD-3-Clause */
#include "endpoint.h"

#include <errno.h>
#include <host/audio.h>
#include <host/platform.h>
#include <rtos/alloc.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint_private.h"

/* Most frames, and most bytes, of a file read or written at once; and of all files together. */
#define BLOCK_FRAMES	 (1u << 15)
#define BLOCK_BYTES	 (256u * 1024)
#define BLOCKS_BYTES_ALL (16u << 20)

static const uint8_t source_uuid[16] = { 0x1e, 0x53, 0x0c, 0x7a, 0x52, 0x8b, 0x3d, 0x4e,
					 0x9a, 0x11, 0x66, 0x69, 0x6c, 0x65, 0x69, 0x6e };
static const uint8_t sink_uuid[16] = { 0x8f, 0x21, 0xd4, 0x35, 0x0b, 0xe6, 0x4a, 0x47,
				       0xb3, 0x5c, 0x66, 0x69, 0x6c, 0x65, 0x6f, 0x75 };

struct file_ends endpoint_files;

int endpoint_init(struct processing_module *mod, bool source)
{
	uint32_t instance = IPC4_INST_ID(mod->dev->ipc_config.id);
	size_t i;

	for (i = 0; i < endpoint_files.count; i++) {
		struct file_end *end = &endpoint_files.ends[i];

		if (end->instance == instance && (end->input != NULL) == source) {
			module_set_private_data(mod, end);
			return 0;
		}
	}
	return -ENOENT;
}

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

	for (i = 0; i < endpoint_files.count; i++) {
		struct file_end *end = &endpoint_files.ends[i];

		for (k = 0; k < endpoint_files.count; k++) {
			const struct file_end *other = &endpoint_files.ends[k];
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
	for (i = 0; !ret && i < endpoint_files.count; i++) {
		endpoint_files.ends[i].part = parts[graph->files[i].node];
		ret = end_open(&endpoint_files.ends[i], graph, &graph->files[i]);
	}
	free(parts);
	return ret;
}

int endpoints_open(const struct graph *graph, struct problem *why)
{
	int ret = 0;

	host_memory_open();
	memset(&endpoint_files, 0, sizeof(endpoint_files));
	endpoint_files.why = why;
	if (graph->file_count) {
		endpoint_files.ends = rzalloc(SOF_MEM_FLAG_KERNEL,
					      graph->file_count * sizeof(endpoint_files.ends[0]));
		endpoint_files.count = endpoint_files.ends ? graph->file_count : 0;
		ret = endpoint_files.ends ? ends_open(graph) : -ENOMEM;
	}
	if (!ret)
		lengths_set();
	if (!ret)
		ret = register_endpoint(ENDPOINT_SOURCE_NAME, source_uuid,
					&endpoint_source_interface);
	if (!ret)
		ret = register_endpoint(ENDPOINT_SINK_NAME, sink_uuid, &endpoint_sink_interface);
	if (ret)
		endpoints_close();
	return ret;
}

void endpoints_close(void)
{
	size_t i;

	for (i = 0; i < endpoint_files.count; i++)
		rfree(endpoint_files.ends[i].block);
	rfree(endpoint_files.ends);
	endpoint_files.ends = NULL;
	endpoint_files.count = 0;
}

static bool exhausted(const struct file_end *end)
{
	return !end->input || end->frames >= end->length;
}

bool endpoints_exhausted(void)
{
	size_t i;

	for (i = 0; i < endpoint_files.count; i++)
		if (!exhausted(&endpoint_files.ends[i]))
			return false;
	return true;
}

void endpoints_cut(void)
{
	size_t i;

	for (i = 0; i < endpoint_files.count; i++) {
		struct file_end *end = &endpoint_files.ends[i];

		if (end->input && end->total > end->frames)
			end->total = end->frames;
		end->length = 0;
		end->due = 0;
	}
	lengths_set();
}

void endpoints_ending(void)
{
	endpoint_files.ending = true;
	endpoint_files.sounded_at = sof_tick_count();
}

bool endpoints_silent(uint64_t ticks)
{
	return endpoint_files.ending && sof_tick_count() - endpoint_files.sounded_at > ticks;
}

uint64_t endpoint_frames(size_t file)
{
	const struct file_end *end = &endpoint_files.ends[file];

	return end->input && end->frames > end->total ? end->total : end->frames;
}

uint64_t endpoint_frames_left(size_t file)
{
	const struct file_end *end = &endpoint_files.ends[file];

	return end->input ? end->length - end->frames : 0;
}

static bool part_rests(size_t part, uint64_t ticks)
{
	uint64_t now = sof_tick_count();
	size_t i;

	for (i = 0; i < endpoint_files.count; i++)
		if (endpoint_files.ends[i].part == part &&
		    now - endpoint_files.ends[i].moved_at <= ticks)
			return false;
	return true;
}

bool endpoints_stuck(uint64_t ticks)
{
	size_t i;

	for (i = 0; i < endpoint_files.count; i++) {
		const struct file_end *end = &endpoint_files.ends[i];

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

	for (i = 0; i < endpoint_files.count; i++) {
		struct file_end *end = &endpoint_files.ends[i];

		if (end->input)
			continue;
		if (endless) {
			uint64_t missing =
				end->length > end->frames ? end->length - end->frames : 0;

			end->silent = end->silent < missing ? end->silent : missing;
		}
		ret = endpoint_sink_pad_all(end);
		if (!ret)
			ret = endpoint_sink_flush(end);
		first = first ? first : ret;
	}
	return first;
}
