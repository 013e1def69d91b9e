/* SPDX-License-Identifier: BSD-3-Clause */
/* Check the equaliser's blob, set filters up from it. */
#include "eqiir.h"

#include <errno.h>
#include <sof/audio/component.h>
#include <sof/trace/trace.h>
#include <string.h>

LOG_MODULE_DECLARE(eqiir, CONFIG_SOF_LOG_LEVEL);

/* The responses, behind one word for every channel. */
static int32_t *responses_of(struct sof_eq_iir_config *config)
{
	int32_t *const words = ASSUME_ALIGNED(&config->data[0], 4);

	return words + config->channels_in_config;
}

static int check_responses(struct comp_dev *dev, struct sof_eq_iir_config *config, size_t words)
{
	int32_t *at = responses_of(config);

	for (uint32_t i = 0; i < config->number_of_responses; i++) {
		struct sof_eq_iir_header *response = (struct sof_eq_iir_header *)at;
		size_t length = SOF_EQ_IIR_NHEADER;

		/* the number of sections is read only when it is there, and bounded before
		 * anything is multiplied by it */
		if (words < length) {
			comp_err(dev, "response %u runs over the blob's end", i);
			return -EINVAL;
		}
		if (response->num_sections > SOF_EQ_IIR_BIQUADS_MAX) {
			comp_err(dev, "response %u has %u sections, %d at most", i,
				 response->num_sections, SOF_EQ_IIR_BIQUADS_MAX);
			return -EINVAL;
		}
		length += response->num_sections * SOF_EQ_IIR_NBIQUAD;
		if (words < length) {
			comp_err(dev, "response %u runs over the blob's end", i);
			return -EINVAL;
		}
		if (iir_delay_size_df1(response) < 0) {
			comp_err(dev,
				 "response %u: %u sections in rows of %u, or a shift, are wrong", i,
				 response->num_sections, response->num_sections_in_series);
			return -EINVAL;
		}
		at += length;
		words -= length;
	}
	return 0;
}

int eqiir_validate(struct comp_dev *dev, void *new_data, uint32_t new_data_size)
{
	struct sof_eq_iir_config *config = new_data;
	size_t words;

	if (!config || (uintptr_t)config % sizeof(int32_t) || new_data_size < sizeof(*config) ||
	    new_data_size > SOF_EQ_IIR_MAX_SIZE || new_data_size % sizeof(int32_t)) {
		comp_err(dev, "blob of %u bytes, %zu to %d in words are possible", new_data_size,
			 sizeof(*config), SOF_EQ_IIR_MAX_SIZE);
		return -EINVAL;
	}
	if (config->size != new_data_size) {
		comp_err(dev, "blob of %u bytes says it has %u", new_data_size, config->size);
		return -EINVAL;
	}
	if (config->channels_in_config == 0 || config->channels_in_config > PLATFORM_MAX_CHANNELS ||
	    config->number_of_responses > SOF_EQ_IIR_MAX_RESPONSES) {
		comp_err(dev, "blob for %u channels (1 to %d) with %u responses (at most %d)",
			 config->channels_in_config, PLATFORM_MAX_CHANNELS,
			 config->number_of_responses, SOF_EQ_IIR_MAX_RESPONSES);
		return -EINVAL;
	}
	words = (new_data_size - sizeof(*config)) / sizeof(int32_t);
	if (words < config->channels_in_config) {
		comp_err(dev, "the channels' responses run over the blob's end");
		return -EINVAL;
	}
	for (uint32_t ch = 0; ch < config->channels_in_config; ch++) {
		const int32_t response = config->data[ch];

		if (response >= 0 && (uint32_t)response >= config->number_of_responses) {
			comp_err(dev, "channel %u has response %d of %u", ch, response,
				 config->number_of_responses);
			return -EINVAL;
		}
	}
	return check_responses(dev, config, words - config->channels_in_config);
}

void eqiir_setup(struct sof_eq_iir_config *config, struct iir_state_df1 *iir, int32_t *delay,
		 unsigned int channels)
{
	struct sof_eq_iir_header *response[SOF_EQ_IIR_MAX_RESPONSES];
	int32_t *at = responses_of(config);
	int32_t chosen = -1;

	for (uint32_t i = 0; i < config->number_of_responses; i++) {
		response[i] = (struct sof_eq_iir_header *)at;
		at += SOF_EQ_IIR_NHEADER + response[i]->num_sections * SOF_EQ_IIR_NBIQUAD;
	}
	memset(delay, 0, EQIIR_DELAY_WORDS * sizeof(*delay));
	for (unsigned int ch = 0; ch < PLATFORM_MAX_CHANNELS; ch++) {
		/* channels the blob does not name go like the last it does */
		if (ch < config->channels_in_config)
			chosen = config->data[ch];
		iir_reset_df1(&iir[ch]);
		if (ch >= channels || chosen < 0)
			continue;
		iir_init_coef_df1(&iir[ch], response[chosen]);
		iir_init_delay_df1(&iir[ch], &delay);
	}
}
