/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys/sem.h
 * \brief For code that includes it: k_sem is what there is. sys_sem, which lies in user memory, is not
 * provided; the firmware that is built here does not use it.
 */
#ifndef ZEPHYR_SYS_SEM_H
#define ZEPHYR_SYS_SEM_H

#include <zephyr/kernel.h>

#endif /* ZEPHYR_SYS_SEM_H */
