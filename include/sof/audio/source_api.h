/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/source_api.h
 * \brief The source side of a connection, for infrastructure.
 *
 * Modules use module/audio/source_api.h. Any mode; touches the source and its stream parameters.
 */
#ifndef SOF_AUDIO_SOURCE_API_H
#define SOF_AUDIO_SOURCE_API_H

#include <module/audio/source_api.h>

void source_init(struct sof_source *source, const struct source_ops *ops,
		 struct sof_audio_stream_params *audio_stream_params);

/** Bytes released since the last reset of the counter. */
size_t source_get_num_of_processed_bytes(struct sof_source *source);
void source_reset_num_of_processed_bytes(struct sof_source *source);

bool source_get_underrun(struct sof_source *source);
uint32_t source_get_id(struct sof_source *source);

/** \name Change one stream parameter
 * 0, or what the buffer's on_audio_format_set() says. @{ */
int source_set_frm_fmt(struct sof_source *source, enum sof_ipc_frame frm_fmt);
int source_set_valid_fmt(struct sof_source *source, enum sof_ipc_frame valid_sample_fmt);
int source_set_rate(struct sof_source *source, unsigned int rate);
int source_set_channels(struct sof_source *source, unsigned int channels);
int source_set_underrun(struct sof_source *source, bool underrun_permitted);
int source_set_buffer_fmt(struct sof_source *source, uint32_t buffer_fmt);
/** @} */

/** Bytes that must be there before the consumer is run. */
void source_set_min_available(struct sof_source *source, size_t min_available);

int source_set_params(struct sof_source *source, struct sof_ipc_stream_params *params,
		      bool force_update);
int source_set_alignment_constants(struct sof_source *source, const uint32_t byte_align,
				   const uint32_t frame_align_req);

#endif /* SOF_AUDIO_SOURCE_API_H */
