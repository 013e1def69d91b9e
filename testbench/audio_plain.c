/* SPDX-License-Identifier: BSD-3-Clause */
#include "audio_plain.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define S24_MAX 0x7fffff

/* Samples limited to 24 bits at a time. */
#define BLOCK_SAMPLES 4096

struct plain_input {
	struct audio_format format;
	FILE *file;	  /* of raw samples */
	int32_t *samples; /* of a text */
	size_t count, done;
};

struct plain_output {
	struct audio_format format;
	FILE *file;
	bool text;
};

/* A stream of its own, so that closing it tells whether all went well. */
static FILE *open_stream(int fd, const char *mode)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	FILE *file = copy < 0 ? NULL : fdopen(copy, mode);

	if (!file && copy >= 0)
		close(copy);
	return file;
}

static int32_t s24_of(uint32_t word)
{
	word &= 0xffffff;
	return word & 0x800000 ? (int32_t)word - 0x1000000 : (int32_t)word;
}

static int open_raw(struct plain_input *input, int fd, const char *path, uint64_t *frames,
		    struct problem *why)
{
	unsigned int frame_bytes = input->format.frame_bytes;
	struct stat st;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: raw samples are read from regular files only", path);
	if (st.st_size % frame_bytes)
		return problem_set(why, EXIT_BAD_INPUT, EINVAL,
				   "%s: %lld bytes are no whole number of frames of %u %s samples",
				   path, (long long)st.st_size, input->format.channels,
				   audio_sample_name(input->format.sample));
	*frames = (uint64_t)st.st_size / frame_bytes;
	input->file = open_stream(fd, "rb");
	return input->file ? 0 :
			     problem_set(why, EXIT_BAD_INPUT, errno, "%s: can't be read: %s", path,
					 strerror(errno));
}

static int add_sample(struct plain_input *input, size_t *room, int32_t sample)
{
	if (input->count == *room) {
		size_t more = *room ? 2 * *room : 4096;
		int32_t *samples = realloc(input->samples, more * sizeof(*samples));

		if (!samples)
			return -ENOMEM;
		input->samples = samples;
		*room = more;
	}
	input->samples[input->count++] = sample;
	return 0;
}

/* White space, then a number that ends at white space or the end. 1: the text has ended. */
static int read_number(FILE *file, unsigned int *line, int64_t *number)
{
	int c = getc(file), sign = 1;
	unsigned int digits = 0;

	for (; isspace(c); c = getc(file))
		*line += c == '\n';
	if (c == EOF)
		return 1;
	if (c == '-' || c == '+') {
		sign = c == '-' ? -1 : 1;
		c = getc(file);
	}
	for (*number = 0; isdigit(c) && *number <= UINT32_MAX; c = getc(file), digits++)
		*number = *number * 10 + (c - '0');
	*number *= sign;
	if (!digits || (c != EOF && !isspace(c)))
		return -EINVAL;
	ungetc(c, file);
	return 0;
}

static int read_text(struct plain_input *input, FILE *file, const char *path, struct problem *why)
{
	int64_t most = input->format.sample == AUDIO_S16 ? INT16_MAX :
		       input->format.sample == AUDIO_S24 ? S24_MAX :
							   INT32_MAX;
	unsigned int line = 1;
	size_t room = 0;
	int64_t number;
	int ret;

	while (!(ret = read_number(file, &line, &number))) {
		if (number > most || number < -most - 1)
			break;
		ret = add_sample(input, &room, (int32_t)number);
		if (ret)
			return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	}
	if (ret == 1 && !ferror(file))
		return 0;
	return problem_set(why, EXIT_BAD_INPUT, EINVAL,
			   "%s: line %u: a whole number from %lld to %lld is expected", path, line,
			   (long long)(-most - 1), (long long)most);
}

static int open_text(struct plain_input *input, int fd, const char *path, uint64_t *frames,
		     struct problem *why)
{
	FILE *file = open_stream(fd, "rb");
	int ret;

	if (!file)
		return problem_set(why, EXIT_BAD_INPUT, errno, "%s: can't be read: %s", path,
				   strerror(errno));
	ret = read_text(input, file, path, why);
	fclose(file);
	if (!ret && input->count % input->format.channels)
		ret = problem_set(why, EXIT_BAD_INPUT, EINVAL,
				  "%s: %zu samples are no whole number of frames of %u", path,
				  input->count, input->format.channels);
	*frames = input->count / input->format.channels;
	return ret;
}

