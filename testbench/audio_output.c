/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audio_file.h"
#include "audio_format.h"
#include "audio_plain.h"
#include "output_place.h"
#include "sndfile_calls.h"

/* Frames converted at a time. */
#define BLOCK_FRAMES 4096

struct audio_output {
	SNDFILE *file;
	struct plain_output *plain; /* in place of file */
	struct output_place *place;
	struct audio_format format;
	const struct audio_subtype *subtype;
	uint64_t frames;
	void *block; /* BLOCK_FRAMES frames of short, int or double */
};

static int64_t saturate(int64_t value, int64_t most)
{
	return value > most ? most : value < -most - 1 ? -most - 1 : value;
}

/* A sample as a left-justified 32-bit word. */
static int64_t sample_at(const struct audio_output *output, const void *data, size_t i)
{
	if (output->format.sample == AUDIO_S16)
		return (int64_t)((const int16_t *)data)[i] * 65536;
	if (output->format.sample == AUDIO_S24)
		return saturate(((const int32_t *)data)[i], 0x7fffff) * 256;
	return ((const int32_t *)data)[i];
}

/* Round a left-justified word to its upper bits. */
static int32_t round_to(int64_t value, unsigned int bits)
{
	int64_t step;

	if (bits >= 32)
		return (int32_t)value;
	step = (int64_t)1 << (32 - bits);
	value = (value + step / 2) >> (32 - bits);
	return (int32_t)(saturate(value, ((int64_t)1 << (bits - 1)) - 1) * step);
}

/* The file's samples are the stream's, and need no more than being written. */
static bool is_written_as_is(const struct audio_output *output)
{
	if (output->subtype->transfer == AUDIO_TRANSFER_FLOAT)
		return false;
	return (output->format.sample == AUDIO_S16 && output->subtype->bits == 16) ||
	       (output->format.sample == AUDIO_S32 && output->subtype->bits == 32);
}

static void left_justify_24(int32_t *to, const int32_t *from, size_t samples)
{
	for (size_t i = 0; i < samples; i++) {
		int32_t value = from[i] < 0x7fffff ? from[i] : 0x7fffff;

		to[i] = (value > -0x800000 ? value : -0x800000) * 256;
	}
}

static sf_count_t write_block(struct audio_output *output, const void *data, size_t frames)
{
	size_t samples = frames * output->format.channels, i;

	if (is_written_as_is(output))
		return output->subtype->bits == 16 ?
			       sndfile.writef_short(output->file, data, (sf_count_t)frames) :
			       sndfile.writef_int(output->file, data, (sf_count_t)frames);
	if (output->subtype->transfer == AUDIO_TRANSFER_FLOAT) {
		double *block = output->block;

		for (i = 0; i < samples; i++)
			block[i] = (double)sample_at(output, data, i) / 2147483648.0;
		return sndfile.writef_double(output->file, block, (sf_count_t)frames);
	}
	if (output->subtype->bits <= 16) {
		int16_t *block = output->block;

		for (i = 0; i < samples; i++)
			block[i] = (int16_t)(round_to(sample_at(output, data, i),
						      output->subtype->bits) >>
					     16);
		return sndfile.writef_short(output->file, block, (sf_count_t)frames);
	}
	{
		int32_t *block = output->block;

		if (output->format.sample == AUDIO_S24 && output->subtype->bits == 24)
			left_justify_24(block, data, samples);
		else
			for (i = 0; i < samples; i++)
				block[i] =
					round_to(sample_at(output, data, i), output->subtype->bits);
		return sndfile.writef_int(output->file, block, (sf_count_t)frames);
	}
}

static int open_sndfile(struct audio_output *output, const char *path, struct problem *why)
{
	SF_INFO info = {
		.samplerate = (int)output->format.rate,
		.channels = (int)output->format.channels,
	};
	int error = sndfile_load(why);

	if (error)
		return error;
	info.format = audio_output_choice(path, output->format.sndfile_format, output->format.rate,
					  output->format.channels);
	if (!info.format)
		return problem_set(
			why, EXIT_BAD_INPUT, EINVAL,
			"%s: %s can't hold %u channels at %u Hz, another ending is expected", path,
			audio_container_name(audio_container_of_name(path) ?
						     audio_container_of_name(path) :
						     output->format.sndfile_format),
			output->format.channels, output->format.rate);
	output->format.sndfile_format = info.format;
	output->subtype = audio_subtype_of(info.format);
	errno = 0;
	output->file = sndfile.open_fd(output_place_fd(output->place), SFM_WRITE, &info, SF_FALSE);
	error = errno;
	if (!output->file)
		return problem_set(why, error == ENOSPC ? EXIT_RUN_FAILED : EXIT_BAD_INPUT, EIO,
				   "%s: can't be written: %s", path,
				   error ? strerror(error) : sndfile.strerror(NULL));
	if (output->subtype->transfer == AUDIO_TRANSFER_FLOAT)
		sndfile.command(output->file, SFC_SET_CLIPPING, NULL, SF_TRUE);
	return 0;
}

