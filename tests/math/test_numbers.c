/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_math.h"

#include <sof/math/numbers.h>

static void gcd_divides_both_and_nothing_more(void **state)
{
	assert_int_equal(gcd(0, 0), 0);
	assert_int_equal(gcd(0, -7), -7);
	assert_int_equal(gcd(7, 0), 7);
	assert_int_equal(gcd(-12, 18), 6);
	assert_int_equal(gcd(44100, 48000), 300);
	assert_int_equal(gcd(INT32_MIN, 3 << 20), 1 << 20);
}

static void division_rounds_up(void **state)
{
	for (int a = -40; a <= 40; a++) {
		for (int b = -7; b <= 7; b++) {
			const int q = b ? ceil_divide(a, b) : 0;

			/* q - 1 < a / b <= q, both sides times b */
			if (b > 0)
				assert_true((q - 1) * b < a && a <= q * b);
			if (b < 0)
				assert_true((q - 1) * b > a && a >= q * b);
		}
	}
}

static void norm_is_the_room_to_the_left(void **state)
{
	assert_int_equal(norm_int32(0), 31);
	assert_int_equal(norm_int32(-1), 31);
	assert_int_equal(norm_int32(1), 30);
	assert_int_equal(norm_int32(INT32_MAX), 0);
	assert_int_equal(norm_int32(INT32_MIN), 0);
	assert_int_equal(norm_int32(-2), 30);
}

static void crc_has_its_check_value(void **state)
{
	assert_int_equal(crc32(0, "123456789", 9), 0xCBF43926);
	assert_int_equal(crc32(crc32(0, "1234", 4), "56789", 5), 0xCBF43926);
}

static void vectors_are_searched(void **state)
{
	int16_t vec[] = { 3, -5, 3, 7, 3 }, idx[5];
	int32_t wide[] = { 5, INT32_MIN, 7 };

	assert_int_equal(find_equal_int16(idx, vec, 3, 5, 0), 3);
	assert_int_equal(idx[2], 4);
	assert_int_equal(find_equal_int16(idx, vec, 3, 5, 1), 1);
	assert_int_equal(find_min_int16(vec, 5), -5);
	assert_int_equal(find_max_abs_int32(wide, 3), INT32_MAX);
	assert_int_equal(find_max_abs_int32(wide, 1), 5);
}

int test_numbers(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gcd_divides_both_and_nothing_more),
		cmocka_unit_test(division_rounds_up),
		cmocka_unit_test(norm_is_the_room_to_the_left),
		cmocka_unit_test(crc_has_its_check_value),
		cmocka_unit_test(vectors_are_searched),
	};

	return cmocka_run_group_tests_name("numbers", tests, NULL, NULL);
}
