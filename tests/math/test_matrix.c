/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_signal.h"

#include <errno.h>
#include <math.h>
#include <sof/math/matrix.h>
#include <stdlib.h>

#define ROOM 1200

struct matrix {
	union {
		struct mat_matrix_16b head;
		int16_t words[4 + ROOM];
	};
};

static struct matrix a, b, c;

static void fill(struct matrix *m, int rows, int columns, int fractions)
{
	mat_init_16b(&m->head, (int16_t)rows, (int16_t)columns, (int16_t)fractions);
	for (int i = 0; i < ROOM; i++)
		m->words[4 + i] = (int16_t)(test_random() >> 16);
}

static double value(const struct matrix *m, int row, int column)
{
	return ldexp(m->words[4 + row * m->head.columns + column], -m->head.fractions);
}

/* The exact product, its sum below 2^53; what does not fit the format is not looked at. */
static double product(int row, int column)
{
	double sum = 0;

	for (int k = 0; k < a.head.columns; k++)
		sum += value(&a, row, k) * value(&b, k, column);
	return ldexp(sum, c.head.fractions);
}

static void products_are_rounded_half_up(void **state)
{
	int fit = 0;

	for (int round = 0; round < 3000; round++) {
		const int rows = round % 5, inner = round % 31, columns = round % 27;

		fill(&a, rows, inner, round % 16);
		fill(&b, inner, columns, round % 13);
		fill(&c, rows, columns, a.head.fractions + b.head.fractions - 8 - round % 26);
		assert_int_equal(mat_multiply(&a.head, &b.head, &c.head), 0);
		for (int i = 0; i < rows; i++) {
			for (int j = 0; j < columns; j++) {
				const double exact = floor(product(i, j) + 0.5);

				if (fabs(exact) > 32767)
					continue;
				fit++;
				assert_true(mat_get_scalar_16b(&c.head, i, j) == exact);
			}
		}
	}
	assert_true(fit > 50000);
}

static void elements_are_multiplied_one_by_one(void **state)
{
	for (int shift = 0; shift < 32; shift++) {
		fill(&a, 30, 40, 15);
		fill(&b, 30, 40, 15);
		fill(&c, 30, 40, 30 - shift);
		assert_int_equal(mat_multiply_elementwise(&a.head, &b.head, &c.head), 0);
		for (int i = 0; i < 1200; i++) {
			const int32_t exact = a.words[4 + i] * b.words[4 + i];
			const double rounded = floor(ldexp(exact, -shift) + 0.5);

			assert_int_equal(c.words[4 + i], (int16_t)(int64_t)rounded);
		}
		/* in place */
		a.head.fractions = (int16_t)(30 - shift);
		b.head.fractions = 0;
		b.head.fractions = (int16_t)shift;
		mat_multiply_elementwise(&a.head, &b.head, &c.head);
		mat_multiply_elementwise(&a.head, &b.head, &a.head);
		assert_memory_equal(a.head.data, c.head.data, 2400);
	}
}

static void what_does_not_fit_keeps_its_low_bits(void **state)
{
	fill(&a, 1, 1, 0);
	fill(&b, 1, 1, 0);
	fill(&c, 1, 1, 0);
	mat_set_all_16b(&a.head, INT16_MIN);
	mat_set_all_16b(&b.head, 3);
	assert_int_equal(mat_multiply(&a.head, &b.head, &c.head), 0);
	assert_int_equal(c.head.data[0], INT16_MIN);
	assert_int_equal(mat_multiply_elementwise(&a.head, &b.head, &c.head), 0);
	assert_int_equal(c.head.data[0], INT16_MIN);
	/* a sum too large for 32 bits */
	fill(&a, 1, 40, 15);
	fill(&b, 40, 1, 15);
	fill(&c, 1, 1, 7);
	mat_set_all_16b(&a.head, INT16_MIN);
	mat_set_all_16b(&b.head, INT16_MIN);
	assert_int_equal(mat_multiply(&a.head, &b.head, &c.head), 0);
	assert_int_equal(c.head.data[0], 40 << 7);
}

