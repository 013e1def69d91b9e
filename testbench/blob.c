/* SPDX-License-Identifier: BSD-3-Clause */
#include "blob.h"
#include "whole_file.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TLV_BYTES	   8
#define TLV_COMMAND_BINARY 3
#define ABI_HEADER_BYTES   32
#define MAGIC_IPC4	   0x34464f53u
#define MAGIC_IPC3	   0x00464f53u
/* A text file has at most 11 characters a word. */
#define FILE_BYTES_MAX (4 * (BLOB_BYTES_MAX + TLV_BYTES + ABI_HEADER_BYTES))

static int malformed(struct problem *why, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static int malformed(struct problem *why, const char *name, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return problem_set(why, EXIT_BAD_INPUT, EINVAL, "%s: malformed blob: %s", name, text);
}

static uint32_t word_at(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	       (uint32_t)at[3] << 24;
}

/* The form of a file according to the ending of its name. */
enum blob_form { BLOB_FORM_OPEN, BLOB_FORM_TEXT, BLOB_FORM_BINARY };

static enum blob_form form_of_name(const char *name)
{
	const char *slash = strrchr(name, '/');
	const char *dot = strrchr(slash ? slash : name, '.');

	if (!dot)
		return BLOB_FORM_OPEN;
	if (!strcasecmp(dot, ".txt"))
		return BLOB_FORM_TEXT;
	return !strcasecmp(dot, ".bin") ? BLOB_FORM_BINARY : BLOB_FORM_OPEN;
}

/* True if all bytes can occur in text. */
static bool is_printable(const unsigned char *data, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		if (data[i] == 0 || data[i] >= 0x7f || (data[i] < ' ' && !isspace(data[i])))
			return false;
	return true;
}

struct text_position {
	const char *at, *end;
	unsigned int line, column;
};

static void step(struct text_position *pos)
{
	pos->column++;
	if (*pos->at++ == '\n') {
		pos->line++;
		pos->column = 1;
	}
}

static void skip_space(struct text_position *pos)
{
	while (pos->at < pos->end && isspace((unsigned char)*pos->at))
		step(pos);
}

static int digit_value(char c, unsigned int base)
{
	int value = isdigit((unsigned char)c)  ? c - '0' :
		    isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10 :
						 99;

	return value < (int)base ? value : -1;
}

static int read_word(const char *name, struct text_position *pos, uint32_t *word,
		     struct problem *why)
{
	unsigned int base = 10, digits = 0, line = pos->line, column = pos->column;
	uint64_t value = 0;

	if (pos->end - pos->at > 2 && pos->at[0] == '0' && (pos->at[1] | 0x20) == 'x') {
		base = 16;
		step(pos);
		step(pos);
	}
	for (; pos->at < pos->end && digit_value(*pos->at, base) >= 0; step(pos), digits++) {
		value = value * base + (uint64_t)digit_value(*pos->at, base);
		if (value > UINT32_MAX)
			return malformed(why, name,
					 "line %u column %u: a number that does not fit 32 bits",
					 line, column);
	}
	if (!digits)
		return malformed(why, name,
				 "line %u column %u: '%c' where an unsigned number is expected",
				 pos->line, pos->column, pos->at < pos->end ? *pos->at : ' ');
	*word = (uint32_t)value;
	return 0;
}

static int text_to_words(const char *name, const unsigned char *data, size_t size,
			 struct blob *blob, size_t *bytes, struct problem *why)
{
	struct text_position pos = { (const char *)data, (const char *)data + size, 1, 1 };
	size_t count = 0;
	int ret;

	/* Every word but the last takes two characters. */
	blob->memory = malloc((size / 2 + 1) * 4);
	if (!blob->memory)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	for (skip_space(&pos); pos.at < pos.end; skip_space(&pos)) {
		uint32_t word = 0;

		ret = read_word(name, &pos, &word, why);
		if (ret)
			return ret;
		blob->memory[count * 4] = (unsigned char)word;
		blob->memory[count * 4 + 1] = (unsigned char)(word >> 8);
		blob->memory[count * 4 + 2] = (unsigned char)(word >> 16);
		blob->memory[count * 4 + 3] = (unsigned char)(word >> 24);
		count++;
		if (pos.at < pos.end && *pos.at != ',' && !isspace((unsigned char)*pos.at))
			return malformed(why, name,
					 "line %u column %u: '%c' where a comma is expected",
					 pos.line, pos.column, *pos.at);
		skip_space(&pos);
		if (pos.at < pos.end && *pos.at == ',')
			step(&pos);
	}
	*bytes = count * 4;
	return 0;
}

static int copy_bytes(const unsigned char *data, size_t size, struct blob *blob,
		      struct problem *why)
{
	blob->memory = malloc(size);
	if (!blob->memory)
		return problem_set(why, EXIT_RUN_FAILED, ENOMEM, "out of memory");
	memcpy(blob->memory, data, size);
	return 0;
}

/*
 * Into binary. Text is what parses as a list of numbers: payload bytes can all be printable, and
 * are hardly ever such a list. A name that ends in ".txt" or ".bin" decides, so that a mistake in a
 * text is told.
 */
static int to_binary(const char *name, const unsigned char *data, size_t size, struct blob *blob,
		     size_t *bytes, bool *text, struct problem *why)
{
	enum blob_form form = form_of_name(name);
	struct problem no_list = { 0 };
	int ret;

	*text = form != BLOB_FORM_BINARY && is_printable(data, size);
	if (!*text)
		return copy_bytes(data, size, blob, why);
	ret = text_to_words(name, data, size, blob, bytes, &no_list);
	/* Nothing but space is a list of no numbers. */
	if (!ret && (*bytes || form == BLOB_FORM_TEXT))
		return 0;
	if (ret && (ret == -ENOMEM || form == BLOB_FORM_TEXT))
		return problem_set(why, no_list.code, -ret, "%s", no_list.text);
	blob_free(blob);
	*text = false;
	*bytes = size;
	return copy_bytes(data, size, blob, why);
}

static bool is_magic(uint32_t word)
{
	return word == MAGIC_IPC4 || word == MAGIC_IPC3;
}

/* A text has whole words: up to three bytes of its last one are padding. */
static bool is_size(uint32_t told, size_t left, bool text)
{
	return told == left || (text && told < left && left - told < 4);
}

/* Find the payload behind the headers there are; each size is held against what is there. */
static int strip_headers(const char *name, struct blob *blob, size_t bytes, bool text,
			 struct problem *why)
{
	const unsigned char *at = blob->memory;
	size_t left = bytes;

	if (left >= TLV_BYTES + 4 && word_at(at) == TLV_COMMAND_BINARY &&
	    is_magic(word_at(at + TLV_BYTES))) {
		uint32_t told = word_at(at + 4);

		at += TLV_BYTES;
		left -= TLV_BYTES;
		if (!is_size(told, left, text))
			return malformed(why, name,
					 "TLV header tells of %u bytes, %zu follow it (byte 4)",
					 told, left);
	}
	if (left >= 4 && is_magic(word_at(at))) {
		uint32_t told;

		if (left < ABI_HEADER_BYTES)
			return malformed(why, name,
					 "ABI header is cut short: %zu of %d bytes (byte %zu)",
					 left, ABI_HEADER_BYTES, (size_t)(at - blob->memory));
		blob->param_id = word_at(at + 4);
		told = word_at(at + 8);
		if (blob->param_id > 255)
			return malformed(why, name,
					 "parameter id %u in the ABI header, 0 to 255 is expected "
					 "(byte %zu)",
					 blob->param_id, (size_t)(at - blob->memory) + 4);
		left -= ABI_HEADER_BYTES;
		if (!is_size(told, left, text))
			return malformed(
				why, name,
				"ABI header tells of %u payload bytes, %zu follow it (byte %zu)",
				told, left, (size_t)(at - blob->memory) + 8);
		left = told;
		at += ABI_HEADER_BYTES;
	}
	if (left == 0)
		return malformed(why, name, "no payload, at least one byte is expected");
	if (left > BLOB_BYTES_MAX)
		return malformed(why, name, "%zu bytes of payload, at most %u are expected", left,
				 BLOB_BYTES_MAX);
	blob->payload = at;
	blob->size = left;
	return 0;
}

int blob_parse(const char *name, const void *data, size_t size, struct blob *blob,
	       struct problem *why)
{
	size_t bytes = size;
	bool text;
	int ret;

	memset(blob, 0, sizeof(*blob));
	if (size == 0)
		return malformed(why, name, "the file is empty, configuration words are expected");
	ret = to_binary(name, data, size, blob, &bytes, &text, why);
	if (!ret)
		ret = strip_headers(name, blob, bytes, text, why);
	if (ret)
		blob_free(blob);
	return ret;
}

int blob_read(const char *path, struct blob *blob, struct problem *why)
{
	uint8_t *data;
	size_t size;
	int ret = whole_file_read(path, "blob", FILE_BYTES_MAX, &data, &size, why);

	memset(blob, 0, sizeof(*blob));
	if (!ret)
		ret = blob_parse(path, data, size, blob, why);
	free(data);
	return ret;
}

void blob_free(struct blob *blob)
{
	free(blob->memory);
	memset(blob, 0, sizeof(*blob));
}
