/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_signal.h"

#include <sof/math/a_law.h>
#include <sof/math/mu_law.h>
#include <stdlib.h>

static int a_law(int sample)
{
	return sofm_a_law_decode((int8_t)sofm_a_law_encode((int16_t)sample));
}

static int mu_law(int sample)
{
	return sofm_mu_law_decode((int8_t)sofm_mu_law_encode((int16_t)sample));
}

/* Numbers of ITU-T G.711, its samples at the top of 16 bits. */
static void codes_are_those_of_the_standard(void **state)
{
	assert_int_equal(sofm_a_law_encode(0), 0xd5);
	assert_int_equal(sofm_a_law_encode(-1), 0x55);
	assert_int_equal(sofm_a_law_encode(INT16_MAX), 0xaa);
	assert_int_equal(sofm_a_law_encode(INT16_MIN), 0x2a);
	assert_int_equal(sofm_a_law_decode((int8_t)0xd5), 8);
	assert_int_equal(sofm_a_law_decode((int8_t)0xaa), 32256);
	assert_int_equal(sofm_a_law_decode(0x2a), -32256);
	assert_int_equal(sofm_mu_law_encode(0), 0xff);
	assert_int_equal(sofm_mu_law_encode(-1), 0x7f);
	assert_int_equal(sofm_mu_law_encode(INT16_MAX), 0x80);
	assert_int_equal(sofm_mu_law_encode(INT16_MIN), 0x00);
	assert_int_equal(sofm_mu_law_decode((int8_t)0xff), 0);
	assert_int_equal(sofm_mu_law_decode((int8_t)0x80), 32124);
	assert_int_equal(sofm_mu_law_decode(0x00), -32124);
}

static void a_law_is_off_by_half_a_step(void **state)
{
	for (int x = INT16_MIN; x <= INT16_MAX; x++) {
		const int magnitude = (x < 0 ? ~x : x) >> 3;
		int step = 2;

		while (magnitude >= step * 32)
			step *= 2;
		assert_true(abs(a_law(x) - x) <= step * 8 / 2);
	}
}

static void mu_law_is_off_by_half_a_step(void **state)
{
	for (int x = INT16_MIN; x <= INT16_MAX; x++) {
		const int magnitude = ((x < 0 ? ~x : x) >> 2) + 33;
		const int beyond = magnitude > 8191 ? (magnitude - 8191) * 4 : 0;
		int step = 2;

		while (magnitude >= step * 32 && step < 256)
			step *= 2;
		assert_true(abs(mu_law(x) - x) <= step * 4 / 2 + beyond);
	}
}

static void louder_stays_louder(void **state)
{
	for (int x = INT16_MIN; x < INT16_MAX; x++) {
		assert_true(a_law(x) <= a_law(x + 1));
		assert_true(mu_law(x) <= mu_law(x + 1));
	}
}

static void codes_come_back(void **state)
{
	for (int code = 0; code < 256; code++) {
		const int16_t a = sofm_a_law_decode((int8_t)code);
		const int16_t mu = sofm_mu_law_decode((int8_t)code);

		assert_int_equal(sofm_a_law_encode(a), code);
		assert_int_equal(sofm_mu_law_encode(mu), mu == 0 ? 0xff : code);
	}
}

int test_law(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_those_of_the_standard),
		cmocka_unit_test(a_law_is_off_by_half_a_step),
		cmocka_unit_test(mu_law_is_off_by_half_a_step),
		cmocka_unit_test(louder_stays_louder),
		cmocka_unit_test(codes_come_back),
	};

	return cmocka_run_group_tests_name("a_law and mu_law", tests, NULL, NULL);
}
