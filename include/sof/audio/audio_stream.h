/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/audio_stream.h
 * \brief A circular buffer that knows its audio format: the inside of a comp_buffer.
 *
 * It owns no memory. avail + free == size always holds. Any mode; touches the stream and its data.
 */
#ifndef SOF_AUDIO_AUDIO_STREAM_H
#define SOF_AUDIO_AUDIO_STREAM_H

#include <errno.h>
#include <ipc/stream.h>
#include <ipc4/base-config.h>
#include <module/audio/audio_stream.h>
#include <rtos/alloc.h>
#include <rtos/panic.h>
#include <sof/audio/format.h>
#include <sof/audio/sink_api.h>
#include <sof/audio/source_api.h>
#include <sof/compiler_attributes.h>
#include <sof/math/numbers.h>
#include <stdbool.h>
#include <stdint.h>

struct audio_stream {
	uint32_t size;	/**< bytes */
	uint32_t avail; /**< bytes to read */
	uint32_t free;	/**< bytes to write */
	void *w_ptr;
	void *r_ptr;
	void *addr;
	void *end_addr; /**< one past the last byte */
	uint8_t byte_align_req;
	uint8_t frame_align_req;
	struct sof_audio_stream_params runtime_stream_params;
};

/** Where a run of samples in a circular buffer starts. */
struct cir_buf_ptr {
	void *buf_start;
	void *buf_end;
	void *ptr;
};

/** Take \p buff_addr with \p size bytes, empty, alignment 1. */
void audio_stream_init(struct audio_stream *audio_stream, void *buff_addr, uint32_t size);
/** Ask that blocks be multiples of both; see sof_audio_stream_params.align_frame_cnt. */
void audio_stream_set_align(const uint32_t byte_align, const uint32_t frame_align_req,
			    struct audio_stream *stream);
/** Set align_frame_cnt and align_shift_idx for a format; both 0 while it makes no frame. */
void audio_stream_params_align(struct sof_audio_stream_params *params, uint32_t byte_align,
			       uint32_t frame_align_req);
/** Compute the alignment constants anew after a change of format. */
void audio_stream_recalc_align(struct audio_stream *stream);

#define AUDIO_STREAM_FIELD(type, name, field)                                                      \
	static inline type audio_stream_get_##name(const struct audio_stream *buf)                 \
	{                                                                                          \
		return buf->field;                                                                 \
	}                                                                                          \
	static inline void audio_stream_set_##name(struct audio_stream *buf, type val)             \
	{                                                                                          \
		buf->field = val;                                                                  \
	}

AUDIO_STREAM_FIELD(void *, rptr, r_ptr)
AUDIO_STREAM_FIELD(void *, wptr, w_ptr)
AUDIO_STREAM_FIELD(void *, addr, addr)
AUDIO_STREAM_FIELD(void *, end_addr, end_addr)
AUDIO_STREAM_FIELD(uint32_t, size, size)
AUDIO_STREAM_FIELD(uint32_t, avail, avail)
AUDIO_STREAM_FIELD(uint32_t, free, free)
AUDIO_STREAM_FIELD(enum sof_ipc_frame, valid_fmt, runtime_stream_params.valid_sample_fmt)
AUDIO_STREAM_FIELD(uint32_t, rate, runtime_stream_params.rate)
AUDIO_STREAM_FIELD(bool, underrun, runtime_stream_params.underrun_permitted)
AUDIO_STREAM_FIELD(bool, overrun, runtime_stream_params.overrun_permitted)
AUDIO_STREAM_FIELD(uint32_t, buffer_fmt, runtime_stream_params.buffer_fmt)
#undef AUDIO_STREAM_FIELD

static inline enum sof_ipc_frame audio_stream_get_frm_fmt(const struct audio_stream *buf)
{
	return buf->runtime_stream_params.frame_fmt;
}

static inline void audio_stream_set_frm_fmt(struct audio_stream *buf, enum sof_ipc_frame val)
{
	buf->runtime_stream_params.frame_fmt = val;
	audio_stream_recalc_align(buf);
}

static inline uint32_t audio_stream_get_channels(const struct audio_stream *buf)
{
	return buf->runtime_stream_params.channels;
}

static inline void audio_stream_set_channels(struct audio_stream *buf, uint16_t val)
{
	buf->runtime_stream_params.channels = val;
	audio_stream_recalc_align(buf);
}

static inline uint32_t audio_stream_frame_bytes(const struct audio_stream *buf)
{
	return get_frame_bytes(audio_stream_get_frm_fmt(buf), audio_stream_get_channels(buf));
}

