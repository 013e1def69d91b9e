/* SPDX-License-Identifier: BSD-3-Clause */
#include "compressor_math.h"
#include "division.h"

#include <sof/common.h>
#include <sof/math/exp_fcn.h>

int32_t division_knee_from(const struct sof_drc_params *p)
{
	return sat_int32((int64_t)p->linear_threshold * 2);
}

int32_t division_knee_to(const struct sof_drc_params *p)
{
	return sat_int32((int64_t)p->knee_threshold * 128);
}

/* Output over input in the knee. x in Q1.31; Q2.30 */
static int32_t knee_gain(const struct sof_drc_params *p, int32_t x)
{
	const int32_t exponent = mult_round(x, wrap_sub(0, p->K), 31 + 20 - 27);
	const int32_t bend = mult_round(p->knee_beta, sofm_exp_fixed(exponent), 20);

	return mult_round(wrap_add(p->knee_alpha, bend), compressor_inverse(x, 31, 20),
			  24 + 20 - 30);
}

/* The same above the knee: ratio_base * x^(slope - 1) */
static int32_t ratio_gain(const struct sof_drc_params *p, int32_t x)
{
	const int32_t log_x = compressor_log(Q_SHIFT_RND(x, 31, 26));
	const int32_t exponent = mult_round(log_x, wrap_sub(p->slope, ONE_Q30), 26 + 30 - 27);

	return mult_round(p->ratio_base, sofm_exp_fixed(exponent), 20);
}

/* How far up, of the way that is left, in one frame. */
static int32_t release_step(const struct sof_drc_params *p, int32_t gain, int32_t way)
{
	int32_t decibels, rate;

	if (gain > MINUS_2_DB_Q30)
		return mult_round(way, p->sat_release_rate_at_neg_two_db, 30);
	decibels = mult_round(compressor_decibels(Q_SHIFT_RND(gain, 30, 26)),
			      p->sat_release_frames_inv_neg, 21 + 30 - 24);
	rate = sofm_db2lin_fixed(decibels) - ONE_Q20;
	return mult_round(way, rate, 20);
}

static int32_t detect(const struct sof_drc_params *p, const int32_t peak[COMPRESSOR_DIVISION],
		      int32_t now)
{
	const int32_t knee_from = division_knee_from(p);
	const int32_t knee_to = division_knee_to(p);

	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i++) {
		const int32_t x = peak[i];
		int32_t gain, way;

		if (x >= knee_to)
			gain = ratio_gain(p, x);
		else
			gain = x < knee_from ? ONE_Q30 : knee_gain(p, x);
		way = wrap_sub(gain, now);
		now = way > 0 ? wrap_add(now, release_step(p, gain, way)) : gain;
		now = MIN(now, ONE_Q30);
	}
	return now;
}

static void gains(int32_t gain[COMPRESSOR_DIVISION], int32_t base, int32_t master)
{
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i++)
		gain[i] = mult_round(master, compressor_sin(wrap_add(gain[i], base)), 31);
}

static void scale_s16(int16_t x[COMPRESSOR_DIVISION], const int32_t gain[COMPRESSOR_DIVISION])
{
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i++)
		x[i] = sat_int16(mult_round(x[i], gain[i], 24));
}

static void scale_s32(int32_t x[COMPRESSOR_DIVISION], const int32_t gain[COMPRESSOR_DIVISION])
{
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i++)
		x[i] = q_multsr_sat_32x32(x[i], gain[i], 24);
}

static void peaks_s32(int32_t peak[COMPRESSOR_DIVISION], const int32_t x[COMPRESSOR_DIVISION])
{
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i++) {
		const int32_t magnitude = x[i] < 0 ? wrap_sub(0, x[i]) : x[i];

		peak[i] = peak[i] > magnitude ? peak[i] : magnitude;
	}
}

const struct division_functions division_plain = {
	.peaks_s32 = peaks_s32,
	.detect = detect,
	.gains = gains,
	.scale_s16 = scale_s16,
	.scale_s32 = scale_s32,
};
