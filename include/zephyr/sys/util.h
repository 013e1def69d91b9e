/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys/util.h
 * \brief Small macros that Zephyr code takes for granted. Any mode.
 */
#ifndef ZEPHYR_SYS_UTIL_H
#define ZEPHYR_SYS_UTIL_H

#include <stddef.h>
#include <stdint.h>
#include <zephyr/toolchain.h>

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
#define ROUND_UP(x, align) ((((x) + (align)-1) / (align)) * (align))
#endif
#ifndef ROUND_DOWN
#define ROUND_DOWN(x, align) (((x) / (align)) * (align))
#endif
#define CONTAINER_OF(ptr, type, field) ((type *)((char *)(ptr)-offsetof(type, field)))
#define ARG_UNUSED(x)		       ((void)(x))
#define POINTER_TO_UINT(x)	       ((uintptr_t)(x))
#define UINT_TO_POINTER(x)	       ((void *)(uintptr_t)(x))

/** LISTIFY(n, F, (sep), ...): F(0, ...) sep F(1, ...) sep ... for a literal or macro n from 1 to 8. */
#define LISTIFY(n, F, sep, ...)	  Z_LISTIFY(n, F, sep, __VA_ARGS__)
#define Z_LISTIFY(n, F, sep, ...) Z_LISTIFY_##n(F, sep, __VA_ARGS__)
#define Z_LISTIFY_SEP(...)	  __VA_ARGS__
#define Z_LISTIFY_1(F, sep, ...)  F(0, __VA_ARGS__)
#define Z_LISTIFY_2(F, sep, ...)                                                                   \
	Z_LISTIFY_1(F, sep, __VA_ARGS__) Z_LISTIFY_SEP sep F(1, __VA_ARGS__)
#define Z_LISTIFY_3(F, sep, ...)                                                                   \
	Z_LISTIFY_2(F, sep, __VA_ARGS__) Z_LISTIFY_SEP sep F(2, __VA_ARGS__)
#define Z_LISTIFY_4(F, sep, ...)                                                                   \
	Z_LISTIFY_3(F, sep, __VA_ARGS__) Z_LISTIFY_SEP sep F(3, __VA_ARGS__)
#define Z_LISTIFY_5(F, sep, ...)                                                                   \
	Z_LISTIFY_4(F, sep, __VA_ARGS__) Z_LISTIFY_SEP sep F(4, __VA_ARGS__)
#define Z_LISTIFY_6(F, sep, ...)                                                                   \
	Z_LISTIFY_5(F, sep, __VA_ARGS__) Z_LISTIFY_SEP sep F(5, __VA_ARGS__)
#define Z_LISTIFY_7(F, sep, ...)                                                                   \
	Z_LISTIFY_6(F, sep, __VA_ARGS__) Z_LISTIFY_SEP sep F(6, __VA_ARGS__)
#define Z_LISTIFY_8(F, sep, ...)                                                                   \
	Z_LISTIFY_7(F, sep, __VA_ARGS__) Z_LISTIFY_SEP sep F(7, __VA_ARGS__)

#endif /* ZEPHYR_SYS_UTIL_H */
