/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file division.h
 * \brief What a compressor does with each frame of a division, once in plain C and once for AVX2.
 *        Both give the same, exactly, whatever the parameters are. They touch their arguments only.
 */
#ifndef DIVISION_H
#define DIVISION_H

#include "drc_user.h"

#include <stdint.h>

#define COMPRESSOR_DIVISION 32 /**< frames */

#define ONE_Q20	       (1 << 20)
#define ONE_Q30	       (1 << 30)
#define MINUS_2_DB_Q30 852903424 /* 10^(-2 / 20), single precision */

#pragma GCC visibility push(hidden)

struct division_functions {
	/** Take in magnitudes that are larger. That of the lowest number of all has no room and counts
	 * for less than nothing. */
	void (*peaks_s32)(int32_t peak[COMPRESSOR_DIVISION], const int32_t x[COMPRESSOR_DIVISION]);
	/**
	 * Detector over a division: the curve makes of each magnitude (Q1.31, 0 and up) a gain
	 * (Q2.30), which is taken at once downwards and slowly upwards.
	 * \param now the gain it begins with
	 * \return the gain it ends with
	 */
	int32_t (*detect)(const struct sof_drc_params *p, const int32_t peak[COMPRESSOR_DIVISION],
			  int32_t now);
	/** Sine of each number of the envelope, after \p base (Q2.30 both) is added, times \p master
	 * (Q8.24), in place. */
	void (*gains)(int32_t gain[COMPRESSOR_DIVISION], int32_t base, int32_t master);
	/** Samples times gains (Q8.24), saturated. */
	void (*scale_s16)(int16_t x[COMPRESSOR_DIVISION], const int32_t gain[COMPRESSOR_DIVISION]);
	void (*scale_s32)(int32_t x[COMPRESSOR_DIVISION], const int32_t gain[COMPRESSOR_DIVISION]);
};

/** For any processor. */
extern const struct division_functions division_plain;
/** For cpu_has_avx2(). */
extern const struct division_functions division_avx2;

/** From where on the knee bends, and where it ends: Q1.31, saturated. */
int32_t division_knee_from(const struct sof_drc_params *p);
int32_t division_knee_to(const struct sof_drc_params *p);

#pragma GCC visibility pop

#endif /* DIVISION_H */
