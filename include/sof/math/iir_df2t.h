/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/iir_df2t.h
 * \brief IIR filters of biquads in direct form II transposed, 64-bit state.
 *
 * user/eq.h has the coefficients' layout and the equation. Per biquad: b0 x plus the state, in
 * Q3.61, is rounded half up to Q1.31 and saturated: that is what a1 and a2 multiply; times gain and
 * shift, rounded half up and saturated again: that is the next biquad's input. The outputs of
 * parallel rows are summed one by one, saturated each time. The state wraps at 64 bits. Bit-exact
 * with SOF's generic C, where that is defined.
 *
 * Error bound: against the same filter in double precision fed with the same state, the output of
 * one biquad that does not saturate is within 0.5 * gain / 2^shift + 0.5 units in the last place
 * (2^-31).
 *
 * Any mode; touches the state, its coefficients and its delay line only.
 */
#ifndef SOF_MATH_IIR_DF2T_H
#define SOF_MATH_IIR_DF2T_H

#include <sof/audio/format.h>
#include <sof/common.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Words of delay line a biquad has, 64 bits each. */
#define IIR_DF2T_NUM_DELAYS 2

struct iir_state_df2t {
	unsigned int biquads; /**< 0: the filter passes its input on */
	unsigned int biquads_in_series;
	int32_t *coef;	/**< biquads times SOF_EQ_IIR_NBIQUAD words; not owned */
	int64_t *delay; /**< biquads times IIR_DF2T_NUM_DELAYS words; not owned */
};

struct sof_eq_iir_header;

/** Bytes of delay line the response needs; -EINVAL: one that iir_delay_size_df1() refuses. */
int iir_delay_size_df2t(struct sof_eq_iir_header *config);

/** Use \p config's coefficients, in place: it must outlive the filter. Returns 0. */
int iir_init_coef_df2t(struct iir_state_df2t *iir, struct sof_eq_iir_header *config);

/** Take the filter's delay line from \p *delay, which moves on behind it. */
void iir_init_delay_df2t(struct iir_state_df2t *iir, int64_t **delay);

/** Make it pass its input on. The delay line stays the caller's to free. */
void iir_reset_df2t(struct iir_state_df2t *iir);

/** Filter one sample, Q1.31. */
int32_t iir_df2t(struct iir_state_df2t *iir, int32_t x);

/* Samples of other widths, the signal at the top of the 32 bits while it is filtered. */

static inline int16_t iir_df2t_s32_s16(struct iir_state_df2t *iir, int32_t x)
{
	return sat_int16(Q_SHIFT_RND(iir_df2t(iir, x), 31, 15));
}

static inline int32_t iir_df2t_s32_s24(struct iir_state_df2t *iir, int32_t x)
{
	return sat_int24(Q_SHIFT_RND(iir_df2t(iir, x), 31, 23));
}

static inline int16_t iir_df2t_s16(struct iir_state_df2t *iir, int16_t x)
{
	return iir_df2t_s32_s16(iir, (int32_t)((uint32_t)x << 16));
}

static inline int32_t iir_df2t_s24(struct iir_state_df2t *iir, int32_t x)
{
	return iir_df2t_s32_s24(iir, (int32_t)((uint32_t)x << 8));
}

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_IIR_DF2T_H */
