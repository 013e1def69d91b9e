/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file audio_file.h
 * \brief Audio files as interleaved frames in one of the firmware's three sample formats.
 *
 * What a file holds decides how it is processed: up to 16 bits as S16, 20 and 24 bits as S24 (in
 * the low 24 bits of a 32-bit word, sign-extended), 32 bits, float and lossy formats as S32. Float
 * samples are scaled by 2^31, rounded to nearest and saturated: 1.0 becomes 0x7fffffff, and what
 * lies below 2^-31 is lost. Samples that are cut to fewer bits on output are rounded to nearest
 * and saturated.
 *
 * Calling mode: host memory open (host_memory_open()), as libsndfile uses the C heap.
 */
#ifndef TESTBENCH_AUDIO_FILE_H
#define TESTBENCH_AUDIO_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "problem.h"

enum audio_sample { AUDIO_S16, AUDIO_S24, AUDIO_S32 };

#define AUDIO_CHANNELS_MAX 8
#define AUDIO_RATE_MAX	   768000

struct audio_format {
	unsigned int rate, channels;
	enum audio_sample sample;
	unsigned int sample_bytes; /**< of a sample in memory: 2 or 4 */
	unsigned int frame_bytes;
	int sndfile_format;    /**< libsndfile's container and subtype */
	uint32_t channel_mask; /**< speaker positions as WAVE_FORMAT_EXTENSIBLE has them, 0: none */
};

/** "S16", "S24", "S32". */
const char *audio_sample_name(enum audio_sample sample);

/** "WAV", "FLAC", ...: a libsndfile format's container in words. */
const char *audio_container_name(int sndfile_format);

struct audio_input;
struct audio_output;

/**
 * Open \p path, "-" for standard input, and check that it is whole: the file must hold the frames
 * that its header promises, as far as the container tells (WAV, RF64, AIFF, AU). Where the header
 * was written before the length was known, all that follows is audio. A pipe is read to its end
 * first (spool.h). A length that the header lacks is found by decoding.
 *
 * \param[out] input NULL on failure
 * \return 0 or a negative errno with \p why filled
 */
int audio_input_open(const char *path, struct audio_input **input, struct problem *why);
/** What a file without a header holds. */
struct audio_plain {
	bool known; /**< sample is given */
	enum audio_sample sample;
	unsigned int rate, channels; /**< 0: not given */
};

/**
 * The same for files of which some have no header: "*.txt" is text; names that end in a container
 * of libsndfile's are of that; others are raw samples when \p plain tells which. Of raw and text
 * files sample and rate must be given, and channels are 2 when they are not; with a header, what is given must be what it says.
 */
int audio_input_open_as(const char *path, const struct audio_plain *plain,
			struct audio_input **input, struct problem *why);
const struct audio_format *audio_input_format(const struct audio_input *input);
/** A warning about the file, printed after its name; NULL: none. */
const char *audio_input_note(const struct audio_input *input);
/** Frames in the file. */
uint64_t audio_input_frames(const struct audio_input *input);
/**
 * Read up to \p frames frames.
 *
 * \return frames read, 0 at the end; -EIO with \p why filled when the file ends before the frames
 *         that audio_input_frames() tells, as a truncated FLAC file does
 */
long audio_input_read(struct audio_input *input, void *data, size_t frames, struct problem *why);
/** NULL is ignored; \p input is set to NULL. */
void audio_input_close(struct audio_input **input);

/**
 * Start a file of \p format, whose sndfile_format is the input's, in the container that the name's
 * ending says. A name without an ending, or what exists and is no regular file, gets the input's
 * container; standard output ("-") gets WAV; another ending that is not known is refused. The subtype
 * is the input's where the container has it, else the nearest that holds as many bits, else the one
 * that holds most; what was lossy is 24 bits in a container of another kind. "*.txt" is written as
 * text, "*.raw" and what goes on from a raw or text input under no known ending as raw samples
 * (audio_plain.h), both in \p format's sample words.
 *
 * Of \p frames, about as many as will be written, a WAV file becomes RF64 when it would exceed
 * 4 GiB. A file that grows beyond the sizes of its container ends in -EFBIG from audio_output_write().
 *
 * The channel mask goes into WAVE_FORMAT_EXTENSIBLE headers when it has as many positions as there
 * are channels, else none does.
 *
 * A regular file appears under its name only when audio_output_commit() succeeds; until then its
 * blocks belong to no name, or to a temporary one beside it where the file system has no nameless
 * files. Anything else that exists (a FIFO, /dev/null) is written directly.
 */
int audio_output_open_for(const char *path, const struct audio_format *format, uint64_t frames,
			  struct audio_output **output, struct problem *why);
/** The same, for an unknown length. */
int audio_output_open(const char *path, const struct audio_format *format,
		      struct audio_output **output, struct problem *why);
int audio_output_write(struct audio_output *output, const void *data, size_t frames,
		       struct problem *why);
uint64_t audio_output_frames(const struct audio_output *output);
int audio_output_sndfile_format(const struct audio_output *output);
/** Finish the file and give it its name. \p output is set to NULL in any case. */
int audio_output_commit(struct audio_output **output, struct problem *why);
/** Drop what was written. NULL is ignored; \p output is set to NULL. */
void audio_output_discard(struct audio_output **output);

#endif /* TESTBENCH_AUDIO_FILE_H */
