/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file lr4_lanes.h
 * \brief Four filters of two biquads side by side, as sof/math/iir_df1.h's iir_df1_4th() does each:
 *        the same results. Where the processor has AVX2. Any mode; touches its arguments only.
 */
#ifndef LR4_LANES_H
#define LR4_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LR4_LANES 4

#pragma GCC visibility push(hidden)

/** A filter: two biquads' coefficients, and their delay line. */
struct lr4_lane {
	const int32_t *coef;
	int32_t *line;
};

/** One sample of each filter, the lower half of each word. The upper halves mean nothing. */
struct lr4_samples {
	uint64_t lane[LR4_LANES];
} __attribute__((aligned(32)));

/** Where the filters' inputs are in \p x: each its own, or lanes 0 and 2, or 1 and 3, twice. */
enum lr4_input { LR4_EACH_ITS_OWN, LR4_FROM_EVEN, LR4_FROM_ODD };

/** Are the shifts of these two biquads in the range that lr4_lanes_run() can do? */
bool lr4_lanes_possible(const int32_t *coef);

/** Filter \p n samples of each lane; \p y may be \p x. For cpu_has_avx2(). */
void lr4_lanes_run(const struct lr4_lane lane[LR4_LANES], struct lr4_samples *y,
		   const struct lr4_samples *x, enum lr4_input input, size_t n);

/** Signals into lanes, and out of them; rows of \p n samples. */
void lr4_lanes_put(struct lr4_samples *x, const int32_t *const row[LR4_LANES], size_t n);
void lr4_lanes_get(const struct lr4_samples *y, int32_t *const row[LR4_LANES], size_t n);

#pragma GCC visibility pop

#endif /* LR4_LANES_H */
