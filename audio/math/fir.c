/* SPDX-License-Identifier: BSD-3-Clause */
/* FIR filters; the arithmetic is told in the header, the sums are in files of their own. */
#include "fir_sum.h"

#include <errno.h>
#include <rtos/symbol.h>
#include <sof/math/fir_generic.h>

/* The sum's point is at bit 46, the output's at 31. */
#define SUM_SHIFT   15
#define SHIFT_LEAST (-SUM_SHIFT)
#define SHIFT_MOST  (63 - SUM_SHIFT)

/* Words of the ring beyond the taps, and of its memory beyond the ring. */
#define RING_MORE   2
#define MEMORY_MORE 2

/* Picked by the dynamic linker before anything runs, and kept where a user thread can read it: a
 * variable of ours could not be. That early no sanitizer is ready. */
#define PICKS __attribute__((no_sanitize("address", "thread", "undefined"), used))

typedef int64_t fir_sum_function(const struct fir_state_32x16 *fir, int32_t x);
typedef struct fir_pair fir_pair_function(const struct fir_state_32x16 *fir, int32_t x0,
					  int32_t x1);

PICKS static fir_sum_function *pick_sum(void)
{
	__builtin_cpu_init();
	return __builtin_cpu_supports("avx2") ? fir_sum_avx2 : fir_sum_plain;
}

PICKS static fir_pair_function *pick_pair(void)
{
	__builtin_cpu_init();
	return __builtin_cpu_supports("avx2") ? fir_pair_avx2 : fir_pair_plain;
}

static fir_sum_function fir_sum __attribute__((ifunc("pick_sum")));
static fir_pair_function fir_pair __attribute__((ifunc("pick_pair")));

int fir_delay_size(struct sof_fir_coef_data *config)
{
	const int taps = config->length;

	if (taps < 4 || taps > SOF_FIR_MAX_LENGTH || taps % 4 != 0)
		return -EINVAL;
	if (config->out_shift < SHIFT_LEAST || config->out_shift > SHIFT_MOST)
		return -EINVAL;
	return (taps + RING_MORE + MEMORY_MORE) * (int)sizeof(int32_t);
}
EXPORT_SYMBOL(fir_delay_size);

int fir_init_coef(struct fir_state_32x16 *fir, struct sof_fir_coef_data *config)
{
	fir->coef = ASSUME_ALIGNED(&config->coef[0], 2);
	fir->out_shift = config->out_shift;
	fir->taps = config->length;
	fir->length = fir->taps + RING_MORE;
	fir->rwi = 0;
	return 0;
}
EXPORT_SYMBOL(fir_init_coef);

void fir_init_delay(struct fir_state_32x16 *fir, int32_t **data)
{
	fir->delay = *data;
	*data = fir->delay + fir->length;
}
EXPORT_SYMBOL(fir_init_delay);

void fir_reset(struct fir_state_32x16 *fir)
{
	fir->coef = NULL;
	fir->out_shift = 0;
	fir->length = 0;
	fir->taps = 0;
	fir->rwi = 0;
}
EXPORT_SYMBOL(fir_reset);

static inline void remember(struct fir_state_32x16 *fir, int32_t x)
{
	const int next = fir->rwi + 1;

	fir->delay[fir->rwi] = x;
	fir->rwi = next == fir->length ? 0 : next;
}

static inline int64_t older(const struct fir_state_32x16 *fir, int by)
{
	const int at = fir->rwi - by;

	return fir->delay[at < 0 ? at + fir->length : at];
}

/* The least there can be, which is what passes all through in the usual blobs: a loop over the ring
 * takes longer than the sums. */
static inline struct fir_pair pair_of_4(const struct fir_state_32x16 *fir, int64_t x0, int64_t x1)
{
	const int16_t *const coef = fir->coef;
	const int64_t a = older(fir, 1), b = older(fir, 2), c = older(fir, 3);

	return (struct fir_pair){
		.y0 = coef[0] * x0 + coef[1] * a + coef[2] * b + coef[3] * c,
		.y1 = coef[0] * x1 + coef[1] * x0 + coef[2] * a + coef[3] * b,
	};
}

int32_t fir_32x16(struct fir_state_32x16 *fir, int32_t x)
{
	int64_t sum;

	if (fir->length == 0)
		return x;
	sum = fir_sum(fir, x);
	remember(fir, x);
	return sat_int32(sum >> (SUM_SHIFT + fir->out_shift));
}
EXPORT_SYMBOL(fir_32x16);

void fir_32x16_2x(struct fir_state_32x16 *fir, int32_t x0, int32_t x1, int32_t *y0, int32_t *y1)
{
	struct fir_pair sums;

	if (fir->length == 0) {
		*y0 = x0;
		*y1 = x1;
		return;
	}
	sums = fir->taps == 4 ? pair_of_4(fir, x0, x1) : fir_pair(fir, x0, x1);
	remember(fir, x0);
	remember(fir, x1);
	*y0 = sat_int32(sums.y0 >> (SUM_SHIFT + fir->out_shift));
	*y1 = sat_int32(sums.y1 >> (SUM_SHIFT + fir->out_shift));
}
EXPORT_SYMBOL(fir_32x16_2x);
