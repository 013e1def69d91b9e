/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file endpoint.h
 * \brief The ends of a graph: two modules, of as many instances as there are audio files.
 *
 * They run in the LL task, in supervisor mode. In tick n a source gives
 * floor((n + 1) * rate / 1000) - floor(n * rate / 1000) frames, so that any rate keeps time; what
 * finds no room is given later. A sink takes whatever is there. Files are read and written in
 * large blocks, because each time costs an opening of the host's memory. All that ticks use is in
 * the kernel heap.
 *
 * Inputs of one part of the graph last as long as the longest of them: after its own end an input
 * gives silence, so that who takes from several is never left waiting. Silence is not counted as
 * frames of the file.
 *
 * An instance knows its file by instance id: the first input is instance 0 of the source, the
 * first output instance 0 of the sink.
 *
 * Calling mode: from inside host_run().
 */
#ifndef TESTBENCH_ENDPOINT_H
#define TESTBENCH_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "graph.h"

#define ENDPOINT_SOURCE_NAME "file-source"
#define ENDPOINT_SINK_NAME   "file-sink"

/**
 * Get ready for the files of \p graph, which are open, and register both modules.
 *
 * \param why gets the reason when a file fails during the run
 * \return 0, -ENOMEM, or what sof_module_register() returned
 */
int endpoints_open(const struct graph *graph, struct problem *why);

/** Give back everything; what sinks still hold is dropped. The instances must have gone. */
void endpoints_close(void);

/** True when the last frame of every input has gone into the graph. */
bool endpoints_exhausted(void);
/** End every input where it is; those of one part still come out equally long. */
void endpoints_cut(void);
/**
 * The end of the streams has been announced: from here on silence that comes out is held back until
 * something follows it, as it may be all that a module has to give, for ever.
 */
void endpoints_ending(void);
/** Nothing but silence has come out of any sink for more than \p ticks ticks since then. */
bool endpoints_silent(uint64_t ticks);
/** Frames of file \p file (index in the graph) that went into the graph or came out of it. */
uint64_t endpoint_frames(size_t file);
/** Frames that \p file has still to give, 0 for an output. */
uint64_t endpoint_frames_left(size_t file);
/** An input is not at its end, and no file end of its part has moved a frame for more than
 * \p ticks ticks. */
bool endpoints_stuck(uint64_t ticks);

/**
 * Write what the sinks hold.
 *
 * \param endless the streams did not end by themselves: of the silence held back only so much is
 *                written as makes an output last as long as its part's inputs
 * \return 0 or the first negative errno, with the reason noted
 */
int endpoints_flush(bool endless);

#endif /* TESTBENCH_ENDPOINT_H */
