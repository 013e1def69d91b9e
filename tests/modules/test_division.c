/* SPDX-License-Identifier: BSD-3-Clause */
/* A compressor's arithmetic eight numbers at a time, beside one number at a time. */
#include "check.h"
#include "random.h"

#include <module/audio/cpu.h>
#include <sof/audio/format.h>
#include <sof/common.h>
#include <string.h>

#include "../../modules/drc/compressor_math.h"
#include "../../modules/drc/division.h"
#include "../../modules/drc/lanes.h"

enum { BLOCKS = 100000, ROUNDS = 40000 };

/* Of any magnitude, the ends and what lies beside a power of two among them. */
static int32_t any_number(uint64_t *seed)
{
	static const int32_t ends[] = {
		0, 1, -1, INT32_MAX, INT32_MIN, INT32_MAX - 1, INT32_MIN + 1
	};
	const int32_t x = (int32_t)random_next(seed) >> random_below(seed, 32);

	switch (random_below(seed, 8)) {
	case 0:
		return ends[random_below(seed, ARRAY_SIZE(ends))];
	case 1:
		return (int32_t)((1u << random_below(seed, 32)) + random_below(seed, 3) - 1);
	default:
		return x;
	}
}

/* Compare a function of lanes with that of a number, over numbers that pass(x). */
#define SAME(seed, lanes, number, pass)                                                            \
	do {                                                                                       \
		for (int block_ = 0; block_ < BLOCKS; block_++) {                                  \
			int32_t in_[LANES_COUNT], out_[LANES_COUNT];                               \
                                                                                                   \
			for (int i_ = 0; i_ < LANES_COUNT; i_++) {                                 \
				do                                                                 \
					in_[i_] = any_number(seed);                                \
				while (!pass(in_[i_]));                                            \
			}                                                                          \
			lanes(in_, out_);                                                          \
			for (int i_ = 0; i_ < LANES_COUNT; i_++) {                                 \
				if (out_[i_] != number(in_[i_]))                                   \
					fail_msg(#lanes " of %d: %d instead of %d", in_[i_],       \
						 out_[i_], number(in_[i_]));                       \
			}                                                                          \
		}                                                                                  \
	} while (0)

#define OF_LANES(name, ...)                                                                        \
	static FOR_AVX2 void name(const int32_t *in, int32_t *out)                                 \
	{                                                                                          \
		const lanes_t x = lanes_load(in);                                                  \
                                                                                                   \
		lanes_store(out, __VA_ARGS__);                                                     \
	}

OF_LANES(decibels, lanes_decibels(x))
OF_LANES(logarithm, lanes_log(x))
OF_LANES(inverse, lanes_inverse(x))
OF_LANES(exponential, lanes_exp(x))
OF_LANES(exponential_approx, lanes_exp_approx(x))
OF_LANES(from_decibels, lanes_exp(lanes_db2lin_exponent(x)))
OF_LANES(sine, lanes_sin(x))

static int32_t inverse_q31(int32_t x)
{
	return compressor_inverse(x, 31, 20);
}

static bool below_16(int32_t x)
{
	return x < 1 << 30;
}

static bool has_room(int32_t x)
{
	return x <= SOFM_DB2LIN_INPUT_MAX;
}

static bool not_below_0(int32_t x)
{
	return x >= 0;
}

static bool any(int32_t x)
{
	return true;
}

static bool from_0_to_1(int32_t x)
{
	return x >= 0 && x <= ONE_Q30;
}

static void functions_of_lanes_are_those_of_numbers(void **state)
{
	uint64_t seed = 1;

	SAME(&seed, decibels, compressor_decibels, below_16);
	SAME(&seed, logarithm, compressor_log, below_16);
	SAME(&seed, inverse, inverse_q31, not_below_0);
	SAME(&seed, exponential_approx, sofm_exp_approx, any);
	SAME(&seed, exponential, sofm_exp_fixed, any);
	SAME(&seed, from_decibels, sofm_db2lin_fixed, has_room);
	SAME(&seed, sine, compressor_sin, from_0_to_1);
}

