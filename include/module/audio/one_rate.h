/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file module/audio/one_rate.h
 * \brief Rate check in prepare() for modules that cannot convert sample rates.
 *
 * Any mode. This project's own; a header that a module can take along to the board.
 */
#ifndef MODULE_AUDIO_ONE_RATE_H
#define MODULE_AUDIO_ONE_RATE_H

#include <sof/audio/module_adapter/module/generic.h>

/** All sources and sinks must have the rate of the first source. 0; -EINVAL, logged: not so. */
static inline int one_rate_check(struct processing_module *mod, struct sof_source **sources,
				 int num_of_sources, struct sof_sink **sinks, int num_of_sinks)
{
	uint32_t rate, other;

	if (num_of_sources < 1)
		return 0;
	rate = source_get_rate(sources[0]);
	other = rate;
	for (int i = 1; i < num_of_sources && other == rate; i++)
		other = source_get_rate(sources[i]);
	for (int i = 0; i < num_of_sinks && other == rate; i++)
		other = sink_get_rate(sinks[i]);
	if (other == rate)
		return 0;
	comp_err(mod->dev, "%u Hz and %u Hz: it cannot convert sample rates", rate, other);
	return -EINVAL;
}

#endif /* MODULE_AUDIO_ONE_RATE_H */
