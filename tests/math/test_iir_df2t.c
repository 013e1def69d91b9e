/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_signal.h"

#include <errno.h>
#include <math.h>
#include <sof/math/iir_df2t.h>
#include <user/eq.h>

/* A header with room for the biquads behind it, all of it words. */
struct response {
	union {
		struct sof_eq_iir_header header;
		int32_t words[6 + 11 * 7];
	};
};

#define BIQUAD(response, i) (&(response).words[6 + 7 * (i)])

static void one_biquad_is_within_its_bound(void **state)
{
	for (int filter = 0; filter < 200; filter++) {
		struct response r = { { .header = { .num_sections = 1,
						    .num_sections_in_series = 1 } } };
		int32_t *const c = BIQUAD(r, 0);
		int64_t delay[2] = { 0 }, *at = delay;
		struct iir_state_df2t iir;
		double scale, bound;

		/* magnitudes sum up to less than 2: nothing saturates */
		for (int i = 0; i < 5; i++)
			c[i] = test_random() / 6;
		c[5] = filter % 5 - 1;
		c[6] = (1 << 14) / (c[5] < 0 ? 8 : 4);
		scale = c[6] / ldexp(1, 14 + c[5]);
		bound = 0.5 * scale + 0.5 + 1e-6;
		assert_int_equal(iir_delay_size_df2t(&r.header), sizeof(delay));
		assert_int_equal(iir_init_coef_df2t(&iir, &r.header), 0);
		iir_init_delay_df2t(&iir, &at);
		assert_ptr_equal(at, delay + 2);
		for (int n = 0; n < 500; n++) {
			const int32_t x = test_random() / 4;
			const double y = ldexp((double)c[4] * x + (double)delay[0], -30);

			assert_true(fabs(iir_df2t(&iir, x) - y * scale) <= bound);
		}
	}
}

/* Impulse response of the recursion in double precision. */
static void feedback_and_feed_forward_are_where_they_belong(void **state)
{
	struct response r = { { .header = { .num_sections = 1, .num_sections_in_series = 1 } } };
	int32_t *const c = BIQUAD(r, 0);
	int64_t delay[2] = { 0 }, *at = delay;
	struct iir_state_df2t iir;
	double x1 = 0, x2 = 0, y1 = 0, y2 = 0;

	c[0] = -(1 << 28); /* a2: -0.25 */
	c[1] = 1 << 29;	   /* a1: 0.5 */
	c[2] = 1 << 27;	   /* b2: 0.125 */
	c[3] = -(1 << 28); /* b1: -0.25 */
	c[4] = 1 << 29;	   /* b0: 0.5 */
	c[6] = 1 << 14;
	iir_init_coef_df2t(&iir, &r.header);
	iir_init_delay_df2t(&iir, &at);
	for (int n = 0; n < 40; n++) {
		const double x = n == 0 ? 1 << 30 : 0;
		const double y = 0.5 * x - 0.25 * x1 + 0.125 * x2 + 0.5 * y1 - 0.25 * y2;

		assert_true(fabs(iir_df2t(&iir, (int32_t)x) - y) <= 3);
		x2 = x1;
		x1 = x;
		y2 = y1;
		y1 = y;
	}
}

static void make_gain(struct response *r, int i, int32_t b0)
{
	BIQUAD(*r, i)[4] = b0;
	BIQUAD(*r, i)[6] = 1 << 14;
}

static void rows_are_in_series_and_each_sum_saturates(void **state)
{
	struct response r = { { .header = { .num_sections = 6, .num_sections_in_series = 2 } } };
	int64_t delay[12] = { 0 }, *at = delay;
	struct iir_state_df2t iir;

	/* 0.75, 0.75 and -1 of the input */
	for (int i = 0; i < 4; i++)
		make_gain(&r, i, i % 2 ? 1 << 30 : 3 << 28);
	make_gain(&r, 4, -(1 << 30));
	make_gain(&r, 5, 1 << 30);
	assert_int_equal(iir_delay_size_df2t(&r.header), sizeof(delay));
	iir_init_coef_df2t(&iir, &r.header);
	iir_init_delay_df2t(&iir, &at);
	assert_int_equal(iir_df2t(&iir, 1 << 20), 1 << 19);
	/* 1.5 is too much, and what is over does not come back */
	assert_int_equal(iir_df2t(&iir, INT32_MAX), 0);
}

static void coefficients_too_large_saturate(void **state)
{
	struct response r = { { .header = { .num_sections = 1, .num_sections_in_series = 1 } } };
	int64_t delay[2] = { 0 }, *at = delay;
	struct iir_state_df2t iir;

	make_gain(&r, 0, INT32_MAX);
	BIQUAD(r, 0)[5] = -13;
	BIQUAD(r, 0)[6] = INT32_MAX;
	for (int i = 0; i < 4; i++)
		BIQUAD(r, 0)[i] = INT32_MIN;
	iir_init_coef_df2t(&iir, &r.header);
	iir_init_delay_df2t(&iir, &at);
	assert_int_equal(iir_df2t(&iir, INT32_MAX), INT32_MAX);
	/* the state wraps instead of trapping */
	for (int n = 0; n < 100; n++)
		iir_df2t(&iir, n % 2 ? INT32_MIN : INT32_MAX);
	delay[0] = 0;
	delay[1] = 0;
	assert_int_equal(iir_df2t(&iir, INT32_MIN), INT32_MIN);
}

static void impossible_responses_are_refused(void **state)
{
	static const uint32_t bad[][2] = {
		{ 0, 0 },  { 0, 1 }, { 1, 0 },		{ 1, 2 },
		{ 12, 1 }, { 3, 2 }, { UINT32_MAX, 1 }, { 2, UINT32_MAX }
	};
	struct response r = { { .header = { .num_sections = 1 } } };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		r.header.num_sections = bad[i][0];
		r.header.num_sections_in_series = bad[i][1];
		assert_int_equal(iir_delay_size_df2t(&r.header), -EINVAL);
	}
	r.header.num_sections = 11;
	r.header.num_sections_in_series = 11;
	assert_int_equal(iir_delay_size_df2t(&r.header), 11 * 16);
	BIQUAD(r, 10)[5] = 51;
	assert_int_equal(iir_delay_size_df2t(&r.header), -EINVAL);
}

static void a_filter_that_was_reset_passes(void **state)
{
	struct iir_state_df2t iir = { 0 };

	iir_reset_df2t(&iir);
	assert_int_equal(iir_df2t(&iir, INT32_MIN), INT32_MIN);
	assert_int_equal(iir_df2t_s16(&iir, -5), -5);
	assert_int_equal(iir_df2t_s24(&iir, 0x7f800000), -8388608);
	assert_int_equal(iir_df2t_s32_s16(&iir, INT32_MAX), INT16_MAX);
	assert_int_equal(iir_df2t_s32_s24(&iir, INT32_MAX), 8388607);
}

int test_iir_df2t(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_biquad_is_within_its_bound),
		cmocka_unit_test(feedback_and_feed_forward_are_where_they_belong),
		cmocka_unit_test(rows_are_in_series_and_each_sum_saturates),
		cmocka_unit_test(coefficients_too_large_saturate),
		cmocka_unit_test(impossible_responses_are_refused),
		cmocka_unit_test(a_filter_that_was_reset_passes),
	};

	return cmocka_run_group_tests_name("iir_df2t", tests, NULL, NULL);
}
