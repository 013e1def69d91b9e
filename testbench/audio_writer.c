/* SPDX-License-Identifier: BSD-3-Clause */
#include "audio_writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OGG_HEAD_BYTES	27
#define OGG_SERIAL_AT	14
#define OGG_CHECKSUM_AT 22
#define OGG_SEGMENTS_AT 26
#define OGG_SERIAL	0x534f4600u
#define OGG_POLYNOMIAL	0x04c11db7u
#define MAT5_TEXT_BYTES 116
#define FMT_MASK_AT	20
#define PEAK_TIME_AT	12
#define TAG_EXTENSIBLE	0xfffe
/* More than any header that libsndfile writes. */
#define HEADER_BYTES_MAX (1u << 16)

static void put_word(unsigned char *at, uint32_t value)
{
	size_t i;

	for (i = 0; i < 4; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

static uint32_t get_word(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	       (uint32_t)at[3] << 24;
}

static bool write_all(struct audio_writer *writer, const unsigned char *data, size_t size)
{
	uint64_t at = writer->position;
	ssize_t got;

	while (size) {
		got = writer->base < 0 ?
			      write(writer->fd, data, size) :
			      pwrite(writer->fd, data, size, (off_t)((uint64_t)writer->base + at));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			writer->error = writer->error ? writer->error : got ? errno : ENOSPC;
			return false;
		}
		data += got;
		at += (uint64_t)got;
		size -= (size_t)got;
	}
	return true;
}

/* RFC 3533: the checksum of a page is taken with its own field zero. */
static uint32_t ogg_checksum(const unsigned char *data, size_t size)
{
	uint32_t sum = 0;
	size_t i;
	int bit;

	for (i = 0; i < size; i++) {
		sum ^= (uint32_t)data[i] << 24;
		for (bit = 0; bit < 8; bit++)
			sum = sum << 1 ^ (sum >> 31 ? OGG_POLYNOMIAL : 0);
	}
	return sum;
}

/* Size of the page that is being collected, as far as its header is known. */
static size_t ogg_page_bytes(const struct audio_writer *writer)
{
	size_t bytes = OGG_HEAD_BYTES, i, segments;

	if (writer->page_bytes < OGG_HEAD_BYTES)
		return bytes;
	segments = writer->page[OGG_SEGMENTS_AT];
	bytes += segments;
	for (i = 0; writer->page_bytes >= OGG_HEAD_BYTES + segments && i < segments; i++)
		bytes += writer->page[OGG_HEAD_BYTES + i];
	return bytes;
}

static bool write_ogg_page(struct audio_writer *writer)
{
	bool written;

	put_word(writer->page + OGG_SERIAL_AT, OGG_SERIAL);
	put_word(writer->page + OGG_CHECKSUM_AT, 0);
	put_word(writer->page + OGG_CHECKSUM_AT, ogg_checksum(writer->page, writer->page_bytes));
	written = write_all(writer, writer->page, writer->page_bytes);
	writer->position += writer->page_bytes;
	writer->page_bytes = 0;
	return written;
}

static bool write_ogg(struct audio_writer *writer, const unsigned char *data, size_t size)
{
	while (size) {
		size_t whole = ogg_page_bytes(writer);
		size_t now = whole - writer->page_bytes < size ? whole - writer->page_bytes : size;

		memcpy(writer->page + writer->page_bytes, data, now);
		writer->page_bytes += now;
		data += now;
		size -= now;
		whole = ogg_page_bytes(writer);
		if (writer->page_bytes >= OGG_HEAD_BYTES && writer->page_bytes == whole &&
		    !write_ogg_page(writer))
			return false;
	}
	return true;
}

/* The chunks of a WAVE header, up to the data. */
static void mend_chunks(unsigned char *header, size_t size, uint32_t mask, bool endless)
{
	size_t at = 12;

	while (at + 8 <= size) {
		unsigned char *chunk = header + at;
		uint32_t bytes = get_word(chunk + 4);

		if (!memcmp(chunk, "fmt ", 4) && bytes >= FMT_MASK_AT + 4 &&
		    at + 8 + FMT_MASK_AT + 4 <= size &&
		    (chunk[8] | chunk[9] << 8) == TAG_EXTENSIBLE)
			put_word(chunk + 8 + FMT_MASK_AT, mask);
		if (!memcmp(chunk, "PEAK", 4) && at + 16 <= size)
			put_word(chunk + PEAK_TIME_AT, 0);
		if (!memcmp(chunk, "data", 4)) {
			if (endless)
				put_word(chunk + 4, UINT32_MAX);
			break;
		}
		at += 8 + (size_t)bytes + (bytes & 1);
	}
	if (endless)
		put_word(header + 4, UINT32_MAX);
}

/* libsndfile writes a header in one piece, once at the start and again when sizes have changed. */
static bool write_header(struct audio_writer *writer, const unsigned char *data, size_t size)
{
	static const char text[] = "MATLAB 5.0 MAT-file, written by sof-testbench";
	unsigned char *copy = malloc(size);
	bool written;

	if (!copy) {
		writer->error = ENOMEM;
		return false;
	}
	memcpy(copy, data, size);
	if (writer->container == SF_FORMAT_MAT5) {
		if (size >= MAT5_TEXT_BYTES) {
			memset(copy, ' ', MAT5_TEXT_BYTES);
			memcpy(copy, text, sizeof(text) - 1);
		}
	} else {
		mend_chunks(copy, size, writer->channel_mask, false);
	}
	written = write_all(writer, copy, size);
	free(copy);
	return written;
}

static bool has_header_to_change(const struct audio_writer *writer)
{
	return writer->container == SF_FORMAT_WAVEX || writer->container == SF_FORMAT_RF64 ||
	       writer->container == SF_FORMAT_MAT5;
}

/* Write the held-back start; \p endless: with sizes of unknown length. */
static bool release_held(struct audio_writer *writer, bool endless)
{
	uint64_t position = writer->position;
	bool written;

	if (writer->released)
		return true;
	writer->released = true;
	if (writer->held_bytes > 12)
		mend_chunks(writer->held, writer->held_bytes, writer->channel_mask, endless);
	writer->position = 0;
	written = write_all(writer, writer->held, writer->held_bytes);
	writer->position = position;
	return written;
}

/* libsndfile rewrites the header at the end. Bytes already written to a pipe cannot change: the
 * write is dropped. */
static bool write_stream(struct audio_writer *writer, const unsigned char *data, size_t size)
{
	size_t now;

	if (!writer->released && writer->position < AUDIO_WRITER_HELD_BYTES) {
		now = AUDIO_WRITER_HELD_BYTES - (size_t)writer->position;
		now = now < size ? now : size;
		memcpy(writer->held + writer->position, data, now);
		writer->position += now;
		if (writer->position > writer->held_bytes)
			writer->held_bytes = (size_t)writer->position;
		data += now;
		size -= now;
	}
	if (!size)
		return true;
	if (!release_held(writer, true))
		return false;
	if (writer->position >= writer->length && !write_all(writer, data, size))
		return false;
	writer->position += size;
	return true;
}

static sf_count_t writer_write(const void *data, sf_count_t count, void *user)
{
	struct audio_writer *writer = user;
	size_t size = (size_t)count;
	bool written;

	if (writer->page) {
		written = write_ogg(writer, data, size);
	} else if (writer->held) {
		written = write_stream(writer, data, size);
	} else {
		written = writer->position == 0 && size <= HEADER_BYTES_MAX &&
					  has_header_to_change(writer) ?
				  write_header(writer, data, size) :
				  write_all(writer, data, size);
		writer->position += size;
	}
	if (writer->position > writer->length)
		writer->length = writer->position;
	return written ? count : 0;
}

static sf_count_t writer_length(void *user)
{
	const struct audio_writer *writer = user;

	return (sf_count_t)(writer->length + writer->page_bytes);
}

static sf_count_t writer_tell(void *user)
{
	const struct audio_writer *writer = user;

	return (sf_count_t)(writer->position + writer->page_bytes);
}

static sf_count_t writer_seek(sf_count_t offset, int whence, void *user)
{
	struct audio_writer *writer = user;
	sf_count_t from = whence == SEEK_CUR ? writer_tell(user) :
			  whence == SEEK_END ? writer_length(user) :
					       0;

	if (from + offset == writer_tell(user))
		return from + offset;
	if (writer->page || from + offset < 0)
		return -1;
	writer->position = (uint64_t)(from + offset);
	return from + offset;
}

/* Some headers are read again before they are written anew. */
static sf_count_t writer_read(void *to, sf_count_t count, void *user)
{
	struct audio_writer *writer = user;
	ssize_t got;

	if (writer->base < 0)
		return 0;
	got = pread(writer->fd, to, (size_t)count,
		    (off_t)((uint64_t)writer->base + writer->position));
	if (got > 0)
		writer->position += (uint64_t)got;
	return got > 0 ? got : 0;
}

SF_VIRTUAL_IO audio_writer_io = { writer_length, writer_seek, writer_read, writer_write,
				  writer_tell };

int audio_writer_init(struct audio_writer *writer, int fd, int sndfile_format,
		      uint32_t channel_mask)
{
	*writer = (struct audio_writer){
		.fd = fd,
		.container = sndfile_format & SF_FORMAT_TYPEMASK,
		.channel_mask = channel_mask,
		.base = lseek(fd, 0, SEEK_CUR),
	};
	if (writer->container != SF_FORMAT_OGG) {
		if (writer->base >= 0)
			return 0;
		writer->held = calloc(1, AUDIO_WRITER_HELD_BYTES);
		return writer->held ? 0 : -ENOMEM;
	}
	writer->page = malloc(OGG_PAGE_BYTES_MAX);
	return writer->page ? 0 : -ENOMEM;
}

uint64_t audio_writer_limit(int sndfile_format)
{
	switch (sndfile_format & SF_FORMAT_TYPEMASK) {
	case SF_FORMAT_WAV:
	case SF_FORMAT_WAVEX:
	case SF_FORMAT_AIFF:
	case SF_FORMAT_AU:
	case SF_FORMAT_MAT5:
	case SF_FORMAT_AVR:
		return UINT32_MAX;
	case SF_FORMAT_VOC:
		/* Sizes of 24 bits. */
		return 0xffffff;
	default:
		return UINT64_MAX;
	}
}

int audio_writer_finish(struct audio_writer *writer)
{
	if (writer->held)
		release_held(writer, false);
	return -writer->error;
}

void audio_writer_free(struct audio_writer *writer)
{
	free(writer->held);
	writer->held = NULL;
	free(writer->page);
	writer->page = NULL;
}
