/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/frame_runs.h
 * \brief Walk a source and a sink together, in runs of whole frames that lie in one piece in both.
 *
 *	ret = frame_runs_begin(&runs, source, sink, frames);
 *	if (ret)
 *		return ret;
 *	while ((n = frame_runs_next(&runs, &in, &out)))
 *		...                        n frames from in to out, no wrap to think of
 *	return frame_runs_end(&runs);
 *
 * A frame that lies across the end of either buffer comes as a run of its own, through a copy, so
 * buffers need not hold a whole number of frames. Source and sink have frames of the same size, of
 * SOF_IPC_MAX_CHANNELS samples of 4 bytes at most. Runs keep their samples' alignment.
 *
 * Any mode. This project's own; a header of plain C that a module can take along to the board.
 */
#ifndef MODULE_AUDIO_FRAME_RUNS_H
#define MODULE_AUDIO_FRAME_RUNS_H

#include <module/audio/sink_api.h>
#include <module/audio/source_api.h>
#include <string.h>

#define FRAME_RUNS_FRAME_BYTES_MAX (SOF_IPC_MAX_CHANNELS * 4)

/** Members are private. */
struct frame_runs {
	struct sof_source *source;
	struct sof_sink *sink;
	size_t bytes; /* of the whole */
	size_t left;  /* of them not walked yet */
	size_t frame_bytes;
	const char *in, *in_start, *in_end;
	char *out, *out_start, *out_end;
	int scatter; /* the last run's output is in split_out */
	char split_in[FRAME_RUNS_FRAME_BYTES_MAX] __attribute__((aligned(8)));
	char split_out[FRAME_RUNS_FRAME_BYTES_MAX] __attribute__((aligned(8)));
};

/** Frames that are in \p source and fit into \p sink. */
static inline size_t frame_runs_possible(struct sof_source *source, struct sof_sink *sink)
{
	const size_t there = source_get_data_frames_available(source);
	const size_t room = sink_get_free_frames(sink);

	return there < room ? there : room;
}

/** \return 0; -EINVAL: frames differ in size or are too large; else the source's or sink's error,
 * and neither is held. */
static inline int frame_runs_begin(struct frame_runs *runs, struct sof_source *source,
				   struct sof_sink *sink, size_t frames)
{
	const void *in, *in_start;
	void *out, *out_start;
	size_t in_size, out_size;
	int ret;

	runs->source = source;
	runs->sink = sink;
	runs->frame_bytes = source_get_frame_bytes(source);
	runs->bytes = frames * runs->frame_bytes;
	runs->left = runs->bytes;
	runs->scatter = 0;
	if (runs->frame_bytes == 0 || runs->frame_bytes > FRAME_RUNS_FRAME_BYTES_MAX ||
	    runs->frame_bytes != sink_get_frame_bytes(sink))
		return -EINVAL;

	ret = source_get_data(source, runs->bytes, &in, &in_start, &in_size);
	if (ret)
		return ret;
	ret = sink_get_buffer(sink, runs->bytes, &out, &out_start, &out_size);
	if (ret) {
		source_release_data(source, 0);
		return ret;
	}
	runs->in = (const char *)in;
	runs->in_start = (const char *)in_start;
	runs->in_end = runs->in_start + in_size;
	runs->out = (char *)out;
	runs->out_start = (char *)out_start;
	runs->out_end = runs->out_start + out_size;
	return 0;
}

/* One frame, in two pieces at least on one side. */
static inline void frame_runs_gather(struct frame_runs *runs)
{
	for (size_t i = 0; i < runs->frame_bytes; i++) {
		if (runs->in == runs->in_end)
			runs->in = runs->in_start;
		runs->split_in[i] = *runs->in++;
	}
}

static inline void frame_runs_scatter(struct frame_runs *runs)
{
	for (size_t i = 0; i < runs->frame_bytes; i++) {
		if (runs->out == runs->out_end)
			runs->out = runs->out_start;
		*runs->out++ = runs->split_out[i];
	}
	runs->scatter = 0;
}

/**
 * The next run. The one before has been written by now.
 *
 * \param[out] in,out first sample of its first frame
 * \return frames, 0 after the last.
 */
static inline size_t frame_runs_next(struct frame_runs *runs, const void **in, void **out)
{
	size_t run;

	if (runs->scatter)
		frame_runs_scatter(runs);
	if (runs->left < runs->frame_bytes)
		return 0;
	if (runs->in >= runs->in_end)
		runs->in = runs->in_start;
	if (runs->out >= runs->out_end)
		runs->out = runs->out_start;

	run = runs->left;
	if (run > (size_t)(runs->in_end - runs->in))
		run = (size_t)(runs->in_end - runs->in);
	if (run > (size_t)(runs->out_end - runs->out))
		run = (size_t)(runs->out_end - runs->out);
	if (run < runs->frame_bytes) {
		frame_runs_gather(runs);
		*in = runs->split_in;
		*out = runs->split_out;
		runs->scatter = 1;
		runs->left -= runs->frame_bytes;
		return 1;
	}

	run -= run % runs->frame_bytes;
	*in = runs->in;
	*out = runs->out;
	runs->in += run;
	runs->out += run;
	runs->left -= run;
	return run / runs->frame_bytes;
}

/** All runs have been walked: the source lets go of what was read, the sink has it all. */
static inline int frame_runs_end(struct frame_runs *runs)
{
	const int released = source_release_data(runs->source, runs->bytes);
	const int committed = sink_commit_buffer(runs->sink, runs->bytes);

	return released ? released : committed;
}

#endif /* MODULE_AUDIO_FRAME_RUNS_H */
