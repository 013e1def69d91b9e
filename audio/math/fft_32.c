/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Transform of 32 bits: decimation in time, radix 2, so that every product is rounded where SOF's
 * is. Loops are written for the compiler to make vectors of.
 */
#include <rtos/symbol.h>
#include <sof/math/fft.h>
#include <string.h>

#include "tables.h"

#define TRANSFORMS 8

#define TOP_BIT 0x80000000u

/* The twiddle 1 is held at 2^31 - 1. x times that, shifted right by 31, is x for x below 0, or one
 * less; of the product with 1 - 2^31, which stands for -1, it is -x or one less. */
static inline uint32_t times_one(int32_t x)
{
	return (uint32_t)x - (x > 0) + (x == INT32_MIN);
}

static inline uint32_t times_minus_one(int32_t x)
{
	return 0u - (uint32_t)x - (x < 0);
}

/* a + b into a, a - b into b */
static inline void butterfly(struct icomplex32 *a, struct icomplex32 *b, uint32_t b_real,
			     uint32_t b_imag)
{
	const uint32_t real = (uint32_t)a->real;
	const uint32_t imag = (uint32_t)a->imag;

	a->real = (int32_t)(real + b_real);
	a->imag = (int32_t)(imag + b_imag);
	b->real = (int32_t)(real - b_real);
	b->imag = (int32_t)(imag - b_imag);
}

static inline struct icomplex32 scaled(struct icomplex32 x, uint32_t bits)
{
	return (struct icomplex32){ x.real >> bits, x.imag >> bits };
}

/* Into bit-reversed order, each divided by the transform's size. */
static void sort(const struct fft_plan *plan)
{
	for (uint32_t i = 0; i < plan->size; i++)
		plan->outb32[plan->bit_reverse_idx[i]] = scaled(plan->inb32[i], plan->len);
}

/* Transforms of four, the first of a number each \p quarter further on: in bit-reversed order they
 * are side by side. Twiddles are 1 and -i. */
static inline void fours(const struct icomplex32 *in, struct icomplex32 out[TRANSFORMS][4],
			 uint32_t quarter, uint32_t bits)
{
	for (uint32_t i = 0; i < TRANSFORMS; i++) {
		struct icomplex32 a = scaled(in[i], bits);
		struct icomplex32 b = scaled(in[2 * quarter + i], bits);
		struct icomplex32 c = scaled(in[quarter + i], bits);
		struct icomplex32 d = scaled(in[3 * quarter + i], bits);

		butterfly(&a, &b, times_one(b.real), times_one(b.imag));
		butterfly(&c, &d, times_one(d.real), times_one(d.imag));
		butterfly(&a, &c, times_one(c.real), times_one(c.imag));
		butterfly(&b, &d, times_one(d.imag), times_minus_one(d.real));
		out[i][0] = a;
		out[i][1] = b;
		out[i][2] = c;
		out[i][3] = d;
	}
}

/* sort() and the first two stages at once, for no less than 4 * TRANSFORMS bins. */
static void sort_fours(const struct fft_plan *plan)
{
	const uint32_t quarter = plan->size / 4;
	struct icomplex32 four[TRANSFORMS][4];

	for (uint32_t i = 0; i < quarter; i += TRANSFORMS) {
		fours(&plan->inb32[i], four, quarter, plan->len);
		for (uint32_t k = 0; k < TRANSFORMS; k++)
			memcpy(&plan->outb32[plan->bit_reverse_idx[i + k]], four[k],
			       sizeof(four[k]));
	}
}

/* The inverse is the conjugate of the transform of the conjugate. */
static void conjugate(struct icomplex32 *x, uint32_t size)
{
	for (uint32_t i = 0; i < size; i++)
		x[i].imag = x[i].imag == INT32_MIN ? INT32_MAX : -x[i].imag;
}

/* x * 2^bits, saturated, in 32 bits for more of them to fit into a vector */
static inline int32_t shifted(int32_t x, uint32_t bits)
{
	const int32_t wrapped = (int32_t)((uint32_t)x << bits);

	return wrapped >> bits == x ? wrapped : (x >> 31) ^ INT32_MAX;
}

static void restore(struct icomplex32 *x, uint32_t size, uint32_t bits)
{
	conjugate(x, size);
	for (uint32_t i = 0; i < size; i++) {
		x[i].real = shifted(x[i].real, bits);
		x[i].imag = shifted(x[i].imag, bits);
	}
}

/*
 * n butterflies. A product of signed numbers is one of unsigned ones that are larger by 2^31, less
 * what these have too much, which behind the shift is a sum of whole numbers: exact, and most
 * processors have a vector instruction for it, but not for the signed one.
 */
static inline void stage(struct icomplex32 *restrict top, struct icomplex32 *restrict bottom,
			 const struct icomplex32 *restrict twiddle, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		const uint32_t b_real = (uint32_t)bottom[i].real ^ TOP_BIT;
		const uint32_t b_imag = (uint32_t)bottom[i].imag ^ TOP_BIT;
		const uint32_t t_real = (uint32_t)twiddle[i].real ^ TOP_BIT;
		const uint32_t t_imag = (uint32_t)twiddle[i].imag ^ TOP_BIT;
		const uint64_t real = (uint64_t)b_real * t_real - (uint64_t)b_imag * t_imag;
		const uint64_t imag = (uint64_t)b_real * t_imag + (uint64_t)b_imag * t_real;

		butterfly(&top[i], &bottom[i],
			  (uint32_t)(real >> 31) - (b_real - b_imag) - (t_real - t_imag),
			  (uint32_t)(imag >> 31) - (b_real + b_imag) - (t_real + t_imag));
	}
}

void fft_execute_32(struct fft_plan *plan, bool ifft)
{
	struct icomplex32 *out;
	uint32_t size, n;

	if (!plan || !plan->bit_reverse_idx || !plan->inb32 || !plan->outb32)
		return;
	out = plan->outb32;
	size = plan->size;
	if (ifft)
		conjugate(plan->inb32, size);
	if (size < 4 * TRANSFORMS) {
		sort(plan);
		n = 1;
	} else {
		sort_fours(plan);
		n = 4;
	}
	for (; n < size; n *= 2) {
		for (uint32_t i = 0; i < size; i += 2 * n)
			stage(&out[i], &out[i + n], &math_twiddle_32[n], n);
	}
	if (ifft)
		restore(out, size, plan->len);
}
EXPORT_SYMBOL(fft_execute_32);
