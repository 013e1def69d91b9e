/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/fir16_line.h
 * \brief Delay lines of several channels, samples in two parts as fir16.h wants them.
 *
 * What a filter needs lies in one piece. Frames are put in behind the others, and those no longer
 * needed are dropped by moving on; once the end is reached the rest is moved to the front.
 *
 * Any mode; arguments only. This project's own; a header of plain C that a module can take along
 * to the board.
 */
#ifndef MODULE_AUDIO_FIR16_LINE_H
#define MODULE_AUDIO_FIR16_LINE_H

#include <module/audio/fir16.h>
#include <string.h>

/** Read the members, change them by the functions. */
struct fir16_line {
	int16_t *samples; /**< of each channel: capacity upper parts, then the lower ones */
	unsigned int channels;
	unsigned int capacity; /**< frames */
	unsigned int history;  /**< frames of the past that a filter needs beside the current one */
	unsigned int start;    /**< the oldest frame that is needed */
	unsigned int pending;  /**< frames behind the history */
	unsigned int fine_bits;
	bool upper_only; /**< what comes in has 16 bits */
};

/** Frames a line has, so that \p ahead can be pending. */
static inline unsigned int fir16_line_capacity(unsigned int history, unsigned int ahead)
{
	return (history + ahead + FIR16_GROUP - 1) / FIR16_GROUP * FIR16_GROUP;
}

/** Bytes of memory for fir16_line_init(). */
static inline size_t fir16_line_bytes(unsigned int history, unsigned int ahead,
				      unsigned int channels)
{
	return 2u * sizeof(int16_t) * fir16_line_capacity(history, ahead) * channels;
}

/** Begin with silence; \p memory is aligned for int16_t. */
static inline void fir16_line_init(struct fir16_line *line, void *memory, unsigned int history,
				   unsigned int ahead, unsigned int channels,
				   unsigned int fine_bits, bool upper_only)
{
	memset(memory, 0, fir16_line_bytes(history, ahead, channels));
	line->samples = (int16_t *)memory;
	line->channels = channels;
	line->capacity = fir16_line_capacity(history, ahead);
	line->history = history;
	line->start = 0;
	line->pending = 0;
	line->fine_bits = fine_bits;
	line->upper_only = upper_only;
}

/** Frames that can be put in. */
static inline unsigned int fir16_line_room(const struct fir16_line *line)
{
	return line->capacity - line->history - line->pending;
}

/**
 * Make room for \p frames frames (fir16_line_room() at most), of which fir16_line_put() fills the
 * samples of each channel. \return where, in a channel.
 */
static inline unsigned int fir16_line_claim(struct fir16_line *line, unsigned int frames)
{
	const unsigned int used = line->history + line->pending;
	unsigned int at = line->start + used;

	if (at + frames > line->capacity) {
		for (unsigned int part = 0; part < 2 * line->channels; part++) {
			int16_t *samples = line->samples + (size_t)part * line->capacity;

			memmove(samples, samples + line->start, used * sizeof(*samples));
		}
		line->start = 0;
		at = used;
	}
	line->pending += frames;
	return at;
}

/** A sample, Q1.31, of \p channel. */
static inline void fir16_line_put(struct fir16_line *line, unsigned int channel, unsigned int at,
				  int32_t x)
{
	int16_t *upper = line->samples + (size_t)2 * line->capacity * channel + at;

	upper[0] = fir16_upper(x);
	upper[line->capacity] = fir16_lower(x, line->fine_bits);
}

/** A sample of 16 bits, into a line that is upper_only. */
static inline void fir16_line_put16(struct fir16_line *line, unsigned int channel, unsigned int at,
				    int16_t x)
{
	line->samples[(size_t)2 * line->capacity * channel + at] = x;
}

/** \p frames of those pending become history. */
static inline void fir16_line_advance(struct fir16_line *line, unsigned int frames)
{
	line->start += frames;
	line->pending -= frames;
}

/** Upper parts of \p channel from the oldest frame on; lower ones are capacity behind, the next
 * channel's twice that. */
static inline const int16_t *fir16_line_channel(const struct fir16_line *line, unsigned int channel)
{
	return line->samples + (size_t)2 * line->capacity * channel + line->start;
}

#endif /* MODULE_AUDIO_FIR16_LINE_H */
