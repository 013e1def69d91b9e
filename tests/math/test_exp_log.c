/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_math.h"

#include <math.h>
#include <sof/math/decibels.h>
#include <sof/math/exp_fcn.h>
#include <sof/math/log.h>
#include <sof/math/power.h>
#include <sof/math/sqrt.h>
#include <stdlib.h>

#define COUNT 300000

static double from_q(int64_t x, int bits)
{
	return ldexp((double)x, -bits);
}

static void assert_near(double got, double exact, double bound)
{
	if (fabs(got - exact) >= bound)
		fail_msg("%.12g instead of %.12g: off by %.3g, allowed %.3g", got, exact,
			 got - exact, bound);
}

/* The i-th point of COUNT + 1 from low to high, both among them. */
static int32_t point(int i, int32_t low, int32_t high)
{
	return (int32_t)(low + ((int64_t)high - low) * i / COUNT);
}

/* units in the last place of Q.20, and a part of the value */
static double bound(double units, double part, double value)
{
	return ldexp(units, -20) + part * value;
}

static void roots_are_within_their_bounds(void **state)
{
	for (int u = 0; u <= UINT16_MAX; u++)
		assert_near(from_q(sofm_sqrt_int16((uint16_t)u), 12), sqrt(from_q(u, 12)), 2.0e-4);
	for (int i = 0; i <= COUNT; i++) {
		const int32_t n =
			i & 1 ? point(i, 0, INT32_MAX) : (test_random() & INT32_MAX) >> (i % 31);

		assert_near(from_q(sofm_sqrt_int32(n), 30), sqrt(from_q(n, 30)), 7.6e-8);
	}
}

static void roots_of_nothing_are_nothing(void **state)
{
	assert_int_equal(sofm_sqrt_int16(0), 0);
	assert_int_equal(sofm_sqrt_int32(0), 0);
	assert_int_equal(sofm_sqrt_int32(-1), 0);
	assert_int_equal(sofm_sqrt_int32(INT32_MIN), 0);
	/* and the least of something isn't */
	assert_int_equal(sofm_sqrt_int32(1), 1 << 15);
	assert_int_equal(sofm_sqrt_int16(1), 1 << 6);
}

static void exponentials_are_within_their_bounds(void **state)
{
	for (int i = 0; i <= COUNT; i++) {
		const int32_t any = point(i, INT32_MIN, INT32_MAX);
		const int32_t x = point(i, INT32_MIN, SOFM_EXP_FIXED_INPUT_MAX);
		const int32_t db = point(i, INT32_MIN, SOFM_DB2LIN_INPUT_MAX);
		double exact = exp(from_q(any, 28));

		assert_near(from_q(sofm_exp_approx(any), 19), exact, bound(2, 4.0e-10, exact));
		exact = exp(from_q(x, 27));
		assert_near(from_q(sofm_exp_fixed(x), 20), exact, bound(2, 4.0e-10, exact));
		exact = pow(10, from_q(db, 24) / 20);
		assert_near(from_q(sofm_db2lin_fixed(db), 20), exact, bound(2, 1.2e-8, exact));
	}
}

static void exponentials_saturate(void **state)
{
	assert_int_equal(sofm_exp_fixed(0), 1 << 20);
	assert_int_equal(sofm_exp_fixed(SOFM_EXP_FIXED_INPUT_MAX + 1), INT32_MAX);
	assert_int_equal(sofm_exp_fixed(INT32_MAX), INT32_MAX);
	assert_int_equal(sofm_exp_fixed(INT32_MIN), 0);
	assert_int_equal(sofm_db2lin_fixed(0), 1 << 20);
	assert_int_equal(sofm_db2lin_fixed(SOFM_DB2LIN_INPUT_MAX + 1), INT32_MAX);
	assert_int_equal(sofm_db2lin_fixed(INT32_MAX), INT32_MAX);
}

static void older_exponentials_are_within_their_bounds(void **state)
{
	/* -11.5, 7.6245; -100, 66.22 */
	for (int i = 0; i <= COUNT; i++) {
		const int32_t x = point(i, -1543503871, 1023343427);
		const int32_t db = point(i, -1677721599, 1110998907);
		double exact = exp(from_q(x, 27));

		assert_near(from_q(exp_fixed(x), 20), exact, bound(11, 1.2e-4, exact));
		exact = pow(10, from_q(db, 24) / 20);
		assert_near(from_q(db2lin_fixed(db), 20), exact, bound(11, 1.2e-4, exact));
	}
}

