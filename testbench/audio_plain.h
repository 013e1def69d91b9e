/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file audio_plain.h
 * \brief Audio files without a header: raw samples and text, as SOF's testbench has them.
 *
 * Raw files hold interleaved little-endian samples: S16 in two bytes; S24, in the low three, and S32
 * in four. The upper byte of an S24 word is not looked at when read, and is a sign extension when
 * written. Text files hold the same as decimal numbers, white space between them, and are written
 * one sample a line.
 *
 * Calling mode: host memory open.
 */
#ifndef TESTBENCH_AUDIO_PLAIN_H
#define TESTBENCH_AUDIO_PLAIN_H

#include <stdbool.h>

#include "audio_file.h"

struct plain_input;
struct plain_output;

/**
 * Samples of \p format from \p fd, which stays the caller's. A text is read as a whole here.
 *
 * \param[out] input  NULL on failure
 * \param[out] frames in the file
 * \return 0 or a negative errno with \p why filled: a text's line, or what a raw file lacks
 */
int plain_input_open(int fd, const char *path, bool text, const struct audio_format *format,
		     struct plain_input **input, uint64_t *frames, struct problem *why);
/** \return frames read, fewer only at the end of the file or when it can't be read */
size_t plain_input_read(struct plain_input *input, void *data, size_t frames);
/** NULL is ignored; \p input is set to NULL. */
void plain_input_close(struct plain_input **input);

/** Write samples of \p format to \p fd, which stays the caller's. 0 or a negative errno. */
int plain_output_open(int fd, bool text, const struct audio_format *format,
		      struct plain_output **output);
int plain_output_write(struct plain_output *output, const void *data, size_t frames);
/** Write what is left; \p output is set to NULL in any case. NULL is ignored. */
int plain_output_close(struct plain_output **output);

#endif /* TESTBENCH_AUDIO_PLAIN_H */
