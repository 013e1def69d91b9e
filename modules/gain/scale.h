/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file scale.h
 * \brief Multiply interleaved samples with a gain for each channel, round half up, saturate.
 */
#ifndef SCALE_H
#define SCALE_H

#include "ramp.h"
#include <module/ipc/stream.h>

/** \p y and \p x: \p frames frames in one piece. */
typedef void (*scale_func)(void *y, const void *x, size_t frames, const struct ramp *ramp);

/** NULL: not S16_LE, S24_4LE or S32_LE. */
scale_func scale_find(enum sof_ipc_frame fmt);

#endif /* SCALE_H */
