/* SPDX-License-Identifier: BSD-3-Clause */
#include <rtos/symbol.h>
#include <sof/math/mu_law.h>
#include <zephyr/sys/util.h>

#define SAMPLE_SHIFT 2 /* 14 bits of 16 */
#define BIAS	     33
#define MOST	     8191
#define POSITIVE     0x80
#define STEP_BITS    4
#define STEP_MASK    0x0f
#define SEGMENT_MASK 0x07
#define INVERTED     0x7f

uint8_t sofm_mu_law_encode(int16_t sample)
{
	const int value = sample >> SAMPLE_SHIFT;
	const int magnitude = MIN((value < 0 ? ~value : value) + BIAS, MOST);
	const int sign = value < 0 ? 0 : POSITIVE;
	/* at least 0, as the bias is above 32 */
	const int segment = 31 - __builtin_clz((unsigned int)magnitude) - (STEP_BITS + 1);
	const int step = magnitude >> (segment + 1) & STEP_MASK;

	return (uint8_t)((sign | segment << STEP_BITS | step) ^ INVERTED);
}
EXPORT_SYMBOL(sofm_mu_law_encode);

int16_t sofm_mu_law_decode(int8_t byte)
{
	const int code = (uint8_t)byte ^ INVERTED;
	const int segment = code >> STEP_BITS & SEGMENT_MASK;
	const int middle = (code & STEP_MASK) * 2 + BIAS;
	const int magnitude = (middle << segment) - BIAS;

	return (int16_t)((code & POSITIVE ? magnitude : -magnitude) * (1 << SAMPLE_SHIFT));
}
EXPORT_SYMBOL(sofm_mu_law_decode);
