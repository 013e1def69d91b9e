/* SPDX-License-Identifier: BSD-3-Clause */
/* Runs between the buffers' ends are converted by loops that the compiler can vectorise. */
#include <rtos/symbol.h>
#include <sof/audio/format.h>
#include <sof/audio/pcm_converter.h>
#include <string.h>
#include <zephyr/sys/util.h>

int pcm_convert_as_linear(const struct cir_buf_source *source, size_t s_size_in,
			  struct cir_buf_sink *sink, size_t s_size_out, size_t samples,
			  pcm_converter_lin_func converter)
{
	const char *from = source->ptr;
	char *to = sink->ptr;
	size_t left = samples;

	while (left) {
		const size_t there = (size_t)((const char *)source->buf_end - from) / s_size_in;
		const size_t room = (size_t)((char *)sink->buf_end - to) / s_size_out;
		const size_t run = MIN(left, MIN(there, room));

		converter(from, to, run);
		left -= run;
		from += run * s_size_in;
		to += run * s_size_out;
		if (run == there)
			from = source->buf_start;
		if (run == room)
			to = sink->buf_start;
	}
	return (int)samples;
}
EXPORT_SYMBOL(pcm_convert_as_linear);

static int32_t shift_left(int32_t x, int bits)
{
	return (int32_t)((uint32_t)x << bits);
}

/* \name One sample */

static inline int16_t s24_to_s16(int32_t x)
{
	return sat_int16(Q_SHIFT_RND(sign_extend_s24(x), 23, 15));
}

static inline int16_t s32_to_s16(int32_t x)
{
	return sat_int16(Q_SHIFT_RND(x, 31, 15));
}

static inline int32_t s32_to_s24(int32_t x)
{
	return sat_int24(Q_SHIFT_RND(x, 31, 23));
}

/* \name Runs of them. NAME(psrc, pdst, samples): to is made of from. */

