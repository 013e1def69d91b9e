/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file eqiir.h
 * \brief The equaliser's blob: check it, set filters up from it. user/eq.h has the layout.
 */
#ifndef EQIIR_H
#define EQIIR_H

#include <sof/math/iir_df1.h>
#include <sof/platform.h>
#include <stddef.h>
#include <stdint.h>
#include <user/eq.h>

struct comp_dev;

/** Words of delay line that every filter of an instance together need at most. */
#define EQIIR_DELAY_WORDS (PLATFORM_MAX_CHANNELS * SOF_EQ_IIR_BIQUADS_MAX * IIR_DF1_NUM_STATE)

/**
 * Is \p new_data a configuration that eqiir_setup() can use?
 * \return 0; -EINVAL for one that is too short or long, says another size than it has, has no or
 *         too many channels or responses, a response that runs over the end or that
 *         iir_delay_size_df1() refuses, or a channel with a response that is not there.
 */
int eqiir_validate(struct comp_dev *dev, void *new_data, uint32_t new_data_size);

/**
 * Set up the filters of \p channels channels from a configuration that is valid. They use its
 * coefficients in place.
 *
 * \param delay  EQIIR_DELAY_WORDS words, zeroed here
 * \param[out] iir PLATFORM_MAX_CHANNELS filters
 */
void eqiir_setup(struct sof_eq_iir_config *config, struct iir_state_df1 *iir, int32_t *delay,
		 unsigned int channels);

#endif /* EQIIR_H */