static void older_exponentials_end_where_they_say(void **state)
{
	assert_int_equal(exp_fixed(-1543503873), 0);
	assert_int_equal(exp_fixed(INT32_MIN), 0);
	assert_int_equal(exp_fixed(1023343430), INT32_MAX);
	assert_int_equal(exp_fixed(INT32_MAX), INT32_MAX);
	assert_int_equal(db2lin_fixed(INT32_MIN), 0);
	assert_int_equal(db2lin_fixed(-1677721601), 0);
	assert_int_equal(db2lin_fixed(INT32_MAX), INT32_MAX);
	/* the ends of what the series is good for */
	assert_near(from_q(exp_fixed(1 << 28), 20), exp(2), bound(11, 1.2e-4, exp(2)));
	assert_near(from_q(exp_fixed(-(1 << 28)), 20), exp(-2), bound(11, 1.2e-4, exp(-2)));
}

static void assert_logarithms(uint32_t u)
{
	assert_near(from_q(base2_logarithm(u), 16), log2(u), 3.5e-5);
	assert_near(from_q(ln_int32(u), 27), log(u), 2.5e-5);
	assert_near(from_q(log10_int32(u), 28), log10(u), 1.1e-5);
}

static void logarithms_are_within_their_bounds(void **state)
{
	for (int i = 0; i < 32; i++)
		assert_int_equal(base2_logarithm(1u << i), i << 16);
	for (uint32_t u = 1; u < 70000; u++)
		assert_logarithms(u);
	for (int i = 0; i < COUNT; i++)
		assert_logarithms(((uint32_t)test_random() | 1u << 31) >> (i % 32));
	assert_logarithms(UINT32_MAX);
}

static void logarithms_of_0_are_0(void **state)
{
	assert_int_equal(base2_logarithm(0), 0);
	assert_int_equal(ln_int32(0), 0);
	assert_int_equal(log10_int32(0), 0);
}

static void assert_power(int32_t b, int e, int32_t factor)
{
	const double f = from_q(factor, 25);
	const double exact =
		fmax(fmin(pow(f, abs(e)), from_q(INT32_MAX, 15)), from_q(INT32_MIN, 15));

	/* a product that saturates on the way may be turned around by the next */
	if (fabs(pow(f, abs(e))) > 65535 || fabs(f * f) > 65535)
		return;
	assert_near(from_q(power_int32(b, e * (1 << 29)), 15), exact,
		    ldexp(0.5 * (1 + fabs(f) + f * f) + 1e-6, -15));
}

static void powers_are_within_their_bounds(void **state)
{
	for (int i = 0; i <= COUNT; i++) {
		const int32_t b = i & 1 ? point(i, -(1 << 30), 1 << 30) : test_random() >> (i % 31);

		for (int e = 0; e <= 3; e++) {
			assert_power(b, e, b);
			/* 1/64 and more */
			if (b > 1 << 19 || b < -(1 << 19))
				assert_power(b, -e, (int32_t)trunc(ldexp(1, 50) / b));
		}
	}
}

static void powers_beyond_are_defined(void **state)
{
	assert_int_equal(power_int32(5 << 25, 0), 1 << 15);
	assert_int_equal(power_int32(2 << 25, (1 << 29) + 12345), 2 << 15);
	assert_int_equal(power_int32(2 << 25, -(1 << 29)), 1 << 14);
	assert_int_equal(power_int32(0, 1 << 29), 0);
	assert_int_equal(power_int32(0, -(1 << 29)), 64 << 15);
	assert_int_equal(power_int32(INT32_MAX, 3 << 29), INT32_MAX);
	assert_int_equal(power_int32(INT32_MIN, 3 << 29), INT32_MIN);
	assert_int_equal(power_int32(7 << 25, INT32_MIN), 1 << 15);
	/* 2^50 has no bits of its own in the word */
	assert_int_equal(power_int32(1, -(1 << 29)), 0);
}

int test_exp_log(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_are_within_their_bounds),
		cmocka_unit_test(roots_of_nothing_are_nothing),
		cmocka_unit_test(exponentials_are_within_their_bounds),
		cmocka_unit_test(exponentials_saturate),
		cmocka_unit_test(older_exponentials_are_within_their_bounds),
		cmocka_unit_test(older_exponentials_end_where_they_say),
		cmocka_unit_test(logarithms_are_within_their_bounds),
		cmocka_unit_test(logarithms_of_0_are_0),
		cmocka_unit_test(powers_are_within_their_bounds),
		cmocka_unit_test(powers_beyond_are_defined),
	};

	return cmocka_run_group_tests_name("exp and log", tests, NULL, NULL);
}
