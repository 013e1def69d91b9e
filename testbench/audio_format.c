/* SPDX-License-Identifier: BSD-3-Clause */
#include "audio_format.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "sndfile_calls.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* In order of preference where a container lacks the input's own subtype: more bits further down. */
static const struct audio_subtype subtypes[] = {
	{ SF_FORMAT_PCM_U8, 8, AUDIO_S16, AUDIO_TRANSFER_INTEGER },
	{ SF_FORMAT_PCM_S8, 8, AUDIO_S16, AUDIO_TRANSFER_INTEGER },
	{ SF_FORMAT_PCM_16, 16, AUDIO_S16, AUDIO_TRANSFER_INTEGER },
	{ SF_FORMAT_ALAC_16, 16, AUDIO_S16, AUDIO_TRANSFER_INTEGER },
	{ SF_FORMAT_PCM_24, 24, AUDIO_S24, AUDIO_TRANSFER_INTEGER },
	{ SF_FORMAT_ALAC_20, 20, AUDIO_S24, AUDIO_TRANSFER_INTEGER },
	{ SF_FORMAT_ALAC_24, 24, AUDIO_S24, AUDIO_TRANSFER_INTEGER },
	{ SF_FORMAT_PCM_32, 32, AUDIO_S32, AUDIO_TRANSFER_INTEGER },
	{ SF_FORMAT_ALAC_32, 32, AUDIO_S32, AUDIO_TRANSFER_INTEGER },
	{ SF_FORMAT_FLOAT, 25, AUDIO_S32, AUDIO_TRANSFER_FLOAT },
	{ SF_FORMAT_DOUBLE, 33, AUDIO_S32, AUDIO_TRANSFER_FLOAT },
};

/* Decoders of these give floats. 24 bits hold more than the codecs keep. */
static const struct audio_subtype lossy = { 0, 24, AUDIO_S32, AUDIO_TRANSFER_FLOAT };
/* All that is left (u-law, A-law, ADPCM, GSM, DPCM, ...) decodes to 16 bits or less. */
static const struct audio_subtype companded = { 0, 16, AUDIO_S16, AUDIO_TRANSFER_INTEGER };

static const struct {
	const char *ending;
	int container;
} endings[] = {
	{ "wav", SF_FORMAT_WAV },  { "wave", SF_FORMAT_WAV },  { "aiff", SF_FORMAT_AIFF },
	{ "aif", SF_FORMAT_AIFF }, { "aifc", SF_FORMAT_AIFF }, { "flac", SF_FORMAT_FLAC },
	{ "au", SF_FORMAT_AU },	   { "snd", SF_FORMAT_AU },    { "caf", SF_FORMAT_CAF },
	{ "w64", SF_FORMAT_W64 },  { "rf64", SF_FORMAT_RF64 }, { "ogg", SF_FORMAT_OGG },
	{ "oga", SF_FORMAT_OGG },  { "opus", SF_FORMAT_OGG },  { "voc", SF_FORMAT_VOC },
	{ "sf", SF_FORMAT_IRCAM }, { "nist", SF_FORMAT_NIST }, { "sph", SF_FORMAT_NIST },
	{ "paf", SF_FORMAT_PAF },  { "mat", SF_FORMAT_MAT5 },  { "avr", SF_FORMAT_AVR },
	{ "mp3", SF_FORMAT_MPEG },
};

static bool is_lossy_float(int subtype)
{
	switch (subtype) {
	case SF_FORMAT_VORBIS:
	case SF_FORMAT_OPUS:
	case SF_FORMAT_MPEG_LAYER_I:
	case SF_FORMAT_MPEG_LAYER_II:
	case SF_FORMAT_MPEG_LAYER_III:
		return true;
	default:
		return false;
	}
}

const struct audio_subtype *audio_subtype_of(int sndfile_format)
{
	int subtype = sndfile_format & SF_FORMAT_SUBMASK;
	size_t i;

	for (i = 0; i < COUNT(subtypes); i++)
		if (subtypes[i].sndfile == subtype)
			return &subtypes[i];
	return is_lossy_float(subtype) ? &lossy : &companded;
}

