/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file audio_header.h
 * \brief What the header of a WAV, RF64, AIFF or AU file says, read without libsndfile.
 *
 * libsndfile shortens a truncated file without an error, takes a wrapped size as it stands, and
 * reads 24 bits in words of 32 as left-justified. The header is read here to detect these cases,
 * and libsndfile then gets a corrected header (audio_view.h).
 *
 * Calling mode: host memory open. Nothing is allocated.
 */
#ifndef TESTBENCH_AUDIO_HEADER_H
#define TESTBENCH_AUDIO_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum audio_header_kind {
	AUDIO_HEADER_OTHER,
	AUDIO_HEADER_WAVE,
	AUDIO_HEADER_AIFF,
	AUDIO_HEADER_AU
};

/** How far the header's size of the audio data can be trusted. */
enum audio_header_size {
	AUDIO_SIZE_TOLD,    /**< valid */
	AUDIO_SIZE_UNKNOWN, /**< not known when written: data reaches to the end of the file */
	AUDIO_SIZE_WRAPPED, /**< wrapped at 2^32: the header has the size modulo 2^32 */
};

#define AUDIO_HEADER_FMT_MAX 64

struct audio_header {
	enum audio_header_kind kind;
	enum audio_header_size size;
	bool big_endian;
	uint64_t data_at;   /**< offset of the audio data */
	uint64_t told;	    /**< bytes of audio data according to the header */
	uint64_t found;	    /**< bytes of audio data in the file; less than told: truncated */
	uint64_t frames_at; /**< AIFF: offset of the number of frames */
	uint64_t size_at;   /**< AIFF and AU: offset of the data's size */
	/** \name of WAVE @{ */
	unsigned char fmt[AUDIO_HEADER_FMT_MAX];
	size_t fmt_bytes;
	/** Significant bits of samples in the low bits of 32-bit words, 0: an ordinary format. */
	unsigned int right_justified_bits;
	uint32_t channel_mask; /**< speaker positions, 0: none given */
			       /** @} */
};

/** Read the header of the regular file behind \p fd, whose offset stays. A header that is not
 * understood, or that has no audio data, is AUDIO_HEADER_OTHER. */
void audio_header_read(int fd, struct audio_header *header);

#endif /* TESTBENCH_AUDIO_HEADER_H */
