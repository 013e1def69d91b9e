/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Eight frames at a time. Only the detector's way from frame to frame is one after the other; gains
 * and rates along that way depend on the magnitudes alone, and are made beforehand. That goes
 * through the division in several steps, as the next eight can begin before a short one has ended.
 */
#include "compressor_math.h"
#include "division.h"
#include "lanes.h"

/* Rates are brought to the format of the fixed one, bits behind the point 30, where they have room. */
#define RATE_MOST ((1 << 21) - 1)

/* Of a division. Q2.30; \p rate where the detector goes up to the gain. */
struct course {
	int32_t gain[COMPRESSOR_DIVISION];
	int32_t rate[COMPRESSOR_DIVISION];
};

/* Which part of the curve magnitudes are in: up to the knee if neither. */
struct parts {
	lanes_t knee;
	lanes_t ratio;
};

LANES struct parts parts_of(lanes_t x, lanes_t from, lanes_t to)
{
	const lanes_t below_to = _mm256_cmpgt_epi32(to, x);

	return (struct parts){
		.knee = _mm256_andnot_si256(_mm256_cmpgt_epi32(from, x), below_to),
		.ratio = ~below_to,
	};
}

static FOR_AVX2 void exponentials(int32_t x[COMPRESSOR_DIVISION])
{
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT)
		lanes_store(x + i, lanes_exp(lanes_load(x + i)));
}

/* What the exponential is made of, in the knee and above it. */
LANES lanes_t curve_exponent(const struct sof_drc_params *p, lanes_t x, struct parts parts)
{
	const lanes_t steepness = lanes_of(wrap_sub(0, p->K));
	const lanes_t power = lanes_of(wrap_sub(p->slope, ONE_Q30));
	lanes_t exponent = lanes_mult_all(x, steepness, 31 + 20 - 27);

	if (lanes_any(parts.ratio)) {
		const lanes_t log_x = lanes_log(lanes_shift_round(x, 31 - 26));

		exponent = lanes_choose(parts.ratio, lanes_mult_all(log_x, power, 26 + 30 - 27),
					exponent);
	}
	return exponent;
}

/* And what is made of the exponential. */
LANES lanes_t curve_gain(const struct sof_drc_params *p, lanes_t x, lanes_t exponential,
			 struct parts parts)
{
	lanes_t gain =
		lanes_choose(parts.ratio, lanes_mult_all(exponential, lanes_of(p->ratio_base), 20),
			     lanes_of(ONE_Q30));

	if (lanes_any(parts.knee)) {
		const lanes_t bend = lanes_mult_all(exponential, lanes_of(p->knee_beta), 20);
		const lanes_t y = _mm256_add_epi32(lanes_of(p->knee_alpha), bend);

		gain = lanes_choose(parts.knee, lanes_mult(y, lanes_inverse(x), 24 + 20 - 30),
				    gain);
	}
	return gain;
}

static FOR_AVX2 void find_gains(const struct sof_drc_params *p, struct course *course,
				const int32_t peak[COMPRESSOR_DIVISION], lanes_t from, lanes_t to)
{
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT) {
		const lanes_t x = lanes_load(peak + i);

		lanes_store(course->gain + i, curve_exponent(p, x, parts_of(x, from, to)));
	}
	exponentials(course->gain);
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT) {
		const lanes_t x = lanes_load(peak + i);
		const lanes_t exponential = lanes_load(course->gain + i);

		lanes_store(course->gain + i, curve_gain(p, x, exponential, parts_of(x, from, to)));
	}
}

/* \return is there room for all rates? */
static FOR_AVX2 bool find_rates(const struct sof_drc_params *p, struct course *course)
{
	const lanes_t fixed = lanes_of(p->sat_release_rate_at_neg_two_db);
	const lanes_t frames_inverse = lanes_of(p->sat_release_frames_inv_neg);
	lanes_t too_fast = lanes_of(0);
	lanes_t near_one = lanes_of(-1);

	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT) {
		const lanes_t gain = lanes_load(course->gain + i);

		near_one = _mm256_and_si256(near_one,
					    _mm256_cmpgt_epi32(gain, lanes_of(MINUS_2_DB_Q30)));
		lanes_store(course->rate + i, fixed);
	}
	if (!lanes_any(~near_one))
		return true;
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT) {
		const lanes_t gain = lanes_load(course->gain + i);
		const lanes_t decibels =
			lanes_mult_all(lanes_decibels(lanes_shift_round(gain, 30 - 26)),
				       frames_inverse, 21 + 30 - 24);

		too_fast = _mm256_or_si256(
			too_fast,
			_mm256_andnot_si256(
				_mm256_cmpgt_epi32(gain, lanes_of(MINUS_2_DB_Q30)),
				_mm256_cmpgt_epi32(decibels, lanes_of(SOFM_DB2LIN_INPUT_MAX))));
		lanes_store(course->rate + i, lanes_db2lin_exponent(decibels));
	}
	exponentials(course->rate);
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT) {
		const lanes_t gain = lanes_load(course->gain + i);
		/* from -1 up */
		const lanes_t rate =
			_mm256_sub_epi32(lanes_load(course->rate + i), lanes_of(ONE_Q20));

		near_one = _mm256_cmpgt_epi32(gain, lanes_of(MINUS_2_DB_Q30));
		too_fast = _mm256_or_si256(
			too_fast, _mm256_andnot_si256(
					  near_one, _mm256_cmpgt_epi32(rate, lanes_of(RATE_MOST))));
		lanes_store(course->rate + i,
			    lanes_choose(near_one, fixed, _mm256_slli_epi32(rate, 30 - 20)));
	}
	return !lanes_any(too_fast);
}

