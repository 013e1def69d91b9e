/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/mu_law.h
 * \brief Mu-law of ITU-T G.711: 14-bit samples, the top of 16, as 8-bit codes.
 *
 * A code's bits: sign (1 for positive), segment (3), step in the segment (4), all but the sign
 * inverted. Magnitudes get 33 added; segment s then has steps of 2^(s+1) (in units of 2^-13). A
 * decoded sample is the middle of its step.
 *
 * Error bound: what was encoded and decoded is off by no more than half a step, and beyond the
 * largest code's step by what it is beyond it. A decoded code encodes to itself, but for the
 * negative of the two zeroes. Any mode; touches nothing.
 */
#ifndef SOF_MATH_MU_LAW_H
#define SOF_MATH_MU_LAW_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** \p sample is Q1.15; its low two bits are dropped. */
uint8_t sofm_mu_law_encode(int16_t sample);

/** Sample of a code, Q1.15. */
int16_t sofm_mu_law_decode(int8_t byte);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_MU_LAW_H */
