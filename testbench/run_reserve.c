/* SPDX-License-Identifier: BSD-3-Clause */
#include "run_reserve.h"

#include <errno.h>
#include <ipc4/base-config.h>
#include <sof/audio/ring_buffer.h>
#include <string.h>

/* What a buffer's guards, its alignment and the heap's own spacing may take. */
#define BUFFER_EXTRA ((size_t)4 * 4096)
/* For what else is in the heap. */
#define HEAP_EXTRA ((size_t)512 << 10)

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t frame_bytes(const struct ipc4_audio_format *format)
{
	return (size_t)format->channels_count * (format->depth > 16 ? 4 : 2);
}

/* A millisecond's worth: what a block is where a node does not say. */
static size_t tick_bytes(const struct ipc4_audio_format *format)
{
	return ((size_t)format->sampling_frequency + 999) / 1000 * frame_bytes(format);
}

static size_t block_in(const struct graph_node *node)
{
	size_t bytes = larger(node->base.ibs, tick_bytes(&node->base.audio_fmt)), i;

	for (i = 0; i < node->input_pin_count; i++)
		bytes = larger(bytes, larger(node->input_pins[i].ibs,
					     tick_bytes(&node->input_pins[i].audio_fmt)));
	return bytes;
}

static size_t block_out(const struct graph_node *node)
{
	size_t bytes = node->base.obs, i;

	for (i = 0; i < node->output_pin_count; i++)
		bytes = larger(bytes, node->output_pins[i].obs);
	return bytes;
}

size_t run_shared_bytes(const struct graph *graph)
{
	/* sizes are rounded up to frames: the largest */
	const struct sof_audio_stream_params params = { .frame_fmt = SOF_IPC_FRAME_S32_LE,
							.channels = 8 };
	size_t bytes = HEAP_EXTRA, i;

	for (i = 0; i < graph->edge_count; i++) {
		const struct graph_node *from = &graph->nodes[graph->edges[i].from];
		const struct graph_node *to = &graph->nodes[graph->edges[i].to];

		if (!from->dp && !to->dp)
			continue;
		bytes += ring_buffer_bytes(block_in(to), larger(block_out(from), block_in(to)),
					   &params) +
			 BUFFER_EXTRA;
	}
	return bytes;
}

int run_reserve(const struct run *run)
{
	const size_t bytes = run_shared_bytes(run->graph);

	if (run->options->share != SOF_SHARE_HEAP || !host_shared_heap_reserve(bytes))
		return 0;
	return problem_set(run->why, EXIT_RUN_FAILED, ENOMEM,
			   "the buffers between modules take %zu bytes, which there is no memory "
			   "for: a shorter --dp-period needs less",
			   bytes);
}
