/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file stage.h
 * \brief One polyphase stage of the converter: L frames made of M.
 *
 * Output k of a block takes phase k M mod L of the filter; its newest sample is k M / L frames into
 * the block. Any mode; touches its arguments and constants.
 */
#ifndef SRC_STAGE_H
#define SRC_STAGE_H

#include <module/audio/fir16_line.h>

struct src_stage {
	/** L rows (fir16.h) in the order of outputs. */
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
	struct fir16_line samples;
};

/** Bytes of memory src_line_init() wants. */
size_t src_line_bytes(const struct src_stage *stage, unsigned int channels);

/** Begin with silence. */
void src_line_init(struct src_line *line, const struct src_stage *stage, void *memory,
		   unsigned int channels, bool upper_only);

/** Blocks of M frames that are in. */
unsigned int src_line_blocks(const struct src_line *line);

/**
 * Use up \p blocks blocks, which are in.
 *
 * \param[out] y Q1.31, the frames of one channel after those of another, \p stride apart
 */
void src_line_run(struct src_line *line, unsigned int blocks, int32_t *y, unsigned int stride);

#endif /* SRC_STAGE_H */
