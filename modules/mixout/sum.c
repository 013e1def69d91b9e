/* SPDX-License-Identifier: BSD-3-Clause */
/* Saturating sums. */
#include "sum.h"

#include <sof/audio/format.h>

static inline int16_t added_s16(int16_t a, int16_t b)
{
	return sat_int16((int32_t)a + b);
}

static inline int32_t added_s24(int32_t a, int32_t b)
{
	return sat_int24(sign_extend_s24(a) + sign_extend_s24(b));
}

/* Without 64 bits and without branches, so that it becomes vector code: the sum has run over if its
 * sign is neither operand's. */
static inline int32_t added_s32(int32_t a, int32_t b)
{
	const int32_t sum = (int32_t)((uint32_t)a + (uint32_t)b);
	const int32_t over = ((a ^ sum) & (b ^ sum)) >> 31;
	const int32_t limit = (a >> 31) ^ INT32_MAX;

	return (sum & ~over) | (limit & over);
}

#define SUM_FUNCS(name, type, added)                                                               \
	static void name##_pair(void *to, const void *from, const void *with, size_t samples)      \
	{                                                                                          \
		const type *restrict a = from;                                                     \
		const type *restrict b = with;                                                     \
		type *restrict y = to;                                                             \
                                                                                                   \
		for (size_t i = 0; i < samples; i++)                                               \
			y[i] = added(a[i], b[i]);                                                  \
	}                                                                                          \
                                                                                                   \
	static void name##_more(void *to, const void *from, size_t samples)                        \
	{                                                                                          \
		const type *restrict x = from;                                                     \
		type *restrict y = to;                                                             \
                                                                                                   \
		for (size_t i = 0; i < samples; i++)                                               \
			y[i] = added(y[i], x[i]);                                                  \
	}                                                                                          \
                                                                                                   \
	static const struct sum_funcs name = { name##_pair, name##_more };

SUM_FUNCS(sum_s16, int16_t, added_s16)
SUM_FUNCS(sum_s24, int32_t, added_s24)
SUM_FUNCS(sum_s32, int32_t, added_s32)

const struct sum_funcs *sum_find(enum sof_ipc_frame fmt)
{
	switch (fmt) {
	case SOF_IPC_FRAME_S16_LE:
		return &sum_s16;
	case SOF_IPC_FRAME_S24_4LE:
		return &sum_s24;
	case SOF_IPC_FRAME_S32_LE:
		return &sum_s32;
	default:
		return NULL;
	}
}
