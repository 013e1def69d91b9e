/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file audio_format.h
 * \brief Which of libsndfile's formats stands for what.
 */
#ifndef TESTBENCH_AUDIO_FORMAT_H
#define TESTBENCH_AUDIO_FORMAT_H

#include "audio_file.h"

/** How the samples of a libsndfile subtype pass through libsndfile's calls. */
enum audio_transfer {
	AUDIO_TRANSFER_INTEGER, /**< short or int, left-justified */
	AUDIO_TRANSFER_FLOAT,	/**< double, full scale 1.0 */
};

struct audio_subtype {
	int sndfile;	   /**< SF_FORMAT_PCM_16, ... */
	unsigned int bits; /**< significant bits of a sample, 24 for float's mantissa */
	enum audio_sample sample;
	enum audio_transfer transfer;
};

/** What is known of the subtype in \p sndfile_format; never NULL. */
const struct audio_subtype *audio_subtype_of(int sndfile_format);

/** Container (SF_FORMAT_TYPEMASK bits) for a file name's ending, 0 when it says none. */
int audio_container_of_name(const char *path);

/** What a name's ending says of a file. */
enum audio_form {
	AUDIO_FORM_NONE,      /**< there is no ending */
	AUDIO_FORM_UNKNOWN,   /**< none that is known */
	AUDIO_FORM_CONTAINER, /**< one of libsndfile's */
	AUDIO_FORM_RAW,	      /**< ".raw" */
	AUDIO_FORM_TEXT,      /**< ".txt" */
};

enum audio_form audio_form_of_name(const char *path);

/** The known endings, "wav, aiff, ..."; constant after the first call. */
const char *audio_endings(void);

/**
 * Format to write for \p path when the input is \p input_format. After sndfile_load().
 * \return container and subtype, or 0 when the container takes no such rate or channels
 */
int audio_output_choice(const char *path, int input_format, unsigned int rate,
			unsigned int channels);

#endif /* TESTBENCH_AUDIO_FORMAT_H */
