/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/source_api.h
 * \brief Where a module takes audio from.
 *
 * A module asks for a piece of data, reads it in place and says how much of it is done with. The
 * piece lies in a circular buffer and may wrap at its end; buffer addresses may change from call to
 * call. Take all that one round of processing needs in one piece.
 *
 * Any mode. The source, its parameters and its data lie in memory that a DP module's thread was
 * granted; no system call is needed.
 */
#ifndef MODULE_AUDIO_SOURCE_API_H
#define MODULE_AUDIO_SOURCE_API_H

#include <errno.h>
#include <module/audio/audio_stream.h>
#include <module/audio/format.h>
#include <sof/math/numbers.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sof_source;
struct sof_ipc_stream_params;
struct processing_module;

/** What an implementation of a source provides; the first three must be there. */
struct source_ops {
	size_t (*get_data_available)(struct sof_source *source);
	int (*get_data)(struct sof_source *source, size_t req_size, void const **data_ptr,
			void const **buffer_start, size_t *buffer_size);
	int (*release_data)(struct sof_source *source, size_t free_size);
	/** A parameter has changed. Negative: not supported. */
	int (*on_audio_format_set)(struct sof_source *source);
	int (*audio_set_ipc_params)(struct sof_source *source, struct sof_ipc_stream_params *params,
				    bool force_update);
	int (*set_alignment_constants)(struct sof_source *source, const uint32_t byte_align,
				       const uint32_t frame_align_req);
	/** A module begins or ends to use the source. */
	int (*on_bind)(struct sof_source *source, struct processing_module *module);
	int (*on_unbind)(struct sof_source *source);
};

/** Use the functions below, not the members. */
struct sof_source {
	const struct source_ops *ops;
	size_t requested_read_frag_size; /**< bytes of the piece that is out; 0: none */
	size_t num_of_bytes_processed;	 /**< bytes released since start */
	size_t min_available;		 /**< the module's ibs */
	struct processing_module *bound_module;
	struct sof_audio_stream_params *audio_stream_params;
};

/** Bytes that can be had at once. */
static inline size_t source_get_data_available(struct sof_source *source)
{
	return source->ops->get_data_available(source);
}

/** The same in frames, rounded down to what source_set_alignment_constants() asks for. */
static inline size_t source_get_aligned_frames_available(struct sof_source *source)
{
	const struct sof_audio_stream_params *params = source->audio_stream_params;
	const size_t bytes = source_get_data_available(source);

	return params->align_frame_cnt * (bytes >> params->align_shift_idx);
}

/** Bytes of a frame: one sample of every channel. */
size_t source_get_frame_bytes(struct sof_source *source);
/** Whole frames that can be had at once. */
size_t source_get_data_frames_available(struct sof_source *source);

/**
 * Get \p req_size bytes to read.
 *
 * \param[out] data_ptr     where they begin
 * \param[out] buffer_start the circular buffer they are in; they go on there after its end
 * \param[out] buffer_size  its size in bytes
 * \return 0; -EBUSY: the last piece was not released; -ENODATA: there are not so many.
 */
int source_get_data(struct sof_source *source, size_t req_size, void const **data_ptr,
		    void const **buffer_start, size_t *buffer_size);
/** The same, the buffer's size in samples of 16 bits; \p req_size stays in bytes. */
int source_get_data_s16(struct sof_source *source, size_t req_size, int16_t const **data_ptr,
			int16_t const **buffer_start, int *buffer_samples);
/** The same, the buffer's size in samples of 32 bits; \p req_size stays in bytes. */
int source_get_data_s32(struct sof_source *source, size_t req_size, int32_t const **data_ptr,
			int32_t const **buffer_start, int *buffer_samples);

/** Give the piece back; its first \p free_size bytes (all, if it is shorter) are done with.
 * 0, or a negative errno. */
int source_release_data(struct sof_source *source, size_t free_size);

