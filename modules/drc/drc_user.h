/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file drc_user.h
 * \brief A compressor's parameters and the blob they come in: layout and formats as SOF's. Words of
 *        32 bits, little endian.
 */
#ifndef DRC_USER_H
#define DRC_USER_H

#include <stdint.h>

/** No blob is larger than this, in bytes. */
#define SOF_DRC_MAX_SIZE 1024

/**
 * One compressor. x is the input's magnitude, y the output's, both 1.0 at full scale. Up to
 * linear_threshold y = x; from there to knee_threshold y = knee_alpha + knee_beta * exp(-K * x);
 * above that y = ratio_base * x^slope.
 */
struct sof_drc_params {
	int32_t enabled;	  /**< 0: samples are delayed, no more */
	int32_t db_threshold;	  /**< dB, Q8.24; for people, like the next two */
	int32_t db_knee;	  /**< dB, Q8.24 */
	int32_t ratio;		  /**< Q8.24 */
	int32_t pre_delay_time;	  /**< seconds of look-ahead, Q2.30 */
	int32_t linear_threshold; /**< Q2.30 */
	int32_t slope;		  /**< 1 / ratio, Q2.30 */
	int32_t K;		  /**< Q12.20 */
	int32_t knee_alpha;	  /**< Q8.24 */
	int32_t knee_beta;	  /**< Q8.24 */
	int32_t knee_threshold;	  /**< Q8.24 */
	int32_t ratio_base;	  /**< Q2.30 */

	int32_t master_linear_gain;		/**< Q8.24 */
	int32_t one_over_attack_frames;		/**< Q2.30 */
	int32_t sat_release_frames_inv_neg;	/**< -1 / frames, Q2.30 */
	int32_t sat_release_rate_at_neg_two_db; /**< a frame, Q2.30 */

	/* frames of release = kA + kB r + kC r^2 + kD r^3 + kE r^4, r from 0 (12 dB and more to
	 * go) to 3 (nothing to go); kSpacingDb over that is dB a frame */
	int32_t kSpacingDb; /**< dB, whole */
	int32_t kA;	    /**< Q20.12, as the next four */
	int32_t kB;
	int32_t kC;
	int32_t kD;
	int32_t kE;
} __attribute__((packed));

struct sof_drc_config {
	uint32_t size; /**< of the blob in bytes */
	uint32_t reserved[4];
	struct sof_drc_params params;
} __attribute__((packed));

#endif /* DRC_USER_H */