/* Each place of the sine's table, and just beside it. */
static void inverses_and_thresholds_without_room_are_limited(void **state)
{
	const struct sof_drc_params high = { .linear_threshold = 1 << 30,
					     .knee_threshold = 1 << 24 };
	const struct sof_drc_params low = { .linear_threshold = -(1 << 30) - 1,
					    .knee_threshold = -(1 << 24) - 1 };
	const struct sof_drc_params half = { .linear_threshold = 1 << 29,
					     .knee_threshold = 1 << 23 };

	assert_int_equal(compressor_inverse(1, 31, 20), INT32_MAX);
	assert_int_equal(compressor_inverse(-1, 31, 20), INT32_MIN);
	assert_int_equal(division_knee_from(&high), INT32_MAX);
	assert_int_equal(division_knee_from(&low), INT32_MIN);
	assert_int_equal(division_knee_from(&half), 1 << 30);
	assert_int_equal(division_knee_to(&high), INT32_MAX);
	assert_int_equal(division_knee_to(&low), INT32_MIN);
	assert_int_equal(division_knee_to(&half), 1 << 30);
}

static void every_entry_of_the_sine_is_used_alike(void **state)
{
	for (int32_t place = 0; place <= 512; place++) {
		int32_t in[LANES_COUNT], out[LANES_COUNT];

		for (int i = 0; i < LANES_COUNT; i++)
			in[i] = MAX(0, MIN(ONE_Q30, (place << 21) + i - 4));
		sine(in, out);
		for (int i = 0; i < LANES_COUNT; i++)
			assert_int_equal(out[i], compressor_sin(in[i]));
	}
}

#define PRODUCTS(lanes_function, function)                                                         \
	static FOR_AVX2 void lanes_function##_is_##function(uint64_t *seed, const int shift)       \
	{                                                                                          \
		for (int block = 0; block < BLOCKS / 20; block++) {                                \
			int32_t a[LANES_COUNT], b[LANES_COUNT], out[LANES_COUNT];                  \
                                                                                                   \
			for (int i = 0; i < LANES_COUNT; i++) {                                    \
				a[i] = any_number(seed);                                           \
				b[i] = any_number(seed);                                           \
			}                                                                          \
			lanes_store(out, lanes_function(lanes_load(a), lanes_load(b), shift));     \
			for (int i = 0; i < LANES_COUNT; i++)                                      \
				assert_int_equal(out[i], function(a[i], b[i], shift));             \
		}                                                                                  \
	}

PRODUCTS(lanes_mult, mult_round)
PRODUCTS(lanes_mult_sat, q_multsr_sat_32x32)

static void products_of_any_shift_are_the_same(void **state)
{
	uint64_t seed = 2;

	for (int shift = 1; shift <= 32; shift++) {
		lanes_mult_is_mult_round(&seed, shift);
		lanes_mult_sat_is_q_multsr_sat_32x32(&seed, shift);
	}
}

/* ---- divisions ---- */

/* A compressor from -24 dB on, some of its parameters far off. */
static struct sof_drc_params any_params(uint64_t *seed, bool far_off)
{
	struct sof_drc_params p = {
		.enabled = 1,
		.linear_threshold = 67748529,
		.slope = 89478485,
		.K = 2030160,
		.knee_alpha = 9723989,
		.knee_beta = -9791362,
		.knee_threshold = 33474947 >> random_below(seed, 4),
		.ratio_base = 575096676,
		.sat_release_frames_inv_neg = -8947849,
		.sat_release_rate_at_neg_two_db = 2062296,
	};
	int32_t words[sizeof(p) / 4];

	if (!far_off)
		return p;
	memcpy(words, &p, sizeof(p));
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (random_below(seed, 4) == 0)
			words[i] = any_number(seed);
	}
	memcpy(&p, words, sizeof(p));
	return p;
}

