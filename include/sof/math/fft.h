/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/fft.h
 * \brief Fast Fourier transform of complex numbers, Q1.31 or Q1.15, into another buffer.
 *
 * Forward: X[k] = 1/N sum of x[n] e^(-i 2 pi k n / N); the inverse, without that factor, gives back
 * what was transformed. Bit-exact with SOF's generic C.
 *
 * Error of each part below 2 N + log2(N) units in the last place, with 16 bits N + log2(N) + 1: most
 * of it is that each input is divided by N first. Of the inverse N times that. Sums wrap around, but
 * not where every input has a magnitude of at most 1 less that error; the inverse saturates.
 *
 * Plans are made and freed in the caller's mode, with memory of the module (mod_alloc() and kin).
 * Executing: any mode; touches the plan, its buffers, constants and the stack. One plan serves one
 * thread at a time.
 */
#ifndef SOF_MATH_FFT_H
#define SOF_MATH_FFT_H

#include <sof/audio/format.h>
#include <sof/audio/module_adapter/module/generic.h>
#include <sof/common.h>
#include <sof/math/icomplex16.h>
#include <sof/math/icomplex32.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FFT_GENERIC

#define FFT_SIZE_MIN	    1
#define FFT_SIZE_MAX	    1024
#define FFT_MULTI_COUNT_MAX 3

/** Of the four buffers, the two of the plan's word length are set. */
struct fft_plan {
	uint32_t size; /**< N */
	uint32_t len;  /**< log2(N) */
	uint16_t *bit_reverse_idx;
	struct icomplex32 *inb32;
	struct icomplex32 *outb32;
	struct icomplex16 *inb16;
	struct icomplex16 *outb16;
};

struct fft_multi_plan {
	struct fft_plan *fft_plan[FFT_MULTI_COUNT_MAX];
	struct icomplex32 *tmp_i32[FFT_MULTI_COUNT_MAX];
	struct icomplex32 *tmp_o32[FFT_MULTI_COUNT_MAX];
	struct icomplex32 *inb32;
	struct icomplex32 *outb32;
	uint16_t *bit_reverse_idx;
	uint32_t total_size; /**< N */
	uint32_t fft_size;   /**< N / num_ffts */
	int num_ffts;	     /**< 1 or 3 */
};

/**
 * A plan for \p size bins, a power of two up to FFT_SIZE_MAX, of \p bits, 16 or 32. \p inb and
 * \p outb hold \p size numbers each, do not overlap and stay the caller's.
 * \return NULL, with a message: any of that is not so, a buffer is NULL, or there is no memory.
 */
struct fft_plan *mod_fft_plan_new(struct processing_module *mod, void *inb, void *outb,
				  uint32_t size, int bits);

/** NULL is fine. */
void mod_fft_plan_free(struct processing_module *mod, struct fft_plan *plan);

/**
 * Transform inb into outb; with \p ifft back, which leaves inb conjugated. Without a plan, or with
 * one of another word length, nothing happens.
 *
 * With 16 bits, as in SOF, inb[0] is not read: outb[0] has to hold inb[0] / N, rounded, before (or
 * 0 where the mean is of no interest). And the inverse of 16 bits is not conjugated in the end: its
 * imaginary parts have the other sign.
 */
void fft_execute_16(struct fft_plan *plan, bool ifft);
void fft_execute_32(struct fft_plan *plan, bool ifft);

/**
 * As mod_fft_plan_new(), of 32 bits only, for three times a power of two as well: up to FFT_SIZE_MAX
 * or 3 * FFT_SIZE_MAX bins.
 */
struct fft_multi_plan *mod_fft_multi_plan_new(struct processing_module *mod, void *inb, void *outb,
					      uint32_t size, int bits);

/** NULL is fine. */
void mod_fft_multi_plan_free(struct processing_module *mod, struct fft_multi_plan *plan);

/** As fft_execute_32(). */
void fft_multi_execute_32(struct fft_multi_plan *plan, bool ifft);

/** Transform of three numbers, with the factor 1/3, saturating; \p output may be \p input. Error of
 * each part below 5 units in the last place. */
void dft3_32(struct icomplex32 *input, struct icomplex32 *output);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_FFT_H */
