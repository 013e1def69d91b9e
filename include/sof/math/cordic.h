/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/cordic.h
 * \brief The angles CORDIC turns by, Q2.30. Constants: any mode.
 */
#ifndef SOF_MATH_CORDIC_H
#define SOF_MATH_CORDIC_H

#include <sof/math/trig.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** atan(2^-k), k from 0, rounded to nearest. */
extern const int32_t cordic_lookup[CORDIC_31B_TABLE_SIZE];

/** atan(2^-(k + 1)), k from 0, computed in double precision and cut off. As Q3.29 it is twice
 * that: the inverse functions turn twice a step. */
extern const int32_t cordic_ilookup[CORDIC_30B_ITABLE_SIZE];

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_CORDIC_H */