static void any_peaks(uint64_t *seed, int32_t peak[COMPRESSOR_DIVISION])
{
	const unsigned int quieter = random_below(seed, 8);

	for (int i = 0; i < COMPRESSOR_DIVISION; i++) {
		peak[i] = any_number(seed) & INT32_MAX;
		/* all below the knee, or above */
		if (quieter == 0)
			peak[i] >>= 6;
		else if (quieter == 1)
			peak[i] |= 1 << 30;
		else if (quieter == 2)
			peak[i] = INT32_MAX / 4 + peak[i] % 1000;
	}
}

static void detectors_are_the_same(void **state)
{
	uint64_t seed = 3;

	for (int round = 0; round < ROUNDS; round++) {
		const struct sof_drc_params p = any_params(&seed, round % 2);
		int32_t now = random_below(&seed, 2) ? ONE_Q30 : any_number(&seed);
		int32_t peak[COMPRESSOR_DIVISION];

		for (int division = 0; division < 4; division++) {
			int32_t expected;

			any_peaks(&seed, peak);
			expected = division_plain.detect(&p, peak, now);
			assert_int_equal(division_avx2.detect(&p, peak, now), expected);
			now = expected;
		}
	}
}

static void gains_are_the_same(void **state)
{
	uint64_t seed = 4;

	for (int round = 0; round < ROUNDS; round++) {
		const int32_t master = any_number(&seed);
		const bool in_range = round % 2;
		const int32_t base =
			in_range ? any_number(&seed) & (ONE_Q30 / 2 - 1) : any_number(&seed);
		int32_t a[COMPRESSOR_DIVISION], b[COMPRESSOR_DIVISION];

		for (int i = 0; i < COMPRESSOR_DIVISION; i++) {
			a[i] = any_number(&seed);
			if (in_range)
				a[i] &= ONE_Q30 / 2 - 1;
			b[i] = a[i];
		}
		division_plain.gains(a, base, master);
		division_avx2.gains(b, base, master);
		assert_memory_equal(a, b, sizeof(a));
	}
}

static void peaks_are_the_same(void **state)
{
	uint64_t seed = 6;

	for (int round = 0; round < ROUNDS; round++) {
		int32_t a[COMPRESSOR_DIVISION], b[COMPRESSOR_DIVISION], x[COMPRESSOR_DIVISION];

		for (int i = 0; i < COMPRESSOR_DIVISION; i++) {
			x[i] = any_number(&seed);
			a[i] = b[i] = any_number(&seed);
		}
		division_plain.peaks_s32(a, x);
		division_avx2.peaks_s32(b, x);
		assert_memory_equal(a, b, sizeof(a));
	}
}

static void samples_are_scaled_the_same(void **state)
{
	uint64_t seed = 5;

	for (int round = 0; round < ROUNDS; round++) {
		int16_t narrow[2][COMPRESSOR_DIVISION];
		int32_t wide[2][COMPRESSOR_DIVISION], gain[COMPRESSOR_DIVISION];

		for (int i = 0; i < COMPRESSOR_DIVISION; i++) {
			wide[0][i] = wide[1][i] = any_number(&seed);
			narrow[0][i] = narrow[1][i] =
				(int16_t)(wide[0][i] >> random_below(&seed, 17));
			gain[i] = any_number(&seed);
		}
		division_plain.scale_s16(narrow[0], gain);
		division_avx2.scale_s16(narrow[1], gain);
		assert_memory_equal(narrow[0], narrow[1], sizeof(narrow[0]));
		division_plain.scale_s32(wide[0], gain);
		division_avx2.scale_s32(wide[1], gain);
		assert_memory_equal(wide[0], wide[1], sizeof(wide[0]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_of_lanes_are_those_of_numbers),
		cmocka_unit_test(inverses_and_thresholds_without_room_are_limited),
		cmocka_unit_test(every_entry_of_the_sine_is_used_alike),
		cmocka_unit_test(products_of_any_shift_are_the_same),
		cmocka_unit_test(detectors_are_the_same),
		cmocka_unit_test(gains_are_the_same),
		cmocka_unit_test(peaks_are_the_same),
		cmocka_unit_test(samples_are_scaled_the_same),
	};

	if (!cpu_has_avx2())
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
