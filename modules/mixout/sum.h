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

/** Add \p samples samples of \p x to those of \p y. S24: the top byte says nothing. */
typedef void (*sum_func)(void *y, const void *x, size_t samples);

/** NULL: not S16_LE, S24_4LE or S32_LE. */
sum_func sum_find(enum sof_ipc_frame fmt);

#endif /* SUM_H */
