/* SPDX-License-Identifier: BSD-3-Clause */
/* Whole powers, a product at a time. */
#include <rtos/symbol.h>
#include <sof/audio/format.h>
#include <sof/math/power.h>

#define ONE_Q15 32768

/* Q7.25; the upper bits of a quotient that does not fit are lost */
static int32_t inverse(int32_t b)
{
	return b ? (int32_t)(uint32_t)((1LL << 50) / b) : INT32_MAX;
}

int32_t power_int32(int32_t b, int32_t e)
{
	const int32_t factor = e < 0 ? inverse(b) : b;
	/* cut off towards 0; no more than 3, so that -4 is taken for 0 */
	const int count = e < 0 ? (int32_t)(0u - (uint32_t)e) >> 29 : e >> 29;
	int32_t product = ONE_Q15;

	for (int i = 0; i < count; i++)
		product = sat_int32(q_multsr_32x32(product, factor, 25));
	return product;
}
EXPORT_SYMBOL(power_int32);
