/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_signal.h"

#include <math.h>
#include <sof/math/window.h>

#define LONGEST 4096
#define ONE_Q15 32768.0
#define ONE_Q31 2147483648.0

static const int lengths[] = { 2,   3,	 4,   5,   7,	16,   25,   64,	  100,	255, 256,
			       257, 400, 480, 512, 513, 1000, 1024, 1536, 2048, 4096 };

static int16_t short_window[LONGEST + 1];
static int32_t long_window[LONGEST + 1];

typedef double formula(int n, int length);

static double hann(int n, int length)
{
	return pow(sin(M_PI * n / (length - 1)), 2);
}

static double hamming(int n, int length)
{
	return 0.54 - 0.46 * cos(2 * M_PI * n / (length - 1));
}

static double povey(int n, int length)
{
	return pow(0.5 - 0.5 * cos(2 * M_PI * n / (length - 1)), 0.85);
}

static double rectangular(int n, int length)
{
	return 1;
}

static double blackman(int n, int length, double a0, double a2)
{
	return a0 - 0.5 * cos(2 * M_PI * n / (length - 1)) +
	       a2 * cos(4 * M_PI * n / (length - 1.0) / length);
}

static double exact_blackman(int n, int length)
{
	return blackman(n, length, 7938.0 / 18608.0, 0.5 - 7938.0 / 18608.0);
}

/* with what win_blackman_32b() leaves of the third coefficient */
static double blackman_32b(int n, int length)
{
	const uint32_t a0 = WIN_BLACKMAN_A0_Q31;

	return blackman(n, length, a0 / ONE_Q31, (int16_t)(INT32_MAX - 2 * a0) / 65536.0);
}

static void blackman_16b_exact(int16_t *win, int length)
{
	win_blackman_16b(win, length, WIN_BLACKMAN_A0_Q15);
}

static void blackman_32b_exact(int32_t *win, int length)
{
	win_blackman_32b(win, length, WIN_BLACKMAN_A0_Q31);
}

static double limited(double value, double one)
{
	return fmax(fmin(value * one, one - 1), -one);
}

static const struct {
	void (*make)(int16_t *win, int length);
	formula *formula;
} short_windows[] = {
	{ win_rectangular_16b, rectangular },
	{ win_hann_16b, hann },
	{ win_hamming_16b, hamming },
	{ blackman_16b_exact, exact_blackman },
	{ win_povey_16b, povey },
};

static const struct {
	void (*make)(int32_t *win, int length);
	formula *formula;
} long_windows[] = {
	{ win_rectangular_32b, rectangular },
	{ win_hann_32b, hann },
	{ win_hamming_32b, hamming },
	{ blackman_32b_exact, blackman_32b },
};

static void short_windows_are_within_their_bound(void **state)
{
	for (size_t i = 0; i < sizeof(short_windows) / sizeof(short_windows[0]); i++) {
		for (size_t l = 0; l < sizeof(lengths) / sizeof(lengths[0]); l++) {
			const int length = lengths[l];

			short_window[length] = 1234;
			short_windows[i].make(short_window, length);
			assert_int_equal(short_window[length], 1234);
			for (int n = 0; n < length; n++) {
				const double exact = short_windows[i].formula(n, length);
				const double error = short_window[n] - limited(exact, ONE_Q15);

				assert_true(fabs(error) <= 2);
			}
		}
	}
}

static void long_windows_are_within_their_bound(void **state)
{
	for (size_t i = 0; i < sizeof(long_windows) / sizeof(long_windows[0]); i++) {
		for (size_t l = 0; l < sizeof(lengths) / sizeof(lengths[0]); l++) {
			const int length = lengths[l];

			long_window[length] = 1234;
			long_windows[i].make(long_window, length);
			assert_int_equal(long_window[length], 1234);
			for (int n = 0; n < length; n++) {
				const double exact = long_windows[i].formula(n, length);
				const double error = long_window[n] - limited(exact, ONE_Q31);

				assert_true(fabs(error) <= 64 + 7.0 * length);
			}
		}
	}
}

static void a_window_of_one_is_one(void **state)
{
	for (size_t i = 0; i < sizeof(short_windows) / sizeof(short_windows[0]); i++) {
		short_window[0] = 0;
		short_windows[i].make(short_window, 1);
		assert_int_equal(short_window[0], INT16_MAX);
	}
	for (size_t i = 0; i < sizeof(long_windows) / sizeof(long_windows[0]); i++) {
		long_window[0] = 0;
		long_windows[i].make(long_window, 1);
		assert_int_equal(long_window[0], INT32_MAX);
	}
}

static void a_window_of_nothing_is_left_alone(void **state)
{
	static const int nothing[] = { 0, -1, INT32_MIN };

	for (size_t l = 0; l < sizeof(nothing) / sizeof(nothing[0]); l++) {
		short_window[0] = 55;
		long_window[0] = 55;
		for (size_t i = 0; i < sizeof(short_windows) / sizeof(short_windows[0]); i++)
			short_windows[i].make(short_window, nothing[l]);
		for (size_t i = 0; i < sizeof(long_windows) / sizeof(long_windows[0]); i++)
			long_windows[i].make(long_window, nothing[l]);
		assert_int_equal(short_window[0], 55);
		assert_int_equal(long_window[0], 55);
	}
}

/* Numbers of no meaning have to give numbers all the same. */
static void blackman_takes_any_parameter(void **state)
{
	win_blackman_16b(short_window, 16, INT16_MIN);
	win_blackman_16b(short_window, 16, INT16_MAX);
	assert_true(short_window[0] >= -1 && short_window[0] <= 1);
	win_blackman_32b(long_window, 16, INT32_MIN);
	win_blackman_32b(long_window, 16, INT32_MAX);
	assert_true(long_window[8] == INT32_MAX);
}

int test_window(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_windows_are_within_their_bound),
		cmocka_unit_test(long_windows_are_within_their_bound),
		cmocka_unit_test(a_window_of_one_is_one),
		cmocka_unit_test(a_window_of_nothing_is_left_alone),
		cmocka_unit_test(blackman_takes_any_parameter),
	};

	return cmocka_run_group_tests_name("window", tests, NULL, NULL);
}
