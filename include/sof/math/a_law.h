/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/a_law.h
 * \brief A-law of ITU-T G.711: 13-bit samples, the top of 16, as 8-bit codes.
 *
 * A code's bits: sign (1 for positive), segment (3), step in the segment (4), the even ones
 * inverted. Segments 0 and 1 have steps of 2 (in units of 2^-12), each further one steps of twice
 * that. A decoded sample is the middle of its step.
 *
 * Error bound: what was encoded and decoded is off by no more than half a step. A decoded code
 * encodes to itself. Any mode; touches nothing.
 */
#ifndef SOF_MATH_A_LAW_H
#define SOF_MATH_A_LAW_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** \p sample is Q1.15; its low three bits are dropped. */
uint8_t sofm_a_law_encode(int16_t sample);

/** Sample of a code, Q1.15. */
int16_t sofm_a_law_decode(int8_t byte);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_A_LAW_H */
