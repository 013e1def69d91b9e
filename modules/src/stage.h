/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file stage.h
 * \brief One polyphase stage of the converter: L frames made of M.
 *
 * Samples and coefficients are kept in two parts of 16 bits, as processors multiply those in pairs
 * eight or more at a time. With F the stage's fine bits:
 *
 *   sample      x = upper + lower / 2^F   in units of 2^16 of a Q1.31; lower is 0 to 2^F - 1
 *   coefficient c = coarse + fine / 2^F   in units of 2^-14; fine is -2^(F-1) to 2^(F-1) - 1
 *   output      y = sum upper coarse + sum (upper fine + lower coarse) / 2^F
 *
 * that is 16 + F bits of a sample and 14 + F of a coefficient; lower times fine is far below both
 * and left out. Both sums are exact in 32 bits: the design sees to it that
 * 2^15 sum |fine| + 2^F sum |coarse| and 2^15 sum |coarse| stay below 2^31 in each phase.
 *
 * Any mode; touches its arguments and constants.
 */
#ifndef SRC_STAGE_H
#define SRC_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Coefficients that are multiplied at a time; taps are a multiple of it. */
#define SRC_VECTOR 8

struct src_stage {
	/** L rows in the order of outputs, the oldest sample's coefficient first: SRC_VECTOR
	 * coarse parts, as many fine ones, and so on. */
	const int16_t *coefs;
	uint16_t l, m;
	uint16_t taps; /**< of a row */
	uint16_t fine_bits;
};

/** A conversion; stages that are not needed are NULL, both for equal rates. */
struct src_conversion {
	uint32_t in, out; /**< Hz */
	const struct src_stage *first, *second;
	bool lite; /**< SRC_LITE converts it too */
};

/** Made by design.c. */
extern const struct src_conversion src_conversions[];
extern const size_t src_conversion_count;

/** A stage at work on up to 8 channels. */
struct src_line {
	const struct src_stage *stage;
	int16_t *samples; /**< of each channel: capacity upper parts, then the lower ones */
	unsigned int channels;
	unsigned int capacity; /**< frames */
	unsigned int start;    /**< the first frame a row of the next block needs */
	unsigned int pending;  /**< frames behind the history, not used up by a block yet */
	bool upper_only;       /**< what comes in has 16 bits */
};

/** Bytes of memory src_line_init() wants, and whose address is a multiple of 16. */
size_t src_line_bytes(const struct src_stage *stage, unsigned int channels);

/** Begin with silence. */
void src_line_init(struct src_line *line, const struct src_stage *stage, void *memory,
		   unsigned int channels, bool upper_only);

/** Frames that can be put in. */
unsigned int src_line_room(const struct src_line *line);

/** Blocks of M frames that are in. */
unsigned int src_line_blocks(const struct src_line *line);

/**
 * Make room for \p frames frames (src_line_room() at most) to be put in at once, of which
 * src_line_put() fills the samples of each channel.
 * \return where, in a channel.
 */
unsigned int src_line_claim(struct src_line *line, unsigned int frames);

/** One sample, Q1.31, of \p channel, at \p at from src_line_claim(). */
static inline void src_line_put(struct src_line *line, unsigned int channel, unsigned int at,
				int32_t x)
{
	int16_t *upper = line->samples + 2u * line->capacity * channel + at;

	upper[0] = (int16_t)(x >> 16);
	upper[line->capacity] = (int16_t)((uint32_t)(x & 0xffff) >> (16 - line->stage->fine_bits));
}

/** The same of a sample of 16 bits, into a line that is upper_only. */
static inline void src_line_put16(struct src_line *line, unsigned int channel, unsigned int at,
				  int16_t x)
{
	line->samples[2u * line->capacity * channel + at] = x;
}

/**
 * Use up \p blocks blocks, which are in.
 *
 * \param[out] y Q1.31, the frames of one channel after those of another, \p stride apart
 */
void src_line_run(struct src_line *line, unsigned int blocks, int32_t *y, unsigned int stride);

#endif /* SRC_STAGE_H */
