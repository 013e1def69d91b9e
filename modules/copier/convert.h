/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file convert.h
 * \brief Samples of one width into samples of another. Touches its arguments only.
 *
 * To more bits: shifted to the left. To fewer: rounded half up and saturated, or cut off.
 */
#ifndef CONVERT_H
#define CONVERT_H

#include <module/ipc/stream.h>
#include <stdbool.h>
#include <stddef.h>

/** Container and bits in it, from the lowest on. */
enum convert_width {
	CONVERT_16,	  /**< in 16 */
	CONVERT_16_IN_32, /**< with its sign in the 16 above */
	CONVERT_24,	  /**< in 32; what is above says nothing */
	CONVERT_32,
	CONVERT_WIDTHS /**< none of these */
};

enum convert_width convert_width_of(enum sof_ipc_frame container, enum sof_ipc_frame valid);

/** \p count samples, which lie so many samples apart. \p to and \p from are not the same memory. */
typedef void (*convert_func)(void *to, size_t to_step, const void *from, size_t from_step,
			     size_t count);

/** NULL: one of them is CONVERT_WIDTHS. */
convert_func convert_find(enum convert_width from, enum convert_width to, bool round);

#endif /* CONVERT_H */
