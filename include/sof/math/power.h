/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/power.h
 * \brief Whole powers. Bit-exact with SOF's generic C. Any mode.
 */
#ifndef SOF_MATH_POWER_H
#define SOF_MATH_POWER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * \p b, Q7.25, -32 to 32, to the power of \p e, Q3.29, of which only the whole part counts, -3 to 3:
 * Q17.15, each product rounded half up and saturated. Error for e from 0 on: below 0.5 units in the
 * last place (2^-15) times 1 + |b| + b^2.
 *
 * For e below 0 the factor is f = 1 / b, Q7.25, cut off towards 0; the bound holds for f in the place
 * of b. Where f has no room in Q7.25 (|b| up to 1/64) its upper bits are lost and the result means
 * nothing; for b = 0 the factor is the largest there is.
 */
int32_t power_int32(int32_t b, int32_t e);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_POWER_H */
