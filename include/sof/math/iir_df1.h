/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/iir_df1.h
 * \brief IIR filters of biquads in direct form I, 32-bit data, coefficients and state.
 *
 * user/eq.h has the coefficients' layout and the equation. Per biquad: the products are summed in
 * 64 bits (wrapping), rounded half up to Q1.31 and saturated: that is what the delay line keeps;
 * times gain and shift, rounded half up and saturated again: that is the next biquad's input.
 * Bit-exact with SOF's generic C.
 *
 * Error bound: against the same filter in double precision fed with the same rounded state, the
 * output of one biquad with |a1| + |a2| + |b0| + |b1| + |b2| < 4 that does not saturate is within
 * 0.5 * gain / 2^shift + 0.5 units in the last place (2^-31).
 *
 * Any mode; touches the state, its coefficients and its delay line only.
 */
#ifndef SOF_MATH_IIR_DF1_H
#define SOF_MATH_IIR_DF1_H

#include <sof/audio/format.h>
#include <sof/common.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Words of delay line a biquad has: y[n-2], y[n-1], x[n-2], x[n-1]. */
#define IIR_DF1_NUM_STATE	    4
#define SOF_IIR_DF1_4TH_NUM_BIQUADS 2

struct iir_state_df1 {
	unsigned int biquads; /**< 0: the filter passes its input on */
	unsigned int biquads_in_series;
	int32_t *coef;	/**< biquads times SOF_EQ_IIR_NBIQUAD words; not owned */
	int32_t *delay; /**< biquads times IIR_DF1_NUM_STATE words; not owned */
};

struct sof_eq_iir_header;

/**
 * Bytes of delay line the response needs.
 * \return -EINVAL: no section, or more than SOF_EQ_IIR_BIQUADS_MAX; none in series, or more than
 *         there are, or a number that does not divide them into whole rows; a shift for which the
 *         arithmetic is not defined (below -13 or above 50).
 */
int iir_delay_size_df1(struct sof_eq_iir_header *config);

/** Use \p config's coefficients, in place: it must outlive the filter. Returns 0. */
int iir_init_coef_df1(struct iir_state_df1 *iir, struct sof_eq_iir_header *config);

/** Take the filter's delay line from \p *state, which moves on behind it. */
void iir_init_delay_df1(struct iir_state_df1 *iir, int32_t **state);

/** Make it pass its input on. The delay line stays the caller's to free. */
void iir_reset_df1(struct iir_state_df1 *iir);

/** Filter one sample, Q1.31. */
int32_t iir_df1(struct iir_state_df1 *iir, int32_t x);

/** The same for exactly two biquads in series, unchecked. */
int32_t iir_df1_4th(struct iir_state_df1 *iir, int32_t x);

/* Samples of other widths, the signal at the top of the 32 bits while it is filtered. */

static inline int16_t iir_df1_s32_s16(struct iir_state_df1 *iir, int32_t x)
{
	return sat_int16(Q_SHIFT_RND(iir_df1(iir, x), 31, 15));
}

static inline int32_t iir_df1_s32_s24(struct iir_state_df1 *iir, int32_t x)
{
	return sat_int24(Q_SHIFT_RND(iir_df1(iir, x), 31, 23));
}

static inline int16_t iir_df1_s16(struct iir_state_df1 *iir, int16_t x)
{
	return iir_df1_s32_s16(iir, (int32_t)((uint32_t)x << 16));
}

static inline int32_t iir_df1_s24(struct iir_state_df1 *iir, int32_t x)
{
	return iir_df1_s32_s24(iir, (int32_t)((uint32_t)x << 8));
}

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_IIR_DF1_H */