static int32_t follow_course(const struct course *course, int32_t now)
{
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i++) {
		const int32_t gain = course->gain[i];
		const int32_t way = wrap_sub(gain, now);
		const int32_t up = wrap_add(now, mult_round(way, course->rate[i], 30));
		const int32_t next = way > 0 ? up : gain;

		now = next < ONE_Q30 ? next : ONE_Q30;
	}
	return now;
}

/* Gains and rates from 0 to 1, as sensible parameters make them: what comes out is then never above
 * the gain, and nothing wraps. now + (gain - now) rate is brought into a form in which one step has
 * to wait for the step before with one product and little more. */
static int32_t follow_tame_course(const struct course *course, int32_t now)
{
	const int64_t half = 1 << 29;

	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i++) {
		const int64_t gain = course->gain[i];
		const int64_t rate = course->rate[i];
		const int64_t known = gain * rate + half;
		const int32_t up = (int32_t)((known + now * (ONE_Q30 - rate)) >> 30);

		now = gain > now ? up : (int32_t)gain;
	}
	return now;
}

FOR_AVX2 static bool is_tame(const struct course *course, int32_t now)
{
	const lanes_t one = lanes_of(ONE_Q30);
	lanes_t wild = lanes_of(0);

	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT) {
		const lanes_t gain = lanes_load(course->gain + i);
		const lanes_t rate = lanes_load(course->rate + i);

		/* a sign, or more than 1 */
		wild = _mm256_or_si256(wild, _mm256_or_si256(gain, rate));
		wild = _mm256_or_si256(wild, _mm256_sub_epi32(one, gain));
		wild = _mm256_or_si256(wild, _mm256_sub_epi32(one, rate));
	}
	return now >= 0 && !lanes_any(_mm256_srai_epi32(wild, 31));
}

FOR_AVX2 static int32_t detect(const struct sof_drc_params *p,
			       const int32_t peak[COMPRESSOR_DIVISION], int32_t now)
{
	const lanes_t from = lanes_of(division_knee_from(p));
	const lanes_t to = lanes_of(division_knee_to(p));
	lanes_t bent = lanes_of(0);
	struct course course;

	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT) {
		const struct parts parts = parts_of(lanes_load(peak + i), from, to);

		bent = _mm256_or_si256(bent, _mm256_or_si256(parts.knee, parts.ratio));
	}
	if (lanes_any(bent)) {
		find_gains(p, &course, peak, from, to);
	} else {
		const int32_t way = wrap_sub(ONE_Q30, now);

		/* up there, or as near as the last place allows */
		if (way >= 0 && mult_round(way, p->sat_release_rate_at_neg_two_db, 30) == 0)
			return now;
		for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT)
			lanes_store(course.gain + i, lanes_of(ONE_Q30));
	}
	if (!find_rates(p, &course))
		return division_plain.detect(p, peak, now);
	return is_tame(&course, now) ? follow_tame_course(&course, now) :
				       follow_course(&course, now);
}

FOR_AVX2 static void gains(int32_t gain[COMPRESSOR_DIVISION], int32_t base, int32_t master)
{
	lanes_t outside = lanes_of(0);

	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT) {
		const lanes_t x = _mm256_add_epi32(lanes_load(gain + i), lanes_of(base));

		outside = _mm256_or_si256(outside, _mm256_cmpgt_epi32(lanes_of(0), x));
		outside = _mm256_or_si256(outside, _mm256_cmpgt_epi32(x, lanes_of(ONE_Q30)));
	}
	if (lanes_any(outside)) {
		division_plain.gains(gain, base, master);
		return;
	}
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT) {
		const lanes_t x = _mm256_add_epi32(lanes_load(gain + i), lanes_of(base));

		lanes_store(gain + i, lanes_mult_all(lanes_sin(x), lanes_of(master), 31));
	}
}

LANES lanes_t scaled_s16(const int16_t *x, const int32_t *gain)
{
	const __m128i narrow = _mm_loadu_si128((const __m128i *)(const void *)x);

	return lanes_mult(_mm256_cvtepi16_epi32(narrow), lanes_load(gain), 24);
}

FOR_AVX2 static void scale_s16(int16_t x[COMPRESSOR_DIVISION],
			       const int32_t gain[COMPRESSOR_DIVISION])
{
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += 2 * LANES_COUNT) {
		const lanes_t a = scaled_s16(x + i, gain + i);
		const lanes_t b = scaled_s16(x + i + LANES_COUNT, gain + i + LANES_COUNT);
		/* packed by halves: quarters 0 and 2 are of a, 1 and 3 of b */
		const __m256i packed = _mm256_packs_epi32(a, b);

		_mm256_storeu_si256((__m256i *)(void *)(x + i),
				    _mm256_permute4x64_epi64(packed, 0xd8));
	}
}

FOR_AVX2 static void scale_s32(int32_t x[COMPRESSOR_DIVISION],
			       const int32_t gain[COMPRESSOR_DIVISION])
{
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT)
		lanes_store(x + i, lanes_mult_sat(lanes_load(x + i), lanes_load(gain + i), 24));
}

FOR_AVX2 static void peaks_s32(int32_t peak[COMPRESSOR_DIVISION],
			       const int32_t x[COMPRESSOR_DIVISION])
{
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT)
		lanes_store(peak + i, _mm256_max_epi32(_mm256_abs_epi32(lanes_load(x + i)),
						       lanes_load(peak + i)));
}

const struct division_functions division_avx2 = {
	.peaks_s32 = peaks_s32,
	.detect = detect,
	.gains = gains,
	.scale_s16 = scale_s16,
	.scale_s32 = scale_s32,
};
