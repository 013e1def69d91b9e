/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file user/fir.h
 * \brief Coefficients of one FIR filter, as they stand in the blobs of modules. Little endian.
 *
 * y[n] = (coef[0] x[n] + coef[1] x[n-1] + ...) / 2^out_shift, coefficients in Q1.15.
 */
#ifndef USER_FIR_H
#define USER_FIR_H

#include <stdint.h>

#define SOF_FIR_MAX_LENGTH 256 /**< taps */

struct sof_fir_coef_data {
	int16_t length;	   /**< taps: a multiple of four, from 4 to SOF_FIR_MAX_LENGTH */
	int16_t out_shift; /**< bits to the right; negative: to the left */
	uint32_t reserved[4];
	int16_t coef[];
} __attribute__((packed));

/** 16-bit words before the coefficients. */
#define SOF_FIR_COEF_NHEADER (sizeof(struct sof_fir_coef_data) / sizeof(int16_t))

#endif /* USER_FIR_H */
