/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/sqrt.h
 * \brief Square roots. Bit-exact with SOF's generic C. Any mode.
 */
#ifndef SOF_MATH_SQRT_H
#define SOF_MATH_SQRT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Q4.12, unsigned, to the same; error below 2.0e-4 (0.8 units in the last place). From a table,
 * linear in between. */
uint16_t sofm_sqrt_int16(uint16_t u);

/** Q2.30 to the same; error below 7.6e-8. 0 for what is below 0. Two
 * steps of Newton's iteration from a table. */
int32_t sofm_sqrt_int32(int32_t n);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_SQRT_H */