#define RUN(name, from_type, to_type, expression)                                                  \
	static void name##_run(const void *psrc, void *pdst, size_t samples)                       \
	{                                                                                          \
		const from_type *from = psrc;                                                      \
		to_type *to = pdst;                                                                \
                                                                                                   \
		for (size_t i = 0; i < samples; i++)                                               \
			to[i] = (expression);                                                      \
	}                                                                                          \
	static int name(const struct cir_buf_source *source, uint32_t src_channels,                \
			struct cir_buf_sink *sink, uint32_t sink_channels, size_t samples,         \
			uint32_t chmap)                                                            \
	{                                                                                          \
		return pcm_convert_as_linear(source, sizeof(from_type), sink, sizeof(to_type),     \
					     samples, name##_run);                                 \
	}

RUN(s16_in_s24, int16_t, int32_t, shift_left(from[i], 8))
RUN(s24_in_s16, int32_t, int16_t, s24_to_s16(from[i]))
RUN(s16_in_s32, int16_t, int32_t, shift_left(from[i], 16))
RUN(s32_in_s16, int32_t, int16_t, s32_to_s16(from[i]))
RUN(s24_in_s32, int32_t, int32_t, shift_left(from[i], 8))
RUN(s32_in_s24, int32_t, int32_t, s32_to_s24(from[i]))
RUN(s32_in_s24_msb, int32_t, int32_t, shift_left(s32_to_s24(from[i]), 8))

/* 16 valid bits, right-aligned in 32 */
RUN(s16_in_c32, int16_t, int32_t, from[i])
RUN(c32_in_s16, int32_t, int16_t, (int16_t)from[i])
RUN(c32_in_s32, int32_t, int32_t, shift_left(from[i], 16))
RUN(s32_in_c32, int32_t, int32_t, s32_to_s16(from[i]))
RUN(s24_in_c32, int32_t, int32_t, s24_to_s16(from[i]))

struct s24_3 {
	uint8_t byte[3];
};

static int32_t unpack(struct s24_3 x)
{
	return sign_extend_s24(x.byte[0] | x.byte[1] << 8 | x.byte[2] << 16);
}

static struct s24_3 pack(int32_t x)
{
	return (struct s24_3){ { (uint8_t)x, (uint8_t)(x >> 8), (uint8_t)(x >> 16) } };
}

RUN(s24_3_in_s24, struct s24_3, int32_t, unpack(from[i]))
RUN(s24_in_s24_3, int32_t, struct s24_3, pack(from[i]))

static void copy_run_1(const void *psrc, void *pdst, size_t samples)
{
	memcpy(pdst, psrc, samples);
}

int just_copy_1b(const struct cir_buf_source *source, uint32_t src_channels,
		 struct cir_buf_sink *sink, uint32_t sink_channels, size_t samples, uint32_t chmap)
{
	return pcm_convert_as_linear(source, 1, sink, 1, samples, copy_run_1);
}
EXPORT_SYMBOL(just_copy_1b);

int just_copy_2b(const struct cir_buf_source *source, uint32_t src_channels,
		 struct cir_buf_sink *sink, uint32_t sink_channels, size_t samples, uint32_t chmap)
{
	pcm_convert_as_linear(source, 1, sink, 1, 2 * samples, copy_run_1);
	return (int)samples;
}
EXPORT_SYMBOL(just_copy_2b);

int just_copy_3b(const struct cir_buf_source *source, uint32_t src_channels,
		 struct cir_buf_sink *sink, uint32_t sink_channels, size_t samples, uint32_t chmap)
{
	pcm_convert_as_linear(source, 1, sink, 1, 3 * samples, copy_run_1);
	return (int)samples;
}
EXPORT_SYMBOL(just_copy_3b);

int just_copy_4b(const struct cir_buf_source *source, uint32_t src_channels,
		 struct cir_buf_sink *sink, uint32_t sink_channels, size_t samples, uint32_t chmap)
{
	pcm_convert_as_linear(source, 1, sink, 1, 4 * samples, copy_run_1);
	return (int)samples;
}
EXPORT_SYMBOL(just_copy_4b);

#define S16	SOF_IPC_FRAME_S16_LE
#define S24	SOF_IPC_FRAME_S24_4LE
#define S24_MSB SOF_IPC_FRAME_S24_4LE_MSB
#define S24_3	SOF_IPC_FRAME_S24_3LE
#define S32	SOF_IPC_FRAME_S32_LE

const struct pcm_func_map pcm_func_map[] = {
	{ S16, S16, just_copy_2b },	  { S24, S24, just_copy_4b },
	{ S24_3, S24_3, just_copy_3b },	  { S32, S32, just_copy_4b },
	{ S16, S24, s16_in_s24 },	  { S24, S16, s24_in_s16 },
	{ S16, S32, s16_in_s32 },	  { S32, S16, s32_in_s16 },
	{ S24, S32, s24_in_s32 },	  { S32, S24, s32_in_s24 },
	{ S32, S24_MSB, s32_in_s24_msb }, { S24_MSB, S32, just_copy_4b },
};
const size_t pcm_func_count = ARRAY_SIZE(pcm_func_map);

const struct pcm_func_vc_map pcm_func_vc_map[] = {
	{ S16, S16, S32, S16, s16_in_c32 },	      { S32, S16, S16, S16, c32_in_s16 },
	{ S32, S16, S32, S32, c32_in_s32 },	      { S32, S32, S32, S16, s32_in_c32 },
	{ S32, S16, S32, S24, s24_in_s32 },	      { S32, S24, S32, S16, s24_in_c32 },
	{ S32, S16, S32, S16, just_copy_4b },	      { S32, S24, S32, S24, just_copy_4b },
	{ S32, S24, S32, S32, s24_in_s32 },	      { S32, S32, S32, S24, s32_in_s24 },
	{ S16, S16, S32, S24, s16_in_s24 },	      { S32, S24, S16, S16, s24_in_s16 },
	{ S24_3, S24_3, S32, S24, s24_3_in_s24 },     { S32, S24, S24_3, S24, s24_in_s24_3 },
	{ S32, S24, S32, S24_MSB, s24_in_s32 },	      { S32, S24_MSB, S32, S24, s32_in_s24 },
	{ S32, S24_MSB, S32, S24_MSB, just_copy_4b }, { S32, S32, S32, S24_MSB, s32_in_s24_msb },
	{ S32, S24_MSB, S32, S32, just_copy_4b },     { S16, S16, S32, S24_MSB, s16_in_s32 },
	{ S32, S24_MSB, S16, S16, s32_in_s16 },
};
const size_t pcm_func_vc_count = ARRAY_SIZE(pcm_func_vc_map);

pcm_converter_func pcm_get_conversion_function(enum sof_ipc_frame in, enum sof_ipc_frame out)
{
	for (size_t i = 0; i < pcm_func_count; i++)
		if (pcm_func_map[i].source == in && pcm_func_map[i].sink == out)
			return pcm_func_map[i].func;
	return NULL;
}
EXPORT_SYMBOL(pcm_get_conversion_function);

pcm_converter_func
pcm_get_conversion_vc_function(enum sof_ipc_frame in_bits, enum sof_ipc_frame valid_in_bits,
			       enum sof_ipc_frame out_bits, enum sof_ipc_frame valid_out_bits,
			       enum ipc4_gateway_type type, enum ipc4_direction_type dir)
{
	for (size_t i = 0; i < pcm_func_vc_count; i++) {
		const struct pcm_func_vc_map *it = &pcm_func_vc_map[i];

		if (it->source == in_bits && it->valid_src_bits == valid_in_bits &&
		    it->sink == out_bits && it->valid_sink_bits == valid_out_bits)
			return it->func;
	}
	return NULL;
}
EXPORT_SYMBOL(pcm_get_conversion_vc_function);
