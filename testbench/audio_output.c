/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio_file.h"
#include "audio_format.h"
#include "audio_order.h"
#include "audio_plain.h"
#include "audio_writer.h"
#include "output_place.h"
#include "sndfile_calls.h"
#include "standard_output.h"

/* Frames converted at a time. */
#define BLOCK_FRAMES 4096
/* Allowance for headers, padding and audio beyond the expected size. */
#define SIZE_RESERVE ((uint64_t)1 << 20)

struct audio_output {
	SNDFILE *file;
	struct audio_writer writer; /* between file and place */
	bool has_writer;
	struct plain_output *plain; /* in place of file */
	struct output_place *place;
	struct audio_format format;
	const struct audio_subtype *subtype;
	uint64_t frames, expected; /* 0: not known */
	bool reorder;		   /* channels */
	void *block;		   /* BLOCK_FRAMES frames of short, int or double */
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
		if (output->reorder)
			audio_order_from_wave(block, frames, output->format.channels,
					      sizeof(double));
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

/* RF64 where 32-bit sizes are too small. The header of a pipe holds no sizes. */
static int wide_enough(const struct audio_output *output, int format, bool seekable)
{
	int container = format & SF_FORMAT_TYPEMASK, subtype = format & SF_FORMAT_SUBMASK;
	const struct audio_format *stream = &output->format;
	SF_INFO info = {
		.samplerate = (int)stream->rate,
		.channels = (int)stream->channels,
		.format = SF_FORMAT_RF64 | subtype,
	};
	uint64_t frame_bytes = (audio_subtype_of(format)->bits + 7) / 8 * stream->channels;

	if (!seekable || (container != SF_FORMAT_WAV && container != SF_FORMAT_WAVEX) ||
	    output->expected < (audio_writer_limit(format) - SIZE_RESERVE) / frame_bytes ||
	    !sndfile.format_check(&info))
		return format;
	return info.format;
}

static int choose_format(struct audio_output *output, const char *path, bool seekable,
			 struct problem *why)
{
	const struct audio_format *stream = &output->format;
	int format = stream->sndfile_format;