static void sizes_and_formats_have_to_match(void **state)
{
	static const struct {
		int sizes[6];
		int fractions[3];
	} bad[] = {
		{ { 2, 3, 4, 2, 2, 2 }, { 0 } },	   { { 2, 3, 3, 2, 1, 2 }, { 0 } },
		{ { 2, 3, 3, 2, 2, 3 }, { 0 } },	   { { 2, 2, 2, 2, 2, 2 }, { 7, 7, 15 } },
		{ { 2, 2, 2, 2, 2, 2 }, { 32767, 1, 0 } }, { { 2, 2, 2, 2, 2, 2 }, { 30, 35, 0 } },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const int *const size = bad[i].sizes;
		const int *const fractions = bad[i].fractions;

		fill(&a, size[0], size[1], fractions[0]);
		fill(&b, size[2], size[3], fractions[1]);
		fill(&c, size[4], size[5], fractions[2]);
		c.head.data[0] = 99;
		assert_int_equal(mat_multiply(&a.head, &b.head, &c.head), -EINVAL);
		assert_int_equal(mat_multiply_elementwise(&a.head, &b.head, &c.head), -EINVAL);
		assert_int_equal(c.head.data[0], 99);
	}
	/* the most there can be */
	fill(&a, 2, 2, 30);
	fill(&b, 2, 2, 34);
	fill(&c, 2, 2, 0);
	assert_int_equal(mat_multiply(&a.head, &b.head, &c.head), 0);
	assert_int_equal(mat_multiply_elementwise(&a.head, &b.head, &c.head), 0);
}

static void elements_are_stored_by_row(void **state)
{
	static const int16_t numbers[] = { 1, 2, 3, 4, 5, 6 };

	fill(&a, 2, 3, 0);
	a.head.data[6] = 77;
	mat_copy_from_linear_16b(&a.head, numbers);
	assert_int_equal(mat_get_scalar_16b(&a.head, 1, 0), 4);
	assert_int_equal(mat_get_row_vector_16b(&a.head, 1)[2], 6);
	mat_set_scalar_16b(&a.head, 0, 2, -3);
	assert_int_equal(a.head.data[2], -3);
	mat_set_all_16b(&a.head, 8);
	for (int i = 0; i < 6; i++)
		assert_int_equal(a.head.data[i], 8);
	assert_int_equal(a.head.data[6], 77);
}

static void check_new(const struct mat_matrix_16b *m)
{
	assert_non_null(m);
	assert_int_equal(m->rows, 20);
	assert_int_equal(m->columns, 30);
	assert_int_equal(m->fractions, 9);
	for (int i = 0; i < 600; i++)
		assert_int_equal(m->data[i], 0);
}

static void new_ones_are_zeroes(void **state)
{
	struct mat_matrix_16b *m = mat_matrix_alloc_16b(20, 30, 9);

	check_new(m);
	rfree(m);
	m = mod_mat_matrix_alloc_16b(test_module(), 20, 30, 9);
	check_new(m);
	mod_free(test_module(), m);
	assert_int_equal(test_allocations(), 0);
}

static void without_memory_there_is_none(void **state)
{
	assert_null(mat_matrix_alloc_16b(-1, 4, 0));
	assert_null(mod_mat_matrix_alloc_16b(test_module(), 4, INT16_MIN, 0));
	test_fail_allocation(0);
	assert_null(mat_matrix_alloc_16b(4, 4, 0));
	assert_null(mod_mat_matrix_alloc_16b(test_module(), 4, 4, 0));
	test_fail_allocation(-1);
	assert_int_equal(test_allocations(), 0);
}

int test_matrix(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(products_are_rounded_half_up),
		cmocka_unit_test(elements_are_multiplied_one_by_one),
		cmocka_unit_test(what_does_not_fit_keeps_its_low_bits),
		cmocka_unit_test(sizes_and_formats_have_to_match),
		cmocka_unit_test(elements_are_stored_by_row),
		cmocka_unit_test(new_ones_are_zeroes),
		cmocka_unit_test(without_memory_there_is_none),
	};

	return cmocka_run_group_tests_name("matrix", tests, NULL, NULL);
}
