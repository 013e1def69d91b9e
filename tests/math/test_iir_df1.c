/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_math.h"

#include <errno.h>
#include <math.h>
#include <sof/math/iir_df1.h>
#include <string.h>
#include <user/eq.h>

/* A header with room for the biquads behind it, all of it words. */
struct response {
	union {
		struct sof_eq_iir_header header;
		int32_t words[6 + 11 * 7];
	};
};

#define BIQUAD(response, i) (&(response).words[6 + 7 * (i)])

/* One in the last place of Q1.31 is 1 here. */
static double biquad_in_double(const int32_t *c, const int32_t *delay, double x)
{
	const double q30 = 1 << 30;
	const double y = (c[4] * x + (double)c[3] * delay[3] + (double)c[2] * delay[2] +
			  (double)c[1] * delay[1] + (double)c[0] * delay[0]) /
			 q30;

	return y * c[6] / (1 << 14) / pow(2, c[5]);
}

static void one_biquad_is_within_its_bound(void **state)
{
	for (int filter = 0; filter < 200; filter++) {
		struct response r = { { .header = { .num_sections = 1,
						    .num_sections_in_series = 1 } } };
		int32_t *const c = BIQUAD(r, 0);
		int32_t delay[4] = { 0 }, *at = delay;
		struct iir_state_df1 iir;
		double bound;

		/* magnitudes sum up to less than 2: nothing saturates */
		for (int i = 0; i < 5; i++)
			c[i] = test_random() / 6;
		c[5] = filter % 5 - 1;
		c[6] = (1 << 14) / (c[5] < 0 ? 8 : 4);
		bound = 0.5 * c[6] / (1 << 14) / pow(2, c[5]) + 0.5 + 1e-6;
		assert_int_equal(iir_delay_size_df1(&r.header), sizeof(delay));
		assert_int_equal(iir_init_coef_df1(&iir, &r.header), 0);
		iir_init_delay_df1(&iir, &at);
		assert_ptr_equal(at, delay + 4);
		for (int n = 0; n < 500; n++) {
			const int32_t x = test_random() / 4;
			const double exact = biquad_in_double(c, delay, x);

			assert_true(fabs(iir_df1(&iir, x) - exact) <= bound);
		}
	}
}

/* The slow way: every section over the whole signal, then the next. */
static void rows_are_in_series_and_summed(void **state)
{
	enum { SECTIONS = 6, ROW = 2, LENGTH = 300 };
	struct response whole = { { .header = { .num_sections = SECTIONS,
						.num_sections_in_series = ROW } } };
	int32_t delay[SECTIONS * 4] = { 0 }, *at = delay, x[LENGTH];
	int64_t sum[LENGTH] = { 0 };
	struct iir_state_df1 iir;

	for (int i = 0; i < SECTIONS; i++) {
		int32_t *const c = BIQUAD(whole, i);

		for (int k = 0; k < 5; k++)
			c[k] = test_random() / 3;
		c[5] = i % 3 - 1;
		c[6] = test_random() >> 16;
	}
	for (int n = 0; n < LENGTH; n++)
		x[n] = test_random();
	for (int row = 0; row < SECTIONS; row += ROW) {
		int32_t y[LENGTH];

		memcpy(y, x, sizeof(y));
		for (int i = row; i < row + ROW; i++) {
			struct response one = { { .header = { .num_sections = 1,
							      .num_sections_in_series = 1 } } };
			int32_t one_delay[4] = { 0 }, *one_at = one_delay;

			memcpy(BIQUAD(one, 0), BIQUAD(whole, i), 7 * sizeof(int32_t));
			iir_init_coef_df1(&iir, &one.header);
			iir_init_delay_df1(&iir, &one_at);
			for (int n = 0; n < LENGTH; n++)
				y[n] = iir_df1(&iir, y[n]);
		}
		for (int n = 0; n < LENGTH; n++)
			sum[n] += y[n];
	}
	assert_int_equal(iir_delay_size_df1(&whole.header), sizeof(delay));
	iir_init_coef_df1(&iir, &whole.header);
	iir_init_delay_df1(&iir, &at);
	for (int n = 0; n < LENGTH; n++)
		assert_int_equal(iir_df1(&iir, x[n]), sat_int32(sum[n]));
}

static void two_in_series_have_a_function_of_their_own(void **state)
{
	struct response r = { { .header = { .num_sections = 2, .num_sections_in_series = 2 } } };
	int32_t delay[16] = { 0 }, *at = delay;
	struct iir_state_df1 a, b;

	for (int i = 0; i < 14; i++)
		BIQUAD(r, 0)[i] = i % 7 == 5 ? 1 : i % 7 == 6 ? 1 << 14 : test_random() / 3;
	iir_init_coef_df1(&a, &r.header);
	iir_init_coef_df1(&b, &r.header);
	iir_init_delay_df1(&a, &at);
	iir_init_delay_df1(&b, &at);
	for (int n = 0; n < 200; n++) {
		const int32_t x = test_random();

		assert_int_equal(iir_df1(&a, x), iir_df1_4th(&b, x));
	}
}

static void impossible_responses_are_refused(void **state)
{
	static const uint32_t bad[][2] = {
		{ 0, 0 },  { 0, 1 }, { 1, 0 },		{ 1, 2 },
		{ 12, 1 }, { 3, 2 }, { UINT32_MAX, 1 }, { 2, UINT32_MAX }
	};
	static const int32_t bad_shift[] = { -14, 51, INT32_MIN, INT32_MAX };
	struct response r = { { .header = { .num_sections = 1 } } };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		r.header.num_sections = bad[i][0];
		r.header.num_sections_in_series = bad[i][1];
		assert_int_equal(iir_delay_size_df1(&r.header), -EINVAL);
	}
	r.header.num_sections = 2;
	r.header.num_sections_in_series = 1;
	for (size_t i = 0; i < sizeof(bad_shift) / sizeof(bad_shift[0]); i++) {
		BIQUAD(r, 1)[5] = bad_shift[i];
		assert_int_equal(iir_delay_size_df1(&r.header), -EINVAL);
	}
	BIQUAD(r, 1)[5] = -13;
	assert_int_equal(iir_delay_size_df1(&r.header), 32);
	BIQUAD(r, 1)[5] = 50;
	assert_int_equal(iir_delay_size_df1(&r.header), 32);
}

static void a_filter_that_was_reset_passes(void **state)
{
	struct iir_state_df1 iir = { 0 };

	iir_reset_df1(&iir);
	assert_int_equal(iir_df1(&iir, INT32_MIN), INT32_MIN);
	assert_int_equal(iir_df1_s16(&iir, -5), -5);
	assert_int_equal(iir_df1_s24(&iir, 0x7f800000), -8388608);
}

int test_iir_df1(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_biquad_is_within_its_bound),
		cmocka_unit_test(rows_are_in_series_and_summed),
		cmocka_unit_test(two_in_series_have_a_function_of_their_own),
		cmocka_unit_test(impossible_responses_are_refused),
		cmocka_unit_test(a_filter_that_was_reset_passes),
	};

	return cmocka_run_group_tests_name("iir_df1", tests, NULL, NULL);
}