int plain_input_open(int fd, const char *path, bool text, const struct audio_format *format,
		     struct plain_input **out, uint64_t *frames, struct problem *why)
{
	struct plain_input *input = calloc(1, sizeof(*input));
	int ret;

	*out = NULL;
	if (!input)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	input->format = *format;
	ret = text ? open_text(input, fd, path, frames, why) :
		     open_raw(input, fd, path, frames, why);
	if (ret)
		plain_input_close(&input);
	*out = input;
	return ret;
}

static size_t copy_samples(struct plain_input *input, void *data, size_t count)
{
	int16_t *halves = data;
	int32_t *words = data;
	size_t i;

	count = count < input->count - input->done ? count : input->count - input->done;
	for (i = 0; i < count; i++) {
		if (input->format.sample == AUDIO_S16)
			halves[i] = (int16_t)input->samples[input->done + i];
		else
			words[i] = input->samples[input->done + i];
	}
	input->done += count;
	return count;
}

size_t plain_input_read(struct plain_input *input, void *data, size_t frames)
{
	unsigned int channels = input->format.channels;
	int32_t *words = data;
	size_t got, i;

	if (!input->file)
		return copy_samples(input, data, frames * channels) / channels;
	got = fread(data, input->format.frame_bytes, frames, input->file);
	if (input->format.sample == AUDIO_S24)
		for (i = 0; i < got * channels; i++)
			words[i] = s24_of((uint32_t)words[i]);
	return got;
}

void plain_input_close(struct plain_input **input)
{
	struct plain_input *old = *input;

	*input = NULL;
	if (!old)
		return;
	if (old->file)
		fclose(old->file);
	free(old->samples);
	free(old);
}

int plain_output_open(int fd, bool text, const struct audio_format *format,
		      struct plain_output **out)
{
	struct plain_output *output = calloc(1, sizeof(*output));

	*out = NULL;
	if (!output)
		return -ENOMEM;
	output->format = *format;
	output->text = text;
	output->file = open_stream(fd, "wb");
	if (!output->file) {
		free(output);
		return -errno;
	}
	*out = output;
	return 0;
}

static int32_t saturate_24(int32_t sample)
{
	sample = sample < S24_MAX ? sample : S24_MAX;
	return sample > -S24_MAX - 1 ? sample : -S24_MAX - 1;
}

static bool write_text(const struct plain_output *output, const void *data, size_t samples)
{
	for (size_t i = 0; i < samples; i++) {
		int32_t sample = output->format.sample == AUDIO_S16 ? ((const int16_t *)data)[i] :
								      ((const int32_t *)data)[i];

		if (output->format.sample == AUDIO_S24)
			sample = saturate_24(sample);
		if (fprintf(output->file, "%d\n", sample) < 0)
			return false;
	}
	return true;
}

static bool write_24(const struct plain_output *output, const int32_t *data, size_t samples)
{
	int32_t block[BLOCK_SAMPLES];

	while (samples) {
		size_t now = samples < BLOCK_SAMPLES ? samples : BLOCK_SAMPLES;

		for (size_t i = 0; i < now; i++)
			block[i] = saturate_24(data[i]);
		if (fwrite(block, sizeof(block[0]), now, output->file) != now)
			return false;
		data += now;
		samples -= now;
	}
	return true;
}

int plain_output_write(struct plain_output *output, const void *data, size_t frames)
{
	size_t samples = frames * output->format.channels;
	bool written;

	if (output->text)
		written = write_text(output, data, samples);
	else if (output->format.sample == AUDIO_S24)
		written = write_24(output, data, samples);
	else
		written =
			fwrite(data, output->format.sample_bytes, samples, output->file) == samples;
	return written ? 0 : -(errno ? errno : EIO);
}

int plain_output_close(struct plain_output **output)
{
	struct plain_output *old = *output;
	int ret = 0;

	*output = NULL;
	if (!old)
		return 0;
	errno = 0;
	if (fclose(old->file))
		ret = -(errno ? errno : EIO);
	free(old);
	return ret;
}