int source_set_valid_fmt(struct sof_source *source, enum sof_ipc_frame valid_sample_fmt);
int source_set_frm_fmt(struct sof_source *source, enum sof_ipc_frame frame_fmt);
int source_set_rate(struct sof_source *source, unsigned int rate);
int source_set_channels(struct sof_source *source, unsigned int channels);
int source_set_buffer_fmt(struct sof_source *source, uint32_t buffer_fmt);
int source_set_underrun(struct sof_source *source, bool underrun_permitted);
bool source_get_underrun(struct sof_source *source);
int source_set_params(struct sof_source *source, struct sof_ipc_stream_params *params,
		      bool force_update);
int source_set_alignment_constants(struct sof_source *source, const uint32_t byte_align,
				   const uint32_t frame_align_req);
void source_set_min_available(struct sof_source *source, size_t min_available);
size_t source_get_num_of_processed_bytes(struct sof_source *source);
void source_reset_num_of_processed_bytes(struct sof_source *source);

static inline struct processing_module *source_get_bound_module(struct sof_source *source)
{
	return source->bound_module;
}

static inline uint32_t source_get_buffer_fmt(struct sof_source *source)
{
	return source->audio_stream_params->buffer_fmt;
}

static inline unsigned int source_get_channels(struct sof_source *source)
{
	return source->audio_stream_params->channels;
}

static inline enum sof_ipc_frame source_get_frm_fmt(struct sof_source *source)
{
	return source->audio_stream_params->frame_fmt;
}

static inline uint32_t source_get_id(struct sof_source *source)
{
	return source->audio_stream_params->id;
}

static inline size_t source_get_min_available(struct sof_source *source)
{
	return source->min_available;
}

static inline uint32_t source_get_pipeline_id(struct sof_source *source)
{
	return source->audio_stream_params->pipeline_id;
}

static inline unsigned int source_get_rate(struct sof_source *source)
{
	return source->audio_stream_params->rate;
}

static inline enum sof_audio_buffer_state source_get_state(const struct sof_source *source)
{
	return source->audio_stream_params->state;
}

static inline enum sof_ipc_frame source_get_valid_fmt(struct sof_source *source)
{
	return source->audio_stream_params->valid_sample_fmt;
}

/** \p module uses the source from now on. 0; -EBUSY: another does; what the source says. */
static inline int source_bind(struct sof_source *source, struct processing_module *module)
{
	int ret;

	if (source->bound_module)
		return -EBUSY;
	ret = source->ops->on_bind ? source->ops->on_bind(source, module) : 0;
	source->bound_module = ret ? NULL : module;
	return ret;
}

/** 0; -EINVAL: nobody uses it; what the source says. */
static inline int source_unbind(struct sof_source *source)
{
	int ret;

	if (!source->bound_module)
		return -EINVAL;
	ret = source->ops->on_unbind ? source->ops->on_unbind(source) : 0;
	source->bound_module = ret ? source->bound_module : NULL;
	return ret;
}

/* \p frames as a multiple of the alignment; as they are when there is none. */
static inline uint32_t source_align_frames_round_up(struct sof_source *source, uint32_t frames)
{
	const uint16_t align = source->audio_stream_params->align_frame_cnt;

	return align ? ROUND_UP(frames, align) : frames;
}

static inline uint32_t source_align_frames_round_down(struct sof_source *source, uint32_t frames)
{
	const uint16_t align = source->audio_stream_params->align_frame_cnt;

	return align ? ROUND_DOWN(frames, align) : frames;
}

static inline uint32_t source_align_frames_round_nearest(struct sof_source *source, uint32_t frames)
{
	const uint16_t align = source->audio_stream_params->align_frame_cnt;

	return source_align_frames_round_down(source, frames + align / 2);
}

#ifdef __cplusplus
}
#endif

#endif /* MODULE_AUDIO_SOURCE_API_H */
