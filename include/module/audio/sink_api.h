/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/sink_api.h
 * \brief Where a module puts audio: the counterpart of module/audio/source_api.h.
 *
 * A module asks for space, fills it in place and says how much of it counts. The space lies in a
 * circular buffer and may wrap at its end. Any mode; see source_api.h for what it touches.
 */
#ifndef MODULE_AUDIO_SINK_API_H
#define MODULE_AUDIO_SINK_API_H

#include <errno.h>
#include <module/audio/audio_stream.h>
#include <module/audio/format.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sof_sink;
struct sof_ipc_stream_params;
struct processing_module;

/** What an implementation of a sink provides; the first three must be there. */
struct sink_ops {
	size_t (*get_free_size)(struct sof_sink *sink);
	int (*get_buffer)(struct sof_sink *sink, size_t req_size, void **data_ptr,
			  void **buffer_start, size_t *buffer_size);
	int (*commit_buffer)(struct sof_sink *sink, size_t commit_size);
	/** Microseconds from the start of this LL cycle until data must be there. */
	uint32_t (*get_lft)(struct sof_sink *sink);
	/** A parameter has changed. Negative: not supported. */
	int (*on_audio_format_set)(struct sof_sink *sink);
	int (*audio_set_ipc_params)(struct sof_sink *sink, struct sof_ipc_stream_params *params,
				    bool force_update);
	int (*set_alignment_constants)(struct sof_sink *sink, const uint32_t byte_align,
				       const uint32_t frame_align_req);
	/** A module begins or ends to use the sink. */
	int (*on_bind)(struct sof_sink *sink, struct processing_module *module);
	int (*on_unbind)(struct sof_sink *sink);
};

/** Use the functions below, not the members. */
struct sof_sink {
	const struct sink_ops *ops;
	size_t requested_write_frag_size; /**< bytes of the space that is out; 0: none */
	size_t num_of_bytes_processed;	  /**< bytes committed since start */
	size_t min_free_space;		  /**< the module's obs */
	struct processing_module *bound_module;
	struct sof_audio_stream_params *audio_stream_params;
};

/** Bytes that can be had at once. */
static inline size_t sink_get_free_size(struct sof_sink *sink)
{
	return sink->ops->get_free_size(sink);
}

/** The same in frames, rounded down to what sink_set_alignment_constants() asks for. */
static inline size_t sink_get_free_frames_aligned(struct sof_sink *sink)
{
	const struct sof_audio_stream_params *params = sink->audio_stream_params;
	const size_t bytes = sink_get_free_size(sink);

	return params->align_frame_cnt * (bytes >> params->align_shift_idx);
}

/** Bytes of a frame: one sample of every channel. */
size_t sink_get_frame_bytes(struct sof_sink *sink);
/** Whole frames there is space for. */
size_t sink_get_free_frames(struct sof_sink *sink);

/**
 * Get space for \p req_size bytes.
 *
 * \param[out] data_ptr     where it begins
 * \param[out] buffer_start the circular buffer it is in; it goes on there after its end
 * \param[out] buffer_size  its size in bytes
 * \return 0; -EBUSY: the last space was not committed; -ENODATA: there is not so much.
 */
int sink_get_buffer(struct sof_sink *sink, size_t req_size, void **data_ptr, void **buffer_start,
		    size_t *buffer_size);
/** The same, the buffer's size in samples of 16 bits; \p req_size stays in bytes. */
int sink_get_buffer_s16(struct sof_sink *sink, size_t req_size, int16_t **data_ptr,
			int16_t **buffer_start, int *buffer_samples);
/** The same, the buffer's size in samples of 32 bits; \p req_size stays in bytes. */
int sink_get_buffer_s32(struct sof_sink *sink, size_t req_size, int32_t **data_ptr,
			int32_t **buffer_start, int *buffer_samples);

/** The first \p commit_size bytes of the space (all, if it is shorter) are filled; the rest goes
 * back. 0, or a negative errno. */
int sink_commit_buffer(struct sof_sink *sink, size_t commit_size);

int sink_set_frm_fmt(struct sof_sink *sink, enum sof_ipc_frame frame_fmt);
int sink_set_valid_fmt(struct sof_sink *sink, enum sof_ipc_frame valid_sample_fmt);
int sink_set_rate(struct sof_sink *sink, unsigned int rate);
int sink_set_channels(struct sof_sink *sink, unsigned int channels);
int sink_set_buffer_fmt(struct sof_sink *sink, uint32_t buffer_fmt);
int sink_set_overrun(struct sof_sink *sink, bool overrun_permitted);
bool sink_get_overrun(struct sof_sink *sink);
int sink_set_params(struct sof_sink *sink, struct sof_ipc_stream_params *params, bool force_update);
int sink_set_alignment_constants(struct sof_sink *sink, const uint32_t byte_align,
				 const uint32_t frame_align_req);
void sink_set_min_free_space(struct sof_sink *sink, size_t min_free_space);
size_t sink_get_num_of_processed_bytes(struct sof_sink *sink);
void sink_reset_num_of_processed_bytes(struct sof_sink *sink);

static inline struct processing_module *sink_get_bound_module(struct sof_sink *sink)
{
	return sink->bound_module;
}

static inline uint32_t sink_get_buffer_fmt(struct sof_sink *sink)
{
	return sink->audio_stream_params->buffer_fmt;
}

static inline uint32_t sink_get_channels(struct sof_sink *sink)
{
	return sink->audio_stream_params->channels;
}

static inline enum sof_ipc_frame sink_get_frm_fmt(struct sof_sink *sink)
{
	return sink->audio_stream_params->frame_fmt;
}

static inline uint32_t sink_get_id(struct sof_sink *sink)
{
	return sink->audio_stream_params->id;
}

static inline size_t sink_get_min_free_space(struct sof_sink *sink)
{
	return sink->min_free_space;
}

static inline uint32_t sink_get_pipeline_id(struct sof_sink *sink)
{
	return sink->audio_stream_params->pipeline_id;
}

static inline uint32_t sink_get_rate(struct sof_sink *sink)
{
	return sink->audio_stream_params->rate;
}

static inline enum sof_ipc_frame sink_get_valid_fmt(struct sof_sink *sink)
{
	return sink->audio_stream_params->valid_sample_fmt;
}

/** Microseconds from the start of this LL cycle until data must be there. */
static inline uint32_t sink_get_last_feeding_time(struct sof_sink *sink)
{
	return sink->ops->get_lft(sink);
}

/** \p module uses the sink from now on. 0; -EBUSY: another does; what the sink says. */
static inline int sink_bind(struct sof_sink *sink, struct processing_module *module)
{
	int ret;

	if (sink->bound_module)
		return -EBUSY;
	ret = sink->ops->on_bind ? sink->ops->on_bind(sink, module) : 0;
	sink->bound_module = ret ? NULL : module;
	return ret;
}

/** 0; -EINVAL: nobody uses it; what the sink says. */
static inline int sink_unbind(struct sof_sink *sink)
{
	int ret;

	if (!sink->bound_module)
		return -EINVAL;
	ret = sink->ops->on_unbind ? sink->ops->on_unbind(sink) : 0;
	sink->bound_module = ret ? sink->bound_module : NULL;
	return ret;
}

#ifdef __cplusplus
}
#endif

#endif /* MODULE_AUDIO_SINK_API_H */