const char *audio_sample_name(enum audio_sample sample)
{
	static const char *const names[] = { "S16", "S24", "S32" };

	return names[sample];
}

const char *audio_container_name(int sndfile_format)
{
	size_t i;

	switch (sndfile_format & SF_FORMAT_TYPEMASK) {
	case SF_FORMAT_WAV:
	case SF_FORMAT_WAVEX:
		return "WAV";
	case SF_FORMAT_OGG:
		return "Ogg";
	case SF_FORMAT_RAW:
		return "raw";
	default:
		break;
	}
	for (i = 0; i < COUNT(endings); i++)
		if (endings[i].container == (sndfile_format & SF_FORMAT_TYPEMASK))
			return endings[i].ending;
	return "audio";
}

int audio_container_of_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');
	size_t i;

	for (i = 0; dot && i < COUNT(endings); i++)
		if (!strcasecmp(dot + 1, endings[i].ending))
			return endings[i].container;
	return 0;
}

enum audio_form audio_form_of_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');

	if (dot && !strcasecmp(dot, ".txt"))
		return AUDIO_FORM_TEXT;
	if (dot && !strcasecmp(dot, ".raw"))
		return AUDIO_FORM_RAW;
	if (audio_container_of_name(path))
		return AUDIO_FORM_CONTAINER;
	/* The dot of a hidden file begins no ending. */
	return dot && dot != path && dot[-1] != '/' ? AUDIO_FORM_UNKNOWN : AUDIO_FORM_NONE;
}

const char *audio_endings(void)
{
	static char text[COUNT(endings) * 6 + 16];
	size_t at = 0, i;

	for (i = 0; i < COUNT(endings); i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at, "%s, ", endings[i].ending);
	snprintf(text + at, sizeof(text) - at, "raw, txt");
	return text;
}

static bool container_takes(int format, unsigned int rate, unsigned int channels)
{
	SF_INFO info = { .samplerate = (int)rate, .channels = (int)channels, .format = format };

	return sndfile.format_check(&info);
}

/* The subtype with fewest bits that holds as many as the input's, else the one with most. */
static int nearest_subtype(int container, const struct audio_subtype *input, unsigned int rate,
			   unsigned int channels)
{
	const struct audio_subtype *best = NULL;
	size_t i;

	for (i = 0; i < COUNT(subtypes); i++) {
		const struct audio_subtype *s = &subtypes[i];
		bool fits = s->bits >= input->bits;

		if (!container_takes(container | s->sndfile, rate, channels))
			continue;
		if (!best || (best->bits < input->bits && s->bits > best->bits) ||
		    (fits && best->bits >= input->bits && s->bits < best->bits))
			best = s;
	}
	return best ? best->sndfile : 0;
}

int audio_output_choice(const char *path, int input_format, unsigned int rate,
			unsigned int channels)
{
	static const int last_resorts[] = {
		SF_FORMAT_VORBIS,
		SF_FORMAT_OPUS,
		SF_FORMAT_MPEG_LAYER_III,
	};
	const char *dot = strrchr(path, '.');
	int input_container = input_format & SF_FORMAT_TYPEMASK;
	int container = audio_container_of_name(path);
	int subtype = input_format & SF_FORMAT_SUBMASK;
	size_t i;

	if (!container || (container == SF_FORMAT_WAV && input_container == SF_FORMAT_WAVEX))
		container = input_container;
	if (container == SF_FORMAT_OGG && dot && !strcasecmp(dot, ".opus"))
		return container_takes(container | SF_FORMAT_OPUS, rate, channels) ?
			       container | SF_FORMAT_OPUS :
			       0;
	/* libsndfile takes MP3 in WAV, and does not write it. */
	if (container_takes(container | subtype, rate, channels) &&
	    (container == input_container || !is_lossy_float(subtype)))
		return container | subtype;
	subtype = nearest_subtype(container, audio_subtype_of(input_format), rate, channels);
	for (i = 0; !subtype && i < COUNT(last_resorts); i++)
		if (container_takes(container | last_resorts[i], rate, channels))
			subtype = last_resorts[i];
	return subtype ? container | subtype : 0;
}
