/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file audio_promise.h
 * \brief How much audio data a file's header promises, to tell a truncated file from a whole one.
 *
 * libsndfile quietly shortens a file whose data ends early, so the header is read here.
 */
#ifndef TESTBENCH_AUDIO_PROMISE_H
#define TESTBENCH_AUDIO_PROMISE_H

#include <stdbool.h>
#include <stdint.h>

struct audio_promise {
	uint64_t promised; /**< bytes of sample data the header tells of */
	uint64_t found;	   /**< bytes there from the data's start to the file's end, at most that */
};

/**
 * Look into the file behind \p fd, whose offset stays. Known are RIFF/RIFX WAVE, RF64, AIFF, AIFC
 * and AU.
 *
 * \return true when the container is known and tells a size; a size of "unknown yet", which
 *         programs leave that write into a pipe, tells none
 */
bool audio_promise_read(int fd, struct audio_promise *promise);

#endif /* TESTBENCH_AUDIO_PROMISE_H */
