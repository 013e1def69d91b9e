/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/string.h
 * \brief C's string functions and the checked ones firmware code uses.
 *
 * Any mode; touches the arguments' memory only.
 */
#ifndef RTOS_STRING_H
#define RTOS_STRING_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline int rstrlen(const char *s)
{
	return (int)strlen(s);
}

static inline int rstrcmp(const char *s1, const char *s2)
{
	return strcmp(s1, s2);
}

/**
 * Copy \p count bytes.
 * \return 0; -EINVAL, and nothing is written: NULL, \p count above \p dest_size, or the source
 *         overlaps the destination's \p dest_size bytes.
 */
static inline int memcpy_s(void *dest, size_t dest_size, const void *src, size_t count)
{
	const uintptr_t to = (uintptr_t)dest;
	const uintptr_t from = (uintptr_t)src;

	if (!to || !from || count > dest_size)
		return -EINVAL;
	if (dest_size > UINTPTR_MAX - to || count > UINTPTR_MAX - from)
		return -EINVAL;
	if (count && from < to + dest_size && to < from + count)
		return -EINVAL;
	memcpy(dest, src, count);
	return 0;
}

/** \return 0; -EINVAL, and nothing is written: NULL, or \p count above \p dest_size. */
static inline int memset_s(void *dest, size_t dest_size, int data, size_t count)
{
	if (!dest || count > dest_size)
		return -EINVAL;
	memset(dest, data, count);
	/* the bytes may be secrets: the compiler must not drop a store nobody reads */
	__asm__ __volatile__("" : : "r"(dest) : "memory");
	return 0;
}

#endif /* RTOS_STRING_H */
