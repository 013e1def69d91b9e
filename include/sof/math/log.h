/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/log.h
 * \brief Logarithms of whole numbers, 1 to 2^32 - 1, from a table, linear in between. Bit-exact
 *        with SOF's generic C; the logarithm of 0 is given as 0. Any mode.
 */
#ifndef SOF_MATH_LOG_H
#define SOF_MATH_LOG_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Q1.43 */
#define ONE_OVER_LOG2_10 2647887844335ULL
#define ONE_OVER_LOG2_E	 6096987078286ULL

/** To base 2, Q16.16; error below 3.5e-5. */
int32_t base2_logarithm(uint32_t u);
/** To base e, unsigned Q5.27; error below 2.5e-5. */
uint32_t ln_int32(uint32_t numerator);
/** To base 10, unsigned Q4.28; error below 1.1e-5. */
uint32_t log10_int32(uint32_t numerator);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_LOG_H */
