/* SPDX-License-Identifier: BSD-3-Clause */
/* Widths of samples. */
#include "convert.h"

#include <sof/audio/format.h>
#include <string.h>

enum convert_width convert_width_of(enum sof_ipc_frame container, enum sof_ipc_frame valid)
{
	if (container == SOF_IPC_FRAME_S16_LE && valid == SOF_IPC_FRAME_S16_LE)
		return CONVERT_16;
	if (container == SOF_IPC_FRAME_S24_4LE && valid == SOF_IPC_FRAME_S24_4LE)
		return CONVERT_24;
	if (container != SOF_IPC_FRAME_S32_LE)
		return CONVERT_WIDTHS;
	switch (valid) {
	case SOF_IPC_FRAME_S16_LE:
		return CONVERT_16_IN_32;
	case SOF_IPC_FRAME_S24_4LE:
		return CONVERT_24;
	case SOF_IPC_FRAME_S32_LE:
		return CONVERT_32;
	default:
		return CONVERT_WIDTHS;
	}
}

/* One loop without steps, which becomes vector code. */
#define CONVERT(name, from_type, to_type, expression)                                              \
	static void name(void *to, size_t to_step, const void *from, size_t from_step,             \
			 size_t count)                                                             \
	{                                                                                          \
		const from_type *restrict p = from;                                                \
		to_type *restrict q = to;                                                          \
                                                                                                   \
		if (to_step == 1 && from_step == 1) {                                              \
			for (size_t i = 0; i < count; i++) {                                       \
				const from_type x = p[i];                                          \
                                                                                                   \
				q[i] = (to_type)(expression);                                      \
			}                                                                          \
			return;                                                                    \
		}                                                                                  \
		for (size_t i = 0; i < count; i++) {                                               \
			const from_type x = p[i * from_step];                                      \
                                                                                                   \
			q[i * to_step] = (to_type)(expression);                                    \
		}                                                                                  \
	}

/* Unsigned, as what is shifted out may be anything. */
#define LEFT(x, bits) ((int32_t)((uint32_t)(x) << (bits)))

CONVERT(copy_16, int16_t, int16_t, x)
CONVERT(copy_32, int32_t, int32_t, x)
CONVERT(widen_16, int16_t, int32_t, x)
CONVERT(narrow_16, int32_t, int16_t, x)
CONVERT(up_16_to_24, int16_t, int32_t, LEFT(x, 8))
CONVERT(up_16_to_32, int16_t, int32_t, LEFT(x, 16))
CONVERT(up_by_8, int32_t, int32_t, LEFT(x, 8))
CONVERT(up_by_16, int32_t, int32_t, LEFT(x, 16))

CONVERT(round_24_to_16, int32_t, int16_t, sat_int16(Q_SHIFT_RND(sign_extend_s24(x), 23, 15)))
CONVERT(round_32_to_16, int32_t, int16_t, sat_int16(Q_SHIFT_RND(x, 31, 15)))
CONVERT(round_24_to_16_in_32, int32_t, int32_t, sat_int16(Q_SHIFT_RND(sign_extend_s24(x), 23, 15)))
CONVERT(round_32_to_16_in_32, int32_t, int32_t, sat_int16(Q_SHIFT_RND(x, 31, 15)))
CONVERT(round_32_to_24, int32_t, int32_t, sat_int24(Q_SHIFT_RND(x, 31, 23)))

CONVERT(cut_24_to_16, int32_t, int16_t, sign_extend_s24(x) >> 8)
CONVERT(cut_32_to_16, int32_t, int16_t, x >> 16)
CONVERT(cut_24_to_16_in_32, int32_t, int32_t, sign_extend_s24(x) >> 8)
CONVERT(cut_by_16, int32_t, int32_t, x >> 16)
CONVERT(cut_by_8, int32_t, int32_t, x >> 8)

convert_func convert_find(enum convert_width from, enum convert_width to, bool round)
{
	static const convert_func rounded[CONVERT_WIDTHS][CONVERT_WIDTHS] = {
		[CONVERT_16] = { copy_16, widen_16, up_16_to_24, up_16_to_32 },
		[CONVERT_16_IN_32] = { narrow_16, copy_32, up_by_8, up_by_16 },
		[CONVERT_24] = { round_24_to_16, round_24_to_16_in_32, copy_32, up_by_8 },
		[CONVERT_32] = { round_32_to_16, round_32_to_16_in_32, round_32_to_24, copy_32 },
	};
	static const convert_func cut[CONVERT_WIDTHS][CONVERT_WIDTHS] = {
		[CONVERT_16] = { copy_16, widen_16, up_16_to_24, up_16_to_32 },
		[CONVERT_16_IN_32] = { narrow_16, copy_32, up_by_8, up_by_16 },
		[CONVERT_24] = { cut_24_to_16, cut_24_to_16_in_32, copy_32, up_by_8 },
		[CONVERT_32] = { cut_32_to_16, cut_by_16, cut_by_8, copy_32 },
	};

	if (from >= CONVERT_WIDTHS || to >= CONVERT_WIDTHS)
		return NULL;
	return round ? rounded[from][to] : cut[from][to];
}
