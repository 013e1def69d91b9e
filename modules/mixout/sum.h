/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file sum.h
 * \brief Add samples to samples, saturating. Touches its arguments only.
 */
#ifndef SUM_H
#define SUM_H

#include <module/ipc/stream.h>
#include <stddef.h>
#include <stdint.h>

/** S24: the top byte says nothing. Memory does not overlap. */
struct sum_funcs {
	/** \p y becomes the sum of \p a and \p b, of \p samples samples each. */
	void (*pair)(void *y, const void *a, const void *b, size_t samples);
	/** \p x is added to \p y. */
	void (*more)(void *y, const void *x, size_t samples);
};

/** NULL: not S16_LE, S24_4LE or S32_LE. */
const struct sum_funcs *sum_find(enum sof_ipc_frame fmt);

#endif /* SUM_H */
