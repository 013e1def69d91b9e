/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file endpoint.h
 * \brief The two ends of a pipeline: modules that read and write the audio files.
 *
 * They run in the LL task, in supervisor mode. In tick n the source gives
 * floor((n + 1) * rate / 1000) - floor(n * rate / 1000) frames, so that any rate keeps time; what
 * finds no room is given later. The sink takes whatever is there. Files are read and written in
 * large blocks, because each time costs an opening of the host's memory.
 *
 * Calling mode: from inside host_run().
 */
#ifndef TESTBENCH_ENDPOINT_H
#define TESTBENCH_ENDPOINT_H

#include <stdbool.h>
#include <stdint.h>

#include "audio_file.h"

#define ENDPOINT_SOURCE_NAME "file-source"
#define ENDPOINT_SINK_NAME   "file-sink"

/**
 * Register both modules, for one instance each. The files stay the caller's.
 *
 * \param why gets the reason when a file fails during the run
 * \return 0, -ENOMEM, or what sof_module_register() returned
 */
int endpoints_open(struct audio_input *input, struct audio_output *output, struct problem *why);

/** Give back the buffers; what the sink still holds is dropped. */
void endpoints_close(void);

/** True when the last frame of the file has gone into the pipeline. */
bool endpoint_source_exhausted(void);
/** Frames that went into the pipeline, and that came out of it. */
uint64_t endpoint_source_frames(void);
uint64_t endpoint_sink_frames(void);

/** Write what the sink holds. 0 or a negative errno with the reason noted. */
int endpoint_sink_flush(void);

#endif /* TESTBENCH_ENDPOINT_H */
