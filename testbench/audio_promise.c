/* SPDX-License-Identifier: BSD-3-Clause */
#include "audio_promise.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZE_UNKNOWN 0xffffffffu
/* libsndfile and sox mark the data of a pipe with this. */
#define SIZE_PIPE 0x7ffff000u

static uint32_t word(const unsigned char *at, bool big)
{
	return big ? (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3] :
		     (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

static bool read_at(int fd, uint64_t offset, unsigned char *data, size_t size)
{
	return pread(fd, data, size, (off_t)offset) == (ssize_t)size;
}

static bool settle(struct audio_promise *promise, uint64_t promised, uint64_t start, uint64_t end)
{
	uint64_t there = end > start ? end - start : 0;

	if (promised == SIZE_UNKNOWN || (promised >= SIZE_PIPE && promised < 0x80000000u))
		return false;
	promise->promised = promised;
	promise->found = there < promised ? there : promised;
	return true;
}

/* Walk the chunks behind a 12-byte file header up to the one with the samples. */
static bool walk_chunks(int fd, uint64_t end, const char *wanted, bool big, uint64_t skip,
			struct audio_promise *promise)
{
	unsigned char head[8], size64[8];
	uint64_t at = 12, data64 = 0;

	while (at + sizeof(head) <= end && read_at(fd, at, head, sizeof(head))) {
		uint64_t size = word(head + 4, big);

		if (!memcmp(head, "ds64", 4) && read_at(fd, at + 16, size64, sizeof(size64)))
			data64 = (uint64_t)word(size64 + 4, false) << 32 | word(size64, false);
		if (!memcmp(head, wanted, 4)) {
			if (size == SIZE_UNKNOWN && data64)
				size = data64;
			if (size < skip)
				return false;
			return settle(promise, size - skip, at + sizeof(head) + skip, end);
		}
		at += sizeof(head) + size + (size & 1);
	}
	return false;
}

bool audio_promise_read(int fd, struct audio_promise *promise)
{
	unsigned char head[12];
	struct stat st;
	uint64_t end;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || !read_at(fd, 0, head, sizeof(head)))
		return false;
	end = (uint64_t)st.st_size;
	if (!memcmp(head, ".snd", 4) || !memcmp(head, "dns.", 4)) {
		bool big = head[0] == '.';

		return settle(promise, word(head + 8, big), word(head + 4, big), end);
	}
	if (!memcmp(head, "FORM", 4))
		/* The SSND chunk starts with an offset and a block size. */
		return walk_chunks(fd, end, "SSND", true, 8, promise);
	if (!memcmp(head + 8, "WAVE", 4))
		return walk_chunks(fd, end, "data", !memcmp(head, "RIFX", 4), 0, promise);
	return false;
}
