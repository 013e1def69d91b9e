/* SPDX-License-Identifier: BSD-3-Clause */
/* Transform of 16 bits: decimation in time, radix 2, each product rounded where SOF's is. */
#include <rtos/symbol.h>
#include <sof/math/fft.h>

#include "tables.h"

/* Into bit-reversed order, each divided by the transform's size; the first stays where it is. */
static void sort(const struct fft_plan *plan)
{
	for (uint32_t i = 1; i < plan->size; i++)
		icomplex16_shift(&plan->inb16[plan->bit_reverse_idx[i]],
				 (int16_t) - (int32_t)plan->len, &plan->outb16[i]);
}

static inline int32_t rounded(int32_t q30)
{
	return Q_SHIFT_RND(q30, 30, 15);
}

/* n butterflies; twiddles are above -1, so that no sum of products overflows */
static inline void stage(struct icomplex16 *restrict top, struct icomplex16 *restrict bottom,
			 const struct icomplex16 *restrict twiddle, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct icomplex16 a = top[i];
		const struct icomplex16 b = bottom[i];
		const struct icomplex16 t = twiddle[i];
		const int32_t real = rounded(t.real * b.real - t.imag * b.imag);
		const int32_t imag = rounded(t.real * b.imag + t.imag * b.real);

		top[i].real = (int16_t)(a.real + real);
		top[i].imag = (int16_t)(a.imag + imag);
		bottom[i].real = (int16_t)(a.real - real);
		bottom[i].imag = (int16_t)(a.imag - imag);
	}
}

static inline void stages(struct icomplex16 *out, uint32_t size, uint32_t n)
{
	for (uint32_t i = 0; i < size; i += 2 * n)
		stage(&out[i], &out[i + n], &math_twiddle_16[n], n);
}

void fft_execute_16(struct fft_plan *plan, bool ifft)
{
	struct icomplex16 *in, *out;
	uint32_t size;

	if (!plan || !plan->bit_reverse_idx || !plan->inb16 || !plan->outb16)
		return;
	in = plan->inb16;
	out = plan->outb16;
	size = plan->size;
	if (ifft) {
		for (uint32_t i = 0; i < size; i++)
			icomplex16_conj(&in[i]);
	}
	sort(plan);
	/* apart, as numbers that the compiler knows */
	if (size >= 2)
		stages(out, size, 1);
	if (size >= 4)
		stages(out, size, 2);
	for (uint32_t n = 4; n < size; n *= 2)
		stages(out, size, n);
	if (ifft) {
		for (uint32_t i = 0; i < size; i++)
			icomplex16_shift(&out[i], (int16_t)plan->len, &out[i]);
	}
}
EXPORT_SYMBOL(fft_execute_16);
