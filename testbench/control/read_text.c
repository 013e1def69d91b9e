/* SPDX-License-Identifier: BSD-3-Clause */
#include "control/read_text.h"

#include <kernel/abi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TLV_BINARY   3
#define TLV_BYTES    8
#define ABI_BYTES    32
#define HEADER_BYTES (TLV_BYTES + ABI_BYTES)
/* Half words a line. */
#define HEX_COLUMNS 8

/* Headers and payload in one piece, up to a whole word. */
static uint8_t *image_of(const struct graph_read *read, const uint8_t *data, size_t size)
{
	const uint32_t head[HEADER_BYTES / 4] = {
		TLV_BINARY,	    (uint32_t)(ABI_BYTES + size),
		SOF_IPC4_ABI_MAGIC, read->param_id,
		(uint32_t)size,	    SOF_ABI_VERSION,
	};
	uint8_t *image = calloc(1, HEADER_BYTES + size + 4);

	if (!image)
		return NULL;
	memcpy(image, head, sizeof(head));
	memcpy(image + HEADER_BYTES, data, size);
	return image;
}

static void print_header(FILE *out, const struct graph_read *read, size_t size)
{
	fprintf(out, "hdr: magic 0x%08x\n", SOF_IPC4_ABI_MAGIC);
	fprintf(out, "hdr: param_id %u\n", read->param_id);
	fprintf(out, "hdr: size %zu bytes\n", size);
	fprintf(out, "hdr: abi %u:%u:%u\n", SOF_ABI_VERSION_MAJOR(SOF_ABI_VERSION),
		SOF_ABI_VERSION_MINOR(SOF_ABI_VERSION), SOF_ABI_VERSION_PATCH(SOF_ABI_VERSION));
}

static void print_words(FILE *out, const uint8_t *bytes, size_t size)
{
	uint32_t word;
	size_t i;

	for (i = 0; i < size; i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		fprintf(out, "%s%u", i ? "," : "", word);
	}
	fputc('\n', out);
}

static void print_hex(FILE *out, const uint8_t *bytes, size_t size)
{
	uint16_t half;
	size_t i;

	for (i = 0; i < size; i += sizeof(half)) {
		size_t column = i / sizeof(half) % HEX_COLUMNS;

		memcpy(&half, bytes + i, sizeof(half));
		if (!column)
			fprintf(out, "%08zx ", i);
		fprintf(out, "%04x ", half);
		if (column == HEX_COLUMNS - 1)
			fputc('\n', out);
	}
	fputc('\n', out);
}

static void print_like_amixer(FILE *out, const char *head, const uint8_t *bytes, size_t size)
{
	size_t i;

	fputs(head ? head : "", out);
	fputs("  : values=", out);
	for (i = 0; i < size; i++)
		fprintf(out, "%s0x%02x", i ? "," : "", bytes[i]);
	fputc('\n', out);
}

static void print(FILE *out, const struct graph_read *read, const uint8_t *image, size_t size)
{
	size_t skip = read->bare ? HEADER_BYTES : 0, words = (size + 3) & ~(size_t)3;

	if (read->style == GRAPH_READ_AMIXER) {
		print_like_amixer(out, read->head, image + TLV_BYTES, ABI_BYTES + size);
		return;
	}
	if (read->style == GRAPH_READ_HEX && read->path) {
		fwrite(image + skip, 1, HEADER_BYTES - skip + size, out);
		return;
	}
	if (!read->path)
		print_header(out, read, size);
	if (read->style == GRAPH_READ_HEX)
		print_hex(out, image + skip, HEADER_BYTES - skip + words);
	else
		print_words(out, image + skip, HEADER_BYTES - skip + words);
}

char *read_text(const struct graph_read *read, const uint8_t *data, size_t size, size_t *length)
{
	uint8_t *image = image_of(read, data, size);
	char *text = NULL;
	FILE *out;

	*length = 0;
	if (!image)
		return NULL;
	out = open_memstream(&text, length);
	if (out) {
		print(out, read, image, size);
		if (fclose(out)) {
			free(text);
			text = NULL;
		}
	}
	free(image);
	return text;
}
