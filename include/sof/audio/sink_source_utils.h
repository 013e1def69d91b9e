/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sof/audio/sink_source_utils.h
 * \brief Whole-block operations on sources and sinks. Any mode.
 *
 * All return 0, or the error of the source or sink: -ENODATA when fewer bytes are there (or free)
 * than asked for, -EBUSY when a fragment is already held. Nothing is moved on an error.
 */
#ifndef SOF_AUDIO_SINK_SOURCE_UTILS_H
#define SOF_AUDIO_SINK_SOURCE_UTILS_H

#include <sof/audio/sink_api.h>
#include <sof/audio/source_api.h>
#include <sof/math/numbers.h>

/** Copy \p size bytes; with \p free they leave the source. */
int source_to_sink_copy(struct sof_source *source, struct sof_sink *sink, bool free, size_t size);

/** Append \p size zero bytes. */
int sink_fill_with_silence(struct sof_sink *sink, size_t size);

/** Take \p size bytes out unread. */
int source_drop_data(struct sof_source *source, size_t size);

/** Frames that can move now, rounded down to what the source's alignment asks for. */
static inline size_t source_sink_avail_frames_aligned(struct sof_source *source,
						      struct sof_sink *sink)
{
	const size_t there = source_get_data_frames_available(source);
	const size_t room = sink_get_free_frames(sink);

	return source_align_frames_round_down(source, there < room ? there : room);
}

#endif /* SOF_AUDIO_SINK_SOURCE_UTILS_H */
