/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/decibels.h
 * \brief The older exponential function; sof/math/exp_fcn.h has a better one. Bit-exact with SOF's
 *        generic C. Any mode.
 */
#ifndef SOF_MATH_DECIBELS_H
#define SOF_MATH_DECIBELS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EXP_FIXED_INPUT_QY     27
#define EXP_FIXED_OUTPUT_QY    20
#define DB2LIN_FIXED_INPUT_QY  24
#define DB2LIN_FIXED_OUTPUT_QY 20

/**
 * e^x, x in Q5.27: Q12.20; 0 below -11.5, INT32_MAX above 7.6245. Error below 11 units in the last
 * place (2^-20) plus 1.2e-4 of the value.
 *
 * x is halved until it is between -2 and 2, eleven terms of the Taylor series are summed up, and
 * the result is multiplied by itself as often as it takes.
 */
int32_t exp_fixed(int32_t x);

/** 10^(db / 20), db in Q8.24: Q12.20; 0 below -100, INT32_MAX above 66.22. Error as above. */
int32_t db2lin_fixed(int32_t x);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_DECIBELS_H */
