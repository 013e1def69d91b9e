/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "audio_file.h"
#include "audio_format.h"
#include "audio_header.h"
#include "audio_order.h"
#include "audio_plain.h"
#include "audio_view.h"
#include "sndfile_calls.h"
#include "spool.h"

/* Frames of float samples converted at a time. */
#define FLOAT_FRAMES 4096
/* libsndfile returns SF_COUNT_MAX for an unknown length. */
#define FRAMES_MAX ((sf_count_t)1 << 48)

struct audio_input {
	SNDFILE *file;
	struct plain_input *plain; /* in place of file */
	int fd;
	char *path;
	struct audio_header header;
	struct audio_view view;
	char note[200];
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
	const struct audio_header *header = &input->header;
	uint64_t found, told;

	if (header->kind == AUDIO_HEADER_OTHER || header->size != AUDIO_SIZE_TOLD ||
	    header->found >= header->told)
		return 0;
	found = (uint64_t)info->frames;
	told = header->found ?
		       (uint64_t)((double)header->told * (double)found / (double)header->found +
				  0.5) :
		       header->told * 8 /
			       (audio_subtype_of(info->format)->bits * input->format.channels);
	/* A few pad bytes less than a frame are no loss. */
	if (told <= found)
		return 0;
	return problem_set(why, EXIT_BAD_INPUT, EINVAL,
			   "%s: truncated: its header promises %llu frames, the file holds %llu",
			   input->path, (unsigned long long)told, (unsigned long long)found);
}

/* The format of the file itself, not of the corrected header that libsndfile reads. */
static int own_format(const struct audio_input *input, const SF_INFO *info)
{
	int format = info->format & (SF_FORMAT_TYPEMASK | SF_FORMAT_SUBMASK);

	if (input->header.kind == AUDIO_HEADER_WAVE && input->view.head &&
	    (format & SF_FORMAT_TYPEMASK) == SF_FORMAT_RF64)
		format = SF_FORMAT_WAV | (format & SF_FORMAT_SUBMASK);
	if (input->header.right_justified_bits)
		format = (format & SF_FORMAT_TYPEMASK) | SF_FORMAT_PCM_24;
	return format;
}

static int check_format(struct audio_input *input, const SF_INFO *info, struct problem *why)
{
	int own = own_format(input, info);
	const struct audio_subtype *subtype = audio_subtype_of(own);
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
	format->sndfile_format = own;
	format->channel_mask = input->header.channel_mask;
	input->frames = (uint64_t)info->frames;
	if (subtype->transfer == AUDIO_TRANSFER_FLOAT) {
		input->floats = calloc(FLOAT_FRAMES * format->channels, sizeof(double));
		if (!input->floats)
			return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	}
	return 0;
}

static int check_kind(const char *path, int fd, const struct stat *st, struct problem *why)
{
	if (S_ISDIR(st->st_mode))
		return problem_set(why, EXIT_BAD_INPUT, EISDIR,
				   "%s: is a directory, an audio file is expected", path);
	/* /dev/zero has no end. */
	if (S_ISBLK(st->st_mode) ||
	    (S_ISCHR(st->st_mode) && !isatty(fd) && st->st_rdev != makedev(1, 3)))
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: is a device, an audio file or a pipe is expected", path);
	return 0;
}

/* Copy a pipe to a file first: the length must be known, and decoders seek. */
static int make_regular(const char *path, int *fd, struct problem *why)
{
	struct stat st;
	int ret, spool;

	if (fstat(*fd, &st))
		return problem_set(why, EXIT_BAD_INPUT, errno, "%s: can't be examined: %s", path,
				   strerror(errno));
	ret = check_kind(path, *fd, &st, why);
	if (ret)
		return ret;
	/* A shell's standard input may have been read in part. */
	if (!S_ISREG(st.st_mode) || lseek(*fd, 0, SEEK_CUR) != 0) {
		ret = spool_all(*fd, path, &spool, why);
		if (ret)
			return ret;
		close(*fd);
		*fd = spool;
		if (fstat(*fd, &st))
			return problem_set(why, EXIT_RUN_FAILED, errno, "%s: %s", path,
					   strerror(errno));
	}
	if (st.st_size == 0)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: is empty, an audio file is expected", path);
	return 0;
}

static int open_regular(const char *path, int *fd, struct problem *why)
{
	*fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) :
				  fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (*fd < 0)
		return problem_set(why, EXIT_BAD_INPUT, errno, "%s: can't be read: %s", path,
				   strerror(errno));
	return make_regular(path, fd, why);
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

static int not_readable(const struct audio_input *input, struct problem *why)
{
	/* libsndfile's message can have several lines; the first one is enough. */
	const char *text = sndfile.strerror(NULL);

	return problem_set(why, EXIT_BAD_INPUT, EINVAL,
			   "%s: is no audio file that can be read: %.*s", input->path,
			   (int)strcspn(text, "\n"), text);
}

