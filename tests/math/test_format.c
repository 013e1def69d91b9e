/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_math.h"

#include <math.h>
#include <sof/audio/format.h>
#include <sof/common.h>

static double clamp(double x, double low, double high)
{
	return x < low ? low : x > high ? high : x;
}

static void saturation_stops_at_the_ends(void **state)
{
	assert_int_equal(sat_int32(INT64_MAX), INT32_MAX);
	assert_int_equal(sat_int32(INT64_MIN), INT32_MIN);
	assert_int_equal(sat_int32((int64_t)INT32_MAX + 1), INT32_MAX);
	assert_int_equal(sat_int32(-5), -5);
	assert_int_equal(sat_int24(8388608), 8388607);
	assert_int_equal(sat_int24(-8388609), -8388608);
	assert_int_equal(sat_int16(32768), 32767);
	assert_int_equal(sat_int16(-32769), -32768);
	assert_int_equal(sat_int8(128), 127);
	assert_int_equal(sat_int8(-129), -128);
}

static void only_the_low_24_bits_of_s24_count(void **state)
{
	assert_int_equal(sign_extend_s24(0x00800000), -8388608);
	assert_int_equal(sign_extend_s24(0x7f7fffff), 8388607);
	assert_int_equal(sign_extend_s24((int32_t)0xff000001), 1);
}

static void products_are_rounded_half_up(void **state)
{
	for (int i = 0; i < 200000; i++) {
		const int32_t x = test_random();
		const int32_t y = test_random();
		const long double exact = (long double)x * y / (1ull << 31);
		const int32_t x24 = x >> 8;
		const int16_t x16 = (int16_t)(x >> 16);

		assert_true(q_mults_32x32(x, y, 31) == (int64_t)floorl(exact));
		assert_true(q_multsr_32x32(x, y, 31) == (int64_t)floorl(exact + 0.5L));
		assert_true(
			q_multsr_sat_32x32(x, y, 31) ==
			(int32_t)clamp(floor((double)floorl(exact + 0.5L)), INT32_MIN, INT32_MAX));
		assert_int_equal(q_multsr_sat_32x32_24(x24, y, 31),
				 (int32_t)clamp(floor((double)x24 * y / 2147483648.0 + 0.5),
						-8388608, 8388607));
		assert_int_equal(
			q_multsr_sat_32x32_16(x16, y, 31),
			(int32_t)clamp(floor((double)x16 * y / 2147483648.0 + 0.5), -32768, 32767));
		assert_int_equal(q_multsr_sat_16x16(x16, y >> 17, 15),
				 (int32_t)clamp(floor((double)x16 * (y >> 17) / 32768.0 + 0.5),
						-32768, 32767));
	}
}

static void macros_agree_with_their_definition(void **state)
{
	assert_int_equal(Q_CONVERT_FLOAT(0.5, 31), 1 << 30);
	assert_int_equal(Q_SHIFT_RND(3, 2, 1), 2);
	assert_int_equal(Q_SHIFT_RND(-3, 2, 1), -1);
	assert_int_equal(Q_SHIFT(-3, 2, 1), -2);
	assert_int_equal(Q_SHIFT_LEFT(3, 1, 2), 6);
	assert_true(Q_SHIFT_BITS_64(31, 31, 31) == 31);
	assert_true(Q_SHIFT_BITS_64(60, 31, 0) == INT64_MAX);
	assert_true(Q_SHIFT_BITS_32(1, 1, 3) == INT32_MIN);
	assert_int_equal(IS_ENABLED(CONFIG_IPC_MAJOR_4), 1);
	assert_int_equal(IS_ENABLED(CONFIG_OF_SOMETHING_ELSE), 0);
#if SOF_USE_HIFI(NONE, FILTER) && !SOF_USE_HIFI(3, FILTER) && !SOF_USE_MIN_HIFI(3, FILTER)
	assert_true(true);
#else
	fail_msg("the generic variant is not the one chosen");
#endif
}

int test_format(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(saturation_stops_at_the_ends),
		cmocka_unit_test(only_the_low_24_bits_of_s24_count),
		cmocka_unit_test(products_are_rounded_half_up),
		cmocka_unit_test(macros_agree_with_their_definition),
	};

	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
