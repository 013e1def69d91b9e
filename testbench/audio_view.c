/* SPDX-License-Identifier: BSD-3-Clause */
#include "audio_view.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What precedes the data of an AIFF or AU file is copied, up to this size. */
#define HEAD_BYTES_MAX	((uint64_t)1 << 24)
#define WAVE_HEAD_BYTES (12 + 36 + 8 + AUDIO_HEADER_FMT_MAX + 8)
#define DS64_BYTES	28
/* No frame of MPEG audio is this many times smaller than the first. */
#define OVERSTATED_TIMES 64
/* A decoder looks for an ID3v1 tag here, and opening fails where it can't be read. */
#define ID3V1_BYTES 128
/* Room for a header in sizes of 32 bits. */
#define NARROW_BYTES_MAX ((uint64_t)UINT32_MAX - WAVE_HEAD_BYTES)

static sf_count_t view_length(void *user)
{
	const struct audio_view *view = user;
	struct stat st;

	if (view->head)
		return (sf_count_t)(view->head_bytes + view->data_bytes);
	if (fstat(view->fd, &st))
		return -1;
	return (sf_count_t)st.st_size *
	       (view->end == AUDIO_VIEW_END_OVERSTATED ? OVERSTATED_TIMES : 1);
}

/* Behind the end of the file: zeros in place of the tag. */
static size_t read_overstated(struct audio_view *view, unsigned char *to, size_t size)
{
	const uint64_t length = (uint64_t)view_length(view);

	if (view->position < length - ID3V1_BYTES || view->position >= length)
		return 0;
	size = size < length - view->position ? size : (size_t)(length - view->position);
	memset(to, 0, size);
	return size;
}

static sf_count_t view_seek(sf_count_t offset, int whence, void *user)
{
	struct audio_view *view = user;
	sf_count_t from = whence == SEEK_CUR ? (sf_count_t)view->position :
			  whence == SEEK_END ? view_length(user) :
					       0;

	if ((whence == SEEK_END && view->end == AUDIO_VIEW_END_UNKNOWN) || from + offset < 0)
		return -1;
	view->position = (uint64_t)(from + offset);
	return from + offset;
}

