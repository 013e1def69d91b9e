/* SPDX-License-Identifier: BSD-3-Clause */
/* Products of matrices; the arithmetic is told in the header. */
#include <errno.h>
#include <rtos/symbol.h>
#include <sof/math/matrix.h>

/* Columns whose sums are kept in registers together. */
#define BLOCK 8

/* Bits the products have to lose; negative: they can't. */
static int product_shift(const struct mat_matrix_16b *a, const struct mat_matrix_16b *b,
			 const struct mat_matrix_16b *c)
{
	const int shift = a->fractions + b->fractions - c->fractions;

	return shift <= 64 ? shift : -1;
}

static inline int16_t rounded(int64_t sum, int shift)
{
	return (int16_t)(shift == 0 ? sum : ((sum >> (shift - 1)) + 1) >> 1);
}

/* \p width neighbours of one row of the result. */
static inline void multiply_columns(const int16_t *row, const int16_t *b, int count, int stride,
				    int16_t *c, int width, int shift)
{
	int64_t sum[BLOCK] = { 0 };

	for (int k = 0; k < count; k++)
		for (int j = 0; j < width; j++)
			sum[j] += row[k] * b[k * stride + j];
	for (int j = 0; j < width; j++)
		c[j] = rounded(sum[j], shift);
}

int mat_multiply(struct mat_matrix_16b *a, struct mat_matrix_16b *b, struct mat_matrix_16b *c)
{
	const int shift = product_shift(a, b, c);
	const int stride = b->columns;
	const int whole = stride / BLOCK * BLOCK;

	if (a->columns != b->rows || a->rows != c->rows || b->columns != c->columns || shift < 0)
		return -EINVAL;
	for (int i = 0; i < a->rows; i++) {
		const int16_t *const row = mat_get_row_vector_16b(a, i);
		int16_t *const out = mat_get_row_vector_16b(c, i);

		for (int j = 0; j < whole; j += BLOCK)
			multiply_columns(row, b->data + j, b->rows, stride, out + j, BLOCK, shift);
		if (whole < stride)
			multiply_columns(row, b->data + whole, b->rows, stride, out + whole,
					 stride - whole, shift);
	}
	return 0;
}
EXPORT_SYMBOL(mat_multiply);

int mat_multiply_elementwise(struct mat_matrix_16b *a, struct mat_matrix_16b *b,
			     struct mat_matrix_16b *c)
{
	const int shift = product_shift(a, b, c);

	if (a->columns != b->columns || b->columns != c->columns || a->rows != b->rows ||
	    b->rows != c->rows || shift < 0)
		return -EINVAL;
	for (int i = 0; i < mat_count_16b(a); i++)
		c->data[i] = rounded(a->data[i] * b->data[i], shift);
	return 0;
}
EXPORT_SYMBOL(mat_multiply_elementwise);
