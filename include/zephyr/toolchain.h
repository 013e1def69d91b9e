/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/toolchain.h
 * \brief Compiler attributes under Zephyr's names, and checks at compile time.
 */
#ifndef ZEPHYR_TOOLCHAIN_H
#define ZEPHYR_TOOLCHAIN_H

#include <sof/compiler_attributes.h>

#ifndef __noinline
#define __noinline __attribute__((__noinline__))
#endif
#ifndef __fallthrough
#define __fallthrough __attribute__((fallthrough))
#endif
#ifndef likely
#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#endif

/** BUILD_ASSERT(EXPR[, "message"]). Some of what is a constant on the board, addresses of windows
 * say, is none on the host: that is not checked. */
#ifdef __cplusplus
#define BUILD_ASSERT(EXPR, ...) static_assert(EXPR, "" __VA_ARGS__)
#else
#define BUILD_ASSERT(EXPR, ...)                                                                    \
	_Static_assert(__builtin_choose_expr(__builtin_constant_p(EXPR), (EXPR), 1), "" __VA_ARGS__)
#endif

#endif /* ZEPHYR_TOOLCHAIN_H */
