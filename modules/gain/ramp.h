/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ramp.h
 * \brief Gains of all channels on their way to their targets.
 *
 * A gain stays constant for a step of 125 us to 1 ms (the longer the ramp, the longer the step) and
 * is then computed anew from the time since the ramp began. Steps are counted in frames of the
 * stream, from the ramp's first one, and have nothing to do with the blocks audio is processed in.
 *
 *	n = ramp_frames(&ramp, frames)	gains that hold for the next n <= frames frames
 *	...apply ramp.channel[].gain...
 *	ramp_advance(&ramp, n)
 *
 * Arithmetic as in SOF's generic C. Touches its arguments only.
 */
#ifndef RAMP_H
#define RAMP_H

#include <ipc/topology.h>
#include <sof/platform.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GAIN_ZERO_DB INT32_MAX

struct ramp_channel {
	int32_t gain; /**< Q1.31, of the frames to come */
	int32_t target;
	int32_t start;	  /**< gain when the ramp began */
	int32_t slope;	  /**< linear: gain per 1/8 ms */
	uint32_t elapsed; /**< frames since the ramp began */
};

struct ramp {
	struct ramp_channel channel[PLATFORM_MAX_CHANNELS];
	unsigned int channels;
	enum sof_volume_ramp type; /**< of all channels */
	uint32_t duration_ms;
	uint32_t rate;	    /**< Hz */
	int32_t rate_inv;   /**< 1000 / rate, Q1.31 */
	uint32_t step;	    /**< frames a gain holds for */
	uint32_t step_left; /**< of the step under way */
	bool moving;	    /**< some channel is not at its target */
	bool unity;	    /**< all gains are 0 dB and stay there */
};

/** The stream begins: all gains are 0 and start for their targets. 0; -EINVAL: \p rate is 0 or
 * above 768000, or \p channels 0 or above PLATFORM_MAX_CHANNELS. */
int ramp_start(struct ramp *ramp, uint32_t rate, unsigned int channels);

/** Shape and length of ramps to come. */
void ramp_curve(struct ramp *ramp, enum sof_volume_ramp type, uint32_t duration_ms);

/** Start \p channel for \p target (0 to INT32_MAX), from where it is now. Before ramp_start() it
 * is only noted. */
void ramp_target(struct ramp *ramp, unsigned int channel, int32_t target);

/** Frames of the next \p frames for which the gains hold as they are now, computed anew if a step
 * begins. */
size_t ramp_frames(struct ramp *ramp, size_t frames);

/** \p frames, not more than ramp_frames() said, have gone by. */
void ramp_advance(struct ramp *ramp, size_t frames);

#endif /* RAMP_H */
