/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/audio_stream.h
 * \brief Parameters of a stream, and arithmetic on circular buffers.
 *
 * A circular buffer is [start, end); pointers into it are below end. Any mode; an impossible
 * pointer is an assertion failure.
 */
#ifndef MODULE_AUDIO_AUDIO_STREAM_H
#define MODULE_AUDIO_AUDIO_STREAM_H

#include <module/ipc/stream.h>
#include <rtos/panic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sof_audio_buffer_state {
	AUDIOBUF_STATE_INITIAL, /**< no parameters yet */
	AUDIOBUF_STATE_READY,
	AUDIOBUF_STATE_END_OF_STREAM,	    /**< nothing more will come */
	AUDIOBUF_STATE_END_OF_STREAM_FLUSH, /**< silence follows, to push out what is held */
};

/** Shared by the audio stream and the source and sink of one buffer. */
struct sof_audio_stream_params {
	uint32_t id;
	uint32_t pipeline_id;
	enum sof_ipc_frame frame_fmt;	     /**< of the container */
	enum sof_ipc_frame valid_sample_fmt; /**< of the signal in it */
	uint32_t rate;			     /**< Hz */
	uint16_t channels;

	/** Frames a module wants to get at a time: (bytes >> align_shift_idx) * align_frame_cnt
	 * is the most it can take of so many bytes. */
	uint16_t align_frame_cnt;
	uint16_t align_shift_idx;

	bool overrun_permitted;
	bool underrun_permitted;
	uint32_t buffer_fmt;		      /**< enum sof_ipc_buffer_format */
	uint16_t chmap[SOF_IPC_MAX_CHANNELS]; /**< enum sof_ipc_chmap */
	enum sof_audio_buffer_state state;
};

/** What a source gave, to read. */
struct cir_buf_source {
	const void *buf_start;
	const void *buf_end;
	const void *ptr;
};

/** What a sink gave, to write. */
struct cir_buf_sink {
	void *buf_start;
	void *buf_end;
	void *ptr;
};

/* Samples from ptr up to the end, of a buffer of buf_samples. */
static inline size_t cir_buf_samples_to_wrap_s16(const int16_t *ptr, const int16_t *buf_start,
						 size_t buf_samples)
{
	assert(ptr <= buf_start + buf_samples);
	return (size_t)(buf_start + buf_samples - ptr);
}

static inline size_t cir_buf_samples_to_wrap_s32(const int32_t *ptr, const int32_t *buf_start,
						 size_t buf_samples)
{
	assert(ptr <= buf_start + buf_samples);
	return (size_t)(buf_start + buf_samples - ptr);
}

/* Samples from ptr up to buf_end. */
static inline int cir_buf_samples_without_wrap_s16(const void *ptr, const void *buf_end)
{
	assert((uintptr_t)ptr <= (uintptr_t)buf_end);
	return (int)((const int16_t *)buf_end - (const int16_t *)ptr);
}

static inline int cir_buf_samples_without_wrap_s32(const void *ptr, const void *buf_end)
{
	assert((uintptr_t)ptr <= (uintptr_t)buf_end);
	return (int)((const int32_t *)buf_end - (const int32_t *)ptr);
}

/** \p ptr, taken round once when it ran to the end or over it. */
static inline void *cir_buf_wrap(const void *ptr, const void *buf_addr, const void *buf_end)
{
	const uintptr_t at = (uintptr_t)ptr;
	const uintptr_t end = (uintptr_t)buf_end;
	const uintptr_t wrapped = at < end ? at : (uintptr_t)buf_addr + (at - end);

	assert(wrapped <= end);
	return (void *)wrapped;
}

/** Bytes between the start and \p ptr, for reading backwards. */
static inline int cir_buf_bytes_without_wrap_rewind(const void *ptr, const void *buf_start)
{
	assert((uintptr_t)ptr >= (uintptr_t)buf_start);
	return (int)((uintptr_t)ptr - (uintptr_t)buf_start);
}

/** \p ptr, taken round once when it ran below the start. */
static inline const void *source_cir_buf_rewind_wrap(const void *ptr, const void *buf_start,
						     const void *buf_end)
{
	const uintptr_t at = (uintptr_t)ptr;
	const uintptr_t start = (uintptr_t)buf_start;
	const uintptr_t wrapped = at >= start ? at : (uintptr_t)buf_end - (start - at);

	assert(wrapped >= start);
	return (const void *)wrapped;
}

#endif /* MODULE_AUDIO_AUDIO_STREAM_H */
