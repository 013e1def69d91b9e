/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Eight frames at a time. Only the detector's way from frame to frame is one after the other; gains
 * and rates along that way depend on the magnitudes alone, and are made beforehand.
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

LANES lanes_t knee_gain(const struct sof_drc_params *p, lanes_t x)
{
	const lanes_t steepness = lanes_of(wrap_sub(0, p->K));
	const lanes_t exponent = lanes_mult(x, steepness, 31 + 20 - 27);
	const lanes_t bend = lanes_mult(lanes_of(p->knee_beta), lanes_exp(exponent), 20);

	return lanes_mult(_mm256_add_epi32(lanes_of(p->knee_alpha), bend), lanes_inverse(x),
			  24 + 20 - 30);
}

LANES lanes_t ratio_gain(const struct sof_drc_params *p, lanes_t x)
{
	const lanes_t power = lanes_of(wrap_sub(p->slope, ONE_Q30));
	const lanes_t log_x = lanes_log(lanes_shift_round(x, 31 - 26));
	const lanes_t exponent = lanes_mult(log_x, power, 26 + 30 - 27);

	return lanes_mult(lanes_of(p->ratio_base), lanes_exp(exponent), 20);
}

/* As many of the curve's parts as there are magnitudes for. */
LANES lanes_t curve(const struct sof_drc_params *p, lanes_t x, lanes_t from, lanes_t to)
{
	const lanes_t below_to = _mm256_cmpgt_epi32(to, x);
	const lanes_t in_knee = _mm256_andnot_si256(_mm256_cmpgt_epi32(from, x), below_to);
	lanes_t gain = lanes_of(ONE_Q30);

	if (lanes_any(in_knee))
		gain = lanes_choose(in_knee, knee_gain(p, x), gain);
	if (lanes_any(~below_to))
		gain = lanes_choose(below_to, gain, ratio_gain(p, x));
	return gain;
}

/* \p no_room gets the lanes that have no room for their rate. */
LANES lanes_t rates(const struct sof_drc_params *p, lanes_t gain, lanes_t *no_room)
{
	const lanes_t fixed = lanes_of(p->sat_release_rate_at_neg_two_db);
	const lanes_t near_one = _mm256_cmpgt_epi32(gain, lanes_of(MINUS_2_DB_Q30));
	const lanes_t most = lanes_of(RATE_MOST);
	lanes_t decibels, rate, large;

	if (!lanes_any(~near_one))
		return fixed;
	decibels = lanes_mult(lanes_decibels(lanes_shift_round(gain, 30 - 26)),
			      lanes_of(p->sat_release_frames_inv_neg), 21 + 30 - 24);
	/* from -1 up */
	rate = _mm256_sub_epi32(lanes_db2lin(decibels), lanes_of(ONE_Q20));
	large = _mm256_andnot_si256(near_one, _mm256_cmpgt_epi32(rate, most));
	*no_room = _mm256_or_si256(*no_room, large);
	return lanes_choose(near_one, fixed, _mm256_slli_epi32(rate, 30 - 20));
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

FOR_AVX2 static int32_t detect(const struct sof_drc_params *p,
			       const int32_t peak[COMPRESSOR_DIVISION], int32_t now)
{
	const lanes_t from = lanes_of(division_knee_from(p));
	const lanes_t to = lanes_of(division_knee_to(p));
	lanes_t no_room = lanes_of(0);
	lanes_t reached = lanes_of(0);
	struct course course;

	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT) {
		const lanes_t x = lanes_load(peak + i);
		const lanes_t below =
			_mm256_and_si256(_mm256_cmpgt_epi32(from, x), _mm256_cmpgt_epi32(to, x));

		reached = _mm256_or_si256(reached, ~below);
	}
	/* neither down nor up */
	if (now == ONE_Q30 && !lanes_any(reached))
		return now;
	for (unsigned int i = 0; i < COMPRESSOR_DIVISION; i += LANES_COUNT) {
		const lanes_t gain = curve(p, lanes_load(peak + i), from, to);

		lanes_store(course.gain + i, gain);
		lanes_store(course.rate + i, rates(p, gain, &no_room));
	}
	if (lanes_any(no_room))
		return division_plain.detect(p, peak, now);
	return follow_course(&course, now);
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

		lanes_store(gain + i, lanes_mult(lanes_of(master), lanes_sin(x), 31));
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

const struct division_functions division_avx2 = {
	.detect = detect,
	.gains = gains,
	.scale_s16 = scale_s16,
	.scale_s32 = scale_s32,
};
