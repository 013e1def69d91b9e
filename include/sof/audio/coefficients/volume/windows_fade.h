/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/coefficients/volume/windows_fade.h
 * \brief Shape of a fade: y = x^1.75.
 */
#ifndef SOF_AUDIO_COEFFICIENTS_VOLUME_WINDOWS_FADE_H
#define SOF_AUDIO_COEFFICIENTS_VOLUME_WINDOWS_FADE_H

#include <sof/audio/format.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Points of the table, from 0 to 1, and their distance in Q2.30. */
#define WINDOWS_FADE_LUT_SIZE 128
#define WINDOWS_FADE_LUT_STEP Q_CONVERT_FLOAT(1.0 / (WINDOWS_FADE_LUT_SIZE - 1), 30)

/**
 * \p val to the power of 1.75, both Q2.30; for \p val from 0 to 1. Linear between the points of a
 * table in Q1.15, bit-exact with SOF's. Error at most 2^-14; 1 for all that is larger than 1, 0 for
 * what is negative. Any mode.
 */
int32_t volume_pow_175(int32_t val);

#ifdef __cplusplus
}
#endif

#endif /* SOF_AUDIO_COEFFICIENTS_VOLUME_WINDOWS_FADE_H */
