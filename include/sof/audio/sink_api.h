/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/sink_api.h
 * \brief The sink side of a connection, for infrastructure.
 *
 * Modules use module/audio/sink_api.h. Any mode; touches the sink and its stream parameters.
 */
#ifndef SOF_AUDIO_SINK_API_H
#define SOF_AUDIO_SINK_API_H

#include <module/audio/sink_api.h>

void sink_init(struct sof_sink *sink, const struct sink_ops *ops,
	       struct sof_audio_stream_params *audio_stream_params);

/** Bytes committed since the last reset of the counter. */
size_t sink_get_num_of_processed_bytes(struct sof_sink *sink);
void sink_reset_num_of_processed_bytes(struct sof_sink *sink);

bool sink_get_overrun(struct sof_sink *sink);

/** Bytes that must be free before the producer is run. */
void sink_set_min_free_space(struct sof_sink *sink, size_t min_free_space);

#endif /* SOF_AUDIO_SINK_API_H */
