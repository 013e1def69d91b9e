/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file ends.h
 * \brief The formats of a multiplexer's or demultiplexer's three ends: as messages tell them, and as
 *        sources and sinks have them. Touches its arguments only.
 */
#ifndef ENDS_H
#define ENDS_H

#include <sof/audio/module_adapter/module/generic.h>

/** Ends on the side where there are several, at most. */
#define MUX_ENDS 2

/** Channels of the side where there is one, at most. */
#define MUX_CHANNELS_MAX 8

/** Payload of the init message and of a configuration. */
struct mux_data {
	struct ipc4_base_module_cfg base_cfg; /**< mux: with input 0's format; demux: the input's */
	struct ipc4_audio_format reference_format; /**< mux: input 1; demux: output 1 */
	struct ipc4_audio_format output_format;	   /**< mux: the output; demux: output 0 */
};

/** What is known of the ends. */
struct mux_ends {
	bool told;			       /**< by a message; else streams decide */
	struct ipc4_audio_format one;	       /**< of the side with one end */
	struct ipc4_audio_format of[MUX_ENDS]; /**< of the other side's, by queue */
};

/** Ends as the init message of a \p mux, or demux, tells them: a struct mux_data, pin formats, or
 * the base configuration alone. 0; -EINVAL: another size, other numbers of pins, or ends that
 * mux_ends_check() refuses. */
int mux_ends_init(struct mux_ends *ends, const struct module_config *cfg, bool mux);

/** Likewise of a struct mux_data, of exactly its size. \p ends is as it was on an error. */
int mux_ends_read(struct mux_ends *ends, const void *data, size_t size, bool mux);

/** \name Give a stream the format it was told to have; 0, or what the stream says @{ */
int mux_source_format(struct sof_source *source, const struct ipc4_audio_format *format);
int mux_sink_format(struct sof_sink *sink, const struct ipc4_audio_format *format);
/** @} */

/** Copy \p count channels of \p frames frames of samples of \p bytes (2 or 4) bytes, from \p x, frames
 * of x_step samples, to \p y. \p x NULL: silence. */
void mux_place(void *y, size_t y_step, const void *x, size_t x_step, size_t count, size_t frames,
	       size_t bytes);

#endif /* ENDS_H */
