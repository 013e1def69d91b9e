/* SPDX-License-Identifier: BSD-3-Clause */
/* Four filters side by side, beside one after the other. */
#include "check.h"
#include "random.h"

#include <module/audio/cpu.h>
#include <sof/common.h>
#include <sof/math/iir_df1.h>
#include <string.h>
#include <user/eq.h>

#include "../../modules/xover/lr4_bank.h"
#include "../../modules/xover/lr4_lanes.h"

enum { WORDS = 2 * SOF_EQ_IIR_NBIQUAD, LINE = 2 * IIR_DF1_NUM_STATE, LENGTH = 24, SHIFT = 5, GAIN };

/* \p kind 0: as blobs have it; 1: output gains as well; 2: anything with a shift that is possible. */
static void any_filter(uint64_t *seed, int kind, int32_t coef[WORDS])
{
	for (int i = 0; i < WORDS; i++) {
		const int word = i % SOF_EQ_IIR_NBIQUAD;

		coef[i] = (int32_t)random_next(seed) >> (kind == 2 ? random_below(seed, 8) : 1);
		if (word == SHIFT)
			coef[i] = kind == 0 ? 0 : (int32_t)random_below(seed, 32) - 13;
		else if (word == GAIN && kind == 0)
			coef[i] = 1 << 14;
		else if (word == GAIN && kind == 1 && i >= WORDS / 2)
			coef[i] = 1 << random_below(seed, 18);
		if (kind == 1 && i == SHIFT)
			coef[i] = 0;
		if (kind == 1 && i == GAIN)
			coef[i] = 1 << 14;
	}
}

static void four_are_each_what_one_is(void **state)
{
	uint64_t seed = 1;

	for (int round = 0; round < 30000; round++) {
		const enum lr4_input input = random_below(&seed, 3);
		int32_t coef[LR4_LANES][WORDS], line[2][LR4_LANES][LINE];
		struct lr4_lane lane[LR4_LANES];
		struct lr4_samples x[LENGTH], y[LENGTH];

		for (int i = 0; i < LR4_LANES; i++) {
			any_filter(&seed, round % 3, coef[i]);
			assert_true(lr4_lanes_possible(coef[i]));
			for (int k = 0; k < LINE; k++)
				line[0][i][k] = line[1][i][k] = (int32_t)random_next(&seed);
			lane[i] = (struct lr4_lane){ coef[i], line[1][i] };
		}
		for (int n = 0; n < LENGTH; n++) {
			for (int i = 0; i < LR4_LANES; i++)
				x[n].lane[i] = random_next(&seed);
		}
		lr4_lanes_run(lane, y, x, input, LENGTH);
		for (int i = 0; i < LR4_LANES; i++) {
			const int from = input == LR4_EACH_ITS_OWN ? i :
					 input == LR4_FROM_EVEN	   ? i & ~1 :
								     i | 1;
			struct iir_state_df1 one = { 2, 2, coef[i], line[0][i] };

			for (int n = 0; n < LENGTH; n++)
				assert_int_equal((int32_t)y[n].lane[i],
						 iir_df1_4th(&one, (int32_t)x[n].lane[from]));
			assert_memory_equal(line[0][i], line[1][i], sizeof(line[0][i]));
		}
	}
}

static void shifts_that_are_out_of_range_are_told(void **state)
{
	for (int biquad = 0; biquad < 2; biquad++) {
		int32_t coef[WORDS] = { 0 };
		int32_t *const shift = &coef[biquad * SOF_EQ_IIR_NBIQUAD + SHIFT];

		*shift = -14;
		assert_false(lr4_lanes_possible(coef));
		*shift = -13;
		assert_true(lr4_lanes_possible(coef));
		*shift = 18;
		assert_true(lr4_lanes_possible(coef));
		*shift = 19;
		assert_false(lr4_lanes_possible(coef));
	}
}

/* With filters for which lanes are possible, and one whose shift is too large for them. */
static void two_channels_are_each_what_one_is(void **state)
{
	uint64_t seed = 2;

	for (unsigned int ways = 2; ways <= 4; ways++) {
		for (int round = 0; round < 300; round++) {
			struct sof_eq_iir_biquad biquads[LR4_BANK_FILTERS];
			static struct lr4_lines alone[2], both[2];
			struct lr4_lines *const lines[2] = { &both[0], &both[1] };
			int32_t x[2][LR4_BANK_BLOCK];
			int32_t expected[LR4_BANK_WAYS_MAX][LR4_BANK_BLOCK];
			int32_t out[2][LR4_BANK_WAYS_MAX][LR4_BANK_BLOCK];
			const size_t n = 1 + random_below(&seed, LR4_BANK_BLOCK);
			struct lr4_bank bank;

			for (int i = 0; i < LR4_BANK_FILTERS; i++) {
				int32_t coef[WORDS];

				any_filter(&seed, 2, coef);
				memcpy(&biquads[i], coef, sizeof(biquads[i]));
			}
			if (round % 2)
				biquads[1].output_shift = 19;
			lr4_bank_setup(&bank, ways, biquads);
			assert_int_equal(bank.lanes, cpu_has_avx2() && round % 2 == 0);
			for (int ch = 0; ch < 2; ch++) {
				for (int i = 0; i < LR4_BANK_BLOCK; i++)
					x[ch][i] = (int32_t)random_next(&seed) >> 2;
			}
			memcpy(both, alone, sizeof(both));
			lr4_bank_split_pair(&bank, lines, x, out, n);
			for (int ch = 0; ch < 2; ch++) {
				lr4_bank_split(&bank, &alone[ch], x[ch], expected, n);
				for (unsigned int way = 0; way < ways; way++)
					assert_memory_equal(out[ch][way], expected[way], 4 * n);
			}
			assert_memory_equal(alone, both, sizeof(both));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_are_each_what_one_is),
		cmocka_unit_test(shifts_that_are_out_of_range_are_told),
		cmocka_unit_test(two_channels_are_each_what_one_is),
	};

	if (!cpu_has_avx2())
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
