/* SPDX-License-Identifier: BSD-3-Clause */
/* Check the equaliser's blob, set filters up from it. */
#include "eqfir.h"

#include <errno.h>
#include <sof/audio/component.h>
#include <sof/trace/trace.h>
#include <string.h>

LOG_MODULE_DECLARE(eqfir, CONFIG_SOF_LOG_LEVEL);

#define SHIFT_LEAST (-15)
#define SHIFT_MOST  48

/* A response's head; its coefficients stand behind. Copied, as nothing in a blob is aligned. */
static struct sof_fir_coef_data head_at(const uint8_t *at)
{
	struct sof_fir_coef_data head;

	memcpy(&head, at, sizeof(head));
	return head;
}

static const uint8_t *responses_of(const struct sof_eq_fir_config *config)
{
	return (const uint8_t *)config + sizeof(*config) +
	       config->channels_in_config * sizeof(int16_t);
}

static int response_of(const struct sof_eq_fir_config *config, unsigned int channel)
{
	int16_t response;

	memcpy(&response, (const uint8_t *)config + sizeof(*config) + channel * sizeof(response),
	       sizeof(response));
	return response;
}

static int check_responses(struct comp_dev *dev, const struct sof_eq_fir_config *config,
			   size_t bytes)
{
	const uint8_t *at = responses_of(config);

	for (unsigned int i = 0; i < config->number_of_responses; i++) {
		struct sof_fir_coef_data head;
		size_t length;

		if (bytes < sizeof(head)) {
			comp_err(dev, "response %u runs over the blob's end", i);
			return -EINVAL;
		}
		head = head_at(at);
		if (head.length < 4 || head.length > SOF_FIR_MAX_LENGTH || head.length % 4 ||
		    head.out_shift < SHIFT_LEAST || head.out_shift > SHIFT_MOST) {
			comp_err(dev, "response %u has %d taps (4 to %d in fours), shift %d", i,
				 head.length, SOF_FIR_MAX_LENGTH, head.out_shift);
			return -EINVAL;
		}
		length = sizeof(head) + (size_t)head.length * sizeof(int16_t);
		if (bytes < length) {
			comp_err(dev, "response %u runs over the blob's end", i);
			return -EINVAL;
		}
		at += length;
		bytes -= length;
	}
	return 0;
}

int eqfir_validate(struct comp_dev *dev, void *new_data, uint32_t new_data_size)
{
	const struct sof_eq_fir_config *config = new_data;
	size_t assigned;

	if (!config || new_data_size < sizeof(*config) || new_data_size > SOF_EQ_FIR_MAX_SIZE) {
		comp_err(dev, "blob of %u bytes, %zu to %d are possible", new_data_size,
			 sizeof(*config), SOF_EQ_FIR_MAX_SIZE);
		return -EINVAL;
	}
	if (config->size != new_data_size) {
		comp_err(dev, "blob of %u bytes says it has %u", new_data_size, config->size);
		return -EINVAL;
	}
	if (config->channels_in_config == 0 || config->channels_in_config > PLATFORM_MAX_CHANNELS ||
	    config->channels_in_config % 2 ||
	    config->number_of_responses > SOF_EQ_FIR_MAX_RESPONSES) {
		comp_err(dev, "blob for %u channels (2 to %d, even) with %u responses (at most %d)",
			 config->channels_in_config, PLATFORM_MAX_CHANNELS,
			 config->number_of_responses, SOF_EQ_FIR_MAX_RESPONSES);
		return -EINVAL;
	}
	assigned = sizeof(*config) + config->channels_in_config * sizeof(int16_t);
	if (new_data_size < assigned) {
		comp_err(dev, "the channels' responses run over the blob's end");
		return -EINVAL;
	}
	for (unsigned int ch = 0; ch < config->channels_in_config; ch++) {
		const int response = response_of(config, ch);

		if (response >= config->number_of_responses) {
			comp_err(dev, "channel %u has response %d of %u", ch, response,
				 config->number_of_responses);
			return -EINVAL;
		}
	}
	return check_responses(dev, config, new_data_size - assigned);
}

void eqfir_setup(const struct sof_eq_fir_config *config, struct eqfir_filters *filters,
		 unsigned int channels)
{
	const uint8_t *at = responses_of(config);
	int16_t coeffs[SOF_FIR_MAX_LENGTH];
	int chosen = -1;

	for (unsigned int i = 0; i < config->number_of_responses; i++) {
		const struct sof_fir_coef_data head = head_at(at);
		const size_t bytes = (size_t)head.length * sizeof(coeffs[0]);

		at += sizeof(head);
		memcpy(coeffs, at, bytes);
		at += bytes;
		filter_response_set(&filters->response[i], coeffs, (size_t)head.length,
				    head.out_shift);
	}
	filters->any = false;
	for (unsigned int ch = 0; ch < PLATFORM_MAX_CHANNELS; ch++) {
		/* channels the blob does not name go like the last it does */
		if (ch < config->channels_in_config)
			chosen = response_of(config, ch);
		filters->channel[ch] =
			ch < channels && chosen >= 0 ? &filters->response[chosen] : NULL;
		if (filters->channel[ch])
			filters->any = true;
	}
}
