/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio_file.h"
#include "audio_format.h"
#include "audio_plain.h"
#include "audio_promise.h"
#include "sndfile_calls.h"

/* Frames of float samples converted at a time. */
#define FLOAT_FRAMES 4096

struct audio_input {
	SNDFILE *file;
	struct plain_input *plain; /* in place of file */
	int fd;
	char *path;
	struct audio_format format;
	uint64_t frames, done;
	double *floats; /* NULL unless the file holds floats */
};

static int32_t float_to_s32(double value)
{
	double scaled = value * 2147483648.0;

	if (isnan(scaled))
		return 0;
	if (scaled >= 2147483647.0)
		return INT32_MAX;
	if (scaled <= -2147483648.0)
		return INT32_MIN;
	return (int32_t)lrint(scaled);
}

static int check_truncation(const struct audio_input *input, const SF_INFO *info,
			    struct problem *why)
{
	struct audio_promise promise;
	uint64_t found, promised;

	if (!audio_promise_read(input->fd, &promise) || promise.found >= promise.promised)
		return 0;
	found = (uint64_t)info->frames;
	promised = promise.found ?
			   (uint64_t)((double)promise.promised * (double)found /
					      (double)promise.found +
				      0.5) :
			   promise.promised * 8 /
				   (audio_subtype_of(info->format)->bits * input->format.channels);
	/* A few pad bytes less than a frame are no loss. */
	if (promised <= found)
		return 0;
	return problem_set(why, EXIT_BAD_INPUT, EINVAL,
			   "%s: truncated: its header promises %llu frames, the file holds %llu",
			   input->path, (unsigned long long)promised, (unsigned long long)found);
}

static int check_format(struct audio_input *input, const SF_INFO *info, struct problem *why)
{
	const struct audio_subtype *subtype = audio_subtype_of(info->format);
	struct audio_format *format = &input->format;

	if (info->channels < 1 || info->channels > AUDIO_CHANNELS_MAX)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: has %d channels, 1 to %d are expected", input->path,
				   info->channels, AUDIO_CHANNELS_MAX);
	if (info->samplerate < 1 || info->samplerate > AUDIO_RATE_MAX)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: has a rate of %d Hz, 1 to %d are expected", input->path,
				   info->samplerate, AUDIO_RATE_MAX);
	format->rate = (unsigned int)info->samplerate;
	format->channels = (unsigned int)info->channels;
	format->sample = subtype->sample;
	format->sample_bytes = subtype->sample == AUDIO_S16 ? 2 : 4;
	format->frame_bytes = format->sample_bytes * format->channels;
	format->sndfile_format = info->format & (SF_FORMAT_TYPEMASK | SF_FORMAT_SUBMASK);
	input->frames = (uint64_t)info->frames;
	if (subtype->transfer == AUDIO_TRANSFER_FLOAT) {
		input->floats = calloc(FLOAT_FRAMES * format->channels, sizeof(double));
		if (!input->floats)
			return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	}
	return 0;
}

static int open_regular(const char *path, int *fd, struct problem *why)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0)
		return problem_set(why, EXIT_BAD_INPUT, errno, "%s: can't be read: %s", path,
				   strerror(errno));
	if (fstat(*fd, &st))
		return problem_set(why, EXIT_BAD_INPUT, errno, "%s: can't be examined: %s", path,
				   strerror(errno));
	if (S_ISDIR(st.st_mode))
		return problem_set(why, EXIT_BAD_INPUT, EISDIR,
				   "%s: is a directory, an audio file is expected", path);
	if (S_ISREG(st.st_mode) && st.st_size == 0)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: is empty, an audio file is expected", path);
	return 0;
}

static int open_path(const char *path, struct audio_input **out, struct problem *why)
{
	struct audio_input *input = calloc(1, sizeof(*input));
	int ret = -ENOMEM;

	if (input) {
		input->fd = -1;
		input->path = strdup(path);
	}
	if (!input || !input->path)
		problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	else
		ret = open_regular(path, &input->fd, why);
	*out = input;
	return ret;
}

int audio_input_open(const char *path, struct audio_input **out, struct problem *why)
{
	struct audio_input *input;
	SF_INFO info = { 0 };
	int ret;

	*out = NULL;
	ret = open_path(path, &input, why);
	if (!ret)
		ret = sndfile_load(why);
	if (ret)
		goto fail;
	input->file = sndfile.open_fd(input->fd, SFM_READ, &info, SF_FALSE);
	if (!input->file) {
		/* libsndfile's words run from one to several lines; the first says enough. */
		const char *text = sndfile.strerror(NULL);

		ret = problem_set(why, EXIT_BAD_INPUT, EINVAL,
				  "%s: is no audio file that can be read: %.*s", path,
				  (int)strcspn(text, "\n"), text);
		goto fail;
	}
	ret = check_format(input, &info, why);
	if (!ret)
		ret = check_truncation(input, &info, why);
	if (!ret && info.frames < 1)
		ret = problem_set(why, EXIT_BAD_INPUT, EINVAL,
				  "%s: holds no frames of audio, at least one is expected", path);
	if (ret)
		goto fail;
	*out = input;
	return 0;
fail:
	audio_input_close(&input);
	return ret;
}

