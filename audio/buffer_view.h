/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file buffer_view.h
 * \brief A ring buffer's end, seen as the comp_buffer that modules of the older interfaces expect.
 *
 * The stream of a view lies over the ring's own data: nothing is copied. Of the ring's state the
 * view has what it was at buffer_view_refresh(); what the module moved since then is given to the
 * ring by buffer_view_commit(). Each end has a view of its own, in its module's memory, with a
 * stand-in for the component at the other end, which may be in another domain.
 *
 * Any mode, for who may write to the module's memory and to the ring. Initialisation: supervisor.
 */
#ifndef AUDIO_BUFFER_VIEW_H
#define AUDIO_BUFFER_VIEW_H

#include <sof/audio/buffer.h>
#include <sof/audio/component.h>
#include <sof/audio/ring_buffer.h>

struct buffer_view {
	struct comp_buffer buffer; /**< first: modules get a pointer to it */
	struct ring_buffer *ring;
	bool input;	      /**< the module reads from it */
	uint32_t before;      /**< bytes there to read, or free to write, when last refreshed */
	struct comp_dev peer; /**< the component at the other end: state, identity, pipeline */
	struct sof_audio_stream_params settled; /**< what ring and view last agreed on */
};

/** Set all members but peer, which is only wired up. \p own is the component whose view it is. */
void buffer_view_init(struct buffer_view *view, struct ring_buffer *ring, struct comp_dev *own,
		      bool input);

/** Take over what the ring holds now. */
void buffer_view_refresh(struct buffer_view *view);

/** Release, or commit, on the ring what was consumed from, or produced into, the view. */
void buffer_view_commit(struct buffer_view *view);

/** After a module could change formats: whichever of view and ring it changed goes to the other,
 * the view's first. 0; -EINVAL: makes no frame. */
int buffer_view_settle(struct buffer_view *view);

static inline struct buffer_view *buffer_view_of(struct comp_buffer *buffer)
{
	return buffer->is_view ? (struct buffer_view *)buffer : NULL;
}

/** \name All of a component's @{ */
void buffer_views_refresh(struct comp_dev *dev);
void buffer_views_commit(struct comp_dev *dev);
/** First error. */
int buffer_views_settle(struct comp_dev *dev);
/** @} */

#endif /* AUDIO_BUFFER_VIEW_H */
