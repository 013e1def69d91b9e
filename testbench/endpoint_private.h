/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file endpoint_private.h
 * \brief What the two modules of the file ends and their owner, endpoint.c, share.
 */
#ifndef TESTBENCH_ENDPOINT_PRIVATE_H
#define TESTBENCH_ENDPOINT_PRIVATE_H

#include <module/module/interface.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audio_file.h"

struct processing_module;

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
	uint64_t length; /* of the longest input of its part, in frames of its own rate */
	uint64_t silent; /* of a sink: frames of silence after the end that are held back */
	/* of a source */
	uint64_t total; /* in the file */
	uint64_t ticks;
	uint64_t due; /* frames whose time has come */
};

/** Kernel data, like the ends and their blocks: the C heap is closed while ticks run. */
struct file_ends {
	struct file_end *ends; /* by file index */
	size_t count;
	bool ending;	     /* the streams' end has been announced */
	uint64_t sounded_at; /* tick when that was, or when last anything but silence came out */
	struct problem *why;
};
extern struct file_ends endpoint_files;

static inline size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/** init() of both: the end by instance id becomes the instance's private data. */
int endpoint_init(struct processing_module *mod, bool source);

/** \name endpoint_source.c @{ */
extern const struct module_interface endpoint_source_interface;
/** @} */

/** \name endpoint_sink.c @{ */
extern const struct module_interface endpoint_sink_interface;
/** Write what the block holds. */
int endpoint_sink_flush(struct file_end *end);
/** Write the silence that is held back. Less than a block may stay in the block. */
int endpoint_sink_pad_all(struct file_end *end);
/** @} */

#endif /* TESTBENCH_ENDPOINT_PRIVATE_H */
