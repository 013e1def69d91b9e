/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file audio_writer.h
 * \brief What libsndfile writes, on its way to the file: the same bytes in every run, and no speaker
 * positions that the input did not have.
 *
 * libsndfile puts a random serial number into Ogg pages and the date into MAT5 headers, and makes up
 * a channel mask where WAVE_FORMAT_EXTENSIBLE needs one. Here Ogg pages get a fixed serial number
 * and their checksum anew, MAT5 a text without a date, and the format chunk the mask that is asked
 * for.
 *
 * Calling mode: host memory open.
 */
#ifndef TESTBENCH_AUDIO_WRITER_H
#define TESTBENCH_AUDIO_WRITER_H

#include <sndfile.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
};

/** Callbacks whose user data is a struct audio_writer. */
extern SF_VIRTUAL_IO audio_writer_io;

/** \return 0; -ENOMEM. audio_writer_free() is due in any case. */
int audio_writer_init(struct audio_writer *writer, int fd, int sndfile_format,
		      uint32_t channel_mask);
/** Most bytes that sizes of the container can tell; UINT64_MAX: any. */
uint64_t audio_writer_limit(int sndfile_format);
void audio_writer_free(struct audio_writer *writer);

#endif /* TESTBENCH_AUDIO_WRITER_H */
