/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/matrix.h
 * \brief Matrices of 16-bit fixed-point numbers, stored row by row.
 *
 * Products are summed exactly, rounded half up to the result's number of fraction bits, and the low
 * 16 bits are kept: no saturation. Bit-exact with SOF's generic C.
 *
 * Error bound: an element that fits its format is within half a unit in the last place of the exact
 * one.
 *
 * Any mode; touches the matrices only. Those that allocate: mod_alloc()'s modes, or rzalloc()'s.
 */
#ifndef SOF_MATH_MATRIX_H
#define SOF_MATH_MATRIX_H

#include <ipc/topology.h>
#include <rtos/alloc.h>
#include <rtos/string.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

struct mat_matrix_16b {
	int16_t rows;
	int16_t columns;
	int16_t fractions; /**< bits behind the point */
	int16_t reserved;
	int16_t data[]; /**< rows times columns */
};

/** Bytes of a matrix; 0: a size is negative. */
static inline size_t mat_size_16b(int16_t rows, int16_t columns)
{
	if (rows < 0 || columns < 0)
		return 0;
	return sizeof(struct mat_matrix_16b) + sizeof(int16_t) * (size_t)rows * (size_t)columns;
}

/** Give it a size; the caller has seen to it that there is room for it. The data stays. */
static inline void mat_init_16b(struct mat_matrix_16b *mat, int16_t rows, int16_t columns,
				int16_t fractions)
{
	mat->rows = rows;
	mat->columns = columns;
	mat->fractions = fractions;
}

/** A matrix of zeroes of the kernel's heap, to be given to rfree(). NULL: no memory, or a size is
 * negative. Supervisor mode. */
static inline struct mat_matrix_16b *mat_matrix_alloc_16b(int16_t rows, int16_t columns,
							  int16_t fractions)
{
	struct mat_matrix_16b *const mat =
		(struct mat_matrix_16b *)rzalloc(SOF_MEM_FLAG_USER, mat_size_16b(rows, columns));

	if (mat)
		mat_init_16b(mat, rows, columns, fractions);
	return mat;
}

/** The same of the module's heap, to be given to mod_free(). */
static inline struct mat_matrix_16b *mod_mat_matrix_alloc_16b(struct processing_module *mod,
							      int16_t rows, int16_t columns,
							      int16_t fractions)
{
	struct mat_matrix_16b *const mat =
		(struct mat_matrix_16b *)mod_zalloc(mod, mat_size_16b(rows, columns));

	if (mat)
		mat_init_16b(mat, rows, columns, fractions);
	return mat;
}

/** Elements; what the following index by must lie within. */
static inline int mat_count_16b(const struct mat_matrix_16b *mat)
{
	return mat->rows * mat->columns;
}

/** Fill the matrix from \p lin_data, row by row. */
static inline void mat_copy_from_linear_16b(struct mat_matrix_16b *mat, const int16_t *lin_data)
{
	memcpy(mat->data, lin_data, sizeof(int16_t) * (size_t)mat_count_16b(mat));
}

static inline void mat_set_all_16b(struct mat_matrix_16b *mat, int16_t val)
{
	for (int i = 0; i < mat_count_16b(mat); i++)
		mat->data[i] = val;
}

static inline int16_t *mat_get_row_vector_16b(struct mat_matrix_16b *mat, int row)
{
	return &mat->data[row * mat->columns];
}

static inline int16_t mat_get_scalar_16b(struct mat_matrix_16b *mat, int row, int col)
{
	return mat_get_row_vector_16b(mat, row)[col];
}

static inline void mat_set_scalar_16b(struct mat_matrix_16b *mat, int row, int col, int16_t val)
{
	mat_get_row_vector_16b(mat, row)[col] = val;
}

/**
 * c = a b; \p c has its number of fraction bits set, and is apart from the others.
 * \return 0; -EINVAL: the sizes don't go together, or \p c would have more fraction bits than the
 *         products have, or more than 64 fewer.
 */
int mat_multiply(struct mat_matrix_16b *a, struct mat_matrix_16b *b, struct mat_matrix_16b *c);

/** c[i] = a[i] b[i], otherwise the same; \p c may be \p a or \p b. */
int mat_multiply_elementwise(struct mat_matrix_16b *a, struct mat_matrix_16b *b,
			     struct mat_matrix_16b *c);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_MATRIX_H */
