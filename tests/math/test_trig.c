/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_math.h"

#include <math.h>
#include <sof/math/cordic.h>
#include <sof/math/icomplex32.h>
#include <sof/math/lut_trig.h>
#include <sof/math/trig.h>

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

/* i-th of COUNT + 1 points from -range to range */
static int32_t point(int i, int32_t range)
{
	return (int32_t)(-(int64_t)range + 2 * (int64_t)range * i / COUNT);
}

/* The last entries are a few units, which no bound of the results tells from none. */
static void cordic_tables_are_arc_tangents(void **state)
{
	for (int k = 0; k < CORDIC_31B_TABLE_SIZE; k++)
		assert_near(from_q(cordic_lookup[k], 30), atan(ldexp(1, -k)), ldexp(0.51, -30));
	/* cut off */
	for (int k = 0; k < CORDIC_30B_ITABLE_SIZE; k++) {
		const double exact = 2 * atan(ldexp(1, -k - 1));

		assert_near(from_q(cordic_ilookup[k], 29), exact - ldexp(0.5, -29),
			    ldexp(0.51, -29));
	}
}

static void sines_are_within_their_bounds(void **state)
{
	for (int i = 0; i <= COUNT; i++) {
		const int32_t angle = point(i, PI_MUL2_Q4_28);
		const double sine = sin(from_q(angle, 28));
		const double cosine = cos(from_q(angle, 28));
		struct cordic_cmpx turned;

		assert_near(from_q(sin_fixed_32b(angle), 31), sine, 2.0e-8);
		assert_near(from_q(cos_fixed_32b(angle), 31), cosine, 2.0e-8);
		assert_near(from_q(sin_fixed_16b(angle), 15), sine, 8.0e-5);
		assert_near(from_q(cos_fixed_16b(angle), 15), cosine, 8.0e-5);
		cmpx_exp_32b(angle, &turned);
		assert_near(from_q(turned.re, 30), cosine, 2.0e-8);
		assert_near(from_q(turned.im, 30), sine, 2.0e-8);
		cmpx_exp_16b(angle, &turned);
		assert_near(from_q(turned.re, 15), cosine, 8.0e-5);
		assert_near(from_q(turned.im, 15), sine, 8.0e-5);
		if (angle >= 0)
			assert_near(from_q(sofm_lut_sin_fixed_16b(angle), 15), sine, 3.1e-5);
	}
}

static void sines_of_any_word_are_defined(void **state)
{
	static const int32_t ends[] = { INT32_MIN, INT32_MIN + 1, INT32_MAX, 0, -1 };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		int32_t sign, sine, cosine, left, many[4];

		cordic_approx(ends[i], 31, &sign, &sine, &cosine, &left);
		assert_true(sign == 1 || sign == -1);
		cordic_approx(ends[i], INT32_MAX, &many[0], &many[1], &many[2], &many[3]);
		assert_int_equal(many[1], sine);
		assert_int_equal(many[2], cosine);
		assert_int_equal(many[3], left);
		(void)sofm_lut_sin_fixed_16b(ends[i]);
	}
	/* -8.0 is read as 0 */
	assert_int_equal(sin_fixed_32b(INT32_MIN), sin_fixed_32b(0));
	assert_int_equal(cos_fixed_32b(INT32_MIN), cos_fixed_32b(0));
}

static void cordic_turns_no_further_than_asked(void **state)
{
	int32_t sign, sine, cosine, left;
	double turned = 0;
	double length = 0.607252935008881;

	for (int steps = 0; steps <= 20; steps++) {
		const double wanted = 0.7;

		cordic_approx((int32_t)ldexp(wanted, 28), steps, &sign, &sine, &cosine, &left);
		assert_int_equal(sign, 1);
		assert_near(from_q(left, 30), wanted - turned, 1.0e-7);
		assert_near(from_q(sine, 30), length * sin(turned), 1.0e-7);
		assert_near(from_q(cosine, 30), length * cos(turned), 1.0e-7);
		turned += (wanted >= turned ? 1 : -1) * atan(ldexp(1, -steps));
		length *= sqrt(1 + ldexp(1, -2 * steps));
	}
}

static void inverse_sines_are_within_their_bounds(void **state)
{
	for (int i = 0; i <= COUNT; i++) {
		const int32_t x = point(i, 1 << 30);
		const bool end = fabs(from_q(x, 30)) > 0.99;
		const double asine = asin(from_q(x, 30));
		const double acosine = acos(from_q(x, 30));

		assert_near(from_q(asin_fixed_32b(x), 29), asine, end ? 2.7e-3 : 1.2e-7);
		assert_near(from_q(acos_fixed_32b(x), 29), acosine, end ? 1.4e-4 : 1.2e-7);
		assert_near(from_q(asin_fixed_16b(x), 13), asine, end ? 2.7e-3 : 1.3e-4);
		assert_near(from_q(acos_fixed_16b(x), 13), acosine, end ? 1.8e-4 : 1.3e-4);
	}
	/* the last ones, where it is worst */
	for (int32_t x = (1 << 30) - 2000; x <= 1 << 30; x++) {
		assert_near(from_q(asin_fixed_32b(x), 29), asin(from_q(x, 30)), 2.7e-3);
		assert_near(from_q(acos_fixed_32b(x), 29), acos(from_q(x, 30)), 1.4e-4);
		assert_near(from_q(acos_fixed_32b(-x), 29), acos(from_q(-x, 30)), 1.4e-4);
		assert_near(from_q(acos_fixed_16b(x), 13), acos(from_q(x, 30)), 1.8e-4);
		assert_near(from_q(acos_fixed_16b(-x), 13), acos(from_q(-x, 30)), 1.8e-4);
	}
}