static int open_view(struct audio_input *input, SF_INFO *info, struct problem *why)
{
	*info = (SF_INFO){ 0 };
	input->view.position = 0;
	input->file = sndfile.open_virtual(&audio_view_io, SFM_READ, info, &input->view);
	return input->file ? 0 : not_readable(input, why);
}

/* With a corrected header where libsndfile would misread the file's own. */
static int open_first(struct audio_input *input, SF_INFO *info, struct problem *why)
{
	int ret = 0;

	audio_header_read(input->fd, &input->header);
	audio_view_plain(&input->view, input->fd);
	if (input->header.size == AUDIO_SIZE_WRAPPED)
		snprintf(input->note, sizeof(input->note),
			 "the header tells of %llu bytes of audio, which is what 32 bits hold of "
			 "%llu: all are played",
			 (unsigned long long)input->header.told,
			 (unsigned long long)input->header.found);
	if (audio_view_needed(&input->header)) {
		ret = audio_view_correct(&input->view, input->fd, &input->header);
		if (ret == -ENOMEM)
			return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
		if (ret)
			return problem_set(
				why, EXIT_BAD_INPUT, EINVAL,
				"%s: its header tells no length, or a wrong one, and its "
				"container has no room for the right one",
				input->path);
	}
	return open_view(input, info, why);
}

static bool has_guessed_length(const SF_INFO *info)
{
	return (info->format & SF_FORMAT_TYPEMASK) == SF_FORMAT_MPEG;
}

/* Decode it all, and start again. */
static int count_frames(struct audio_input *input, SF_INFO *info, struct problem *why)
{
	double *frames = calloc(FLOAT_FRAMES * (size_t)info->channels, sizeof(double));
	sf_count_t count = 0, got;
	int ret;

	if (!frames)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	do {
		got = sndfile.readf_double(input->file, frames, FLOAT_FRAMES);
		count += got;
	} while (got > 0);
	free(frames);
	sndfile.close(input->file);
	input->file = NULL;
	ret = open_view(input, info, why);
	info->frames = count;
	return ret;
}

/* The frames of a Xing header are exact; frames guessed from the file's size are not used. */
static int open_without_guess(struct audio_input *input, SF_INFO *info, struct problem *why)
{
	struct problem ignored = { 0 };
	int ret;

	sndfile.close(input->file);
	input->view.end = AUDIO_VIEW_END_UNKNOWN;
	if (!open_view(input, info, &ignored))
		return 0;
	input->view.end = AUDIO_VIEW_END_OVERSTATED;
	ret = open_view(input, info, why);
	info->frames = SF_COUNT_MAX;
	return ret;
}

static int open_sndfile(struct audio_input *input, SF_INFO *info, struct problem *why)
{
	int ret = open_first(input, info, why);

	if (!ret && has_guessed_length(info))
		ret = open_without_guess(input, info, why);
	if (!ret && info->channels > 0 && info->frames > FRAMES_MAX)
		ret = count_frames(input, info, why);
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
	if (!ret)
		ret = open_sndfile(input, &info, why);
	if (!ret)
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
	    (form != AUDIO_FORM_CONTAINER && plain->known))
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

const char *audio_input_note(const struct audio_input *input)
{
	return input->note[0] ? input->note : NULL;
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

		if (audio_order_differs(input->format.sndfile_format, input->format.channels))
			audio_order_to_wave(input->floats, (size_t)got, input->format.channels,
					    sizeof(double));
		for (i = 0; i < samples; i++)
			*data++ = float_to_s32(input->floats[i]);
		done += got;
		if (got < want)
			break;
	}
	return done;
}

/* Convert libsndfile's 32-bit samples to S24, from left- or right-justified words. */
static void to_s24(const struct audio_input *input, int32_t *words, size_t samples)
{
	unsigned int bits = input->header.right_justified_bits;
	size_t i;

	for (i = 0; i < samples; i++) {
		uint32_t word = (uint32_t)words[i];

		words[i] = (int32_t)(bits ? word << (32 - bits) : word) >> 8;
	}
}

long audio_input_read(struct audio_input *input, void *data, size_t frames, struct problem *why)
{
	uint64_t left = input->frames - input->done;
	sf_count_t want = (sf_count_t)(frames < left ? frames : left), got;
	int32_t *words = data;

	if (input->plain)
		got = (sf_count_t)plain_input_read(input->plain, data, (size_t)want);
	else if (input->floats)
		got = read_floats(input, words, want);
	else if (input->format.sample == AUDIO_S16)
		got = sndfile.readf_short(input->file, data, want);
	else
		got = sndfile.readf_int(input->file, words, want);
	if (!input->plain && input->format.sample == AUDIO_S24)
		to_s24(input, words, (size_t)got * input->format.channels);
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
	audio_view_free(&old->view);
	if (old->fd >= 0)
		close(old->fd);
	free(old->floats);
	free(old->path);
	free(old);
}
