/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file tplg_cursor.h
 * \brief Reading a hostile file from front to end without leaving it, and saying where it is wrong.
 */
#ifndef TESTBENCH_TOPOLOGY_TPLG_CURSOR_H
#define TESTBENCH_TOPOLOGY_TPLG_CURSOR_H

#include <stddef.h>
#include <stdint.h>

#include "problem.h"
#include "tplg_file.h"

/* ALSA's constant, which its topology header uses and leaves to others to define. */
#ifndef SNDRV_CTL_ELEM_ID_NAME_MAXLEN
#define SNDRV_CTL_ELEM_ID_NAME_MAXLEN 44
#endif
#include <alsa/sound/uapi/asoc.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "fields are taken as they are");

struct tplg_cursor {
	const char *file; /**< its name */
	const uint8_t *memory;
	size_t at, end;			  /**< offsets of what is left, at <= end */
	char object[TPLG_NAME_SIZE + 32]; /**< what is being read: "widget 'gain.1.1'" */
	struct problem *why;
};

/** Say what is wrong at \p offset. \return -EINVAL */
int tplg_bad(struct tplg_cursor *cursor, size_t offset, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/** Name the object in messages to come; cut at its size. */
void tplg_object(struct tplg_cursor *cursor, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** Step over \p size bytes, "private data" say, and point \p bytes at them. 0 or -EINVAL */
int tplg_take(struct tplg_cursor *cursor, size_t size, const char *what, const uint8_t **bytes);
/** The same, copied out, as nothing in the file is aligned. */
int tplg_copy(struct tplg_cursor *cursor, void *to, size_t size, const char *what);
/** The same, as a part of the file to be kept. */
int tplg_take_data(struct tplg_cursor *cursor, size_t size, const char *what,
		   struct tplg_data *data);

/** A size field must tell what the structure has. */
int tplg_check_size(struct tplg_cursor *cursor, size_t offset, const char *what, uint32_t size,
		    size_t expected);

/** Text member, which may lack its NUL. */
void tplg_name(char to[TPLG_NAME_SIZE], const char from[SNDRV_CTL_ELEM_ID_NAME_MAXLEN]);

/** Vendor tuple arrays over \p size bytes from here on. -EINVAL, -ENOMEM; \p tuples is the
 * caller's to free() in any case. */
int tplg_take_tuples(struct tplg_cursor *cursor, size_t size, struct tplg_tuples *tuples);

/** A control, and its texts. What it owns is the caller's in any case. */
int tplg_take_control(struct tplg_cursor *cursor, struct tplg_control *control);

/**
 * Room for one more element behind \p count, zeroed.
 * \return the element, NULL without memory
 */
void *tplg_grow(void **array, size_t *count, size_t element_size);

#endif /* TESTBENCH_TOPOLOGY_TPLG_CURSOR_H */