/* Without a header: what the name says, or what goes on from such an input. */
static bool is_plain(const struct audio_output *output, const char *path)
{
	enum audio_form form = audio_form_of_name(path);

	return form == AUDIO_FORM_TEXT || form == AUDIO_FORM_RAW ||
	       (form == AUDIO_FORM_UNKNOWN &&
		(output->format.sndfile_format & SF_FORMAT_TYPEMASK) == SF_FORMAT_RAW);
}

static int open_plain(struct audio_output *output, const char *path, struct problem *why)
{
	static const int subtypes[] = { SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32 };
	int ret = plain_output_open(output_place_fd(output->place),
				    audio_form_of_name(path) == AUDIO_FORM_TEXT, &output->format,
				    &output->plain);

	output->format.sndfile_format = SF_FORMAT_RAW | subtypes[output->format.sample];
	return ret ? problem_set(why, EXIT_RUN_FAILED, -ret, "%s: can't be written: %s", path,
				 strerror(-ret)) :
		     0;
}

int audio_output_open(const char *path, const struct audio_format *format,
		      struct audio_output **out, struct problem *why)
{
	struct audio_output *output = calloc(1, sizeof(*output));
	int ret;

	*out = NULL;
	if (output)
		output->block = calloc(BLOCK_FRAMES * format->channels, sizeof(double));
	if (!output || !output->block) {
		ret = problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
		goto fail;
	}
	output->format = *format;
	ret = output_place_open(path, &output->place, why);
	if (!ret)
		ret = is_plain(output, path) ? open_plain(output, path, why) :
					       open_sndfile(output, path, why);
	if (ret)
		goto fail;
	*out = output;
	return 0;
fail:
	audio_output_discard(&output);
	return ret;
}

static int write_failed(struct audio_output *output, int error, struct problem *why)
{
	return problem_set(why, EXIT_RUN_FAILED, error ? error : EIO, "%s: can't be written: %s",
			   output_place_path(output->place),
			   error	? strerror(error) :
			   output->file ? sndfile.strerror(output->file) :
					  "the write is not complete");
}

int audio_output_write(struct audio_output *output, const void *data, size_t frames,
		       struct problem *why)
{
	const char *at = data;
	int ret;

	if (output->plain) {
		ret = plain_output_write(output->plain, data, frames);
		output->frames += frames;
		return ret ? write_failed(output, -ret, why) : 0;
	}
	while (frames) {
		size_t now = frames < BLOCK_FRAMES ? frames : BLOCK_FRAMES;

		errno = 0;
		if (write_block(output, at, now) != (sf_count_t)now)
			return write_failed(output, errno, why);
		at += now * output->format.frame_bytes;
		frames -= now;
		output->frames += now;
	}
	return 0;
}

uint64_t audio_output_frames(const struct audio_output *output)
{
	return output->frames;
}

int audio_output_sndfile_format(const struct audio_output *output)
{
	return output->format.sndfile_format;
}

/* Whether all of it was written. */
static int close_file(struct audio_output *output)
{
	int ret = 0;

	if (output->plain)
		return plain_output_close(&output->plain);
	errno = 0;
	if (output->file && sndfile.close(output->file))
		ret = errno ? -errno : -EIO;
	output->file = NULL;
	return ret;
}

static void output_free(struct audio_output *output)
{
	free(output->block);
	free(output);
}

int audio_output_commit(struct audio_output **out, struct problem *why)
{
	struct audio_output *output = *out;
	int ret;

	*out = NULL;
	ret = close_file(output);
	if (ret)
		problem_set(why, EXIT_RUN_FAILED, -ret, "%s: can't be finished: %s",
			    output_place_path(output->place),
			    ret == -EIO ? "the last write failed" : strerror(-ret));
	if (ret)
		output_place_discard(&output->place);
	else
		ret = output_place_commit(&output->place, why);
	output_free(output);
	return ret;
}

void audio_output_discard(struct audio_output **out)
{
	struct audio_output *output = *out;

	*out = NULL;
	if (!output)
		return;
	close_file(output);
	output_place_discard(&output->place);
	output_free(output);
}
