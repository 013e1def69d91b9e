/* SPDX-License-Identifier: BSD-3-Clause */
/* Circular buffers that know their format. Runs in the caller's mode. */
#include <rtos/symbol.h>
#include <sof/audio/audio_stream.h>
#include <string.h>

static uint32_t common_divisor(uint32_t a, uint32_t b)
{
	while (b) {
		const uint32_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

void audio_stream_params_align(struct sof_audio_stream_params *params, uint32_t byte_align,
			       uint32_t frame_align_req)
{
	const uint32_t frame = get_frame_bytes(params->frame_fmt, params->channels);
	uint32_t frames, block;

	params->align_frame_cnt = 0;
	params->align_shift_idx = 0;
	if (!frame || !byte_align || !frame_align_req)
		return;
	/* fewest frames that end on a byte boundary asked for, then a multiple of both */
	frames = byte_align / common_divisor(byte_align, frame);
	frames = frames / common_divisor(frames, frame_align_req) * frame_align_req;
	block = frames * frame;
	params->align_frame_cnt = (uint16_t)frames;
	/* log2, rounded up: (bytes >> shift) blocks never count more than there are */
	while ((1u << params->align_shift_idx) < block)
		params->align_shift_idx++;
}

void audio_stream_recalc_align(struct audio_stream *stream)
{
	audio_stream_params_align(&stream->runtime_stream_params, stream->byte_align_req,
				  stream->frame_align_req);
}
EXPORT_SYMBOL(audio_stream_recalc_align);

void audio_stream_set_align(const uint32_t byte_align, const uint32_t frame_align_req,
			    struct audio_stream *stream)
{
	stream->byte_align_req = (uint8_t)byte_align;
	stream->frame_align_req = (uint8_t)frame_align_req;
	audio_stream_recalc_align(stream);
}
EXPORT_SYMBOL(audio_stream_set_align);

void audio_stream_init(struct audio_stream *audio_stream, void *buff_addr, uint32_t size)
{
	audio_stream->size = size;
	audio_stream->addr = buff_addr;
	audio_stream->end_addr = (char *)buff_addr + size;
	audio_stream_set_align(1, 1, audio_stream);
	audio_stream_reset(audio_stream);
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

void cir_buf_copy(const void *src, const void *src_addr, const void *src_end, void *dst,
		  void *dst_addr, void *dst_end, size_t byte_size)
{
	const char *from = src;
	char *to = dst;

	while (byte_size) {
		const size_t piece = smaller(
			byte_size, smaller((const char *)src_end - from, (char *)dst_end - to));

		if (piece) {
			memcpy(to, from, piece);
			from += piece;
			to += piece;
			byte_size -= piece;
		}
		if (from == src_end)
			from = src_addr;
		if (to == dst_end)
			to = dst_addr;
	}
}
EXPORT_SYMBOL(cir_buf_copy);

void cir_buf_set_zero(void *ptr, void *buf_addr, void *buf_end, uint32_t bytes)
{
	const size_t head = smaller(bytes, (size_t)((char *)buf_end - (char *)ptr));

	memset(ptr, 0, head);
	memset(buf_addr, 0, bytes - head);
}
EXPORT_SYMBOL(cir_buf_set_zero);

int audio_stream_copy(const struct audio_stream *source, uint32_t ioffset,
		      struct audio_stream *sink, uint32_t ooffset, uint32_t samples)
{
	const size_t sample = audio_stream_sample_bytes(source);

	cir_buf_copy(audio_stream_wrap(source, (char *)source->r_ptr + ioffset * sample),
		     source->addr, source->end_addr,
		     audio_stream_wrap(sink, (char *)sink->w_ptr + ooffset * sample), sink->addr,
		     sink->end_addr, samples * sample);
	return (int)samples;
}
EXPORT_SYMBOL(audio_stream_copy);

static bool integer_format(unsigned int bits, enum sof_ipc_frame *format)
{
	switch (bits) {
	case 16:
		*format = SOF_IPC_FRAME_S16_LE;
		return true;
	case 24:
		*format = SOF_IPC_FRAME_S24_4LE;
		return true;
	case 32:
		*format = SOF_IPC_FRAME_S32_LE;
		return true;
	default:
		return false;
	}
}

int audio_stream_fmt_conversion(enum ipc4_bit_depth depth, enum ipc4_bit_depth valid,
				enum sof_ipc_frame *frame_fmt, enum sof_ipc_frame *valid_fmt,
				enum ipc4_sample_type type)
{
	enum sof_ipc_frame container, sample;

	*frame_fmt = SOF_IPC_FRAME_INVALID;
	*valid_fmt = SOF_IPC_FRAME_INVALID;
	if (type != IPC4_TYPE_MSB_INTEGER && type != IPC4_TYPE_LSB_INTEGER &&
	    type != IPC4_TYPE_SIGNED_INTEGER)
		return -EINVAL;
	/* depth 24 is the four-byte container too: there are no packed three-byte samples here */
	if (!integer_format(depth, &container) || !integer_format(valid, &sample) || valid > depth)
		return -EINVAL;
	*frame_fmt = container;
	*valid_fmt = sample;
	return 0;
}
EXPORT_SYMBOL(audio_stream_fmt_conversion);
