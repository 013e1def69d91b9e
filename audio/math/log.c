/* SPDX-License-Identifier: BSD-3-Clause */
/* Logarithms: of the leading bit it is known, the rest comes from a table. */
#include <rtos/symbol.h>
#include <sof/audio/format.h>
#include <sof/math/log.h>

#include "tables.h"

int32_t base2_logarithm(uint32_t u)
{
	int zeros;
	uint32_t normal;
	const int32_t *at;

	if (u == 0)
		return 0;
	zeros = __builtin_clz(u);
	normal = u << zeros;
	at = &math_log2_q16[(normal >> 24) - 128];
	return (31 - zeros) * 65536 + at[0] +
	       (int32_t)((int64_t)(normal & 0xffffff) * (at[1] - at[0]) >> 24);
}
EXPORT_SYMBOL(base2_logarithm);

static uint64_t scaled(uint32_t u, uint64_t factor)
{
	return (uint64_t)base2_logarithm(u) * factor;
}

uint32_t ln_int32(uint32_t numerator)
{
	return (uint32_t)Q_SHIFT_RND(scaled(numerator, ONE_OVER_LOG2_E), 64, 32);
}
EXPORT_SYMBOL(ln_int32);

uint32_t log10_int32(uint32_t numerator)
{
	return (uint32_t)Q_SHIFT_RND(scaled(numerator, ONE_OVER_LOG2_10), 63, 32);
}
EXPORT_SYMBOL(log10_int32);
