/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/buffer.h
 * \brief The buffer between two LL components. Supervisor mode: it lies in the kernel heap.
 */
#ifndef SOF_AUDIO_BUFFER_H
#define SOF_AUDIO_BUFFER_H

#include <ipc/stream.h>
#include <ipc/topology.h>
#include <rtos/alloc.h>
#include <rtos/cache.h>
#include <rtos/panic.h>
#include <rtos/spinlock.h>
#include <rtos/string.h>
#include <sof/audio/audio_buffer.h>
#include <sof/audio/audio_stream.h>
#include <sof/audio/format.h>
#include <sof/audio/pipeline.h>
#include <sof/common.h>
#include <sof/list.h>
#include <sof/trace/trace.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <user/trace.h>

struct comp_dev;

#define BUFF_CB_TYPE_PRODUCE BIT(0)
#define BUFF_CB_TYPE_CONSUME BIT(1)

#define BUFFER_UPDATE_IF_UNSET 0
#define BUFFER_UPDATE_FORCE    1

#define BUFF_PARAMS_FRAME_FMT  BIT(0)
#define BUFF_PARAMS_BUFFER_FMT BIT(1)
#define BUFF_PARAMS_RATE       BIT(2)
#define BUFF_PARAMS_CHANNELS   BIT(3)

#define BUFFER_USAGE_SHARED	true
#define BUFFER_USAGE_NOT_SHARED false

struct comp_buffer {
	struct sof_audio_buffer audio_buffer;
	struct audio_stream stream;
	uint32_t flags; /**< SOF_MEM_FLAG_* the data came from */
	uint32_t core;
	struct tr_ctx tctx;
	struct comp_dev *source;
	struct comp_dev *sink;
	struct list_item source_list; /**< in source's bsink_list */
	struct list_item sink_list;   /**< in sink's bsource_list */
	struct list_item buffers_list;
	void *memory; /**< the block that its data lies in, at the end */
	bool is_view; /**< its data is a ring buffer's: see comp_buffer_view_of_source() */
};

#define buf_get_id(buf_ptr) ((buf_ptr)->stream.runtime_stream_params.id)

static inline struct comp_dev *comp_buffer_get_source_component(const struct comp_buffer *buffer)
{
	return buffer->source;
}

static inline struct comp_dev *comp_buffer_get_sink_component(const struct comp_buffer *buffer)
{
	return buffer->sink;
}

static inline void comp_buffer_set_source_component(struct comp_buffer *buffer,
						    struct comp_dev *comp)
{
	buffer->source = comp;
}

static inline void comp_buffer_set_sink_component(struct comp_buffer *buffer, struct comp_dev *comp)
{
	buffer->sink = comp;
}

struct buffer_cb_transact {
	struct comp_buffer *buffer;
	uint32_t transaction_amount; /**< bytes */
	void *transaction_begin_address;
};

#define buffer_from_list(ptr, dir)                                                                 \
	((dir) == PPL_DIR_DOWNSTREAM ? list_item(ptr, struct comp_buffer, source_list) :           \
				       list_item(ptr, struct comp_buffer, sink_list))

/** Make \p buffer, all zero, the owner of nothing: its stream is the \p size bytes at \p data. */
void comp_buffer_init(struct comp_buffer *buffer, void *data, uint32_t size);

/** Buffer of \p size bytes; \p align of its data, 0 for a cache line's. NULL: size 0, no memory. */
struct comp_buffer *buffer_alloc(struct mod_alloc_ctx *alloc, size_t size, uint32_t flags,
				 uint32_t align, bool is_shared);

/** NULL is ignored. */
static inline void buffer_free(struct comp_buffer *buffer)
{
	if (buffer)
		audio_buffer_free(&buffer->audio_buffer);
}

void buffer_zero(struct comp_buffer *buffer);

/** 0; -EINVAL for NULL. Without \p force_update a configured buffer keeps what it has. */
int buffer_set_params(struct comp_buffer *buffer, struct sof_ipc_stream_params *params,
		      bool force_update);
/** True when all of \p flag (BUFF_PARAMS_*) are equal. */
bool buffer_params_match(struct comp_buffer *buffer, struct sof_ipc_stream_params *params,
			 uint32_t flag);

/** Commit \p bytes written at, or read from, the stream's pointers. */
void comp_update_buffer_produce(struct comp_buffer *buffer, uint32_t bytes);
void comp_update_buffer_consume(struct comp_buffer *buffer, uint32_t bytes);

/** \name The buffer these are ends of
 * Of a ring buffer's end, which is no comp_buffer, it is the bound module's view of it: a stream
 * over the same data. What the module consumes or produces there in process() counts when the call
 * returns; end and view must not both be moved in one call. NULL: the end is not bound. @{ */
struct comp_buffer *comp_buffer_view_of_source(struct sof_source *source);
struct comp_buffer *comp_buffer_view_of_sink(struct sof_sink *sink);

static inline struct comp_buffer *comp_buffer_get_from_source(struct sof_source *source)
{
	struct sof_audio_buffer *buffer = sof_audio_buffer_from_source(source);

	return buffer->buffer_type == BUFFER_TYPE_LEGACY_BUFFER ?
		       (struct comp_buffer *)buffer :
		       comp_buffer_view_of_source(source);
}

static inline struct comp_buffer *comp_buffer_get_from_sink(struct sof_sink *sink)
{
	struct sof_audio_buffer *buffer = sof_audio_buffer_from_sink(sink);

	return buffer->buffer_type == BUFFER_TYPE_LEGACY_BUFFER ? (struct comp_buffer *)buffer :
								  comp_buffer_view_of_sink(sink);
}
/** @} */

static inline uint32_t buffer_pipeline_id(const struct comp_buffer *buffer)
{
	return buffer->stream.runtime_stream_params.pipeline_id;
}

static inline void buffer_stream_invalidate(struct comp_buffer *buffer, uint32_t bytes)
{
}

static inline void buffer_stream_writeback(struct comp_buffer *buffer, uint32_t bytes)
{
}

#endif /* SOF_AUDIO_BUFFER_H */
