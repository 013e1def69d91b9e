/* SPDX-License-Identifier: BSD-3-Clause */
#include "board.h"
#include "protect.h"
#include "thread.h"

#include <string.h>

size_t k_usermode_string_nlen(const char *src, size_t maxlen, int *err)
{
	size_t length = 0;

	*err = 0;
	while (length < maxlen) {
		/* Rights are the page's: one look-up does for the rest of it. */
		size_t chunk = PAGE_SIZE - ((uintptr_t)src + length) % PAGE_SIZE;
		size_t n;

		if (chunk > maxlen - length)
			chunk = maxlen - length;
		if (K_SYSCALL_MEMORY_READ(src + length, chunk)) {
			/* A partition's end or not, the caller may read up to it. */
			chunk = 1;
			if (K_SYSCALL_MEMORY_READ(src + length, 1)) {
				*err = -1;
				return 0;
			}
		}
		n = strnlen(src + length, chunk);
		length += n;
		if (n < chunk)
			break;
	}
	return length;
}

int k_usermode_from_copy(void *dst, const void *src, size_t size)
{
	if (K_SYSCALL_MEMORY_READ(src, size))
		return EFAULT;
	memcpy(dst, src, size);
	return 0;
}

int k_usermode_to_copy(void *dst, const void *src, size_t size)
{
	if (K_SYSCALL_MEMORY_WRITE(dst, size))
		return EFAULT;
	memcpy(dst, src, size);
	return 0;
}

void *k_usermode_alloc_from_copy(const void *src, size_t size)
{
	void *copy;

	if (K_SYSCALL_MEMORY_READ(src, size))
		return NULL;
	copy = thread_pool_alloc(size);
	if (copy)
		memcpy(copy, src, size);
	return copy;
}

int k_usermode_string_copy(char *dst, const char *src, size_t maxlen)
{
	int err;
	size_t length = k_usermode_string_nlen(src, maxlen, &err);

	if (err)
		return EFAULT;
	if (length == maxlen)
		return EINVAL;
	memcpy(dst, src, length);
	dst[length] = 0;
	return 0;
}

char *k_usermode_string_alloc_copy(const char *src, size_t maxlen)
{
	int err;
	size_t length = k_usermode_string_nlen(src, maxlen, &err);
	char *copy;

	if (err || length == maxlen)
		return NULL;
	copy = thread_pool_alloc(length + 1);
	if (copy) {
		memcpy(copy, src, length);
		copy[length] = 0;
	}
	return copy;
}
