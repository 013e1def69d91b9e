/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file matrix.h
 * \brief Every output channel is a sum of input channels, each times a coefficient.
 *
 * Coefficients are Q6.10. The sum is exact (in S16 it is one of 32 bits and wraps), rounded half
 * up to the sample's bits and saturated: SOF's generic C to the bit. Touches its arguments only.
 */
#ifndef MATRIX_H
#define MATRIX_H

#include <module/ipc/stream.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MATRIX_CHANNELS_MAX 8
#define MATRIX_ONE	    1024 /**< 1.0 in Q6.10 */

struct matrix {
	int16_t coeffs[MATRIX_CHANNELS_MAX][MATRIX_CHANNELS_MAX]; /**< [output][input] */
	unsigned int inputs, outputs;				  /**< 1 to MATRIX_CHANNELS_MAX */
};

/** \p y and \p x: \p frames frames, each in one piece, not the same memory. */
typedef void (*matrix_func)(const struct matrix *m, void *y, const void *x, size_t frames);

/** For samples of \p fmt; NULL: not S16_LE, S24_4LE or S32_LE. */
matrix_func matrix_find(enum sof_ipc_frame fmt);

/** As many outputs as inputs, and each is its input. */
bool matrix_is_identity(const struct matrix *m);

#endif /* MATRIX_H */