static void inverse_sines_of_any_word_are_defined(void **state)
{
	for (int i = 0; i < COUNT; i++) {
		const int32_t x = i < 4 ? (int32_t)(0x80000000u - 2 + i) : test_random();

		if (x != INT32_MIN && x != 0)
			assert_int_equal(asin_fixed_32b(-x), -asin_fixed_32b(x));
		(void)acos_fixed_32b(x);
		assert_int_equal(is_scalar_cordic_asin(x, 30), is_scalar_cordic_asin(x, 1000));
		assert_int_equal(is_scalar_cordic_acos(x, 30), is_scalar_cordic_acos(x, 1000));
	}
}

static void angles_are_within_their_bound(void **state)
{
	for (int i = 0; i < COUNT; i++) {
		const int32_t x = test_random() >> (i % 31);
		const int32_t y = test_random() >> (i / 31 % 31);

		assert_near(from_q(sofm_atan2_32b(y, x), 29), x || y ? atan2(y, x) : 0, 2.0e-5);
	}
}

static void angles_of_the_axes(void **state)
{
	assert_int_equal(sofm_atan2_32b(0, 0), 0);
	assert_int_equal(sofm_atan2_32b(0, INT32_MAX), 0);
	assert_int_equal(sofm_atan2_32b(0, INT32_MIN), PI_Q3_29);
	assert_int_equal(sofm_atan2_32b(0, -1), PI_Q3_29);
	assert_int_equal(sofm_atan2_32b(INT32_MAX, 0), PI_DIV2_Q3_29);
	assert_int_equal(sofm_atan2_32b(INT32_MIN, 0), -PI_DIV2_Q3_29);
	assert_near(from_q(sofm_atan2_32b(INT32_MIN, INT32_MIN), 29), -3 * M_PI / 4, 2.0e-5);
	assert_near(from_q(sofm_atan2_32b(-1, INT32_MIN), 29), -M_PI, 2.0e-5);
}

static void polar_and_back_is_within_its_bounds(void **state)
{
	for (int i = 0; i < COUNT; i++) {
		/* over itself */
		union {
			struct icomplex32 rectangular;
			struct ipolar32 polar;
		} z;
		const int32_t x = test_random() >> (i % 31);
		const int32_t y = test_random() >> (i / 31 % 31);
		const double length = hypot(from_q(x, 31), from_q(y, 31));
		double angle;

		z.rectangular = (struct icomplex32){ x, y };
		sofm_icomplex32_to_polar(&z.rectangular, &z.polar);
		assert_near(from_q(z.polar.magnitude, 30), length,
			    fmin(7.6e-8 + ldexp(1, -31) / fmax(length, 1e-12), 2.2e-5));
		assert_near(from_q(z.polar.angle, 29), x || y ? atan2(y, x) : 0, 2.0e-5);

		angle = from_q(z.polar.angle, 29);
		z.polar.magnitude = (int32_t)ldexp(fmin(length, 0.999), 30);
		sofm_ipolar32_to_complex(&z.polar, &z.rectangular);
		assert_near(from_q(z.rectangular.real, 31), fmin(length, 0.999) * cos(angle), 3e-8);
		assert_near(from_q(z.rectangular.imag, 31), fmin(length, 0.999) * sin(angle), 3e-8);
	}
}

static void polar_saturates(void **state)
{
	struct icomplex32 corner = { INT32_MIN, INT32_MIN };
	struct ipolar32 polar = { INT32_MAX, 0 };

	sofm_ipolar32_to_complex(&polar, &corner);
	assert_int_equal(corner.real, INT32_MAX);
	polar.angle = PI_Q3_29;
	sofm_ipolar32_to_complex(&polar, &corner);
	assert_int_equal(corner.real, INT32_MIN);
	polar.angle = INT32_MAX;
	sofm_ipolar32_to_complex(&polar, &corner);

	corner = (struct icomplex32){ INT32_MIN, INT32_MIN };
	sofm_icomplex32_to_polar(&corner, &polar);
	assert_int_equal(polar.magnitude, 0);
	corner.imag = -INT32_MAX;
	sofm_icomplex32_to_polar(&corner, &polar);
	assert_near(from_q(polar.magnitude, 30), sqrt(2), 7.6e-8);
}

static void tables_are_those_of_the_formulas(void **state)
{
	for (int k = 0; k < CORDIC_31B_TABLE_SIZE; k++)
		assert_int_equal(cordic_lookup[k], lround(ldexp(atan(ldexp(1, -k)), 30)));
	for (int k = 0; k < CORDIC_30B_ITABLE_SIZE; k++)
		assert_in_range(lround(ldexp(atan(ldexp(1, -k - 1)), 30)) - cordic_ilookup[k], 0,
				1);
}

int test_trig(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cordic_tables_are_arc_tangents),
		cmocka_unit_test(sines_are_within_their_bounds),
		cmocka_unit_test(sines_of_any_word_are_defined),
		cmocka_unit_test(cordic_turns_no_further_than_asked),
		cmocka_unit_test(inverse_sines_are_within_their_bounds),
		cmocka_unit_test(inverse_sines_of_any_word_are_defined),
		cmocka_unit_test(angles_are_within_their_bound),
		cmocka_unit_test(angles_of_the_axes),
		cmocka_unit_test(polar_and_back_is_within_its_bounds),
		cmocka_unit_test(polar_saturates),
		cmocka_unit_test(tables_are_those_of_the_formulas),
	};

	return cmocka_run_group_tests_name("trig", tests, NULL, NULL);
}
