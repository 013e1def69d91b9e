/* SPDX-License-Identifier: BSD-3-Clause */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* keep order: cmocka needs those above */
#include <cmocka.h>

#include <sof/audio/coefficients/volume/windows_fade.h>

#define ONE (1 << 30)

static void the_error_stays_in_its_bound(void **state)
{
	double worst = 0;

	for (int32_t x = 0; x >= 0 && x <= ONE; x += 997) {
		const double exact = pow(x / (double)ONE, 1.75);

		worst = fmax(worst, fabs(volume_pow_175(x) / (double)ONE - exact));
	}
	print_message("worst error 2^%.2f\n", log2(worst));
	assert_true(worst < 1.0 / (1 << 14));
}

static void it_never_falls(void **state)
{
	int32_t last = 0;

	for (int32_t x = 0; x >= 0 && x <= ONE; x += 31) {
		const int32_t y = volume_pow_175(x);

		/* where two segments meet, the rounded step leaves a little over */
		assert_true(y >= last - 64);
		last = y > last ? y : last;
	}
}

static void it_ends_at_nothing_and_one(void **state)
{
	assert_int_equal(volume_pow_175(0), 0);
	assert_int_equal(volume_pow_175(-1), 0);
	assert_int_equal(volume_pow_175(INT32_MIN), 0);
	assert_int_equal(volume_pow_175(ONE), ONE);
	assert_int_equal(volume_pow_175(INT32_MAX), ONE);
}

static void the_table_is_its_formula(void **state)
{
	for (int i = 0; i < WINDOWS_FADE_LUT_SIZE - 1; i++) {
		/* first value of the segment, whose rest is then less than one step */
		const int32_t x = (int32_t)(((int64_t)i * ONE + 126) / 127);
		const int32_t point = (int32_t)fmin(32767, round(32768 * pow(i / 127.0, 1.75)));
		const int32_t y = volume_pow_175(x);

		assert_int_equal(y >> 15, point);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_error_stays_in_its_bound),
		cmocka_unit_test(it_never_falls),
		cmocka_unit_test(it_ends_at_nothing_and_one),
		cmocka_unit_test(the_table_is_its_formula),
	};

	return cmocka_run_group_tests_name("windows fade", tests, NULL, NULL);
}
