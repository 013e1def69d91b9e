/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file audio_writer.h
 * \brief What libsndfile writes, on its way to the file: the same bytes in every run, and no speaker
 * positions that the input did not have.
 *
 * libsndfile puts a random serial number into Ogg pages and the date into MAT5 headers, and makes up
 * a channel mask where WAVE_FORMAT_EXTENSIBLE needs one. Here Ogg pages get a fixed serial number
 * and their checksum anew, MAT5 a text without a date, PEAK chunks no time, and the format chunk the
 * mask that is asked for. Into a pipe, Ogg and WAV can be written; of a WAV file that is longer than
 * what is held back the sizes are 0xffffffff there, which programs read as "up to the end".
 *
 * Calling mode: host memory open.
 */
#ifndef TESTBENCH_AUDIO_WRITER_H
#define TESTBENCH_AUDIO_WRITER_H

#include <sndfile.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A stream's first bytes are held back, so that a short one gets a header with its sizes. */
#define AUDIO_WRITER_HELD_BYTES (1u << 16)

/** Header of 27 bytes, 255 segment lengths, 255 segments of 255 bytes. */
#define OGG_PAGE_BYTES_MAX (27 + 255 + 255 * 255)

struct audio_writer {
	int fd;		       /**< the caller's */
	int container;	       /**< SF_FORMAT_TYPEMASK bits */
	uint32_t channel_mask; /**< for WAVEX and RF64, 0: no positions */
	int64_t base;	       /**< where in the file the audio file begins; -1: a stream */
	uint64_t position, length;
	int error;	     /**< errno of the first write that failed, 0: none */
	unsigned char *page; /**< Ogg: the page that is being collected */
	size_t page_bytes;
	unsigned char *held; /**< the start of a stream that is no Ogg */
	size_t held_bytes;
	bool released; /**< and has been written */
};

/** Callbacks whose user data is a struct audio_writer. */
extern SF_VIRTUAL_IO audio_writer_io;

/** \return 0; -ENOMEM. audio_writer_free() is due in any case. */
int audio_writer_init(struct audio_writer *writer, int fd, int sndfile_format,
		      uint32_t channel_mask);
/** After the last write. \return 0, or the negative errno of the first write that failed */
int audio_writer_finish(struct audio_writer *writer);
/** Maximum size that the container's size fields can hold; UINT64_MAX: no limit. */
uint64_t audio_writer_limit(int sndfile_format);
void audio_writer_free(struct audio_writer *writer);

#endif /* TESTBENCH_AUDIO_WRITER_H */
