/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file compressor.h
 * \brief One dynamic range compressor: delays its channels, and turns them down by what it has seen
 *        of them meanwhile. Algorithm and arithmetic are SOF's, generic C, bit for bit.
 *
 * Frames are dealt with in divisions of 32. When one is complete, a detector goes over its
 * magnitudes, the largest of all channels each: what the curve of drc_user.h makes of them is
 * the gain wanted, which is taken at once downwards and slowly upwards. From it comes an envelope,
 * exponential towards that gain, which the next division to leave the delay is multiplied by.
 *
 *	n = MIN(frames, compressor_room(c));
 *	compressor_run_...(c, y, x, n), or for every channel compressor_delay_...(c, channel, x, n);
 *	compressor_advance(c, n, on);
 *
 * Any mode; touches the compressor and its memory only, allocates nothing.
 */
#ifndef COMPRESSOR_H
#define COMPRESSOR_H

#include "division.h"
#include "drc_user.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COMPRESSOR_FRAMES 512 /**< of delay line a channel; a power of two */

struct compressor {
	struct sof_drc_params params;
	const struct division_functions *functions;
	void *delay; /**< COMPRESSOR_FRAMES samples of each channel; not owned */
	unsigned int channels;
	bool is_16_bit;
	bool started;	    /**< what was in the delay first has been dealt with */
	uint32_t read;	    /**< frame that leaves next */
	uint32_t write;	    /**< where the next one goes */
	int32_t detector;   /**< gain wanted, Q2.30 */
	int32_t gain;	    /**< gain reached, before the sine, Q2.30 */
	int32_t target;	    /**< detector as an angle, Q2.30 */
	int32_t rate;	    /**< of the envelope, a frame, Q2.30 */
	int32_t attack_max; /**< largest difference since the attack began, dB, Q8.24 */
};

/** Bytes of delay line of so many channels. */
size_t compressor_bytes(unsigned int channels, bool is_16_bit);

/** Can a compressor use these parameters? A delay below 0 it can't; of the others it takes any. */
bool compressor_params_valid(const struct sof_drc_params *params);

/** Begin with silence. \p params is copied; \p delay is compressor_bytes() long. */
void compressor_start(struct compressor *c, const struct sof_drc_params *params, void *delay,
		      unsigned int channels, bool is_16_bit, uint32_t rate);

/** Frames until the division is complete, at least 1. */
static inline size_t compressor_room(const struct compressor *c)
{
	return COMPRESSOR_DIVISION - c->write % COMPRESSOR_DIVISION;
}

/** Of the first call on a compressor that works: what the delay begins with has its gain too. */
void compressor_begin(struct compressor *c);

/** \name Delay all channels
 * \p n frames of interleaved samples go in from \p x, and as many come out to \p y, which is
 * elsewhere. \p n is at most compressor_room(). @{ */
void compressor_run_s16(struct compressor *c, int16_t *restrict y, const int16_t *restrict x,
			size_t n);
void compressor_run_s32(struct compressor *c, int32_t *restrict y, const int32_t *restrict x,
			size_t n);
/** 24 bits outside, 32 inside. */
void compressor_run_s24(struct compressor *c, int32_t *restrict y, const int32_t *restrict x,
			size_t n);
/** @} */

/** \name Delay one channel
 * \p n samples, likewise, in place. @{ */
void compressor_delay_s16(struct compressor *c, unsigned int channel, int16_t *x, size_t n);
void compressor_delay_s32(struct compressor *c, unsigned int channel, int32_t *x, size_t n);
/** @} */

/** All channels have gone on by \p n frames. \p on: compress when the division is complete. */
void compressor_advance(struct compressor *c, size_t n, bool on);

#endif /* COMPRESSOR_H */
