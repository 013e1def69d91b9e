/* SPDX-License-Identifier: BSD-3-Clause */
/* Sums of channels. */
#include "matrix.h"

#include <sof/audio/format.h>

static inline int16_t rounded_s16(uint32_t sum)
{
	return sat_int16((int32_t)(sum + MATRIX_ONE / 2) >> 10);
}

/* The two others differ where a sum of eight at full scale leaves 32 bits: SOF cuts it off first
 * with 24, as sat_int24() takes 32. */
static inline int32_t rounded_s24(int64_t sum)
{
	return sat_int24((int32_t)((sum + MATRIX_ONE / 2) >> 10));
}

static inline int32_t rounded_s32(int64_t sum)
{
	return sat_int32((sum + MATRIX_ONE / 2) >> 10);
}

/* Unsigned, as it may wrap. */
#define PRODUCT_S16(x, c) ((uint32_t)((int32_t)(x) * (int32_t)(c)))
#define PRODUCT_S24(x, c) ((int64_t)sign_extend_s24(x) * (c))
#define PRODUCT_S32(x, c) ((int64_t)(x) * (c))

/* One output channel. The number of inputs is one the compiler knows, so that it can take the loop
 * over them apart and put the one over frames into vectors; or, ROLLED, it keeps that loop and has
 * the products of a frame in one vector, which is quicker with many channels of 16 bits. */
#define MATRIX_ROW(name, type, sum_type, PRODUCT, rounded, ROLLED)                                 \
	static inline __attribute__((always_inline)) void name(                                    \
		type *restrict y, const type *restrict x, size_t frames, size_t outputs,           \
		const size_t inputs, const int16_t *coeffs)                                        \
	{                                                                                          \
		int16_t c[MATRIX_CHANNELS_MAX];                                                    \
                                                                                                   \
		for (size_t j = 0; j < inputs; j++)                                                \
			c[j] = coeffs[j];                                                          \
		for (size_t i = 0; i < frames; i++) {                                              \
			const type *const frame = x + i * inputs;                                  \
			sum_type sum = 0;                                                          \
                                                                                                   \
			ROLLED                                                                     \
			for (size_t j = 0; j < inputs; j++)                                        \
				sum += PRODUCT(frame[j], c[j]);                                    \
			y[i * outputs] = rounded(sum);                                             \
		}                                                                                  \
	}

#define MATRIX_FUNC(name, type, row, wide)                                                         \
	static void name(const struct matrix *m, void *to, const void *from, size_t frames)        \
	{                                                                                          \
		for (size_t i = 0; i < m->outputs; i++) {                                          \
			const int16_t *const c = m->coeffs[i];                                     \
			type *const y = (type *)to + i;                                            \
                                                                                                   \
			switch (m->inputs) {                                                       \
			case 1:                                                                    \
				row(y, from, frames, m->outputs, 1, c);                            \
				break;                                                             \
			case 2:                                                                    \
				row(y, from, frames, m->outputs, 2, c);                            \
				break;                                                             \
			case 4:                                                                    \
				wide(y, from, frames, m->outputs, 4, c);                           \
				break;                                                             \
			case 6:                                                                    \
				wide(y, from, frames, m->outputs, 6, c);                           \
				break;                                                             \
			case 8:                                                                    \
				wide(y, from, frames, m->outputs, 8, c);                           \
				break;                                                             \
			default:                                                                   \
				wide(y, from, frames, m->outputs, m->inputs, c);                   \
				break;                                                             \
			}                                                                          \
		}                                                                                  \
	}

MATRIX_ROW(row_s16, int16_t, uint32_t, PRODUCT_S16, rounded_s16, )
MATRIX_ROW(wide_s16, int16_t, uint32_t, PRODUCT_S16, rounded_s16, _Pragma("GCC unroll 1"))
MATRIX_ROW(row_s24, int32_t, int64_t, PRODUCT_S24, rounded_s24, )
MATRIX_ROW(row_s32, int32_t, int64_t, PRODUCT_S32, rounded_s32, )

MATRIX_FUNC(matrix_s16, int16_t, row_s16, wide_s16)
MATRIX_FUNC(matrix_s24, int32_t, row_s24, row_s24)
MATRIX_FUNC(matrix_s32, int32_t, row_s32, row_s32)

matrix_func matrix_find(enum sof_ipc_frame fmt)
{
	switch (fmt) {
	case SOF_IPC_FRAME_S16_LE:
		return matrix_s16;
	case SOF_IPC_FRAME_S24_4LE:
		return matrix_s24;
	case SOF_IPC_FRAME_S32_LE:
		return matrix_s32;
	default:
		return NULL;
	}
}

bool matrix_is_identity(const struct matrix *m)
{
	if (m->inputs != m->outputs)
		return false;
	for (unsigned int i = 0; i < m->outputs; i++) {
		for (unsigned int j = 0; j < m->inputs; j++) {
			if (m->coeffs[i][j] != (i == j ? MATRIX_ONE : 0))
				return false;
		}
	}
	return true;
}
