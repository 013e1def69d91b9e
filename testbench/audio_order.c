/* SPDX-License-Identifier: BSD-3-Clause */
#include "audio_order.h"

#include <sndfile.h>
#include <stdint.h>
#include <string.h>

#define CHANNELS_MAX	 8
#define SAMPLE_BYTES_MAX 8

/* Vorbis I specification, 4.3.9: for each channel of WAVE's order its place in Vorbis's. */
static const unsigned char places[CHANNELS_MAX + 1][CHANNELS_MAX] = {
	[3] = { 0, 2, 1 },	    [4] = { 0, 1, 2, 3 },	   [5] = { 0, 2, 1, 3, 4 },
	[6] = { 0, 2, 1, 5, 3, 4 }, [7] = { 0, 2, 1, 6, 5, 3, 4 }, [8] = { 0, 2, 1, 7, 5, 6, 3, 4 },
};

int audio_order_differs(int sndfile_format, unsigned int channels)
{
	int subtype = sndfile_format & SF_FORMAT_SUBMASK;

	return (sndfile_format & SF_FORMAT_TYPEMASK) == SF_FORMAT_OGG &&
	       (subtype == SF_FORMAT_VORBIS || subtype == SF_FORMAT_OPUS) && channels >= 3 &&
	       channels <= CHANNELS_MAX && channels != 4;
}

void audio_order_to_wave(void *data, size_t frames, unsigned int channels, size_t sample_bytes)
{
	const unsigned char *place = places[channels];
	uint8_t frame[CHANNELS_MAX * SAMPLE_BYTES_MAX];
	uint8_t *at = data;
	unsigned int i;

	for (; frames; frames--, at += channels * sample_bytes) {
		memcpy(frame, at, channels * sample_bytes);
		for (i = 0; i < channels; i++)
			memcpy(at + i * sample_bytes, frame + place[i] * sample_bytes,
			       sample_bytes);
	}
}

void audio_order_from_wave(void *data, size_t frames, unsigned int channels, size_t sample_bytes)
{
	const unsigned char *place = places[channels];
	uint8_t frame[CHANNELS_MAX * SAMPLE_BYTES_MAX];
	uint8_t *at = data;
	unsigned int i;

	for (; frames; frames--, at += channels * sample_bytes) {
		memcpy(frame, at, channels * sample_bytes);
		for (i = 0; i < channels; i++)
			memcpy(at + place[i] * sample_bytes, frame + i * sample_bytes,
			       sample_bytes);
	}
}
