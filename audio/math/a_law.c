/* SPDX-License-Identifier: BSD-3-Clause */
#include <rtos/symbol.h>
#include <sof/math/a_law.h>

#define SAMPLE_SHIFT 3 /* 13 bits of 16 */
#define POSITIVE     0x80
#define STEP_BITS    4
#define STEP_MASK    0x0f
#define SEGMENT_MASK 0x07
#define INVERTED     0x55
/* Half steps of a segment from 1 on begin at 32 << (segment - 1). */
#define SEGMENT_BEGIN 32

uint8_t sofm_a_law_encode(int16_t sample)
{
	const int value = sample >> SAMPLE_SHIFT;
	const unsigned int magnitude = (unsigned int)(value < 0 ? ~value : value);
	const unsigned int sign = value < 0 ? 0 : POSITIVE;
	/* the place of the highest bit; that of bits below the first step is no matter */
	const int log2 = 31 - __builtin_clz(magnitude | (SEGMENT_BEGIN / 2));
	const int segment = log2 - STEP_BITS;
	const unsigned int step = magnitude >> (segment > 0 ? segment : 1) & STEP_MASK;

	return (uint8_t)((sign | (unsigned int)segment << STEP_BITS | step) ^ INVERTED);
}
EXPORT_SYMBOL(sofm_a_law_encode);

int16_t sofm_a_law_decode(int8_t byte)
{
	const int code = (uint8_t)byte ^ INVERTED;
	const int segment = code >> STEP_BITS & SEGMENT_MASK;
	const int middle = (code & STEP_MASK) * 2 + 1;
	const int magnitude = segment > 0 ? (middle + SEGMENT_BEGIN) << (segment - 1) : middle;

	return (int16_t)((code & POSITIVE ? magnitude : -magnitude) * (1 << SAMPLE_SHIFT));
}
EXPORT_SYMBOL(sofm_a_law_decode);
