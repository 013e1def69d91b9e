/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/dct.h
 * \brief Discrete cosine transform as a matrix to multiply a row vector with.
 *
 * DCT-II, orthonormal. With N = num_in, element (n, k), n < N, k < num_out, is in Q1.15
 *   sqrt(2/N) cos(pi (n + 1/2) k / N), for k = 0 that over sqrt(2)
 * Bit-exact with SOF's generic C.
 *
 * Error bound against this formula in double precision, for N from 3 on: 12 units in the last place
 * (2^-15), from the square root in Q4.12. With N = 1 and 2 elements that should be 1 or more before
 * the division by sqrt(2) wrap, as in firmware: those transforms mean nothing.
 */
#ifndef SOF_MATH_DCT_H
#define SOF_MATH_DCT_H

#include <sof/math/matrix.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Numbers in or out: as far as the cosine's argument fits Q8.24. */
#define DCT_MATRIX_SIZE_MAX 42

enum dct_type {
	DCT_I = 0, /**< not supported */
	DCT_II,
};

struct dct_plan_16 {
	struct mat_matrix_16b *matrix; /**< num_in rows, num_out columns, Q1.15 */
	int num_in;
	int num_out;
	enum dct_type type;
	bool ortho;
};

/**
 * Make the matrix of a plan whose other members are set. mod_alloc()'s modes.
 * \return 0; -EINVAL: not DCT-II, not orthonormal, a size below 1 or above DCT_MATRIX_SIZE_MAX;
 *         -ENOMEM. On failure the matrix is NULL.
 */
int mod_dct_initialize_16(struct processing_module *mod, struct dct_plan_16 *dct);

/** Free the matrix; mod_free()'s result and modes. */
int mod_dct_free_16(struct processing_module *mod, struct dct_plan_16 *dct);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_DCT_H */
