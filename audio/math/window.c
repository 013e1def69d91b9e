/* SPDX-License-Identifier: BSD-3-Clause */
/* Window functions; the formulas are in the header. */
#include <rtos/symbol.h>
#include <sof/audio/format.h>
#include <sof/math/decibels.h>
#include <sof/math/log.h>
#include <sof/math/trig.h>
#include <sof/math/window.h>
#include <stdbool.h>

/* Angles are in Q4.28. */
#define PI_Q28	   Q_CONVERT_FLOAT(3.1415926536, 28)
#define TWO_PI_Q28 Q_CONVERT_FLOAT(6.2831853072, 28)

#define HALF_Q31 Q_CONVERT_FLOAT(0.5, 31)

#define HAMMING_A0_Q30 Q_CONVERT_FLOAT(0.54, 30)
#define HAMMING_A1_Q30 Q_CONVERT_FLOAT(0.46, 30)
#define HAMMING_A0_Q31 Q_CONVERT_FLOAT(0.54, 31)
#define HAMMING_A1_Q31 Q_CONVERT_FLOAT(0.46, 31)

#define POVEY_POWER_Q31 Q_CONVERT_FLOAT(0.85, 31)
#define LN_2POW31_Q26	Q_CONVERT_FLOAT(21.4875625974, 26)

/* A window whose first coefficient is its last has no step between them. */
static inline bool has_no_step_16b(int16_t *win, int length)
{
	if (length == 1)
		win[0] = INT16_MAX;
	return length < 2;
}

static inline bool has_no_step_32b(int32_t *win, int length)
{
	if (length == 1)
		win[0] = INT32_MAX;
	return length < 2;
}

void win_rectangular_16b(int16_t win[], int length)
{
	for (int n = 0; n < length; n++)
		win[n] = INT16_MAX;
}
EXPORT_SYMBOL(win_rectangular_16b);

void win_rectangular_32b(int32_t win[], int length)
{
	for (int n = 0; n < length; n++)
		win[n] = INT32_MAX;
}
EXPORT_SYMBOL(win_rectangular_32b);

/* Step of Blackman's second cosine, before it is doubled: that of the first over the length. */
static inline int64_t blackman_slow_step(int32_t step, int length)
{
	return Q_MULTSR_32X32((int64_t)step, INT32_MAX / length, 28, 31, 28);
}

void win_blackman_16b(int16_t win[], int length, int16_t a0)
{
	/* 0.5 - a0 in Q1.31 */
	const int32_t a2 = (int16_t)(INT16_MAX - 2 * a0) * (1 << 15);
	int64_t slow;
	int32_t step;

	if (has_no_step_16b(win, length))
		return;
	step = TWO_PI_Q28 / (length - 1);
	slow = blackman_slow_step(step, length);
	for (int n = 0; n < length; n++) {
		const int64_t c1 = cos_fixed_32b(step * n);
		const int64_t c2 = cos_fixed_32b((int32_t)(2 * n * slow));

		win[n] = sat_int16((int32_t)(a0 - Q_MULTSR_32X32(c1, HALF_Q31, 31, 31, 15) +
					     Q_MULTSR_32X32(c2, a2, 31, 31, 15)));
	}
}
EXPORT_SYMBOL(win_blackman_16b);

void win_blackman_32b(int32_t win[], int length, int32_t a0)
{
	/* 16 bits are left of it, as the header tells */
	const int32_t a2 = (int16_t)(INT32_MAX - 2 * (uint32_t)a0) * (1 << 15);
	int64_t slow;
	int32_t step;

	if (has_no_step_32b(win, length))
		return;
	step = TWO_PI_Q28 / (length - 1);
	slow = blackman_slow_step(step, length);
	for (int n = 0; n < length; n++) {
		const int64_t c1 = cos_fixed_32b(step * n);
		const int64_t c2 = cos_fixed_32b((int32_t)(2 * n * slow));

		win[n] = sat_int32(a0 - Q_MULTSR_32X32(c1, HALF_Q31, 31, 31, 31) +
				   Q_MULTSR_32X32(c2, a2, 31, 31, 31));
	}
}
EXPORT_SYMBOL(win_blackman_32b);

void win_hann_16b(int16_t win[], int length)
{
	int32_t step;

	if (has_no_step_16b(win, length))
		return;
	step = PI_Q28 / (length - 1);
	for (int n = 0; n < length; n++) {
		const int64_t s = sin_fixed_32b(step * n);

		win[n] = sat_int16((int32_t)Q_MULTSR_32X32(s, s, 31, 31, 15));
	}
}
EXPORT_SYMBOL(win_hann_16b);

void win_hann_32b(int32_t win[], int length)
{
	int32_t step;

	if (has_no_step_32b(win, length))
		return;
	step = PI_Q28 / (length - 1);
	for (int n = 0; n < length; n++) {
		const int64_t s = sin_fixed_32b(step * n);

		win[n] = sat_int32(Q_MULTSR_32X32(s, s, 31, 31, 31));
	}
}
EXPORT_SYMBOL(win_hann_32b);

void win_hamming_16b(int16_t win[], int length)
{
	int32_t step;

	if (has_no_step_16b(win, length))
		return;
	step = TWO_PI_Q28 / (length - 1);
	for (int n = 0; n < length; n++) {
		const int64_t c = cos_fixed_32b(step * n);
		const int32_t value =
			(int32_t)(HAMMING_A0_Q30 - Q_MULTSR_32X32(c, HAMMING_A1_Q30, 31, 30, 30));

		win[n] = sat_int16(Q_SHIFT_RND(value, 30, 15));
	}
}
EXPORT_SYMBOL(win_hamming_16b);

void win_hamming_32b(int32_t win[], int length)
{
	int32_t step;

	if (has_no_step_32b(win, length))
		return;
	step = TWO_PI_Q28 / (length - 1);
	for (int n = 0; n < length; n++) {
		const int64_t c = cos_fixed_32b(step * n);

		win[n] = sat_int32(HAMMING_A0_Q31 - Q_MULTSR_32X32(c, HAMMING_A1_Q31, 31, 31, 31));
	}
}
EXPORT_SYMBOL(win_hamming_32b);

/* x^0.85 = e^(0.85 ln x), Q12.20 of unsigned Q1.31. */
static inline int32_t povey_power(uint32_t x)
{
	const int32_t ln_q26 = (int32_t)(ln_int32(x) >> 1) - LN_2POW31_Q26;

	return exp_fixed(sat_int32(Q_MULTSR_32X32((int64_t)ln_q26, POVEY_POWER_Q31, 26, 31, 27)));
}

void win_povey_16b(int16_t win[], int length)
{
	int32_t step;

	if (has_no_step_16b(win, length))
		return;
	step = TWO_PI_Q28 / (length - 1);
	for (int n = 0; n < length; n++) {
		/* reaches 1, which no signed number of the format is */
		const uint32_t hann = (uint32_t)HALF_Q31 - (uint32_t)(cos_fixed_32b(step * n) >> 1);

		win[n] = sat_int16(Q_SHIFT_RND(povey_power(hann), 20, 15));
	}
}
EXPORT_SYMBOL(win_povey_16b);
