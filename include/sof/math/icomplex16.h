/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/icomplex16.h
 * \brief Complex numbers, Q1.15 each part. Results may be stored over arguments. Bit-exact with
 *        SOF's generic C. Any mode; touches its arguments only.
 */
#ifndef SOF_MATH_ICOMPLEX16_H
#define SOF_MATH_ICOMPLEX16_H

#include <sof/audio/format.h>
#include <sof/common.h>
#include <stdint.h>

struct icomplex16 {
	int16_t real;
	int16_t imag;
};

/** Wraps around. */
static inline void icomplex16_add(const struct icomplex16 *in1, const struct icomplex16 *in2,
				  struct icomplex16 *out)
{
	out->real = (int16_t)(in1->real + in2->real);
	out->imag = (int16_t)(in1->imag + in2->imag);
}

/** Wraps around. */
static inline void icomplex16_sub(const struct icomplex16 *in1, const struct icomplex16 *in2,
				  struct icomplex16 *out)
{
	out->real = (int16_t)(in1->real - in2->real);
	out->imag = (int16_t)(in1->imag - in2->imag);
}

/** Rounded half up; 1 and more wraps around. */
static inline void icomplex16_mul(const struct icomplex16 *in1, const struct icomplex16 *in2,
				  struct icomplex16 *out)
{
	const int32_t real = in1->real * in2->real - in1->imag * in2->imag;
	/* unsigned, as (-1 - i)^2 has an imaginary part of 2 */
	const int32_t imag =
		(int32_t)((uint32_t)(in1->real * in2->imag) + (uint32_t)(in1->imag * in2->real));

	out->real = (int16_t)Q_SHIFT_RND(real, 30, 15);
	out->imag = (int16_t)Q_SHIFT_RND(imag, 30, 15);
}

/** Conjugate in place, saturating. */
static inline void icomplex16_conj(struct icomplex16 *comp)
{
	comp->imag = sat_int16(-comp->imag);
}

/** Times 2^n, \p n from -31 to 31: rounded half up; saturated, save that a product of more than 32
 * bits (n above 16) has lost those above before. */
static inline void icomplex16_shift(const struct icomplex16 *input, int16_t n,
				    struct icomplex16 *output)
{
	if (n < 0) {
		const int32_t half = 1 << (-n - 1);

		output->real = sat_int16((input->real + half) >> -n);
		output->imag = sat_int16((input->imag + half) >> -n);
	} else {
		output->real = sat_int16((int32_t)((uint32_t)input->real << n));
		output->imag = sat_int16((int32_t)((uint32_t)input->imag << n));
	}
}

#endif /* SOF_MATH_ICOMPLEX16_H */
