/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/audio_buffer.h
 * \brief What every buffer between two modules has: a source end, a sink end, stream parameters.
 *
 * Any mode, on a buffer the caller may write to. Creation and freeing: supervisor mode.
 */
#ifndef SOF_AUDIO_AUDIO_BUFFER_H
#define SOF_AUDIO_AUDIO_BUFFER_H

#include <sof/audio/sink_api.h>
#include <sof/audio/source_api.h>
#include <sof/coherent.h>
#include <sof/common.h>
#include <ipc/topology.h>

#define BUFFER_TYPE_LEGACY_BUFFER 1 /**< struct comp_buffer */
#define BUFFER_TYPE_RING_BUFFER	  2 /**< struct ring_buffer */

struct sof_audio_buffer;
struct mod_alloc_ctx;

struct audio_buffer_ops {
	/** Give the buffer's memory back. */
	void (*free)(struct sof_audio_buffer *buffer);
	/** Optional: drop all data. */
	void (*reset)(struct sof_audio_buffer *buffer);
	/** Optional: stream parameters were changed. */
	int (*on_audio_format_set)(struct sof_audio_buffer *buffer);
	/** Optional: take all parameters from \p params. */
	int (*audio_set_ipc_params)(struct sof_audio_buffer *buffer,
				    struct sof_ipc_stream_params *params, bool force_update);
	/** Optional. */
	int (*set_alignment_constants)(struct sof_audio_buffer *buffer, const uint32_t byte_align,
				       const uint32_t frame_align_req);
};

struct sof_audio_buffer {
	CORE_CHECK_STRUCT_FIELD;
	uint32_t buffer_type; /**< BUFFER_TYPE_* */
	bool is_shared;
	struct sof_audio_stream_params *audio_stream_params;
	struct sof_source _source_api;
	struct sof_sink _sink_api;
	const struct audio_buffer_ops *ops;
	bool walking;
	struct mod_alloc_ctx *alloc;
};

static inline struct sof_sink *audio_buffer_get_sink(struct sof_audio_buffer *buffer)
{
	return &buffer->_sink_api;
}

static inline struct sof_source *audio_buffer_get_source(struct sof_audio_buffer *buffer)
{
	return &buffer->_source_api;
}

static inline bool audio_buffer_is_shared(struct sof_audio_buffer *buffer)
{
	return buffer->is_shared;
}

static inline enum sof_audio_buffer_state
audio_buffer_get_state(const struct sof_audio_buffer *buffer)
{
	return buffer->audio_stream_params->state;
}

static inline void audio_buffer_set_state(struct sof_audio_buffer *buffer,
					  enum sof_audio_buffer_state state)
{
	buffer->audio_stream_params->state = state;
}

static inline bool audio_buffer_hw_params_configured(struct sof_audio_buffer *buffer)
{
	return audio_buffer_get_state(buffer) != AUDIOBUF_STATE_INITIAL;
}

static inline void audio_buffer_set_hw_params_configured(struct sof_audio_buffer *buffer)
{
	audio_buffer_set_state(buffer, AUDIOBUF_STATE_READY);
}

static inline void audio_buffer_reset_params(struct sof_audio_buffer *buffer)
{
	audio_buffer_set_state(buffer, AUDIOBUF_STATE_INITIAL);
}

/** No more data will be written. */
static inline void audio_buffer_set_eos(struct sof_audio_buffer *buffer)
{
	audio_buffer_set_state(buffer, AUDIOBUF_STATE_END_OF_STREAM);
}

static inline void audio_buffer_set_chmap(struct sof_audio_buffer *buffer, size_t index,
					  uint16_t value)
{
	uint16_t *const positions = buffer->audio_stream_params->chmap;

	positions[index] = value;
}

static inline uint16_t audio_buffer_get_chmap(struct sof_audio_buffer *buffer, size_t index)
{
	const uint16_t *const positions = buffer->audio_stream_params->chmap;

	return positions[index];
}

static inline struct sof_audio_stream_params *
audio_buffer_get_stream_params(struct sof_audio_buffer *buffer)
{
	return buffer->audio_stream_params;
}

/** The argument must be an end of a sof_audio_buffer, not of something else. */
static inline struct sof_audio_buffer *sof_audio_buffer_from_sink(struct sof_sink *sink)
{
	return (struct sof_audio_buffer *)((char *)sink -
					   offsetof(struct sof_audio_buffer, _sink_api));
}

/** As sof_audio_buffer_from_sink(). */
static inline struct sof_audio_buffer *sof_audio_buffer_from_source(struct sof_source *source)
{
	return (struct sof_audio_buffer *)((char *)source -
					   offsetof(struct sof_audio_buffer, _source_api));
}

/** Set all members; both ends share \p audio_stream_params. */
void audio_buffer_init(struct sof_audio_buffer *buffer, uint32_t buffer_type, bool is_shared,
		       const struct source_ops *source_ops, const struct sink_ops *sink_ops,
		       const struct audio_buffer_ops *audio_buffer_ops,
		       struct sof_audio_stream_params *audio_stream_params);

/** NULL is ignored. */
void audio_buffer_free(struct sof_audio_buffer *buffer);

/** Drop all data, keep the configuration. */
static inline void audio_buffer_reset(struct sof_audio_buffer *buffer)
{
	if (buffer->ops->reset)
		buffer->ops->reset(buffer);
}

/** \name Bodies for source_ops and sink_ops that hand on to audio_buffer_ops @{ */
int audio_buffer_source_set_ipc_params(struct sof_source *source,
				       struct sof_ipc_stream_params *params, bool force_update);
int audio_buffer_source_on_audio_format_set(struct sof_source *source);
int audio_buffer_source_set_alignment_constants(struct sof_source *source,
						const uint32_t byte_align,
						const uint32_t frame_align_req);
int audio_buffer_sink_set_ipc_params(struct sof_sink *sink, struct sof_ipc_stream_params *params,
				     bool force_update);
int audio_buffer_sink_on_audio_format_set(struct sof_sink *sink);
int audio_buffer_sink_set_alignment_constants(struct sof_sink *sink, const uint32_t byte_align,
					      const uint32_t frame_align_req);
/** Always 0: nothing that feeds a sink here has a hard time. */
uint32_t audio_buffer_sink_get_lft(struct sof_sink *sink);
/** @} */

#endif /* SOF_AUDIO_AUDIO_BUFFER_H */
