/* SPDX-License-Identifier: BSD-3-Clause */
#include "audio_header.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GIB4 ((uint64_t)1 << 32)

#define WAVE_TAG_PCM	    1
#define WAVE_TAG_EXTENSIBLE 0xfffe
#define FMT_PCM_BYTES	    16
#define FMT_MASK_AT	    20
#define FMT_SUBFORMAT_AT    24

struct reader {
	int fd;
	uint64_t end; /* of the file */
	struct audio_header *header;
	uint64_t whole; /* size of the file according to the header */
};

static uint32_t half(const unsigned char *at, bool big)
{
	return big ? (uint32_t)at[0] << 8 | at[1] : (uint32_t)at[1] << 8 | at[0];
}

static uint32_t word(const unsigned char *at, bool big)
{
	return big ? half(at, true) << 16 | half(at + 2, true) :
		     half(at + 2, false) << 16 | half(at, false);
}

static uint64_t word64(const unsigned char *at)
{
	return (uint64_t)word(at + 4, false) << 32 | word(at, false);
}

static bool read_at(int fd, uint64_t offset, unsigned char *data, size_t size)
{
	return pread(fd, data, size, (off_t)offset) == (ssize_t)size;
}

/*
 * Sizes of programs that write into a pipe, or that were killed: 0; libsndfile 0x7ffff000, sox
 * 0x7f000000 and a header, arecord 0x80000000, all less or more a header; ffmpeg 0xffffffff, and
 * others that less a header.
 */
static bool is_placeholder(uint64_t size)
{
	return size == 0 || (size >= 0x7f000000u && size <= 0x80000100u) ||
	       (size >= 0xffff0000u && size <= 0xffffffffu);
}

/* A file of the size given in its header is complete, whatever the size of its data chunk. */
static bool is_finished(const struct reader *reader)
{
	return reader->whole == reader->end || reader->whole + 1 == reader->end;
}

static void settle(struct reader *reader, uint64_t told, uint64_t start, bool narrow)
{
	struct audio_header *header = reader->header;
	uint64_t there = reader->end > start ? reader->end - start : 0;

	header->data_at = start;
	header->told = told;
	header->found = there < told ? there : told;
	if (!is_finished(reader) && is_placeholder(told) && there) {
		header->size = AUDIO_SIZE_UNKNOWN;
		header->found = there;
	} else if (!is_finished(reader) && narrow && there >= told + GIB4) {
		header->size = AUDIO_SIZE_WRAPPED;
		header->found = told + (there - told) / GIB4 * GIB4;
	}
}

/*
 * An integer format that is narrower than the container of its samples. The WAVE specification
 * requires left-justified samples, and in WAVE_FORMAT_EXTENSIBLE the container's width is the
 * sample width. A plain width of 17 to 24 in a container of 32 is what ALSA's programs make of
 * S24_LE and S20_LE, which are right-justified.
 */
static void look_at_format(struct audio_header *header)
{
	bool big = header->big_endian;
	uint32_t tag = half(header->fmt, big), channels = half(header->fmt + 2, big);
	uint32_t align = half(header->fmt + 12, big), bits = half(header->fmt + 14, big);

	if (tag == WAVE_TAG_EXTENSIBLE && header->fmt_bytes >= FMT_SUBFORMAT_AT + 2) {
		header->channel_mask = word(header->fmt + FMT_MASK_AT, big);
		tag = half(header->fmt + FMT_SUBFORMAT_AT, big);
	}
	if (tag == WAVE_TAG_PCM && channels && align == 4 * channels && bits > 16 && bits <= 24)
		header->right_justified_bits = bits;
}

static void read_format(struct reader *reader, uint64_t at, uint64_t size)
{
	struct audio_header *header = reader->header;
	size_t bytes = size < AUDIO_HEADER_FMT_MAX ? (size_t)size : AUDIO_HEADER_FMT_MAX;

	if (bytes < FMT_PCM_BYTES || !read_at(reader->fd, at, header->fmt, bytes))
		return;
	header->fmt_bytes = bytes;
	look_at_format(header);
}

static void walk_wave(struct reader *reader, bool rf64)
{
	struct audio_header *header = reader->header;
	unsigned char head[8], ds64[16];
	uint64_t at = 12, data64 = 0;

	while (read_at(reader->fd, at, head, sizeof(head))) {
		uint64_t size = word(head + 4, header->big_endian);

		if (!memcmp(head, "data", 4)) {
			bool wide = rf64 && size == UINT32_MAX && data64;

			if (header->fmt_bytes)
				header->kind = AUDIO_HEADER_WAVE;
			settle(reader, wide ? data64 : size, at + sizeof(head), !rf64);
			return;
		}
		if (!memcmp(head, "fmt ", 4))
			read_format(reader, at + sizeof(head), size);
		if (rf64 && !memcmp(head, "ds64", 4) &&
		    read_at(reader->fd, at + sizeof(head), ds64, sizeof(ds64))) {
			reader->whole = word64(ds64) + 8;
			data64 = word64(ds64 + 8);
			/* Placeholders of 64 bits. */
			data64 = data64 > INT64_MAX ? 0 : data64;
		}
		at += sizeof(head) + size + (size & 1);
	}
}

static void walk_aiff(struct reader *reader)
{
	struct audio_header *header = reader->header;
	unsigned char head[8];
	uint64_t at = 12;

	header->big_endian = true;
	while (read_at(reader->fd, at, head, sizeof(head))) {
		uint64_t size = word(head + 4, true);

		if (!memcmp(head, "COMM", 4))
			header->frames_at = at + 10;
		if (!memcmp(head, "SSND", 4)) {
			/* The data follows an offset and a block size. */
			header->kind = header->frames_at ? AUDIO_HEADER_AIFF : AUDIO_HEADER_OTHER;
			header->size_at = at + 4;
			settle(reader, size < 8 ? 0 : size - 8, at + 16, true);
			return;
		}
		at += sizeof(head) + size + (size & 1);
	}
}

static void read_au(struct reader *reader, const unsigned char *head)
{
	struct audio_header *header = reader->header;
	uint64_t start, told;

	header->big_endian = head[0] == '.';
	start = word(head + 4, header->big_endian);
	told = word(head + 8, header->big_endian);
	header->kind = AUDIO_HEADER_AU;
	header->size_at = 8;
	reader->whole = start + told;
	settle(reader, told, start, true);
}

void audio_header_read(int fd, struct audio_header *header)
{
	struct reader reader = { .fd = fd, .header = header };
	unsigned char head[12];
	struct stat st;

	memset(header, 0, sizeof(*header));
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || !read_at(fd, 0, head, sizeof(head)))
		return;
	reader.end = (uint64_t)st.st_size;
	if (!memcmp(head, ".snd", 4) || !memcmp(head, "dns.", 4)) {
		read_au(&reader, head);
		return;
	}
	header->big_endian = !memcmp(head, "RIFX", 4) || !memcmp(head, "FORM", 4);
	reader.whole = (uint64_t)word(head + 4, header->big_endian) + 8;
	if (!memcmp(head, "FORM", 4))
		walk_aiff(&reader);
	else if (!memcmp(head + 8, "WAVE", 4))
		walk_wave(&reader, memcmp(head, "RIF", 3) != 0);
}
