/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/math/trig.h
 * \brief Trigonometric functions by CORDIC, and atan2 by a polynomial.
 *
 * Angles are in radians. Each error bound is the largest distance from the exact function over the
 * whole range given, arguments being exact; what is outside the range gives some number. Arithmetic
 * is two's complement and wraps: bit-exact with SOF's generic C, also where that leaves the result
 * to the compiler (negative numbers shifted left, INT32_MIN negated).
 *
 * Any mode; these functions touch constants, the stack and what their arguments point at.
 */
#ifndef SOF_MATH_TRIG_H
#define SOF_MATH_TRIG_H

#include <sof/audio/format.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PI_Q4_28      843314857
#define PI_MUL2_Q4_28 1686629713
#define PI_DIV2_Q3_29 843314857
#define PI_Q3_29      1686629713

/** Steps that cordic_approx() can make at most, and that the 16-bit functions make. */
#define CORDIC_31B_TABLE_SIZE 31
#define CORDIC_15B_TABLE_SIZE 15
/** The same for the inverse functions: one step fewer than the number says. */
#define CORDIC_30B_ITABLE_SIZE 30
#define CORDIC_16B_ITABLE_SIZE 16
#define CORDIC_31B_ITERATIONS  (CORDIC_31B_TABLE_SIZE - 1)
#define CORDIC_16B_ITERATIONS  (CORDIC_16B_ITABLE_SIZE - 1)

typedef enum {
	EN_32B_CORDIC_SINE,
	EN_32B_CORDIC_COSINE,
	EN_32B_CORDIC_CEXP,
	EN_16B_CORDIC_SINE,
	EN_16B_CORDIC_COSINE,
	EN_16B_CORDIC_CEXP,
} cordic_cfg;

struct cordic_cmpx {
	int32_t re;
	int32_t im;
};

/**
 * Turn (1, 0) by \p th_rad_fxp, Q4.28, from -2 pi to 2 pi, in \p a_idx steps, 0 to 31.
 * \param[out] sign 1, or -1 where half a turn was taken off: factor of the two results
 * \param[out] b_yn sine, Q2.30
 * \param[out] xn cosine, Q2.30
 * \param[out] th_cdc_fxp the angle that is left, Q2.30
 *
 * INT32_MIN is taken for 0. More than 31 steps are taken for 31.
 */
void cordic_approx(int32_t th_rad_fxp, int32_t a_idx, int32_t *sign, int32_t *b_yn, int32_t *xn,
		   int32_t *th_cdc_fxp);

/** \name Inverse functions of 0 to 1, Q2.30, in at most 30 steps: Q3.29
 * @{ */
int32_t is_scalar_cordic_acos(int32_t realvalue, int numiters_minus_one);
int32_t is_scalar_cordic_asin(int32_t realvalue, int numiters_minus_one);
/** @} */

/** Results of cordic_approx() as a complex number, Q2.30; Q1.15, rounded half up and saturated,
 * when \p type is EN_16B_CORDIC_CEXP. */
void cmpx_cexp(int32_t sign, int32_t b_yn, int32_t xn, cordic_cfg type, struct cordic_cmpx *cexp);

/**
 * Angle of (x, y), Q1.31 each: Q3.29, -pi to pi, 0 for the origin. The sign of an angle of pi is
 * plus where y is 0. Error below 2.0e-5. The polynomial is z * P(z^2), z the smaller magnitude over
 * the larger, P of degree 4 with the least maximum error on 0 to 1.
 */
int32_t sofm_atan2_32b(int32_t y, int32_t x);

static inline void z_cordic_sincos(int32_t angle, int32_t steps, int32_t *sine, int32_t *cosine)
{
	int32_t sign, left;

	cordic_approx(angle, steps, &sign, sine, cosine, &left);
	*sine *= sign;
	*cosine *= sign;
}

/** \name Of an angle in Q4.28 from -2 pi to 2 pi
 * @{ */
/** Q1.31; error below 2.0e-8. */
static inline int32_t sin_fixed_32b(int32_t th_rad_fxp)
{
	int32_t sine, cosine;

	z_cordic_sincos(th_rad_fxp, CORDIC_31B_TABLE_SIZE, &sine, &cosine);
	return sat_int32((int64_t)sine * 2);
}

