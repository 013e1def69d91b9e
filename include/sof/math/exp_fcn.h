/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/exp_fcn.h
 * \brief Exponential function. Bit-exact with SOF's generic C. Any mode.
 */
#ifndef SOF_MATH_EXP_FCN_H
#define SOF_MATH_EXP_FCN_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EXPONENTIAL_GENERIC 1

/** From here on sofm_exp_fixed() saturates: log((2^31 - 1) / 2^20), Q5.27. */
#define SOFM_EXP_FIXED_INPUT_MAX 1023359037
/** From here on sofm_db2lin_fixed() saturates: the same times 20 / log(10), Q8.24. */
#define SOFM_DB2LIN_INPUT_MAX 1111097957

/**
 * e^x, x in Q4.28 (all of it): Q13.19, 3.4e-4 to 2981. Error below one unit in the last place (2^-19)
 * plus 4.0e-10 of the value.
 *
 * x / log(2) is rounded to e; what is left is split into eighths, from a table, and a rest, by a
 * Taylor series with the more terms the larger e is.
 */
int32_t sofm_exp_approx(int32_t x);

/**
 * e^x, x in Q5.27: Q12.20. INT32_MAX from SOFM_EXP_FIXED_INPUT_MAX on. Error below two units in the
 * last place (2^-20) plus 4.0e-10 of the value.
 */
int32_t sofm_exp_fixed(int32_t x);

/**
 * 10^(db / 20), db in Q8.24: Q12.20. INT32_MAX from SOFM_DB2LIN_INPUT_MAX on. Error below two units
 * in the last place (2^-20) plus 1.2e-8 of the value.
 */
int32_t sofm_db2lin_fixed(int32_t db);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_EXP_FCN_H */
