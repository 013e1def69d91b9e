/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/atomic.h
 * \brief Atomic words: Zephyr's, and the two names firmware has of its own. Any mode.
 */
#ifndef RTOS_ATOMIC_H
#define RTOS_ATOMIC_H

#include <zephyr/sys/atomic.h>

#define atomic_read(p)	  ((long)atomic_get(p))
#define atomic_init(p, v) atomic_set((p), (v))

#endif /* RTOS_ATOMIC_H */
