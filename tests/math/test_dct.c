/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_signal.h"

#include <errno.h>
#include <math.h>
#include <sof/math/dct.h>
#include <stdlib.h>

static struct dct_plan_16 plan_of(int in, int out)
{
	return (struct dct_plan_16){ .num_in = in, .num_out = out, .type = DCT_II, .ortho = true };
}

static void every_size_is_within_its_bound(void **state)
{
	for (int in = 1; in <= DCT_MATRIX_SIZE_MAX; in++) {
		struct dct_plan_16 plan = plan_of(in, DCT_MATRIX_SIZE_MAX);

		assert_int_equal(mod_dct_initialize_16(test_module(), &plan), 0);
		assert_int_equal(plan.matrix->rows, in);
		assert_int_equal(plan.matrix->columns, DCT_MATRIX_SIZE_MAX);
		assert_int_equal(plan.matrix->fractions, 15);
		for (int n = 0; n < in && in >= 3; n++) {
			for (int k = 0; k < DCT_MATRIX_SIZE_MAX; k++) {
				const double norm = sqrt((k ? 2.0 : 1.0) / in);
				const double exact = norm * cos(M_PI * (n + 0.5) * k / in);
				const int is = mat_get_scalar_16b(plan.matrix, n, k);

				assert_true(fabs(is - ldexp(exact, 15)) <= 12);
			}
		}
		assert_int_equal(mod_dct_free_16(test_module(), &plan), 0);
	}
	assert_int_equal(test_allocations(), 0);
}

/* A constant is all in the first number out. */
static void a_constant_has_no_cosines(void **state)
{
	struct dct_plan_16 plan = plan_of(16, 16);
	struct mat_matrix_16b *const in = mod_mat_matrix_alloc_16b(test_module(), 1, 16, 15);
	struct mat_matrix_16b *const out = mod_mat_matrix_alloc_16b(test_module(), 1, 16, 12);

	assert_int_equal(mod_dct_initialize_16(test_module(), &plan), 0);
	mat_set_all_16b(in, 1 << 14);
	assert_int_equal(mat_multiply(in, plan.matrix, out), 0);
	/* 16 times 0.5 times 1/4 */
	assert_true(abs(out->data[0] - (2 << 12)) <= 16);
	for (int k = 1; k < 16; k++)
		assert_true(abs(out->data[k]) <= 8);
	mod_dct_free_16(test_module(), &plan);
	mod_free(test_module(), in);
	mod_free(test_module(), out);
}

static void other_transforms_are_refused(void **state)
{
	static const int sizes[] = { INT32_MIN, -1, 0, DCT_MATRIX_SIZE_MAX + 1, INT32_MAX };
	static struct mat_matrix_16b not_null;
	struct dct_plan_16 plan;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		plan = plan_of(sizes[i], 4);
		plan.matrix = &not_null;
		assert_int_equal(mod_dct_initialize_16(test_module(), &plan), -EINVAL);
		assert_null(plan.matrix);
		plan = plan_of(4, sizes[i]);
		assert_int_equal(mod_dct_initialize_16(test_module(), &plan), -EINVAL);
	}
	plan = plan_of(4, 4);
	plan.type = DCT_I;
	assert_int_equal(mod_dct_initialize_16(test_module(), &plan), -EINVAL);
	plan = plan_of(4, 4);
	plan.ortho = false;
	assert_int_equal(mod_dct_initialize_16(test_module(), &plan), -EINVAL);
	assert_int_equal(test_allocations(), 0);
}

static void without_memory_there_is_no_matrix(void **state)
{
	struct dct_plan_16 plan = plan_of(4, 4);

	test_fail_allocation(0);
	assert_int_equal(mod_dct_initialize_16(test_module(), &plan), -ENOMEM);
	test_fail_allocation(-1);
	assert_null(plan.matrix);
	assert_int_equal(mod_dct_free_16(test_module(), &plan), 0);
}

int test_dct(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size_is_within_its_bound),
		cmocka_unit_test(a_constant_has_no_cosines),
		cmocka_unit_test(other_transforms_are_refused),
		cmocka_unit_test(without_memory_there_is_no_matrix),
	};

	return cmocka_run_group_tests_name("dct", tests, NULL, NULL);
}