	if (standard_output_is(path) && (format & SF_FORMAT_TYPEMASK) != SF_FORMAT_WAVEX)
		format = SF_FORMAT_WAV | (format & SF_FORMAT_SUBMASK);
	format = audio_output_choice(path, format, stream->rate, stream->channels);
	if (!format)
		return problem_set(
			why, EXIT_BAD_INPUT, EINVAL,
			"%s: %s can't hold %u channels at %u Hz, another ending is expected", path,
			audio_container_name(audio_container_of_name(path) ?
						     audio_container_of_name(path) :
						     stream->sndfile_format),
			stream->channels, stream->rate);
	output->format.sndfile_format = wide_enough(output, format, seekable);
	return 0;
}

static uint32_t mask_for(const struct audio_format *format)
{
	unsigned int positions = (unsigned int)__builtin_popcount(format->channel_mask);

	return positions == format->channels ? format->channel_mask : 0;
}

/* Through the writer, except for formats that libsndfile itself can write into a pipe. */
static int start_file(struct audio_output *output, SF_INFO *info, bool seekable)
{
	int fd = output_place_fd(output->place), container = info->format & SF_FORMAT_TYPEMASK;

	if (!seekable && container != SF_FORMAT_OGG && container != SF_FORMAT_WAV &&
	    container != SF_FORMAT_WAVEX) {
		output->file = sndfile.open_fd(fd, SFM_WRITE, info, SF_FALSE);
		return 0;
	}
	output->has_writer = true;
	if (audio_writer_init(&output->writer, fd, info->format, mask_for(&output->format)))
		return -ENOMEM;
	output->file = sndfile.open_virtual(&audio_writer_io, SFM_WRITE, info, &output->writer);
	errno = output->writer.error ? output->writer.error : errno;
	return 0;
}

static int open_sndfile(struct audio_output *output, const char *path, struct problem *why)
{
	bool seekable = lseek(output_place_fd(output->place), 0, SEEK_CUR) >= 0;
	SF_INFO info = {
		.samplerate = (int)output->format.rate,
		.channels = (int)output->format.channels,
	};
	int error = sndfile_load(why);

	if (!error)
		error = choose_format(output, path, seekable, why);
	if (error)
		return error;
	info.format = output->format.sndfile_format;
	output->subtype = audio_subtype_of(info.format);
	output->reorder = audio_order_differs(info.format, output->format.channels);
	errno = 0;
	if (start_file(output, &info, seekable))
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	error = errno;
	if (!output->file)
		return problem_set(why, error == ENOSPC ? EXIT_RUN_FAILED : EXIT_BAD_INPUT, EIO,
				   "%s: can't be written: %s", path,
				   error ? strerror(error) : sndfile.strerror(NULL));
	if (output->subtype->transfer == AUDIO_TRANSFER_FLOAT) {
		sndfile.command(output->file, SFC_SET_CLIPPING, NULL, SF_TRUE);
		/* This chunk holds the time of writing. */
		sndfile.command(output->file, SFC_SET_ADD_PEAK_CHUNK, NULL, SF_FALSE);
	}
	if ((info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_RF64 &&
	    audio_container_of_name(path) != SF_FORMAT_RF64)
		sndfile.command(output->file, SFC_RF64_AUTO_DOWNGRADE, NULL, SF_TRUE);
	return 0;
}

/* Without a header: what the name says, or what goes on from such an input. */
static bool is_plain(const struct audio_output *output, const char *path)
{
	enum audio_form form = audio_form_of_name(path);

	return form == AUDIO_FORM_TEXT || form == AUDIO_FORM_RAW ||
	       (form != AUDIO_FORM_CONTAINER &&
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

/* The name of a device or FIFO does not tell the format. */
static int check_ending(const struct audio_output *output, const char *path, struct problem *why)
{
	struct stat st;

	if (audio_form_of_name(path) != AUDIO_FORM_UNKNOWN || is_plain(output, path) ||
	    standard_output_is(path) || (!stat(path, &st) && !S_ISREG(st.st_mode)))
		return 0;
	return problem_set(why, EXIT_BAD_INPUT, EINVAL,
			   "%s: '%s' is no known ending, one of these is expected: %s", path,
			   strrchr(path, '.') + 1, audio_endings());
}

int audio_output_open(const char *path, const struct audio_format *format,
		      struct audio_output **out, struct problem *why)
{
	return audio_output_open_for(path, format, 0, out, why);
}

int audio_output_open_for(const char *path, const struct audio_format *format, uint64_t frames,
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
	output->expected = frames;
	ret = check_ending(output, path, why);
	if (!ret)
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
	if (output->has_writer && output->writer.error)
		error = output->writer.error;
	return problem_set(why, EXIT_RUN_FAILED, error ? error : EIO, "%s: can't be written: %s",
			   output_place_path(output->place),
			   error	? strerror(error) :
			   output->file ? sndfile.strerror(output->file) :
					  "the write is not complete");
}

/* Stop before the sizes in the header wrap. The header of a pipe holds none. */
static bool is_too_long(const struct audio_output *output)
{
	uint64_t limit = audio_writer_limit(output->format.sndfile_format);

	return output->has_writer && output->writer.base >= 0 && limit != UINT64_MAX &&
	       output->writer.length > limit - 1024;
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
		if (is_too_long(output))
			return problem_set(why, EXIT_RUN_FAILED, EFBIG,
					   "%s: would exceed the %llu bytes that %s can tell of, "
					   "an ending such as w64, caf or flac is expected",
					   output_place_path(output->place),
					   (unsigned long long)audio_writer_limit(
						   output->format.sndfile_format),
					   audio_container_name(output->format.sndfile_format));
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
	if (output->has_writer && audio_writer_finish(&output->writer))
		ret = -output->writer.error;
	output->file = NULL;
	return ret;
}

static void output_free(struct audio_output *output)
{
	if (output->has_writer)
		audio_writer_free(&output->writer);
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
