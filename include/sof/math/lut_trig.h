/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/lut_trig.h
 * \brief Sine from a table, for where it is computed often.
 */
#ifndef SOF_MATH_LUT_TRIG_H
#define SOF_MATH_LUT_TRIG_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Sine of \p w, Q4.28 radians from 0 to 2 pi: Q1.15, rounded half up and saturated. Error below
 * 3.1e-5. 512 entries a quarter of a turn, linear in between. Outside that range the sign may be
 * wrong. Bit-exact with SOF's generic C. Any mode.
 */
int16_t sofm_lut_sin_fixed_16b(int32_t w);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_LUT_TRIG_H */
