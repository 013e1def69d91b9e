/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file audio_view.h
 * \brief A file as libsndfile reads it through callbacks: as it is, with a corrected header, or as
 * a stream of unknown length.
 *
 * Calling mode: host memory open.
 */
#ifndef TESTBENCH_AUDIO_VIEW_H
#define TESTBENCH_AUDIO_VIEW_H

#include <sndfile.h>
#include <stdbool.h>
#include <stdint.h>

#include "audio_header.h"

/**
 * How long the file seems to be. libsndfile's MP3 decoder takes the length in frames from a Xing
 * header; without one it guesses the length from the file's size and the first bit rate, and a guess
 * that is too small ends the audio early.
 */
enum audio_view_end {
	AUDIO_VIEW_END_KNOWN,
	/** Seeking to the end fails. Without a Xing header the decoder then has no length, or (mpg123
	 * 1.32) opening fails. */
	AUDIO_VIEW_END_UNKNOWN,
	/** The size is overstated, so that no guess is too small. Reading ends where the file ends. */
	AUDIO_VIEW_END_OVERSTATED,
};

struct audio_view {
	int fd; /**< the caller's; read with pread() */
	/** In place of what stands before data_at; NULL: the file as it is. Owned. */
	unsigned char *head;
	uint64_t head_bytes;
	uint64_t data_at, data_bytes; /**< the part of the file behind the head */
	uint64_t position;
	enum audio_view_end end;
};

/** Callbacks whose user data is a struct audio_view. */
extern SF_VIRTUAL_IO audio_view_io;

/** \p view of the whole file behind \p fd. */
void audio_view_plain(struct audio_view *view, int fd);

/**
 * Does libsndfile need a corrected header: the size of the data is unknown or has wrapped, or
 * samples are right-justified in wider words? The corrected header declares those as 32-bit
 * samples.
 */
bool audio_view_needed(const struct audio_header *header);

/**
 * \p view with the corrected header. audio_view_free() is due on success.
 * \return 0; -ENOMEM; -EFBIG: the header can't be corrected, as its container has no room for the
 *         size; -EIO
 */
int audio_view_correct(struct audio_view *view, int fd, const struct audio_header *header);
void audio_view_free(struct audio_view *view);

#endif /* TESTBENCH_AUDIO_VIEW_H */
