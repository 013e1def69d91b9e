/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file eqfir.h
 * \brief The equaliser's blob: check it, set filters up from it. user/eq.h has the layout, user/fir.h
 *        that of a response.
 */
#ifndef EQFIR_H
#define EQFIR_H

#include "filter.h"

#include <sof/platform.h>
#include <user/eq.h>
#include <user/fir.h>

struct comp_dev;

/** Filters of all channels. */
struct eqfir_filters {
	struct filter_response response[SOF_EQ_FIR_MAX_RESPONSES];
	/** Of each channel; NULL: it passes. */
	const struct filter_response *channel[PLATFORM_MAX_CHANNELS];
	bool any; /**< some channel has one */
};

/**
 * Is \p new_data a configuration that eqfir_setup() can use?
 * \return 0; -EINVAL for one that is too short or long, says another size than it has, has no, too
 *         many or an odd number of channels, too many responses, a response that runs over the end,
 *         whose taps are not 4 to 256 in fours or whose shift is not -15 to 48, or a channel with a
 *         response that is not there.
 */
int eqfir_validate(struct comp_dev *dev, void *new_data, uint32_t new_data_size);

/** Set up the filters of \p channels channels from a configuration that is valid; nothing of it is
 * needed afterwards. */
void eqfir_setup(const struct sof_eq_fir_config *config, struct eqfir_filters *filters,
		 unsigned int channels);

#endif /* EQFIR_H */
