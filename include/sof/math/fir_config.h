/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/fir_config.h
 * \brief Limits of this build's FIR filters: none beyond SOF_FIR_MAX_LENGTH, so
 * FIR_MAX_LENGTH_BUILD_SPECIFIC, the taps of all channels together, stays undefined.
 */
#ifndef SOF_MATH_FIR_CONFIG_H
#define SOF_MATH_FIR_CONFIG_H

#endif /* SOF_MATH_FIR_CONFIG_H */
