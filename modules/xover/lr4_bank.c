/* SPDX-License-Identifier: BSD-3-Clause */
/* Linkwitz-Riley filters, two to four bands. */
#include "lr4_bank.h"

#include "lr4_lanes.h"

#include <module/audio/cpu.h>
#include <string.h>

enum { LP0 = 0, LP1 = 2, LP2 = 4 };

/* Beyond these the shift of a biquad's output has no meaning in C: sof/math/iir_df1.h. */
#define SHIFT_LEAST (-13)
#define SHIFT_MOST  50

bool lr4_biquads_valid(const struct sof_eq_iir_biquad *biquads, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (biquads[i].output_shift < SHIFT_LEAST || biquads[i].output_shift > SHIFT_MOST)
			return false;
	}
	return true;
}

void lr4_bank_setup(struct lr4_bank *bank, unsigned int ways,
		    const struct sof_eq_iir_biquad *biquads)
{
	bank->ways = ways;
	bank->lanes = cpu_has_avx2();
	for (size_t i = 0; i < lr4_bank_biquads(ways); i++) {
		memcpy(bank->coef[i], &biquads[i], sizeof(biquads[i]));
		memcpy(bank->coef[i] + SOF_EQ_IIR_NBIQUAD, &biquads[i], sizeof(biquads[i]));
		bank->lanes = bank->lanes && lr4_lanes_possible(bank->coef[i]);
	}
}

static struct iir_state_df1 filter_of(struct lr4_bank *bank, struct lr4_lines *lines, int which)
{
	return (struct iir_state_df1){
		.biquads = SOF_IIR_DF1_4TH_NUM_BIQUADS,
		.biquads_in_series = SOF_IIR_DF1_4TH_NUM_BIQUADS,
		.coef = bank->coef[which],
		.delay = lines->line[which],
	};
}

/* The low pass \p which and the high pass behind it, side by side: neither waits for the other. */
static void halve(struct lr4_bank *bank, struct lr4_lines *lines, int which, int32_t *low,
		  int32_t *high, const int32_t *x, size_t n)
{
	struct iir_state_df1 lp = filter_of(bank, lines, which);
	struct iir_state_df1 hp = filter_of(bank, lines, which + 1);

	for (size_t i = 0; i < n; i++) {
		const int32_t in = x[i];

		low[i] = iir_df1_4th(&lp, in);
		high[i] = iir_df1_4th(&hp, in);
	}
}

void lr4_bank_split(struct lr4_bank *bank, struct lr4_lines *lines, const int32_t *x,
		    int32_t out[LR4_BANK_WAYS_MAX][LR4_BANK_BLOCK], size_t n)
{
	int32_t low[LR4_BANK_BLOCK], high[LR4_BANK_BLOCK];

	switch (bank->ways) {
	case 2:
		halve(bank, lines, LP0, out[0], out[1], x, n);
		break;
	case 3:
		halve(bank, lines, LP0, low, high, x, n);
		halve(bank, lines, LP1, out[0], low, low, n);
		for (size_t i = 0; i < n; i++)
			out[0][i] = sat_int32((int64_t)out[0][i] + low[i]);
		halve(bank, lines, LP2, out[1], out[2], high, n);
		break;
	default:
		halve(bank, lines, LP1, low, high, x, n);
		halve(bank, lines, LP0, out[0], out[1], low, n);
		halve(bank, lines, LP2, out[2], out[3], high, n);
	}
}

/* Lanes are low and high pass of the first channel, then of the second. */
static void halve_pair(struct lr4_bank *bank, struct lr4_lines *const lines[2], int which,
		       struct lr4_samples *y, const struct lr4_samples *x, enum lr4_input input,
		       size_t n)
{
	struct lr4_lane lane[LR4_LANES];

	for (int i = 0; i < LR4_LANES; i++) {
		const int filter = which + i % 2;

		lane[i] = (struct lr4_lane){ bank->coef[filter], lines[i / 2]->line[filter] };
	}
	lr4_lanes_run(lane, y, x, input, n);
}

/* Low bands into row \p low, high ones into the next. */
static void get_rows(int32_t out[2][LR4_BANK_WAYS_MAX][LR4_BANK_BLOCK], int low,
		     const struct lr4_samples *y, size_t n)
{
	int32_t *const row[LR4_LANES] = { out[0][low], out[0][low + 1], out[1][low],
					  out[1][low + 1] };

	lr4_lanes_get(y, row, n);
}

static void split_lanes(struct lr4_bank *bank, struct lr4_lines *const lines[2],
			int32_t x[2][LR4_BANK_BLOCK],
			int32_t out[2][LR4_BANK_WAYS_MAX][LR4_BANK_BLOCK], size_t n)
{
	const int32_t *const inputs[LR4_LANES] = { x[0], x[0], x[1], x[1] };
	struct lr4_samples both[LR4_BANK_BLOCK], half[LR4_BANK_BLOCK];

	lr4_lanes_put(both, inputs, n);
	switch (bank->ways) {
	case 2:
		halve_pair(bank, lines, LP0, both, both, LR4_EACH_ITS_OWN, n);
		get_rows(out, 0, both, n);
		break;
	case 3:
		halve_pair(bank, lines, LP0, both, both, LR4_EACH_ITS_OWN, n);
		halve_pair(bank, lines, LP1, half, both, LR4_FROM_EVEN, n);
		for (size_t i = 0; i < n; i++) {
			for (int ch = 0; ch < 2; ch++) {
				const int64_t low = (int32_t)half[i].lane[2 * ch];

				out[ch][0][i] = sat_int32(low + (int32_t)half[i].lane[2 * ch + 1]);
			}
		}
		halve_pair(bank, lines, LP2, half, both, LR4_FROM_ODD, n);
		get_rows(out, 1, half, n);
		break;
	default:
		halve_pair(bank, lines, LP1, both, both, LR4_EACH_ITS_OWN, n);
		halve_pair(bank, lines, LP0, half, both, LR4_FROM_EVEN, n);
		get_rows(out, 0, half, n);
		halve_pair(bank, lines, LP2, half, both, LR4_FROM_ODD, n);
		get_rows(out, 2, half, n);
	}
}

void lr4_bank_split_pair(struct lr4_bank *bank, struct lr4_lines *const lines[2],
			 int32_t x[2][LR4_BANK_BLOCK],
			 int32_t out[2][LR4_BANK_WAYS_MAX][LR4_BANK_BLOCK], size_t n)
{
	if (bank->lanes) {
		split_lanes(bank, lines, x, out, n);
		return;
	}
	for (int ch = 0; ch < 2; ch++)
		lr4_bank_split(bank, lines[ch], x[ch], out[ch], n);
}
