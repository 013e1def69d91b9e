/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file lr4_bank.h
 * \brief Split a signal into 2 to 4 bands by Linkwitz-Riley filters of fourth order.
 *
 * Each is two equal biquads in series. A low pass and a high pass together halve a band:
 *
 *	2 ways: x -> LP0: band 0, HP0: band 1
 *	3 ways: x -> LP0 -> LP1 + HP1: band 0 (which turns its phase as the others' is turned)
 *	          -> HP0 -> LP2: band 1, HP2: band 2
 *	4 ways: x -> LP1 -> LP0: band 0, HP0: band 1
 *	          -> HP1 -> LP2: band 2, HP2: band 3
 *
 * Arithmetic of iir_df1_4th(), bit-exact with SOF's generic C. Any mode; touches its arguments only.
 */
#ifndef LR4_BANK_H
#define LR4_BANK_H

#include <sof/math/iir_df1.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <user/eq.h>

#define LR4_BANK_WAYS_MIN 2
#define LR4_BANK_WAYS_MAX 4
#define LR4_BANK_FILTERS  6  /**< LP0, HP0, LP1, HP1, LP2, HP2 */
#define LR4_BANK_BLOCK	  32 /**< samples lr4_bank_split() takes at most */

/** Coefficients, for all channels. */
struct lr4_bank {
	unsigned int ways;
	bool lanes; /**< can four filters be done side by side? */
	int32_t coef[LR4_BANK_FILTERS][SOF_IIR_DF1_4TH_NUM_BIQUADS * SOF_EQ_IIR_NBIQUAD];
};

/** What one channel's filters remember; all zeros to begin with. */
struct lr4_lines {
	int32_t line[LR4_BANK_FILTERS][SOF_IIR_DF1_4TH_NUM_BIQUADS * IIR_DF1_NUM_STATE];
};

/** Biquads that so many ways need, one for each filter. */
static inline size_t lr4_bank_biquads(unsigned int ways)
{
	return ways == LR4_BANK_WAYS_MIN ? 2 : LR4_BANK_FILTERS;
}

/** Is the arithmetic defined for these biquads' shifts? */
bool lr4_biquads_valid(const struct sof_eq_iir_biquad *biquads, size_t count);

/** Take the coefficients of lr4_bank_biquads() filters. */
void lr4_bank_setup(struct lr4_bank *bank, unsigned int ways,
		    const struct sof_eq_iir_biquad *biquads);

/** Split \p n samples, LR4_BANK_BLOCK at most, Q1.31: one row of \p out for each band. */
void lr4_bank_split(struct lr4_bank *bank, struct lr4_lines *lines, const int32_t *x,
		    int32_t out[LR4_BANK_WAYS_MAX][LR4_BANK_BLOCK], size_t n);

/** The same for two channels, which takes less time than twice one where the processor can do several
 * filters at once. */
void lr4_bank_split_pair(struct lr4_bank *bank, struct lr4_lines *const lines[2],
			 int32_t x[2][LR4_BANK_BLOCK],
			 int32_t out[2][LR4_BANK_WAYS_MAX][LR4_BANK_BLOCK], size_t n);

#endif /* LR4_BANK_H */
