/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys/util.h
 * \brief Small macros that Zephyr code takes for granted. Any mode.
 */
#ifndef ZEPHYR_SYS_UTIL_H
#define ZEPHYR_SYS_UTIL_H

#include <stddef.h>
#include <stdint.h>

#ifndef BIT
#define BIT(n) (1UL << (n))
#endif
#ifndef MIN
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#endif
#ifndef MAX
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#endif
#ifndef CLAMP
#define CLAMP(v, lo, hi) MIN(MAX(v, lo), hi)
#endif
#ifndef ARRAY_SIZE
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#endif
#ifndef ROUND_UP
#define ROUND_UP(x, align) ((((x) + (align) - 1) / (align)) * (align))
#endif
#ifndef ROUND_DOWN
#define ROUND_DOWN(x, align) (((x) / (align)) * (align))
#endif
#define CONTAINER_OF(ptr, type, field) ((type *)((char *)(ptr) - offsetof(type, field)))
#define POINTER_TO_UINT(x) ((uintptr_t)(x))
#define UINT_TO_POINTER(x) ((void *)(uintptr_t)(x))

#endif /* ZEPHYR_SYS_UTIL_H */