static inline uint32_t audio_stream_sample_bytes(const struct audio_stream *buf)
{
	return get_sample_bytes(audio_stream_get_frm_fmt(buf));
}

static inline uint32_t audio_stream_period_bytes(const struct audio_stream *buf, uint32_t frames)
{
	return frames * audio_stream_frame_bytes(buf);
}

/** 0; -EINVAL for NULL. */
static inline int audio_stream_set_params(struct audio_stream *buffer,
					  struct sof_ipc_stream_params *params)
{
	struct sof_audio_stream_params *const own = &buffer->runtime_stream_params;

	if (!params)
		return -EINVAL;
	own->channels = params->channels;
	own->rate = params->rate;
	own->frame_fmt = (enum sof_ipc_frame)params->frame_fmt;
	audio_stream_recalc_align(buffer);
	return 0;
}

/** \name Pointers: less than one buffer beyond either end comes back in @{ */
static inline void *audio_stream_wrap(const struct audio_stream *buffer, void *ptr)
{
	char *at = (char *)ptr;

	if (at >= (char *)buffer->end_addr)
		at -= (char *)buffer->end_addr - (char *)buffer->addr;
	assert(at < (char *)buffer->end_addr || !buffer->size);
	return at;
}

static inline void *audio_stream_rewind_wrap(const struct audio_stream *buffer, void *ptr)
{
	char *at = (char *)ptr;

	if (at < (char *)buffer->addr)
		at += (char *)buffer->end_addr - (char *)buffer->addr;
	assert(at >= (char *)buffer->addr);
	return at;
}

#define audio_stream_get_frag(buffer, ptr, idx, sample_size)                                       \
	audio_stream_wrap(buffer, (char *)(ptr) + (idx) * (sample_size))
#define audio_stream_read_frag(buffer, idx, size)                                                  \
	audio_stream_get_frag(buffer, (buffer)->r_ptr, idx, size)
#define audio_stream_write_frag(buffer, idx, size)                                                 \
	audio_stream_get_frag(buffer, (buffer)->w_ptr, idx, size)
#define audio_stream_read_frag_s16(buffer, idx) audio_stream_read_frag(buffer, idx, sizeof(int16_t))
#define audio_stream_read_frag_s32(buffer, idx) audio_stream_read_frag(buffer, idx, sizeof(int32_t))
#define audio_stream_write_frag_s16(buffer, idx)                                                   \
	audio_stream_write_frag(buffer, idx, sizeof(int16_t))
#define audio_stream_write_frag_s32(buffer, idx)                                                   \
	audio_stream_write_frag(buffer, idx, sizeof(int32_t))

static inline int cir_buf_bytes_without_wrap(const void *ptr, const void *buf_end)
{
	assert((uintptr_t)buf_end >= (uintptr_t)ptr);
	return (int)((const char *)buf_end - (const char *)ptr);
}

static inline int audio_stream_bytes_without_wrap(const struct audio_stream *source,
						  const void *ptr)
{
	return cir_buf_bytes_without_wrap(ptr, source->end_addr);
}

static inline int audio_stream_rewind_bytes_without_wrap(const struct audio_stream *source,
							 const void *ptr)
{
	return cir_buf_bytes_without_wrap(source->addr, ptr);
}

static inline int audio_stream_samples_without_wrap_s16(const struct audio_stream *source,
							const void *ptr)
{
	return audio_stream_bytes_without_wrap(source, ptr) / (int)sizeof(int16_t);
}

static inline int audio_stream_samples_without_wrap_s32(const struct audio_stream *source,
							const void *ptr)
{
	return audio_stream_bytes_without_wrap(source, ptr) / (int)sizeof(int32_t);
}

static inline int audio_stream_samples_without_wrap_s24(const struct audio_stream *source,
							const void *ptr)
{
	return audio_stream_samples_without_wrap_s32(source, ptr);
}

static inline uint32_t audio_stream_frames_without_wrap(const struct audio_stream *source,
							const void *ptr)
{
	return (uint32_t)audio_stream_bytes_without_wrap(source, ptr) /
	       audio_stream_frame_bytes(source);
}
/** @} */

/** \name How much can move
 * A stream that permits underrun never looks empty, one that permits overrun never full. @{ */
static inline uint32_t audio_stream_get_avail_bytes(const struct audio_stream *stream)
{
	if (!stream->avail && stream->runtime_stream_params.underrun_permitted)
		return stream->size;
	return stream->avail;
}

