/* SPDX-License-Identifier: BSD-3-Clause */
#include "topology_pick.h"

#include <stdio.h>

struct topology_reference topology_reference(const struct ipc4_audio_format *audio)
{
	return (struct topology_reference){ (unsigned int)audio->sampling_frequency,
					    audio->channels_count, audio->valid_bit_depth };
}

static bool fits(const struct topology_format *format, const struct topology_reference *reference)
{
	return (unsigned int)format->audio.sampling_frequency == reference->rate &&
	       format->audio.channels_count == reference->channels &&
	       format->audio.valid_bit_depth == reference->valid_bits;
}

const struct topology_format *topology_pick_pin(const struct topology_pins *pins, unsigned int pin)
{
	size_t i;

	for (i = 0; i < pins->format_count; i++)
		if (pins->formats[i].pin == pin)
			return &pins->formats[i];
	return NULL;
}

const struct topology_format *topology_pick(const struct topology_pins *pins, unsigned int pin,
					    const struct topology_reference *reference)
{
	bool all = !topology_pick_pin(pins, pin);
	size_t i;

	for (i = 0; i < pins->format_count; i++)
		if ((all || pins->formats[i].pin == pin) && fits(&pins->formats[i], reference))
			return &pins->formats[i];
	return NULL;
}

const struct topology_format *topology_pick_only(const struct topology_pins *pins, unsigned int pin)
{
	const struct topology_format *first = topology_pick_pin(pins, pin);
	bool all = !first;
	struct topology_reference reference;
	size_t i;

	if (!pins->format_count)
		return NULL;
	if (all)
		first = &pins->formats[0];
	reference = topology_reference(&first->audio);
	for (i = 0; i < pins->format_count; i++)
		if ((all || pins->formats[i].pin == pin) && !fits(&pins->formats[i], &reference))
			return NULL;
	return first;
}

unsigned int topology_only_rate(const struct topology_pins *pins)
{
	unsigned int rate = 0;
	size_t i;

	for (i = 0; i < pins->format_count; i++) {
		if (rate && rate != (unsigned int)pins->formats[i].audio.sampling_frequency)
			return 0;
		rate = (unsigned int)pins->formats[i].audio.sampling_frequency;
	}
	return rate;
}

unsigned int topology_only_valid_bits(const struct topology_pins *pins)
{
	unsigned int bits = 0;
	size_t i;

	for (i = 0; i < pins->format_count; i++) {
		if (bits && bits != pins->formats[i].audio.valid_bit_depth)
			return 0;
		bits = pins->formats[i].audio.valid_bit_depth;
	}
	return bits;
}

void topology_set_rate(struct topology_format *format, unsigned int rate)
{
	uint32_t frame = format->audio.channels_count * ((uint32_t)format->audio.depth / 8);
	uint64_t frames = frame ? format->bytes / frame : 0;
	uint64_t old = (uint32_t)format->audio.sampling_frequency;

	if (old) {
		frames = (frames * rate + old - 1) / old;
		format->bytes = (uint32_t)(frames * frame);
	}
	format->audio.sampling_frequency = (enum ipc4_sampling_frequency)rate;
}

const char *topology_pins_text(const struct topology_pins *pins, char *text, size_t size)
{
	char one[64];
	size_t i, at = 0;

	text[0] = '\0';
	for (i = 0; i < pins->format_count && at < size; i++) {
		if (at > size - 40) {
			snprintf(text + at, size - at, ", ...");
			break;
		}
		at += (size_t)snprintf(text + at, size - at, "%s%s", i ? ", " : "",
				       topology_format_text(&pins->formats[i].audio, one));
	}
	return pins->format_count ? text : "nothing";
}
