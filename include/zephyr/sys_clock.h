/* SPDX-License-Identifier: BSD-3-Clause */
/**
 * \file zephyr/sys_clock.h
 * \brief Timeouts and ticks, under the name some code includes them by.
 */
#ifndef ZEPHYR_SYS_CLOCK_H
#define ZEPHYR_SYS_CLOCK_H

#include <zephyr/kernel/clock.h>

#endif /* ZEPHYR_SYS_CLOCK_H */