static inline uint32_t audio_stream_get_free_bytes(const struct audio_stream *stream)
{
	if (!stream->free && stream->runtime_stream_params.overrun_permitted)
		return stream->size;
	return stream->free;
}

static inline uint32_t audio_stream_get_avail_samples(const struct audio_stream *stream)
{
	return audio_stream_get_avail_bytes(stream) / audio_stream_sample_bytes(stream);
}

static inline uint32_t audio_stream_get_free_samples(const struct audio_stream *stream)
{
	return audio_stream_get_free_bytes(stream) / audio_stream_sample_bytes(stream);
}

static inline uint32_t audio_stream_get_avail_frames(const struct audio_stream *stream)
{
	return audio_stream_get_avail_bytes(stream) / audio_stream_frame_bytes(stream);
}

static inline uint32_t audio_stream_get_free_frames(const struct audio_stream *stream)
{
	return audio_stream_get_free_bytes(stream) / audio_stream_frame_bytes(stream);
}

static inline uint32_t audio_stream_get_copy_bytes(const struct audio_stream *source,
						   const struct audio_stream *sink)
{
	const uint32_t there = audio_stream_get_avail_bytes(source);
	const uint32_t room = audio_stream_get_free_bytes(sink);

	return there < room ? there : room;
}

static inline uint32_t audio_stream_avail_frames(const struct audio_stream *source,
						 const struct audio_stream *sink)
{
	const uint32_t there = audio_stream_get_avail_frames(source);
	const uint32_t room = audio_stream_get_free_frames(sink);

	return there < room ? there : room;
}

static inline uint32_t audio_stream_align_frames_round_down(const struct audio_stream *stream,
							    uint32_t frames)
{
	return frames - frames % stream->runtime_stream_params.align_frame_cnt;
}

static inline uint32_t audio_stream_avail_frames_aligned(const struct audio_stream *source,
							 const struct audio_stream *sink)
{
	return audio_stream_align_frames_round_down(source,
						    audio_stream_avail_frames(source, sink));
}
/** @} */

/** \p bytes were written at w_ptr; more than were free drops the oldest data. */
static inline void audio_stream_produce(struct audio_stream *buffer, uint32_t bytes)
{
	assert(bytes <= buffer->size);
	buffer->w_ptr = audio_stream_wrap(buffer, (char *)buffer->w_ptr + bytes);
	if (bytes > buffer->free) {
		buffer->r_ptr = buffer->w_ptr;
		buffer->avail = buffer->size;
	} else {
		buffer->avail += bytes;
	}
	buffer->free = buffer->size - buffer->avail;
}

/** \p bytes at r_ptr are done with; more than there were leaves the stream empty. */
static inline void audio_stream_consume(struct audio_stream *buffer, uint32_t bytes)
{
	assert(bytes <= buffer->size);
	if (bytes > buffer->avail)
		bytes = buffer->avail;
	buffer->r_ptr = audio_stream_wrap(buffer, (char *)buffer->r_ptr + bytes);
	buffer->avail -= bytes;
	buffer->free = buffer->size - buffer->avail;
}

static inline void audio_stream_reset(struct audio_stream *buffer)
{
	buffer->w_ptr = buffer->addr;
	buffer->r_ptr = buffer->addr;
	buffer->free = buffer->size;
	buffer->avail = 0;
}

/** Copy \p samples from one circular buffer to another, from sample offsets on; moves no pointer.
 * \return \p samples. */
int audio_stream_copy(const struct audio_stream *source, uint32_t ioffset,
		      struct audio_stream *sink, uint32_t ooffset, uint32_t samples);

/** Copy \p byte_size bytes between two circular buffers; they must not overlap. */
void cir_buf_copy(const void *src, const void *src_addr, const void *src_end, void *dst,
		  void *dst_addr, void *dst_end, size_t byte_size);

/** Zero \p bytes bytes from \p ptr on. */
void cir_buf_set_zero(void *ptr, void *buf_addr, void *buf_end, uint32_t bytes);

/** IPC4's depths and sample type to frame formats. 0; -EINVAL: not supported, both INVALID. */
int audio_stream_fmt_conversion(enum ipc4_bit_depth depth, enum ipc4_bit_depth valid,
				enum sof_ipc_frame *frame_fmt, enum sof_ipc_frame *valid_fmt,
				enum ipc4_sample_type type);

#endif /* SOF_AUDIO_AUDIO_STREAM_H */
