/* SPDX-License-Identifier: BSD-3-Clause */
/* Gain and order of channels. */
#include "mixin.h"

#include <sof/audio/format.h>
#include <string.h>

static inline unsigned int channel_of(const struct mixin_way *way, unsigned int output)
{
	return way->map >> 4 * output & 0xf;
}

static bool goes_straight(const struct mixin_way *way, unsigned int outputs, unsigned int inputs)
{
	if (outputs != inputs)
		return false;
	for (unsigned int i = 0; i < outputs; i++) {
		if (channel_of(way, i) != i)
			return false;
	}
	return true;
}

/* One channel, or with steps of 1 all of them, in a loop the compiler makes vectors of. */
#define WAY_FUNC(name, type, scaled)                                                               \
	static void name##_gain(type *restrict y, size_t y_step, const type *restrict x,           \
				size_t x_step, size_t samples, int32_t gain)                       \
	{                                                                                          \
		for (size_t i = 0; i < samples; i++)                                               \
			y[i * y_step] = scaled(x[i * x_step], gain);                               \
	}                                                                                          \
                                                                                                   \
	static void name(const struct mixin_way *way, void *to, unsigned int outputs,              \
			 const void *from, unsigned int inputs, size_t frames)                     \
	{                                                                                          \
		const bool unity = way->gain == IPC4_MIXIN_UNITY_GAIN;                             \
		const type *const x = from;                                                        \
		type *const y = to;                                                                \
                                                                                                   \
		if (goes_straight(way, outputs, inputs)) {                                         \
			if (unity)                                                                 \
				memcpy(y, x, frames *inputs * sizeof(*x));                         \
			else                                                                       \
				name##_gain(y, 1, x, 1, frames *inputs, way->gain);                \
			return;                                                                    \
		}                                                                                  \
		for (unsigned int ch = 0; ch < outputs; ch++) {                                    \
			const unsigned int input = channel_of(way, ch);                            \
                                                                                                   \
			if (input < inputs && !unity)                                              \
				name##_gain(y + ch, outputs, x + input, inputs, frames,            \
					    way->gain);                                            \
			for (size_t i = 0; (input >= inputs || unity) && i < frames; i++)          \
				y[i * outputs + ch] = input < inputs ? x[i * inputs + input] : 0;  \
		}                                                                                  \
	}

/* Rounded towards minus infinity. */
#define SCALED_S16(x, gain) ((int16_t)q_mults_16x16(x, gain, IPC4_MIXIN_GAIN_SHIFT))
#define SCALED_S24(x, gain)                                                                        \
	((int32_t)q_mults_32x32(sign_extend_s24(x), gain, IPC4_MIXIN_GAIN_SHIFT))
#define SCALED_S32(x, gain) ((int32_t)q_mults_32x32(x, gain, IPC4_MIXIN_GAIN_SHIFT))

WAY_FUNC(way_s16, int16_t, SCALED_S16)
WAY_FUNC(way_s24, int32_t, SCALED_S24)
WAY_FUNC(way_s32, int32_t, SCALED_S32)

mixin_func mixin_find(enum sof_ipc_frame fmt)
{
	switch (fmt) {
	case SOF_IPC_FRAME_S16_LE:
		return way_s16;
	case SOF_IPC_FRAME_S24_4LE:
		return way_s24;
	case SOF_IPC_FRAME_S32_LE:
		return way_s32;
	default:
		return NULL;
	}
}
