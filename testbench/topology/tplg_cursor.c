/* SPDX-License-Identifier: BSD-3-Clause */
#include "tplg_cursor.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int tplg_bad(struct tplg_cursor *cursor, size_t offset, const char *format, ...)
{
	char text[300];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return problem_set(cursor->why, EXIT_BAD_INPUT, EINVAL, "%s: offset %zu: %s%s%s",
			   cursor->file, offset, cursor->object, cursor->object[0] ? ": " : "",
			   text);
}

void tplg_object(struct tplg_cursor *cursor, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(cursor->object, sizeof(cursor->object), format, args);
	va_end(args);
}

int tplg_take(struct tplg_cursor *cursor, size_t size, const char *what, const uint8_t **bytes)
{
	if (size > cursor->end - cursor->at)
		return tplg_bad(cursor, cursor->at, "%s: %zu bytes expected, %zu are left", what,
				size, cursor->end - cursor->at);
	*bytes = cursor->memory + cursor->at;
	cursor->at += size;
	return 0;
}

int tplg_copy(struct tplg_cursor *cursor, void *to, size_t size, const char *what)
{
	const uint8_t *bytes = NULL;
	int ret = tplg_take(cursor, size, what, &bytes);

	if (!ret)
		memcpy(to, bytes, size);
	return ret;
}

int tplg_take_data(struct tplg_cursor *cursor, size_t size, const char *what,
		   struct tplg_data *data)
{
	size_t offset = cursor->at;
	int ret = tplg_take(cursor, size, what, &data->bytes);

	if (ret)
		return ret;
	data->size = size;
	data->offset = offset;
	return 0;
}

int tplg_check_size(struct tplg_cursor *cursor, size_t offset, const char *what, uint32_t size,
		    size_t expected)
{
	if (size == expected)
		return 0;
	return tplg_bad(cursor, offset, "%s tells of %u bytes, expected %zu", what, size, expected);
}

void tplg_name(char to[TPLG_NAME_SIZE], const char from[SNDRV_CTL_ELEM_ID_NAME_MAXLEN])
{
	size_t length = strnlen(from, SNDRV_CTL_ELEM_ID_NAME_MAXLEN);

	memset(to, 0, TPLG_NAME_SIZE);
	memcpy(to, from, length);
}

void *tplg_grow(void **array, size_t *count, size_t element_size)
{
	uint8_t *larger = *array;

	/* Full at each power of two, empty at 0. */
	if ((*count & (*count - 1)) == 0) {
		larger = realloc(*array, (*count ? 2 * *count : 1) * element_size);
		if (!larger)
			return NULL;
		*array = larger;
	}
	memset(larger + *count * element_size, 0, element_size);
	return larger + (*count)++ * element_size;
}