static int check_plain(const char *path, const struct audio_plain *plain, struct problem *why)
{
	if (!plain->known || !plain->rate)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: has no header: -b S16_LE, S24_LE or S32_LE and -r RATE are "
				   "expected",
				   path);
	if (plain->rate > AUDIO_RATE_MAX || plain->channels > AUDIO_CHANNELS_MAX)
		return problem_set(
			why, EXIT_BAD_INPUT, EINVAL,
			"%s: %u Hz, %u channels: up to %d Hz and %d channels are expected", path,
			plain->rate, plain->channels, AUDIO_RATE_MAX, AUDIO_CHANNELS_MAX);
	return 0;
}

static int open_plain(const char *path, const struct audio_plain *plain, bool text,
		      struct audio_input **out, struct problem *why)
{
	static const int subtypes[] = { SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32 };
	struct audio_input *input = NULL;
	struct audio_format *format;
	int ret = check_plain(path, plain, why);

	if (!ret)
		ret = open_path(path, &input, why);
	if (ret)
		goto fail;
	format = &input->format;
	format->rate = plain->rate;
	format->channels = plain->channels ? plain->channels : 2;
	format->sample = plain->sample;
	format->sample_bytes = plain->sample == AUDIO_S16 ? 2 : 4;
	format->frame_bytes = format->sample_bytes * format->channels;
	format->sndfile_format = SF_FORMAT_RAW | subtypes[plain->sample];
	ret = plain_input_open(input->fd, path, text, format, &input->plain, &input->frames, why);
	if (!ret && !input->frames)
		ret = problem_set(why, EXIT_BAD_INPUT, EINVAL,
				  "%s: holds no frames of audio, at least one is expected", path);
	if (ret)
		goto fail;
	*out = input;
	return 0;
fail:
	audio_input_close(&input);
	return ret;
}

static int check_header(const struct audio_input *input, const struct audio_plain *plain,
			struct problem *why)
{
	const struct audio_format *format = &input->format;

	if ((!plain->known || plain->sample == format->sample) &&
	    (!plain->rate || plain->rate == format->rate) &&
	    (!plain->channels || plain->channels == format->channels))
		return 0;
	return problem_set(
		why, EXIT_BAD_INPUT, EINVAL,
		"%s: its header says %s, %u Hz, %u channels: -b, -r and -c say otherwise",
		input->path, audio_sample_name(format->sample), format->rate, format->channels);
}

int audio_input_open_as(const char *path, const struct audio_plain *plain,
			struct audio_input **input, struct problem *why)
{
	enum audio_form form = audio_form_of_name(path);
	int ret;

	*input = NULL;
	if (form == AUDIO_FORM_TEXT || form == AUDIO_FORM_RAW ||
	    (form == AUDIO_FORM_UNKNOWN && plain->known))
		return open_plain(path, plain, form == AUDIO_FORM_TEXT, input, why);
	ret = audio_input_open(path, input, why);
	if (!ret)
		ret = check_header(*input, plain, why);
	if (ret)
		audio_input_close(input);
	return ret;
}

const struct audio_format *audio_input_format(const struct audio_input *input)
{
	return &input->format;
}

uint64_t audio_input_frames(const struct audio_input *input)
{
	return input->frames;
}

static sf_count_t read_floats(struct audio_input *input, int32_t *data, sf_count_t frames)
{
	sf_count_t done = 0;

	while (done < frames) {
		sf_count_t want = frames - done < FLOAT_FRAMES ? frames - done : FLOAT_FRAMES;
		sf_count_t got = sndfile.readf_double(input->file, input->floats, want);
		size_t samples = (size_t)got * input->format.channels, i;

		for (i = 0; i < samples; i++)
			*data++ = float_to_s32(input->floats[i]);
		done += got;
		if (got < want)
			break;
	}
	return done;
}

long audio_input_read(struct audio_input *input, void *data, size_t frames, struct problem *why)
{
	uint64_t left = input->frames - input->done;
	sf_count_t want = (sf_count_t)(frames < left ? frames : left), got;
	int32_t *words = data;
	size_t i;

	if (input->plain)
		got = (sf_count_t)plain_input_read(input->plain, data, (size_t)want);
	else if (input->floats)
		got = read_floats(input, words, want);
	else if (input->format.sample == AUDIO_S16)
		got = sndfile.readf_short(input->file, data, want);
	else
		got = sndfile.readf_int(input->file, words, want);
	if (!input->plain && input->format.sample == AUDIO_S24)
		for (i = 0; i < (size_t)got * input->format.channels; i++)
			words[i] >>= 8;
	input->done += (uint64_t)got;
	if (got < want)
		return problem_set(
			why, EXIT_BAD_INPUT, EIO,
			"%s: truncated: its header promises %llu frames, %llu can be read",
			input->path, (unsigned long long)input->frames,
			(unsigned long long)input->done);
	return (long)got;
}

void audio_input_close(struct audio_input **input)
{
	struct audio_input *old = *input;

	*input = NULL;
	if (!old)
		return;
	if (old->file)
		sndfile.close(old->file);
	plain_input_close(&old->plain);
	if (old->fd >= 0)
		close(old->fd);
	free(old->floats);
	free(old->path);
	free(old);
}
