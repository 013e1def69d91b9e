/* SPDX-License-Identifier: BSD-3-Clause */
/* Transforms of a power of two and of three times one, which is three and one of three for each
 * of their bins. */
#include <errno.h>
#include <rtos/symbol.h>
#include <sof/trace/trace.h>

#include "fft_plan.h"
#include "tables.h"

LOG_MODULE_REGISTER(math_fft_multi, CONFIG_SOF_LOG_LEVEL);

#define PARTS 3

/* Q1.31, cut off */
#define THIRD	     715827883
#define HALF	     1073741824
#define HALF_OF_ROOT 1859775393 /* sqrt(3) / 2 */

static inline struct icomplex32 third_of(struct icomplex32 x)
{
	return (struct icomplex32){ (int32_t)q_multsr_32x32(x.real, THIRD, 31),
				    (int32_t)q_multsr_32x32(x.imag, THIRD, 31) };
}

static inline struct icomplex32 plus(struct icomplex32 a, struct icomplex32 b)
{
	struct icomplex32 sum;

	icomplex32_adds(&a, &b, &sum);
	return sum;
}

static inline struct icomplex32 times(struct icomplex32 a, struct icomplex32 b)
{
	struct icomplex32 product;

	icomplex32_mul(&a, &b, &product);
	return product;
}

static inline void of_three(const struct icomplex32 *input, struct icomplex32 *output)
{
	/* a third of a turn, one way and the other */
	const struct icomplex32 back = { -HALF, -HALF_OF_ROOT };
	const struct icomplex32 on = { -HALF, HALF_OF_ROOT };
	const struct icomplex32 x0 = third_of(input[0]);
	const struct icomplex32 x1 = third_of(input[1]);
	const struct icomplex32 x2 = third_of(input[2]);

	output[0] = plus(plus(x0, x1), x2);
	output[1] = plus(plus(times(back, x1), times(on, x2)), x0);
	output[2] = plus(plus(times(on, x1), times(back, x2)), x0);
}
void dft3_32(struct icomplex32 *input, struct icomplex32 *output)
{
	of_three(input, output);
}
EXPORT_SYMBOL(dft3_32);

static int parts_of(uint32_t size)
{
	if (is_power_of_2(size))
		return 1;
	return size % PARTS == 0 && is_power_of_2(size / PARTS) ? PARTS : 0;
}

/* Buffers of the parts, all in one block. */
static int split_buffers(struct processing_module *mod, struct fft_multi_plan *plan)
{
	const size_t bytes = 2 * PARTS * plan->fft_size * sizeof(struct icomplex32);
	struct icomplex32 *at = mod_balloc(mod, bytes);

	if (!at)
		return -ENOMEM;
	for (int i = 0; i < PARTS; i++) {
		plan->tmp_i32[i] = at;
		plan->tmp_o32[i] = at + plan->fft_size;
		at += 2 * plan->fft_size;
	}
	return 0;
}

struct fft_multi_plan *mod_fft_multi_plan_new(struct processing_module *mod, void *inb, void *outb,
					      uint32_t size, int bits)
{
	const int parts = parts_of(size);
	struct fft_multi_plan *plan;

	if (!inb || !outb || bits != 32) {
		LOG_ERR("transform of %d bits from %p to %p", bits, inb, outb);
		return NULL;
	}
	if (!parts || size / parts > FFT_SIZE_MAX) {
		LOG_ERR("transform of %u bins: a power of two up to %u or three times one is "
			"possible",
			size, FFT_SIZE_MAX);
		return NULL;
	}
	plan = mod_zalloc(mod, sizeof(*plan));
	if (!plan)
		goto no_memory;
	plan->inb32 = inb;
	plan->outb32 = outb;
	plan->total_size = size;
	plan->fft_size = size / (uint32_t)parts;
	plan->num_ffts = parts;
	plan->tmp_i32[0] = inb;
	plan->tmp_o32[0] = outb;
	if (parts == PARTS && split_buffers(mod, plan)) {
		plan->tmp_i32[0] = NULL;
		goto no_memory;
	}
	plan->bit_reverse_idx = fft_bit_reverse_alloc(mod, plan->fft_size);
	if (!plan->bit_reverse_idx)
		goto no_memory;
	for (int i = 0; i < parts; i++) {
		plan->fft_plan[i] = fft_plan_alloc(mod, plan->tmp_i32[i], plan->tmp_o32[i],
						   plan->fft_size, bits);
		if (!plan->fft_plan[i])
			goto no_memory;
		plan->fft_plan[i]->bit_reverse_idx = plan->bit_reverse_idx;
	}
	return plan;

no_memory:
	LOG_ERR("no memory for a transform of %u bins", size);
	mod_fft_multi_plan_free(mod, plan);
	return NULL;
}
EXPORT_SYMBOL(mod_fft_multi_plan_new);

void mod_fft_multi_plan_free(struct processing_module *mod, struct fft_multi_plan *plan)
{
	if (!plan)
		return;
	for (int i = 0; i < plan->num_ffts; i++)
		mod_free(mod, plan->fft_plan[i]);
	mod_free(mod, plan->bit_reverse_idx);
	/* those of a single transform are the caller's */
	if (plan->num_ffts == PARTS)
		mod_free(mod, plan->tmp_i32[0]);
	mod_free(mod, plan);
}
EXPORT_SYMBOL(mod_fft_multi_plan_free);

static void deal_out(const struct fft_multi_plan *plan)
{
	const struct icomplex32 *in = plan->inb32;

	for (uint32_t i = 0; i < plan->fft_size; i++, in += PARTS) {
		for (int part = 0; part < PARTS; part++)
			plan->tmp_i32[part][i] = in[part];
	}
}

static void join(const struct fft_multi_plan *plan)
{
	const uint32_t n = plan->fft_size;
	const uint32_t step = FFT_SIZE_MAX / n;

	for (uint32_t i = 0; i < n; i++) {
		struct icomplex32 x[PARTS] = {
			plan->tmp_o32[0][i],
			times(math_twiddle_3072[i * step], plan->tmp_o32[1][i]),
			times(math_twiddle_3072[2 * i * step], plan->tmp_o32[2][i]),
		};

		of_three(x, x);
		plan->outb32[i] = x[0];
		plan->outb32[n + i] = x[1];
		plan->outb32[2 * n + i] = x[2];
	}
}

/* What makes the inverse of the transform of the conjugate: times 3 * 2^len. */
static void restore(struct icomplex32 *out, uint32_t size, int32_t len)
{
	for (uint32_t i = 0; i < size; i++) {
		struct icomplex32 x = { out[i].real, (int32_t)(0u - (uint32_t)out[i].imag) };

		icomplex32_shift(&x, len, &x);
		out[i].real = sat_int32((int64_t)x.real * PARTS);
		out[i].imag = sat_int32((int64_t)x.imag * PARTS);
	}
}

void fft_multi_execute_32(struct fft_multi_plan *plan, bool ifft)
{
	if (!plan)
		return;
	if (plan->num_ffts == 1) {
		fft_execute_32(plan->fft_plan[0], ifft);
		return;
	}
	if (ifft) {
		for (uint32_t i = 0; i < plan->total_size; i++)
			icomplex32_conj(&plan->inb32[i]);
	}
	deal_out(plan);
	for (int part = 0; part < PARTS; part++)
		fft_execute_32(plan->fft_plan[part], false);
	join(plan);
	if (ifft)
		restore(plan->outb32, plan->total_size, (int32_t)plan->fft_plan[0]->len);
}
EXPORT_SYMBOL(fft_multi_execute_32);
