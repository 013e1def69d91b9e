/* SPDX-License-Identifier: BSD-3-Clause */
/* Check the beamformer's blob, find its parts. */
#include "blob.h"

#include <errno.h>
#include <sof/audio/component.h>
#include <sof/math/fir_generic.h>
#include <sof/trace/trace.h>

LOG_MODULE_DECLARE(tdfb, CONFIG_SOF_LOG_LEVEL);

/* Input, output and stream of each filter. */
#define WORDS_OF_FILTER 3

static size_t filter_bytes(const struct sof_fir_coef_data *filter)
{
	return sizeof(*filter) + (size_t)filter->length * sizeof(int16_t);
}

static unsigned int filters_of(const struct sof_tdfb_config *config)
{
	return config->num_filters * (config->num_angles + config->beam_off_defined);
}

static int check_head(struct comp_dev *dev, const struct sof_tdfb_config *config, size_t size)
{
	if (!config || (uintptr_t)config % sizeof(int32_t) || size < sizeof(*config) ||
	    size > SOF_TDFB_MAX_SIZE || config->size != size) {
		comp_err(dev, "blob of %zu bytes, which says it has another size, or %zu to %d",
			 size, sizeof(*config), SOF_TDFB_MAX_SIZE);
		return -EINVAL;
	}
	if (config->num_filters == 0 || config->num_filters > SOF_TDFB_FIR_MAX_COUNT ||
	    config->num_output_channels == 0 ||
	    config->num_output_channels > PLATFORM_MAX_CHANNELS) {
		comp_err(dev, "blob of %u filters (1 to %d) for %u channels (1 to %d)",
			 config->num_filters, SOF_TDFB_FIR_MAX_COUNT, config->num_output_channels,
			 PLATFORM_MAX_CHANNELS);
		return -EINVAL;
	}
	if (config->num_angles == 0 || config->num_angles > SOF_TDFB_MAX_ANGLES ||
	    config->beam_off_defined > 1 || config->num_mic_locations > SOF_TDFB_MAX_MICROPHONES) {
		comp_err(dev, "blob of %u angles (1 to %d) and %u off, %u microphones (up to %d)",
			 config->num_angles, SOF_TDFB_MAX_ANGLES, config->beam_off_defined,
			 config->num_mic_locations, SOF_TDFB_MAX_MICROPHONES);
		return -EINVAL;
	}
	if (config->angle_enum_mult == 0) {
		comp_err(dev, "an azimuth step of 0 degrees");
		return -EINVAL;
	}
	return 0;
}

/* \return bytes of all filters, 0: one is wrong. */
static size_t check_filters(struct comp_dev *dev, struct sof_tdfb_config *config, size_t room)
{
	char *const start = (char *)config->data;
	size_t at = 0;

	for (unsigned int i = 0; i < filters_of(config); i++) {
		struct sof_fir_coef_data *filter = (struct sof_fir_coef_data *)(start + at);

		if (room - at < sizeof(*filter) || fir_delay_size(filter) < 0 ||
		    room - at < filter_bytes(filter)) {
			comp_err(dev, "filter %u is wrong, or runs over the blob's end", i);
			return 0;
		}
		at += filter_bytes(filter);
	}
	return at;
}

static int check_streams(struct comp_dev *dev, const struct tdfb_blob *blob,
			 unsigned int source_channels, unsigned int sink_channels)
{
	const struct sof_tdfb_config *const config = blob->config;

	if (sink_channels && config->num_output_channels != sink_channels) {
		comp_err(dev, "blob for %u output channels, there are %u",
			 config->num_output_channels, sink_channels);
		return -EINVAL;
	}
	for (unsigned int i = 0; source_channels && i < config->num_filters; i++) {
		if (blob->input_select[i] < 0 || blob->input_select[i] >= (int)source_channels) {
			comp_err(dev, "filter %u takes channel %d of %u", i, blob->input_select[i],
				 source_channels);
			return -EINVAL;
		}
	}
	return 0;
}

int tdfb_blob_read(struct comp_dev *dev, void *data, size_t size, unsigned int source_channels,
		   unsigned int sink_channels, struct tdfb_blob *blob)
{
	struct sof_tdfb_config *const config = data;
	size_t filters, off, words, rest;
	const int16_t *at;
	int ret;

	ret = check_head(dev, config, size);
	if (ret)
		return ret;
	filters = check_filters(dev, config, size - sizeof(*config));
	if (!filters)
		return -EINVAL;

	off = config->beam_off_defined ? config->num_filters : 0;
	words = (size_t)WORDS_OF_FILTER * config->num_filters + off;
	rest = words * sizeof(int16_t) + config->num_angles * sizeof(blob->angles[0]) +
	       config->num_mic_locations * sizeof(blob->mics[0]);
	if (size - sizeof(*config) - filters != rest) {
		comp_err(dev, "%zu bytes behind the filters, %zu are needed",
			 size - sizeof(*config) - filters, rest);
		return -EINVAL;
	}

	at = (const int16_t *)((const char *)data + sizeof(*config) + filters);
	blob->config = config;
	blob->input_select = at;
	blob->output_mix = at + config->num_filters;
	blob->output_mix_off = off ? at + (size_t)WORDS_OF_FILTER * config->num_filters : NULL;
	blob->angles = (const struct sof_tdfb_angle *)(at + words);
	blob->mics = (const struct sof_tdfb_mic_location *)(blob->angles + config->num_angles);
	for (unsigned int i = 0; i < config->num_angles; i++) {
		const int first = blob->angles[i].filter_index;

		if (first < 0 || (unsigned int)first + config->num_filters > filters_of(config)) {
			comp_err(dev, "angle %u begins with filter %d of %u", i, first,
				 filters_of(config));
			return -EINVAL;
		}
	}
	return check_streams(dev, blob, source_channels, sink_channels);
}

struct sof_fir_coef_data *tdfb_blob_filter(const struct tdfb_blob *blob, unsigned int index)
{
	char *at = (char *)blob->config->data;

	while (index--)
		at += filter_bytes((struct sof_fir_coef_data *)at);
	return (struct sof_fir_coef_data *)at;
}

/* Degrees between -180 and 180. */
static int turned_back(int degrees)
{
	if (degrees > 180)
		return (degrees + 180) % 360 - 180;
	if (degrees < -180)
		return 180 - (180 - degrees) % 360;
	return degrees;
}

unsigned int tdfb_blob_filters_for(const struct tdfb_blob *blob, int azimuth)
{
	const struct sof_tdfb_config *const config = blob->config;
	const int wanted = turned_back(azimuth * config->angle_enum_mult + config->angle_enum_offs);
	unsigned int next = 0;
	int least = 360;

	for (unsigned int i = 0; i < config->num_angles; i++) {
		const int difference = wanted - turned_back(blob->angles[i].azimuth);
		const int distance = difference < 0 ? -difference : difference;

		if (distance < least) {
			least = distance;
			next = i;
		}
	}
	return (unsigned int)blob->angles[next].filter_index;
}
