/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Make and compare audio files, for the end-to-end tests.
 *
 *   audiofile make PATH CONTAINER SUBTYPE RATE CHANNELS FRAMES   containers and subtypes below
 *   audiofile same A B    0 when both hold the same frames, rate and channels; else says what not
 *   audiofile starts A B  0 when B begins with all of A and is silent from there on
 *   audiofile info PATH   RATE CHANNELS FRAMES CONTAINER SUBTYPE
 */
#include <host/standard_files.h>
#include <sndfile.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct name {
	const char *name;
	int format;
} containers[] = {
	{ "wav", SF_FORMAT_WAV },   { "wavex", SF_FORMAT_WAVEX }, { "flac", SF_FORMAT_FLAC },
	{ "aiff", SF_FORMAT_AIFF }, { "au", SF_FORMAT_AU },	  { "w64", SF_FORMAT_W64 },
	{ "caf", SF_FORMAT_CAF },   { NULL, 0 },
}, subtypes[] = {
	{ "u8", SF_FORMAT_PCM_U8 },  { "s8", SF_FORMAT_PCM_S8 },   { "s16", SF_FORMAT_PCM_16 },
	{ "s24", SF_FORMAT_PCM_24 }, { "s32", SF_FORMAT_PCM_32 },  { "float", SF_FORMAT_FLOAT },
	{ "double", SF_FORMAT_DOUBLE }, { NULL, 0 },
};

static int format_of(const struct name *names, const char *name)
{
	for (; names->name; names++)
		if (!strcmp(names->name, name))
			return names->format;
	fprintf(stderr, "audiofile: '%s' is unknown\n", name);
	exit(2);
}

static const char *name_of(const struct name *names, int format)
{
	for (; names->name; names++)
		if (names->format == format)
			return names->name;
	return "other";
}

static SNDFILE *open_file(const char *path, SF_INFO *info)
{
	SNDFILE *file;

	memset(info, 0, sizeof(*info));
	file = sf_open(path, SFM_READ, info);
	if (file)
		return file;
	fprintf(stderr, "audiofile: %s: %s\n", path, sf_strerror(NULL));
	exit(2);
}

/* Noise of a fixed seed, full scale now and then, the same in every format up to its bits. */
static int make(char **arg)
{
	SF_INFO info = {
		.format = format_of(containers, arg[1]) | format_of(subtypes, arg[2]),
		.samplerate = atoi(arg[3]),
		.channels = atoi(arg[4]),
	};
	long frames = atol(arg[5]), i;
	uint32_t random = 1;
	int32_t frame[16];
	SNDFILE *file;
	int c;

	file = info.channels <= 16 ? sf_open(arg[0], SFM_WRITE, &info) : NULL;
	if (!file) {
		fprintf(stderr, "audiofile: %s: %s\n", arg[0], sf_strerror(NULL));
		return 2;
	}
	sf_command(file, SFC_SET_SCALE_INT_FLOAT_WRITE, NULL, SF_TRUE);
	for (i = 0; i < frames; i++) {
		for (c = 0; c < info.channels; c++) {
			random = random * 1664525u + 1013904223u;
			frame[c] = (int32_t)(random & 0xffffff00u);
			if (i % 101 == 0)
				frame[c] = INT32_MIN;
		}
		if (sf_writef_int(file, frame, 1) != 1)
			return 2;
	}
	return sf_close(file) ? 2 : 0;
}

static int same(char **arg)
{
	SF_INFO a, b;
	SNDFILE *fa = open_file(arg[0], &a), *fb = open_file(arg[1], &b);
	double da[16], db[16];
	sf_count_t i;
	int ret = 0;

	if (a.frames != b.frames || a.channels != b.channels || a.samplerate != b.samplerate) {
		printf("%s: %ld frames, %d channels, %d Hz; %s: %ld, %d, %d\n", arg[0],
		       (long)a.frames, a.channels, a.samplerate, arg[1], (long)b.frames, b.channels,
		       b.samplerate);
		ret = 1;
	}
	for (i = 0; !ret && i < a.frames; i++) {
		if (sf_readf_double(fa, da, 1) != 1 || sf_readf_double(fb, db, 1) != 1 ||
		    memcmp(da, db, sizeof(double) * (size_t)a.channels)) {
			printf("%s and %s differ first in frame %ld\n", arg[0], arg[1], (long)i);
			ret = 1;
		}
	}
	sf_close(fa);
	sf_close(fb);
	return ret;
}

static int starts(char **arg)
{
	SF_INFO a, b;
	SNDFILE *fa = open_file(arg[0], &a), *fb = open_file(arg[1], &b);
	double da[16], db[16];
	sf_count_t i;
	int ret = a.frames > b.frames || a.channels != b.channels || a.samplerate != b.samplerate;

	if (ret)
		printf("%s can't be the beginning of %s\n", arg[0], arg[1]);
	for (i = 0; !ret && i < b.frames; i++) {
		memset(da, 0, sizeof(da));
		if ((i < a.frames && sf_readf_double(fa, da, 1) != 1) ||
		    sf_readf_double(fb, db, 1) != 1 ||
		    memcmp(da, db, sizeof(double) * (size_t)a.channels)) {
			printf("%s goes on as %s does not in frame %ld\n", arg[1], arg[0], (long)i);
			ret = 1;
		}
	}
	sf_close(fa);
	sf_close(fb);
	return ret;
}

static int info(char **arg)
{
	SF_INFO i;
	SNDFILE *file = open_file(arg[0], &i);

	printf("%d %d %ld %s %s\n", i.samplerate, i.channels, (long)i.frames,
	       name_of(containers, i.format & SF_FORMAT_TYPEMASK),
	       name_of(subtypes, i.format & SF_FORMAT_SUBMASK));
	sf_close(file);
	return 0;
}

int main(int argc, char **argv)
{
	if (host_standard_files_open())
		return 2;
	if (argc == 8 && !strcmp(argv[1], "make"))
		return make(argv + 2);
	if (argc == 4 && !strcmp(argv[1], "same"))
		return same(argv + 2);
	if (argc == 4 && !strcmp(argv[1], "starts"))
		return starts(argv + 2);
	if (argc == 3 && !strcmp(argv[1], "info"))
		return info(argv + 2);
	fprintf(stderr, "usage: audiofile make|same|starts|info ...\n");
	return 2;
}
