/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file rtos/mutex.h
 * \brief Mutexes: Zephyr's.
 */
#ifndef RTOS_MUTEX_H
#define RTOS_MUTEX_H

#include <zephyr/kernel.h>

#endif /* RTOS_MUTEX_H */
