/* SPDX-License-Identifier: BSD-3-Clause */
/* Multiply samples with gains. */
#include "scale.h"

#include <sof/audio/format.h>

static inline int16_t scaled_s16(int16_t x, int32_t gain)
{
	return (int16_t)q_multsr_sat_32x32_16(x, gain, Q_SHIFT_BITS_32(15, 31, 15));
}

static inline int32_t scaled_s24(int32_t x, int32_t gain)
{
	return q_multsr_sat_32x32_24(sign_extend_s24(x), gain, Q_SHIFT_BITS_64(23, 31, 23));
}

static inline int32_t scaled_s32(int32_t x, int32_t gain)
{
	return q_multsr_sat_32x32(x, gain, Q_SHIFT_BITS_64(31, 31, 31));
}

static bool one_gain_for_all(const struct ramp *ramp)
{
	for (unsigned int i = 1; i < ramp->channels; i++) {
		if (ramp->channel[i].gain != ramp->channel[0].gain)
			return false;
	}
	return true;
}

/* One loop without a stride where it will do: that one becomes vector code. */
#define SCALE_FUNC(name, type, scaled)                                                             \
	static void name(void *to, const void *from, size_t frames, const struct ramp *ramp)       \
	{                                                                                          \
		const type *restrict x = from;                                                     \
		type *restrict y = to;                                                             \
		const size_t step = ramp->channels;                                                \
                                                                                                   \
		if (one_gain_for_all(ramp)) {                                                      \
			const int32_t gain = ramp->channel[0].gain;                                \
                                                                                                   \
			for (size_t i = 0; i < frames * step; i++)                                 \
				y[i] = scaled(x[i], gain);                                         \
			return;                                                                    \
		}                                                                                  \
		for (size_t ch = 0; ch < step; ch++) {                                             \
			const int32_t gain = ramp->channel[ch].gain;                               \
                                                                                                   \
			for (size_t i = ch; i < frames * step; i += step)                          \
				y[i] = scaled(x[i], gain);                                         \
		}                                                                                  \
	}

SCALE_FUNC(scale_s16, int16_t, scaled_s16)
SCALE_FUNC(scale_s24, int32_t, scaled_s24)
SCALE_FUNC(scale_s32, int32_t, scaled_s32)

scale_func scale_find(enum sof_ipc_frame fmt)
{
	switch (fmt) {
	case SOF_IPC_FRAME_S16_LE:
		return scale_s16;
	case SOF_IPC_FRAME_S24_4LE:
		return scale_s24;
	case SOF_IPC_FRAME_S32_LE:
		return scale_s32;
	default:
		return NULL;
	}
}
