/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_math.h"

#include <math.h>
#include <sof/math/icomplex16.h>
#include <sof/math/icomplex32.h>

#define COUNT 100000

/* One that is often at the ends of its word. */
static int32_t word(int i)
{
	return i % 7 == 0 ? INT32_MIN : i % 7 == 1 ? INT32_MAX : test_random() >> (i % 31);
}

static void sums_wrap_or_saturate(void **state)
{
	for (int i = 0; i < COUNT; i++) {
		const struct icomplex32 a = { word(i), word(i / 7) };
		const struct icomplex32 b = { word(i + 1), word(i / 5) };
		const struct icomplex16 c = { (int16_t)a.real, (int16_t)a.imag };
		const struct icomplex16 d = { (int16_t)b.real, (int16_t)b.imag };
		struct icomplex32 sum;
		struct icomplex16 sum16;

		icomplex32_add(&a, &b, &sum);
		assert_true((uint32_t)sum.real == (uint32_t)a.real + (uint32_t)b.real);
		icomplex32_sub(&sum, &b, &sum);
		assert_memory_equal(&sum, &a, sizeof(a));
		icomplex32_adds(&a, &b, &sum);
		assert_int_equal(sum.real, sat_int32((int64_t)a.real + b.real));
		assert_int_equal(sum.imag, sat_int32((int64_t)a.imag + b.imag));
		icomplex16_add(&c, &d, &sum16);
		assert_int_equal(sum16.imag, (int16_t)(c.imag + d.imag));
		icomplex16_sub(&sum16, &d, &sum16);
		assert_memory_equal(&sum16, &c, sizeof(c));
	}
}

static void products_are_rounded_as_told(void **state)
{
	for (int i = 0; i < COUNT; i++) {
		/* below 1 in magnitude, so that nothing wraps */
		const struct icomplex32 a = { test_random() / 2, test_random() / 2 };
		const struct icomplex32 b = { test_random() / 2, test_random() / 2 };
		const struct icomplex16 c = { (int16_t)(a.real >> 16), (int16_t)(a.imag >> 16) };
		const struct icomplex16 d = { (int16_t)(b.real >> 16), (int16_t)(b.imag >> 16) };
		const long double real =
			(long double)a.real * b.real - (long double)a.imag * b.imag;
		const long double imag =
			(long double)a.real * b.imag + (long double)a.imag * b.real;
		struct icomplex32 product;
		struct icomplex16 product16;

		icomplex32_mul(&a, &b, &product);
		assert_true(product.real == floorl(ldexpl(real, -31)));
		assert_true(product.imag == floorl(ldexpl(imag, -31)));
		icomplex16_mul(&c, &d, &product16);
		assert_true(product16.real ==
			    floor(ldexp(c.real * d.real - c.imag * d.imag, -15) + 0.5));
		assert_true(product16.imag ==
			    floor(ldexp(c.real * d.imag + c.imag * d.real, -15) + 0.5));
	}
}

static void the_square_of_the_corner_wraps(void **state)
{
	struct icomplex32 a = { INT32_MIN, INT32_MIN };
	struct icomplex16 b = { INT16_MIN, INT16_MIN };

	icomplex32_mul(&a, &a, &a);
	assert_int_equal(a.real, 0);
	assert_int_equal(a.imag, 0);
	icomplex16_mul(&b, &b, &b);
	assert_int_equal(b.real, 0);
	assert_int_equal(b.imag, 0);
}

static void conjugates_saturate(void **state)
{
	struct icomplex32 a = { 5, INT32_MIN };
	struct icomplex16 b = { 5, INT16_MIN };

	icomplex32_conj(&a);
	assert_int_equal(a.real, 5);
	assert_int_equal(a.imag, INT32_MAX);
	icomplex32_conj(&a);
	assert_int_equal(a.imag, -INT32_MAX);
	icomplex16_conj(&b);
	assert_int_equal(b.real, 5);
	assert_int_equal(b.imag, INT16_MAX);
}

static double clamp(double x, double low, double high)
{
	return fmax(fmin(x, high), low);
}

static void shifts_round_and_saturate(void **state)
{
	for (int i = 0; i < COUNT; i++) {
		const struct icomplex32 a = { word(i), word(i + 3) };
		const struct icomplex16 b = { (int16_t)(a.real >> 16), (int16_t)(a.imag >> 16) };
		const int n = i % 64 - 31;
		struct icomplex32 shifted;
		struct icomplex16 shifted16;

		icomplex32_shift(&a, n, &shifted);
		assert_true(shifted.real == clamp(floor(ldexp(a.real, n)), INT32_MIN, INT32_MAX));
		assert_true(shifted.imag == clamp(floor(ldexp(a.imag, n)), INT32_MIN, INT32_MAX));
		if (n > 16)
			continue;
		icomplex16_shift(&b, (int16_t)n, &shifted16);
		assert_true(shifted16.real ==
			    clamp(floor(ldexp(b.real, n) + 0.5), INT16_MIN, INT16_MAX));
		assert_true(shifted16.imag ==
			    clamp(floor(ldexp(b.imag, n) + 0.5), INT16_MIN, INT16_MAX));
	}
}

int test_complex(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_wrap_or_saturate),
		cmocka_unit_test(products_are_rounded_as_told),
		cmocka_unit_test(the_square_of_the_corner_wraps),
		cmocka_unit_test(conjugates_saturate),
		cmocka_unit_test(shifts_round_and_saturate),
	};

	return cmocka_run_group_tests_name("complex", tests, NULL, NULL);
}
