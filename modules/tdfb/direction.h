/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file direction.h
 * \brief Where does the sound come from? An estimate from the times by which microphones hear it
 *        one after another. Algorithm and arithmetic of SOF's generic C. Any mode; touches its
 *        arguments and the memory it was given.
 *
 * Every channel is band-passed (800 Hz to 4 kHz) and kept for as long as sound takes from one end of
 * the array to the other and back. Once a period, if it is 12 dB louder than what is usual:
 *   - the cross-correlation of channel 0 with each other one gives that one's delay;
 *   - eight steps search the azimuth of a source, 3 m away, whose delays are the least squares' away
 *     from these; they begin at the last estimate;
 *   - that goes into a slow average, which is the estimate.
 */
#ifndef TDFB_DIRECTION_H
#define TDFB_DIRECTION_H

#include "blob.h"

#include <sof/math/iir_df1.h>
#include <stdbool.h>
#include <user/eq.h>

/** Biquads of the band pass. */
#define DIRECTION_BIQUADS 2

struct direction {
	unsigned int channels;
	unsigned int period; /**< frames */
	unsigned int filled; /**< frames of the period that have come */
	int32_t coef[DIRECTION_BIQUADS * SOF_EQ_IIR_NBIQUAD];
	int32_t line[PLATFORM_MAX_CHANNELS][DIRECTION_BIQUADS * IIR_DF1_NUM_STATE];
	int16_t *ring;	    /**< frames of all channels, Q4.12 of the filtered input; not owned */
	int32_t *lags;	    /**< a correlation for each lag; not owned */
	unsigned int words; /**< of the ring */
	unsigned int write; /**< word of the ring */
	unsigned int read;  /**< word where the period begins */
	int max_lag;	    /**< frames */
	bool line_array;    /**< hears no difference between before and behind */
	int32_t unit_delay; /**< of a frame, seconds, Q1.31 */
	int32_t heard[PLATFORM_MAX_CHANNELS];	 /**< delays to channel 0, seconds, Q1.31 */
	int32_t expected[PLATFORM_MAX_CHANNELS]; /**< the same of a source tried */
	int64_t ambient; /**< mean square that is usual, in the upper half */
	uint32_t loud;	 /**< whether each of the last 32 periods was */
	int32_t since;	 /**< frames since the last change was told */
	int step_sign;
	int16_t azimuth; /**< slow average, radians, Q4.12 */
};

/** Bytes of ring and of lags that direction_start() takes for this array. */
void direction_bytes(const struct tdfb_blob *blob, unsigned int rate, unsigned int channels,
		     size_t *ring, size_t *lags);

/** Begin anew. \return 0; -EINVAL: \p rate has no band pass, which 16000 and 48000 have. */
int direction_start(struct direction *d, const struct tdfb_blob *blob, unsigned int rate,
		    unsigned int channels, int16_t *ring, int32_t *lags);

/** Frames until the period is complete. */
static inline size_t direction_room(const struct direction *d)
{
	return d->period - d->filled;
}

/** Take frames of one channel, Q1.31, at most direction_room(). */
void direction_hear(struct direction *d, unsigned int channel, const int32_t *x, size_t frames);

/**
 * All channels have come by \p frames; with a complete period, estimate.
 * \param[in,out] step azimuth as the control's value
 * \return it has changed, for long enough that somebody should be told.
 */
bool direction_advance(struct direction *d, const struct tdfb_blob *blob, size_t frames, int *step);

#endif /* TDFB_DIRECTION_H */
