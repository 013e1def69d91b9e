/* SPDX-License-Identifier: BSD-3-Clause */
/* What stands at the module's pins: one makes noise and extremes, the other takes what comes. */
#include <errno.h>
#include <host/audio.h>
#include <module/audio/sink_api.h>
#include <module/audio/source_api.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <string.h>

#include "blob_case.h"

/* Kernel data: both run in supervisor mode. */
static uint64_t noise;
static uint32_t heard; /* the samples are read, so that a checker looks at them */

void blob_ends_reset(uint32_t start)
{
	noise = start * 0x9e3779b97f4a7c15u | 1;
}

static uint32_t next(void)
{
	noise ^= noise << 13;
	noise ^= noise >> 7;
	noise ^= noise << 17;
	return (uint32_t)(noise >> 16);
}

/* Silence, noise, full scale, one polarity: each for a while, as what sums up does so then. */
static int32_t sample(void)
{
	switch (noise >> 40 & 7) {
	case 0:
		return 0;
	case 1:
		return INT32_MIN;
	case 2:
		return INT32_MAX;
	case 3:
		return next() & 1 ? INT32_MIN : INT32_MAX;
	default:
		return (int32_t)next();
	}
}

static void fill(uint8_t *to, size_t bytes, size_t sample_bytes, unsigned int shift)
{
	size_t at;

	next();
	for (at = 0; at + sample_bytes <= bytes; at += sample_bytes) {
		int32_t value = sample();

		if (sample_bytes == 2)
			memcpy(to + at, &(int16_t){ (int16_t)(value >> 16) }, 2);
		else
			memcpy(to + at, &(int32_t){ value >> shift }, 4);
	}
}

static int end_init(struct processing_module *mod)
{
	return 0;
}

static int feed_process(struct processing_module *mod, struct sof_source **sources,
			int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	struct sof_sink *sink = sinks[0];
	size_t frame, bytes, size, wanted, first;
	uint8_t *at, *start;
	unsigned int shift;
	void *to, *ring;

	/* a connection that was refused */
	if (num_of_sinks < 1)
		return 0;
	frame = sink_get_frame_bytes(sink);
	bytes = get_sample_bytes(sink_get_frm_fmt(sink));
	shift = sink_get_valid_fmt(sink) == SOF_IPC_FRAME_S24_4LE ? 8 : 0;
	if (!frame || !bytes)
		return 0;
	wanted = (sink_get_rate(sink) + 999) / 1000;
	if (wanted > sink_get_free_size(sink) / frame)
		wanted = sink_get_free_size(sink) / frame;
	wanted *= frame;
	if (!wanted || sink_get_buffer(sink, wanted, &to, &ring, &size))
		return 0;
	at = to;
	start = ring;
	first = (size_t)(start + size - at);
	if (first > wanted)
		first = wanted;
	fill(at, first, bytes, shift);
	fill(start, wanted - first, bytes, shift);
	return sink_commit_buffer(sink, wanted);
}

static int collect_process(struct processing_module *mod, struct sof_source **sources,
			   int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	const size_t bytes = num_of_sources < 1 ? 0 : source_get_data_available(sources[0]);
	const void *from, *ring;
	const uint8_t *at, *start;
	size_t size, i;

	if (!bytes || source_get_data(sources[0], bytes, &from, &ring, &size))
		return 0;
	at = from;
	start = ring;
	for (i = 0; i < bytes; i++) {
		heard = heard * 31 + *at++;
		if (at == start + size)
			at = start;
	}
	return source_release_data(sources[0], bytes);
}

int blob_ends_register(void)
{
	static const struct module_interface feed = { .init = end_init, .process = feed_process };
	static const struct module_interface collect = { .init = end_init,
							 .process = collect_process };
	struct sof_module_desc desc = {
		.name = BLOB_FEED, .uuid = "feed of blobs", .ops = &feed, .endpoint = true
	};
	int ret = sof_module_register(&desc);

	desc = (struct sof_module_desc){
		.name = BLOB_COLLECT, .uuid = "taker of blobs", .ops = &collect, .endpoint = true
	};
	return ret ? ret : sof_module_register(&desc);
}
