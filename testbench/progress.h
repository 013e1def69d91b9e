/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file progress.h
 * \brief One line on a terminal that says how far a long run is.
 *
 * Calling mode: from inside host_run(); host memory is opened when something is written.
 */
#ifndef TESTBENCH_PROGRESS_H
#define TESTBENCH_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	bool wanted, shown;
	uint64_t rate, total; /* frames */
	uint64_t start_ns, last_ns;
	unsigned int calls;
};

/** Show nothing when \p quiet, when stderr is no terminal, or for 10 s of audio and less. */
void progress_start(struct progress *progress, bool quiet, unsigned int rate, uint64_t frames);
/** Cheap; writes a few times a second. */
void progress_update(struct progress *progress, uint64_t frames);
/** Take the line off the screen, so that what follows starts on a clean one. */
void progress_clear(struct progress *progress);

/** Monotonic nanoseconds. */
uint64_t progress_now_ns(void);

#endif /* TESTBENCH_PROGRESS_H */