static size_t read_file(const struct audio_view *view, unsigned char *to, size_t size,
			uint64_t offset)
{
	size_t done = 0;

	while (done < size) {
		ssize_t got = pread(view->fd, to + done, size - done, (off_t)(offset + done));

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

static sf_count_t view_read(void *to, sf_count_t count, void *user)
{
	struct audio_view *view = user;
	unsigned char *at = to;
	size_t size = (size_t)count, first = 0;
	uint64_t offset;

	if (!view->head) {
		first = read_file(view, at, size, view->position);
		if (!first && view->end == AUDIO_VIEW_END_OVERSTATED)
			first = read_overstated(view, at, size);
		size = first;
		view->position += size;
		return (sf_count_t)size;
	}
	if (view->position < view->head_bytes) {
		first = (size_t)(view->head_bytes - view->position);
		first = first < size ? first : size;
		memcpy(at, view->head + view->position, first);
	}
	offset = view->position + first - view->head_bytes;
	if (first == size || offset >= view->data_bytes)
		size = first;
	else {
		size -= first;
		size = size < view->data_bytes - offset ? size :
							  (size_t)(view->data_bytes - offset);
		size = first + read_file(view, at + first, size, view->data_at + offset);
	}
	view->position += size;
	return (sf_count_t)size;
}

static sf_count_t view_write(const void *from, sf_count_t count, void *user)
{
	return 0;
}

static sf_count_t view_tell(void *user)
{
	return (sf_count_t)((const struct audio_view *)user)->position;
}

SF_VIRTUAL_IO audio_view_io = { view_length, view_seek, view_read, view_write, view_tell };

void audio_view_plain(struct audio_view *view, int fd)
{
	*view = (struct audio_view){ .fd = fd };
}

bool audio_view_needed(const struct audio_header *header)
{
	if (header->kind == AUDIO_HEADER_OTHER)
		return false;
	return header->size != AUDIO_SIZE_TOLD || header->right_justified_bits;
}

static unsigned char *put(unsigned char *at, uint64_t value, size_t bytes, bool big)
{
	size_t i;

	for (i = 0; i < bytes; i++) {
		const size_t place = big ? bytes - 1 - i : i;

		at[i] = place < sizeof(value) ? (unsigned char)(value >> 8 * place) : 0;
	}
	return at + bytes;
}

static unsigned char *put_name(unsigned char *at, const char *name)
{
	memcpy(at, name, 4);
	return at + 4;
}

static unsigned char *put_format(unsigned char *at, const struct audio_header *header)
{
	bool big = header->big_endian;

	if (!header->right_justified_bits) {
		at = put(put_name(at, "fmt "), header->fmt_bytes, 4, big);
		memcpy(at, header->fmt, header->fmt_bytes);
		at += header->fmt_bytes;
		if (header->fmt_bytes & 1)
			*at++ = 0;
		return at;
	}
	at = put(put_name(at, "fmt "), 16, 4, big);
	at = put(at, 1, 2, big);
	memcpy(at, header->fmt + 2, 12);
	return put(at + 12, 32, 2, big);
}

static int wave_head(struct audio_view *view, const struct audio_header *header)
{
	bool big = header->big_endian, wide = view->data_bytes > NARROW_BYTES_MAX;
	unsigned char *at;

	if (wide && big)
		return -EFBIG;
	view->head = calloc(1, WAVE_HEAD_BYTES);
	if (!view->head)
		return -ENOMEM;
	at = put_name(view->head, wide ? "RF64" : big ? "RIFX" : "RIFF");
	at = put_name(put(at, wide ? UINT32_MAX : 0, 4, big), "WAVE");
	if (wide) {
		at = put(put_name(at, "ds64"), DS64_BYTES, 4, false);
		at = put(at, view->data_bytes + WAVE_HEAD_BYTES, 8, false);
		at = put(at, view->data_bytes, 8, false);
		at = put(at, 0, 12, false);
	}
	at = put_format(at, header);
	at = put(put_name(at, "data"), wide ? UINT32_MAX : view->data_bytes, 4, big);
	view->head_bytes = (uint64_t)(at - view->head);
	if (!wide)
		put(view->head + 4, view->head_bytes - 8 + view->data_bytes, 4, big);
	return 0;
}

/* The bytes before the data as they are. */
static int copied_head(struct audio_view *view)
{
	if (view->data_at > HEAD_BYTES_MAX)
		return -EFBIG;
	view->head_bytes = view->data_at;
	view->head = calloc(1, view->head_bytes);
	if (!view->head)
		return -ENOMEM;
	return read_file(view, view->head, view->head_bytes, 0) == view->head_bytes ? 0 : -EIO;
}

static int aiff_head(struct audio_view *view, const struct audio_header *header)
{
	uint32_t channels, bits, frame_bytes;
	int ret = view->data_bytes > NARROW_BYTES_MAX ? -EFBIG : copied_head(view);
	const unsigned char *frames;

	if (ret)
		return ret;
	frames = view->head + header->frames_at;
	channels = (uint32_t)frames[-2] << 8 | frames[-1];
	bits = (uint32_t)frames[4] << 8 | frames[5];
	frame_bytes = channels * ((bits + 7) / 8);
	if (!frame_bytes)
		return -EIO;
	put(view->head + 4, view->head_bytes + view->data_bytes - 8, 4, true);
	put(view->head + header->frames_at, view->data_bytes / frame_bytes, 4, true);
	put(view->head + header->size_at, view->data_bytes + 8, 4, true);
	return 0;
}

int audio_view_correct(struct audio_view *view, int fd, const struct audio_header *header)
{
	int ret;

	*view = (struct audio_view){
		.fd = fd,
		.data_at = header->data_at,
		.data_bytes = header->found,
	};
	if (header->kind == AUDIO_HEADER_WAVE) {
		ret = wave_head(view, header);
	} else if (header->kind == AUDIO_HEADER_AIFF) {
		ret = aiff_head(view, header);
	} else {
		ret = copied_head(view);
		/* "Up to the end of the file". */
		if (!ret)
			put(view->head + header->size_at, UINT32_MAX, 4, header->big_endian);
	}
	if (ret)
		audio_view_free(view);
	return ret;
}

void audio_view_free(struct audio_view *view)
{
	free(view->head);
	view->head = NULL;
}
