/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/fir_generic.h
 * \brief FIR filters: 32-bit data, 16-bit coefficients, 64-bit sum.
 *
 * user/fir.h has the coefficients' layout and the equation. The products of Q1.31 samples and Q1.15
 * coefficients are summed exactly (256 of them need 55 bits), shifted right by 15 + out_shift,
 * rounding towards minus infinity, and saturated to Q1.31. Bit-exact with SOF's generic C,
 * whichever instructions the processor has.
 *
 * Error bound: an output that does not saturate is less than one unit in the last place (2^-31)
 * below the exact sum, and never above it.
 *
 * The delay line is a ring of taps + 2 samples, written upwards from rwi, the same as SOF's to the
 * word: a module that gives a filter a line that was in use hears what it would hear on the board.
 *
 * Any mode; touches the state, its coefficients and its delay line only.
 */
#ifndef SOF_MATH_FIR_GENERIC_H
#define SOF_MATH_FIR_GENERIC_H

#include <sof/audio/format.h>
#include <sof/common.h>
#include <sof/math/fir_config.h>
#include <stdint.h>
#include <user/fir.h>

#if SOF_USE_HIFI(NONE, FILTER)

#ifdef __cplusplus
extern "C" {
#endif

struct fir_state_32x16 {
	int rwi;	/**< where in the ring the next sample goes */
	int taps;	/**< a multiple of four */
	int length;	/**< of the ring; 0: the filter passes its input on */
	int out_shift;	/**< bits to the right */
	int16_t *coef;	/**< taps of them; not owned */
	int32_t *delay; /**< not owned */
};

/**
 * Bytes of delay line the filter needs, two words of them spare.
 * \return -EINVAL: \p config's length is not one that user/fir.h allows; a shift for which the
 *         arithmetic is not defined (below -15 or above 48).
 */
int fir_delay_size(struct sof_fir_coef_data *config);

/**
 * Use \p config's coefficients, in place: they must outlive the filter. Only for what
 * fir_delay_size() accepts. Returns 0. The delay line is still to be given.
 */
int fir_init_coef(struct fir_state_32x16 *fir, struct sof_fir_coef_data *config);

/** Take the filter's delay line from \p *data, which moves on behind it. Zeroes are silence. */
void fir_init_delay(struct fir_state_32x16 *fir, int32_t **data);

/** Make it pass its input on. The delay line stays the caller's to free. */
void fir_reset(struct fir_state_32x16 *fir);

/** Filter one sample, Q1.31. */
int32_t fir_32x16(struct fir_state_32x16 *fir, int32_t x);

/** Filter two samples, x0 the earlier: the same as two calls of the above, and quicker. */
void fir_32x16_2x(struct fir_state_32x16 *fir, int32_t x0, int32_t x1, int32_t *y0, int32_t *y1);

#ifdef __cplusplus
}
#endif

#endif /* SOF_USE_HIFI(NONE, FILTER) */

#endif /* SOF_MATH_FIR_GENERIC_H */
