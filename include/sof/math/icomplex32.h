/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/icomplex32.h
 * \brief Complex numbers, Q1.31 each part. Results may be stored over arguments. Bit-exact with
 *        SOF's generic C. Any mode; touches its arguments only.
 */
#ifndef SOF_MATH_ICOMPLEX32_H
#define SOF_MATH_ICOMPLEX32_H

#include <sof/audio/format.h>
#include <sof/common.h>
#include <sof/math/exp_fcn.h>
#include <sof/math/log.h>
#include <sof/math/trig.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct icomplex32 {
	int32_t real;
	int32_t imag;
};

struct ipolar32 {
	int32_t magnitude; /**< Q2.30 */
	int32_t angle;	   /**< Q3.29 radians, -pi to pi */
};

/** Wraps around. */
static inline void icomplex32_add(const struct icomplex32 *in1, const struct icomplex32 *in2,
				  struct icomplex32 *out)
{
	out->real = (int32_t)((uint32_t)in1->real + (uint32_t)in2->real);
	out->imag = (int32_t)((uint32_t)in1->imag + (uint32_t)in2->imag);
}

/** Saturates. */
static inline void icomplex32_adds(const struct icomplex32 *in1, const struct icomplex32 *in2,
				   struct icomplex32 *out)
{
	out->real = sat_int32((int64_t)in1->real + in2->real);
	out->imag = sat_int32((int64_t)in1->imag + in2->imag);
}

/** Wraps around. */
static inline void icomplex32_sub(const struct icomplex32 *in1, const struct icomplex32 *in2,
				  struct icomplex32 *out)
{
	out->real = (int32_t)((uint32_t)in1->real - (uint32_t)in2->real);
	out->imag = (int32_t)((uint32_t)in1->imag - (uint32_t)in2->imag);
}

/** Rounded down; 1 and more wraps around. */
static inline void icomplex32_mul(const struct icomplex32 *in1, const struct icomplex32 *in2,
				  struct icomplex32 *out)
{
	const int64_t real = (int64_t)in1->real * in2->real - (int64_t)in1->imag * in2->imag;
	/* unsigned, as (-1 - i)^2 has an imaginary part of 2 */
	const uint64_t imag = (uint64_t)((int64_t)in1->real * in2->imag) +
			      (uint64_t)((int64_t)in1->imag * in2->real);

	out->real = (int32_t)(real >> 31);
	out->imag = (int32_t)(uint32_t)(imag >> 31);
}

/** Conjugate in place, saturating. */
static inline void icomplex32_conj(struct icomplex32 *comp)
{
	comp->imag = sat_int32(-(int64_t)comp->imag);
}

/** Times 2^n, \p n from -31 to 32: rounded down, saturated. */
static inline void icomplex32_shift(const struct icomplex32 *input, int32_t n,
				    struct icomplex32 *output)
{
	if (n <= 0) {
		output->real = input->real >> -n;
		output->imag = input->imag >> -n;
	} else {
		output->real = sat_int32((int64_t)((uint64_t)input->real << n));
		output->imag = sat_int32((int64_t)((uint64_t)input->imag << n));
	}
}

/**
 * Magnitude and angle; both structures may be the same memory. The square of the magnitude m is
 * rounded to Q2.30, so that the magnitude's error is below 7.6e-8 + 2^-31 / m, and never above
 * 2.2e-5; -1 - i gets 0. Error of the angle below 2.0e-5.
 */
void sofm_icomplex32_to_polar(struct icomplex32 *rectangular, struct ipolar32 *polar);

/**
 * And back, saturating; both structures may be the same memory. Error of each part below 2.2e-8
 * times the magnitude, plus 3.0e-10. Angles from -2 pi to 2 pi (INT32_MAX is taken for INT32_MIN).
 */
void sofm_ipolar32_to_complex(struct ipolar32 *polar, struct icomplex32 *rectangular);

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_ICOMPLEX32_H */
