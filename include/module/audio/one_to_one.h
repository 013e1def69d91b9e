/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/one_to_one.h
 * \brief What most modules ask in prepare(): one source, one sink, both of one format and rate.
 *
 * Any mode. This project's own; a header that a module can take along to the board.
 */
#ifndef MODULE_AUDIO_ONE_TO_ONE_H
#define MODULE_AUDIO_ONE_TO_ONE_H

#include <module/audio/one_rate.h>
#include <sof/audio/module_adapter/module/generic.h>

/** Whose bits count: 24 valid ones in a container of 32 are 24, or 32. */
enum one_to_one_format {
	ONE_TO_ONE_VALID,
	ONE_TO_ONE_CONTAINER,
};

/**
 * Check the ends, and tell their format.
 *
 * \param[out] fmt      SOF_IPC_FRAME_S16_LE, _S24_4LE or _S32_LE
 * \param[out] channels 1 to PLATFORM_MAX_CHANNELS
 * \return 0; -EINVAL, logged: another number of ends, another format, or two that
 *         differ in format or rate
 */
static inline int one_to_one_check(struct processing_module *mod, struct sof_source **sources,
				   int num_of_sources, struct sof_sink **sinks, int num_of_sinks,
				   enum one_to_one_format which, enum sof_ipc_frame *fmt,
				   unsigned int *channels)
{
	enum sof_ipc_frame from, to;

	if (num_of_sources != 1 || num_of_sinks != 1) {
		comp_err(mod->dev, "%d sources and %d sinks, one of each is needed", num_of_sources,
			 num_of_sinks);
		return -EINVAL;
	}
	if (which == ONE_TO_ONE_VALID) {
		from = source_get_valid_fmt(sources[0]);
		to = sink_get_valid_fmt(sinks[0]);
	} else {
		from = source_get_frm_fmt(sources[0]);
		to = sink_get_frm_fmt(sinks[0]);
	}
	*fmt = from;
	*channels = source_get_channels(sources[0]);
	if ((from != SOF_IPC_FRAME_S16_LE && from != SOF_IPC_FRAME_S24_4LE &&
	     from != SOF_IPC_FRAME_S32_LE) ||
	    to != from || *channels == 0 || *channels > PLATFORM_MAX_CHANNELS ||
	    source_get_frame_bytes(sources[0]) != get_frame_bytes(from, *channels) ||
	    sink_get_frame_bytes(sinks[0]) != get_frame_bytes(from, *channels)) {
		comp_err(mod->dev, "format %d with %u channels is not supported", from, *channels);
		return -EINVAL;
	}
	return one_rate_check(mod, sources, num_of_sources, sinks, num_of_sinks);
}

#endif /* MODULE_AUDIO_ONE_TO_ONE_H */
