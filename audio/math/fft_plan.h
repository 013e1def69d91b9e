/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file fft_plan.h
 * \brief What plans for one transform and for several have in common.
 */
#ifndef AUDIO_MATH_FFT_PLAN_H
#define AUDIO_MATH_FFT_PLAN_H

#include <sof/math/fft.h>

/** A plan without its table; \p bits is 16 or 32, \p size a power of two up to FFT_SIZE_MAX. NULL:
 * no memory. */
struct fft_plan *fft_plan_alloc(struct processing_module *mod, void *inb, void *outb, uint32_t size,
				int bits);

/** Table of the indices below \p size, a power of two, with their bits in the opposite order. NULL:
 * no memory. */
uint16_t *fft_bit_reverse_alloc(struct processing_module *mod, uint32_t size);

#endif /* AUDIO_MATH_FFT_PLAN_H */