/** Q1.31; error below 2.0e-8. */
static inline int32_t cos_fixed_32b(int32_t th_rad_fxp)
{
	int32_t sine, cosine;

	z_cordic_sincos(th_rad_fxp, CORDIC_31B_TABLE_SIZE, &sine, &cosine);
	return sat_int32((int64_t)cosine * 2);
}

/** Q1.15; error below 8.0e-5. */
static inline int16_t sin_fixed_16b(int32_t th_rad_fxp)
{
	int32_t sine, cosine;

	z_cordic_sincos(th_rad_fxp, CORDIC_15B_TABLE_SIZE, &sine, &cosine);
	return sat_int16(Q_SHIFT_RND(sine, 30, 15));
}

/** Q1.15; error below 8.0e-5. */
static inline int16_t cos_fixed_16b(int32_t th_rad_fxp)
{
	int32_t sine, cosine;

	z_cordic_sincos(th_rad_fxp, CORDIC_15B_TABLE_SIZE, &sine, &cosine);
	return sat_int16(Q_SHIFT_RND(cosine, 30, 15));
}

/** e^(i angle), Q2.30; error of each part below 2.0e-8. */
static inline void cmpx_exp_32b(int32_t th_rad_fxp, struct cordic_cmpx *cexp)
{
	int32_t sign, sine, cosine, left;

	cordic_approx(th_rad_fxp, CORDIC_31B_TABLE_SIZE, &sign, &sine, &cosine, &left);
	cmpx_cexp(sign, sine, cosine, EN_32B_CORDIC_CEXP, cexp);
}

/** e^(i angle), Q1.15; error of each part below 8.0e-5. */
static inline void cmpx_exp_16b(int32_t th_rad_fxp, struct cordic_cmpx *cexp)
{
	int32_t sign, sine, cosine, left;

	cordic_approx(th_rad_fxp, CORDIC_15B_TABLE_SIZE, &sign, &sine, &cosine, &left);
	cmpx_cexp(sign, sine, cosine, EN_16B_CORDIC_CEXP, cexp);
}
/** @} */

static inline int32_t z_wrapped_negative(int32_t x)
{
	return (int32_t)(0u - (uint32_t)x);
}

/** asin() by magnitude, Q3.29. */
static inline int32_t z_cordic_asin(int32_t x, int steps)
{
	return x < 0 ? z_wrapped_negative(is_scalar_cordic_asin(z_wrapped_negative(x), steps)) :
		       is_scalar_cordic_asin(x, steps);
}

/** acos() by magnitude, Q3.29. */
static inline int32_t z_cordic_acos(int32_t x, int steps)
{
	const uint32_t half_turn = PI_Q3_29;

	return x < 0 ? (int32_t)(half_turn -
				 (uint32_t)is_scalar_cordic_acos(z_wrapped_negative(x), steps)) :
		       is_scalar_cordic_acos(x, steps);
}

/** \name Inverse functions of -1 to 1, Q2.30
 * SOF's comments give asin() one bit more behind the point than it has.
 * @{ */
/** Q3.29; error below 1.2e-7 up to a magnitude of 0.99, 2.7e-3 from there to 1. */
static inline int32_t asin_fixed_32b(int32_t cdc_asin_th)
{
	return z_cordic_asin(cdc_asin_th, CORDIC_31B_ITERATIONS);
}

/** Q3.29; error below 1.2e-7 up to a magnitude of 0.99, 1.4e-4 from there to 1. */
static inline int32_t acos_fixed_32b(int32_t cdc_acos_th)
{
	return z_cordic_acos(cdc_acos_th, CORDIC_31B_ITERATIONS);
}

/** Q3.13; error below 1.3e-4 up to a magnitude of 0.99, 2.7e-3 from there to 1. */
static inline int16_t asin_fixed_16b(int32_t cdc_asin_th)
{
	return sat_int16(Q_SHIFT_RND(z_cordic_asin(cdc_asin_th, CORDIC_16B_ITERATIONS), 30, 14));
}

/** Q3.13; error below 1.3e-4 up to a magnitude of 0.99, 1.8e-4 from there to 1. */
static inline int16_t acos_fixed_16b(int32_t cdc_acos_th)
{
	return sat_int16(Q_SHIFT_RND(z_cordic_acos(cdc_acos_th, CORDIC_16B_ITERATIONS), 29, 13));
}
/** @} */

#ifdef __cplusplus
}
#endif

#endif /* SOF_MATH_TRIG_H */
