/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys/mutex.h
 * \brief For code that includes it: k_mutex is what there is. sys_mutex, which lies in user memory, is not
 * provided; the firmware that is built here does not use it.
 */
#ifndef ZEPHYR_SYS_MUTEX_H
#define ZEPHYR_SYS_MUTEX_H

#include <zephyr/kernel.h>

#endif /* ZEPHYR_SYS_MUTEX_H */
